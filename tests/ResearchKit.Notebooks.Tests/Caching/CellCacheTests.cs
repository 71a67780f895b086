using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Caching;

public sealed class CellCacheTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cells-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    const string MarkHere = "/* here */";

    string Cache => Path.Combine(_folder, "cache");

    string Log => Path.Combine(_folder, "log");

    /// <summary>How often the cached cells have run.</summary>
    int Runs => File.Exists(Log) ? (int)new FileInfo(Log).Length : 0;

    /// <summary>What a cell writes when it runs.</summary>
    string Mark => $"System.IO.File.AppendAllText(@\"{Log}\", \"x\");";

    CellRequest Cached(string code, string answers = "", params string[] inputs) => Cell(code.Contains(MarkHere, StringComparison.Ordinal) ? code.Replace(MarkHere, Mark, StringComparison.Ordinal) : $"{Mark} {code}", true, answers, inputs);

    CellRequest Cell(string code, bool wanted = false, string answers = "", params string[] inputs) => new(code) { Cache = new(Cache, wanted, inputs, answers) };

    /// <summary>Runs cells in a new session.</summary>
    async Task<(CellOutcome Outcome, string Text)[]> RunAsync(params CellRequest[] cells)
    {
        using var session = new NotebookSession(new() { Folder = _folder, WarmUp = false, Input = _ => "answer" });
        var ran = new List<(CellOutcome, string)>();
        foreach (var cell in cells)
        {
            var text = new List<string?>();
            var outcome = await session.ExecuteAsync(cell, e => text.Add(e switch
            {
                StreamEvent s => s.Text,
                DisplayEvent d => (string?)d.Data["text/plain"],
                ResultEvent r => $"{r.ExecutionCount}: {(string?)r.Data["text/plain"]}",
                ErrorEvent x => $"error {x.Value}",
                _ => e.GetType().Name,
            }), TestContext.Current.CancellationToken);
            ran.Add((outcome, string.Concat(text)));
        }
        return [.. ran];
    }

    async Task<(CellOutcome Outcome, string Text)[]> SucceedAsync(params CellRequest[] cells)
    {
        var ran = await RunAsync(cells);
        Assert.All(ran, r => Assert.True(r.Outcome.Status == CellStatus.Succeeded, r.Text));
        return ran;
    }

    [Fact]
    public async Task A_hit_gives_outputs_and_variables_and_does_not_run()
    {
        CellRequest[] cells =
        [
            Cell("var start = 20;"),
            Cached("var list = new List<(int, string)>(); list.Add((start, \"a\")); Console.WriteLine(\"printed\"); display(\"shown\"); list.Count"),
            Cell("list.Add((2, \"b\")); string.Join(\" \", list) + list.GetType().Name"),
        ];
        var first = await SucceedAsync(cells);
        Assert.Equal(1, Runs);
        Assert.Null(first[1].Outcome.Caching!.Notice);
        Assert.False(first[1].Outcome.Caching!.Hit);
        Assert.Equal("printed\nshown2: 1", first[1].Text);
        var second = await SucceedAsync(cells);
        Assert.Equal(1, Runs);
        Assert.True(second[1].Outcome.Caching!.Hit);
        Assert.Equal(first[1].Outcome.Caching!.Computed, second[1].Outcome.Caching!.Computed);
        Assert.Equal("3: (20, a) (2, b)List`1", first[2].Text);
        Assert.Equal(first.Select(f => f.Text), second.Select(s => s.Text));
        Assert.Null(second[0].Outcome.Caching);
    }

    [Fact]
    public async Task What_the_key_is_made_of()
    {
        var data = Path.Combine(_folder, "data.csv");
        File.WriteAllText(data, "1");
        Task<(CellOutcome, string)[]> Run(string upstream = "var n = 1;", string code = "var m = n + 1;", string answers = "") =>
            SucceedAsync(Cell(upstream), Cached(code, answers, "data.csv"));
        await Run();
        await Run();
        Assert.Equal(1, Runs);
        await Run(upstream: "var n = 2;");
        Assert.Equal(2, Runs);
        await Run(code: "var m = n + 2;");
        Assert.Equal(3, Runs);
        await Run(answers: "name=Ada");
        Assert.Equal(4, Runs);
        File.WriteAllText(data, "2");
        await Run();
        Assert.Equal(5, Runs);
        // Files of earlier cells count too.
        await SucceedAsync(Cell("var n = 1;", false, "", "data.csv"), Cached("var m = n + 1;", "", "data.csv"));
        Assert.Equal(6, Runs);
        File.WriteAllText(data, "1");
        await Run();
        Assert.Equal(6, Runs);
        await SucceedAsync(Cell("var extra = 0;"), Cell("var n = 1;"), Cached("var m = n + 1;", "", "data.csv"));
        Assert.Equal(7, Runs);
    }

    [Fact]
    public void Versions_are_part_of_the_key()
    {
        var past = new SessionPast(_folder);
        var notebooks = typeof(NotebookSession).Assembly.Location;
        string[] versions =
        [
            SessionPast.Versions([notebooks], []),
            SessionPast.Versions([typeof(CellCacheTests).Assembly.Location], []),
            SessionPast.Versions([notebooks], [new("Some.Package", "1.0.0")]),
            SessionPast.Versions([notebooks], [new("Some.Package", "1.0.1")]),
        ];
        Assert.Contains(typeof(NotebookSession).Assembly.ManifestModule.ModuleVersionId.ToString(), versions[0]);
        Assert.Contains(Environment.Version.ToString(), versions[0]);
        string[] keys = [.. versions.Select(v => past.Key("csharp", "1", "", "", v))];
        Assert.Equal(versions.Length, keys.Distinct().Count());
        Assert.NotEqual(keys[0], new SessionPast(_folder + "2").Key("csharp", "1", "", "", versions[0]));
        past.Add("csharp", "1", "", CellStatus.Unsupported);
        Assert.NotEqual(keys[0], past.Key("csharp", "1", "", "", versions[0]));
    }

    [Fact]
    public async Task A_missing_input_fails_the_cell_and_is_named()
    {
        var (outcome, text) = (await RunAsync(Cached("var a = 1;", "", "none.csv")))[0];
        Assert.Equal(CellStatus.Failed, outcome.Status);
        Assert.Contains("none.csv under researchkit.inputs", text);
        Assert.Contains("--no-cache", text);
        Assert.Equal(0, Runs);
    }

    [Fact]
    public async Task What_a_cached_cell_declares_is_there_for_later_cells()
    {
        CellRequest[] cells =
        [
            Cached("""
                using System.Text.RegularExpressions;
                record Point(int X, string Name);
                struct Pair { public double A; public Point P; }
                enum Kind { A, B }
                class Node { public Node Next; public int Value; readonly int _hidden = 3; public int Hidden => _hidden; }
                interface IShape { int Sides { get; } }
                class Square : IShape { public int Sides => 4; }
                static int Half(this int i) => i / 2;
                const int Seven = 7;
                #region settings
                var offset = await Task.FromResult(3);
                #endregion
                /// Doubles.
                int Twice(int i)
                {
                    for (var n = 0; n < 1; n++)
                        i *= 2;
                    return i + offset;
                }
                int Sum => offset + Seven;
                var point = new Point(1, "é\ud800");
                IReadOnlyList<Point> points = new List<Point> { point, new(2, null) };
                IEnumerable<Point> array = new[] { point };
                var same = points[0];
                var pair = new Pair { A = double.NaN, P = point };
                var ring = new Node { Value = 5 };
                ring.Next = ring;
                var kind = Kind.B;
                int.TryParse("42", out var parsed);
                var (left, (right, _)) = (1.5f, ("z", 0));
                int? none = null, some = 4;
                object boxed = 5m;
                var grid = new[,] { { 1, 2, 3 }, { 4, 5, 6 } };
                var jagged = new string[][] { new[] { "a" }, null };
                var words = new Dictionary<string, List<int>> { ["x"] = new() { 1, 2 } };
                var set = new HashSet<(int, string)> { (1, "a") };
                var time = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
                (int Count, string Name) named = (3, "three");
                string @class = "keyword";
                var tuple = Tuple.Create(1, "t");
                /* here */
                nameof(ring)
                """),
            Cell("""
                string.Join("|", Twice(5), Sum, point, points.Count, points[1].Name is null, array.Single(), object.ReferenceEquals(same, points[0]), object.ReferenceEquals(pair.P, point), double.IsNaN(pair.A),
                    object.ReferenceEquals(ring, ring.Next.Next), ring.Hidden, kind, parsed, left, right, none is null, some + 1, boxed.GetType().Name, grid[1, 2], jagged[0][0], words["x"][1], set.Contains((1, "a")),
                    time.ToString("O"), named.Count, @class, tuple, Regex.IsMatch("a", "a"), 8.Half(), new Square().Sides, Seven, (int)point.Name[1])
                """),
            Cell("offset = 10; Twice(5) + Sum"),
        ];
        var first = await SucceedAsync(cells);
        Assert.Null(first[0].Outcome.Caching!.Notice);
        var second = await SucceedAsync(cells);
        Assert.Equal(1, Runs);
        Assert.True(second[0].Outcome.Caching!.Hit);
        Assert.StartsWith("2: 13|10|Point { X = 1, Name = é", first[1].Text);
        Assert.EndsWith("|3|keyword|(1, t)|True|4|4|7|55296", first[1].Text);
        Assert.Equal("3: 37", second[2].Text);
        Assert.Equal(first.Select(f => f.Text), second.Select(s => s.Text));
    }

    [Fact]
    public async Task Cached_cells_build_on_cached_cells()
    {
        CellRequest[] cells = [Cached("record P(int X); var a = new List<P> { new(1) };"), Cached("var b = a.Select(p => new P(p.X + 1)).ToArray();"), Cached("P c = b[0]; c.X")];
        await SucceedAsync(cells);
        var second = await SucceedAsync(cells);
        Assert.Equal(3, Runs);
        Assert.All(second, s => Assert.True(s.Outcome.Caching!.Hit, s.Outcome.Caching.Notice));
        Assert.Equal("3: 2", second[2].Text);
        // The first ones come from the cache and the last one runs.
        cells[2] = Cached("b[0].X + a[0].X");
        Assert.Equal("3: 3", (await SucceedAsync(cells))[2].Text);
        Assert.Equal(4, Runs);
    }

    [Theory]
    [InlineData("Func<int, int> f = i => i;", "f holds a value of type System.Func<")]
    [InlineData("IEnumerable<int> lazy = new[] { 1 }.Where(i => i > 0);", "lazy holds a value of type")]
    [InlineData("number = 5;", "it changes number of an earlier cell")]
    [InlineData("(var q, number) = (1, 5);", "it changes number of an earlier cell")]
    [InlineData("numbers[0] += 1;", "it changes numbers of an earlier cell")]
    [InlineData("int.TryParse(\"3\", out number);", "it changes number of an earlier cell")]
    [InlineData("counter.Count++;", "it changes counter of an earlier cell")]
    [InlineData("numbers.Add(2);", "numbers, which is not its own, has changed while it ran")]
    [InlineData("void Change() { var held = counter; held.Add(); } Change();", "counter, which is not its own, has changed while it ran")]
    [InlineData("var next = step();", "which is not its own, has changed while it ran")]
    [InlineData("Counter.Raise();", "Counter.Total, which is not its own, has changed while it ran")]
    [InlineData("random.Next()", "random, which is not its own, has changed while it ran")]
    [InlineData("tensor.add_(1);", "tensor, which is not its own, has changed while it ran")]
    [InlineData("Environment.SetEnvironmentVariable(\"RK_TEST_CACHE\", Guid.NewGuid().ToString());", "the environment, which is not its own")]
    [InlineData("Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Version>(v => \"v\");", "it changes how values are shown")]
    [InlineData("var fewer = new Dictionary<int, int> { [1] = 1, [2] = 2 }; fewer.Remove(1);", "from which something was removed")]
    [InlineData("void Read() { Microsoft.DotNet.Interactive.Kernel.Root.FindKernelByName(\"value\").TryGetValue<string>(\"v\", out var v); Console.Write(v); } Read();", "it reads a variable of another language")]
    [InlineData("var alias = numbers;", "alias shares an object with a variable of an earlier cell")]
    [InlineData("var inner = new[] { counter };", "inner shares an object with a variable of an earlier cell")]
    [InlineData("var view = tensor[0];", "view holds a tensor that shares its memory with another one")]
    [InlineData("var trained = TorchSharp.torch.ones(2, requires_grad: true);", "takes part in gradients")]
    [InlineData("var anonymous = new { A = 1 };", "the type of anonymous")]
    [InlineData("dynamic any = 1;", "the type of any")]
    [InlineData("object any = new { A = 1 };", "any holds a value of type")]
    [InlineData("var upper = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);", "with a comparer of its own")]
    [InlineData("class Held { public static int Count; }", "Held.Count is static")]
    [InlineData("class Held { public static int Count { get; set; } }", "Held.Count is static")]
    [InlineData("int Kept { get; set; } = 3;", "is not a variable, a method or a type")]
    [InlineData("static int kept = 3;", "kept is declared as static")]
    [InlineData("Environment.ExitCode = 0;", "it sets Environment.ExitCode")]
    [InlineData("var shown2 = display(1);", "shown2 holds a value of type Microsoft.DotNet.Interactive.DisplayedValue")]
    [InlineData("handle.Update(2);", "which is not its own, has changed while it ran")]
    [InlineData("throw new Exception(\"no\");", "it has not run to its end")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"x\")", "it asks for input")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.Root.FindKernelByName(\"csharp\").SubmitCodeAsync(\"var nested = 1;\");", "it runs code of its own making")]
    [InlineData("\n#!time\n1", "only cells of C# alone are")]
    [InlineData("\n#r \"nuget: Deedle\"\n1", "only cells of C# alone are")]
    public async Task A_cell_whose_effects_cannot_be_kept_runs_always_and_the_reason_is_told(string code, string words)
    {
        CellRequest[] cells =
        [
            Cell("#!value --name v --from-value text"),
            Cell("class Counter { public int Count; public static int Total; public void Add() => Count++; public static void Raise() => Total++; }"),
            Cell("var number = 1; var numbers = new List<int> { 1 }; var counter = new Counter(); var random = new Random(1); var handle = display(1); var tensor = TorchSharp.torch.zeros(2, 2); var n = 0; Func<int> step = () => ++n;"),
            Cached(code),
        ];
        for (var run = 1; run <= 2; run++)
        {
            var ran = (await RunAsync(cells))[3];
            Assert.True(ran.Outcome.Caching is { Hit: false }, ran.Text);
            Assert.Contains("not cached: ", ran.Outcome.Caching.Notice);
            Assert.Contains(words, ran.Outcome.Caching.Notice);
            Assert.Equal(run, Runs);
        }
        Assert.Equal(0, new CellCache(Cache).Measure().Cells);
    }

    [Fact]
    public async Task Cells_of_other_languages_and_after_what_the_key_cannot_cover_run_always()
    {
        File.WriteAllText(Path.Combine(_folder, "code.csx"), "var loaded = 1;");
        foreach (var (cells, words) in new (CellRequest[], string)[]
        {
            ([new CellRequest("let a = 1", "fsharp") { Cache = new(Cache, true, [], "") }], "only cells of C# alone are"),
            ([Cell("#load \"code.csx\""), Cached("var a = loaded;")], "an earlier cell takes code or values from a file (#load \"code.csx\")"),
            ([Cell("#!import code.csx"), Cached("var a = loaded;")], "(#!import code.csx)"),
            ([Cell("#load \"code.csx\"\nvar a = loaded;", true)], "it takes code or values from a file"),
            ([Cell("throw new Exception();"), Cached("var a = 1;")], "an earlier cell has failed"),
        })
        {
            var last = (await RunAsync(cells))[^1];
            Assert.Equal(CellStatus.Succeeded, last.Outcome.Status);
            Assert.Contains(words, last.Outcome.Caching!.Notice);
        }
        Assert.Equal(0, new CellCache(Cache).Measure().Cells);
    }

    [Fact]
    public async Task A_damaged_entry_is_told_of_and_written_anew()
    {
        CellRequest[] cells = [Cached("var a = new[] { 1, 2 };"), Cell("a.Sum()")];
        await SucceedAsync(cells);
        var file = Assert.Single(Directory.GetFiles(Cache));
        var good = File.ReadAllBytes(file);
        byte[][] bad = [[], good[..^1], [.. good, 0], good[..12], .. new[] { 0, 10, 60, good.Length / 2, good.Length - 1 }.Select(i => good.Select((b, at) => at == i ? (byte)~b : b).ToArray())];
        foreach (var bytes in bad)
        {
            File.WriteAllBytes(file, bytes);
            var runs = Runs;
            var ran = await SucceedAsync(cells);
            Assert.Contains("is damaged", ran[0].Outcome.Caching!.Notice);
            Assert.Contains(file, ran[0].Outcome.Caching!.Notice);
            Assert.Equal((runs + 1, "2: 3"), (Runs, ran[1].Text));
        }
        Assert.True((await SucceedAsync(cells))[0].Outcome.Caching!.Hit);
    }

    [Fact]
    public async Task An_entry_that_does_not_fit_its_cell_leaves_the_session_as_it_was()
    {
        CellRequest[] cells = [Cell("var a = 1;"), Cached("var a = \"two\"; var b = 2;"), Cell("$\"{a}{b}\"")];
        await SucceedAsync(cells);
        var cache = new CellCache(Cache);
        var key = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Cache)));
        var (result, values) = cache.Find(key, out _)!.Value;
        foreach (var wrong in new[] { result with { Declarations = "string a = default;" }, result with { Declarations = "no code" }, result with { Variables = ["a"] } })
        {
            cache.Write(wrong, values);
            var ran = await SucceedAsync(cells);
            Assert.Contains("is damaged", ran[1].Outcome.Caching!.Notice);
            Assert.Equal("3: two2", ran[2].Text);
        }
    }

    [Fact]
    public async Task Tensors_are_kept_with_their_types_and_shapes()
    {
        CellRequest[] cells =
        [
            Cell("#r \"nuget: ResearchKit\""), Cell("using TorchSharp; var earlier = torch.ones(2);"),
            Cached("var t = torch.arange(6).reshape(2, 3) * 2 + earlier.sum().to(torch.int64); var h = new Dictionary<string, torch.Tensor> { [\"a\"] = torch.zeros(1L, 0L), [\"b\"] = torch.tensor(new[] { 0.5f, float.NaN }) };"),
            Cell("$\"{t.dtype} {string.Join(\",\", t.shape)} {string.Join(\",\", t.data<long>().ToArray())} {string.Join(\",\", h[\"a\"].shape)} {h[\"b\"].dtype} {string.Join(\",\", h[\"b\"].data<float>().ToArray())}\""),
        ];
        var first = await SucceedAsync(cells);
        Assert.Null(first[2].Outcome.Caching!.Notice);
        var second = await SucceedAsync(cells);
        Assert.True(second[2].Outcome.Caching!.Hit);
        Assert.Equal(1, Runs);
        Assert.Equal("4: Int64 2,3 2,4,6,8,10,12 1,0 Float32 0.5,NaN", second[3].Text);
        Assert.Equal(first[3].Text, second[3].Text);
    }

    [Fact]
    public async Task Random_numbers_of_torch_go_on_as_if_the_cell_had_run()
    {
        CellRequest[] cells = [Cell("using TorchSharp; torch.manual_seed(3); torch.rand(1).item<float>()"), Cached("var a = torch.rand(2);"), Cell("torch.rand(1).item<float>()")];
        var first = await SucceedAsync(cells);
        var second = await SucceedAsync(cells);
        Assert.True(second[1].Outcome.Caching!.Hit, second[1].Outcome.Caching!.Notice);
        Assert.Equal(first[2].Text, second[2].Text);
        Assert.NotEqual(first[0].Text[3..], first[2].Text[3..]);
    }

    [Fact]
    public async Task Earlier_objects_may_be_read()
    {
        CellRequest[] cells =
        [
            Cell("record R(int X); var words = new Dictionary<string, int> { [\"a\"] = 1 }; var rs = new List<R> { new(1) }; var text = \"t\";"),
            Cached("var keys = words.Keys.ToList(); var values = words.Values.Sum(); var first = rs[0]; var t = text; var copy = rs.ToArray();"),
            Cell("object.ReferenceEquals(copy[0], first)"),
        ];
        Assert.Null((await SucceedAsync(cells))[1].Outcome.Caching!.Notice);
        Assert.Equal("3: True", (await SucceedAsync(cells))[2].Text);
        Assert.Equal(1, Runs);
    }

    [Fact]
    public async Task Sessions_at_once_do_not_disturb_each_other()
    {
        CellRequest[] cells = [Cached("var a = Enumerable.Range(0, 1000).ToArray();"), Cell("a.Sum()")];
        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SucceedAsync(cells)));
        Assert.All(all, ran => Assert.Equal("2: 499500", ran[1].Text));
        Assert.Single(Directory.GetFiles(Cache));
        Assert.True((await SucceedAsync(cells))[0].Outcome.Caching!.Hit);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_costs_only_the_cache()
    {
        File.WriteAllText(Cache, "a file");
        var ran = (await SucceedAsync(Cached("var a = 1; a")))[0];
        Assert.Equal("1: 1", ran.Text);
        Assert.Contains("--cache DIR", ran.Outcome.Caching!.Notice);
    }
}
