using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Sessions;

/// <summary>All on one session: starting the F# compiler takes seconds.</summary>
public sealed class FSharpTests(Cells cells) : IClassFixture<Cells>
{
    [Fact]
    public async Task State_is_carried_over_and_the_last_expression_is_the_result()
    {
        Assert.Equal("", await cells.TextAsync("let state = 40", "fsharp"));
        Assert.Equal("= 42", await cells.TextAsync("state + 2", "fsharp"));
        Assert.Equal("hello\n", await cells.TextAsync("printfn \"hello\"", "fsharp"));
        Assert.Equal("= [ 2, 4 ]", await cells.TextAsync("[1; 2]\n|> List.map (fun x -> 2 * x)", "fsharp"));
        Assert.Equal("shown", await cells.TextAsync("display \"shown\" |> ignore", "fsharp"));
        Assert.Contains("<td>A</td><td><div class=\"dni-plaintext\"><pre>1</pre></div></td>", await cells.HtmlAsync("type R = { A: int }\n{ A = 1 }", "fsharp"));
    }

    [Fact]
    public async Task Errors_name_line_and_column()
    {
        var error = await cells.ErrorAsync("let a = 1\nlet b: string = 2", "fsharp");
        Assert.Equal("CompilationError", error.Name);
        Assert.StartsWith("(2,17): error FS0001", error.Value);
        var thrown = await cells.ErrorAsync("let fail x =\n    invalidOp (\"bad \" + x)\nfail \"one\" |> ignore", "fsharp");
        Assert.Equal(("InvalidOperationException", "bad one"), (thrown.Name, thrown.Value));
        Assert.Equal("= 1", await cells.TextAsync("1", "fsharp"));
    }

    [Theory]
    [InlineData("let mutable n = 0\nwhile true do n <- n + 1")]
    [InlineData("for i in Seq.initInfinite id do\n    // nothing\n    ignore i")]
    [InlineData("let rec again n : int = again (n + 1)\nagain 0")]
    [InlineData("let rec forever (n: int) : int =\n    match n % 2 with\n    | 0 -> forever (n + 1)\n    | _ -> forever (n - 1)\nforever 0")]
    [InlineData("async { while true do do! Async.Sleep 1 } |> Async.RunSynchronously")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 4, fun _ -> while true do ()) |> ignore")]
    [InlineData("type Endless() =\n    member x.Go(): int =\n        x.Go()\nEndless().Go()")]
    [InlineData("System.Threading.Thread.Sleep -1")]
    public async Task An_interrupted_cell_ends_and_the_session_lives(string code)
    {
        await cells.RunAsync("let before = 5", "fsharp");
        Assert.Equal(CellStatus.Interrupted, await cells.InterruptAsync($"printfn \"begun\"\n{code}", "fsharp"));
        Assert.Equal("= 5", await cells.TextAsync("before", "fsharp"));
    }

    [Fact]
    public async Task Checks_change_nothing_but_the_end_of_a_cell()
    {
        Assert.Equal("= 55, 6, [ 1, 4, 9 ], [ 2, 3 ], 10, even, [ 1, 2 ], 3, 7", await cells.TextAsync("""
            let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)
            let inline twice (x: ^a) : ^a = x + x // after
            let squares = [ for i in 1 .. 3 -> i * i ]
            let implied = [ for i in 1 .. 2 do i + 1 ]
            let mutable sum = 0
            for i in 1 .. 4 do for j in 1 .. 1 do sum <- sum + i
            let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
            let parity n =
                n
                |> function
                   | Even -> "even"
                   | Odd -> "odd"
            type Point(x: int) =
                new(x: int, y: int) = Point(x + y)
                member _.X = x
                member p.Plus(other: Point) =
                    p.X
                    + other.X
            let queried = query {
                for i in [ 2; 1; 3 ] do
                    where (i < 3)
                    sortBy i
                    select i } |> Seq.toList
            let asynchronous = async {
                let mutable last = 0
                for i in 1 .. 3 do
                    do! Async.Sleep 0
                    last <- i
                return last }
            let listed (xs: int list) = "[ " + String.Join(", ", xs) + " ]"
            String.Join(", ", [ string (fib 10); string (twice 3); listed squares; listed implied; string sum; parity 2; listed queried
                                string (Async.RunSynchronously asynchronous); string (Point(1, 2).Plus(Point(4))) ])
            """, "fsharp"));
    }

    [Fact]
    public async Task Errors_behind_checks_name_the_place_as_it_was_written()
    {
        var error = await cells.ErrorAsync("let f x =\n    x + 1\nfor i in 1 .. 3 do\n    f i |> ignore\nwhile false do let bad: string = 2 in ignore bad\nlet g x =\n    x + 1\nlet h x = g (x: string)", "fsharp");
        Assert.Collection(error.Traceback.Where(l => l.StartsWith('(')), l => Assert.StartsWith("(5,34): error FS0001", l), l => Assert.StartsWith("(8,14): error FS0001", l));
    }

    [Fact]
    public async Task Variables_are_shared_both_ways()
    {
        await cells.RunAsync("var fromCSharp = new List<int> { 1, 2 }; var text = \"a\";");
        Assert.Equal("= 3", await cells.TextAsync("#!share fromCSharp --from csharp\nSeq.sum fromCSharp", "fsharp"));
        Assert.Equal("= 3", await cells.TextAsync("#!share --name text --from csharp --as word\nword.Length + 2", "fsharp"));
        await cells.RunAsync("let fromFSharp = [| 1.5; 2.5 |]", "fsharp");
        Assert.Equal("= 4", await cells.TextAsync("#!share fromFSharp --from fsharp\nfromFSharp.Sum()"));
        await cells.RunAsync("var three = 3;");
        Assert.Equal("= 6", await cells.TextAsync("#!set --name byValue --value @csharp:three\nbyValue * 2.0", "fsharp"));
    }

    [Fact]
    public async Task A_type_that_a_cell_declares_cannot_be_shared_and_the_error_says_what_can()
    {
        await cells.RunAsync("type Own = { A: int }\nlet own = { A = 1 }", "fsharp");
        var error = await cells.ErrorAsync("#!share own --from fsharp\nown");
        Assert.Contains("tuple", error.Value);
        Assert.Equal("= 1", await cells.TextAsync("#!share own --from fsharp --mime-type application/json\nown.RootElement.GetProperty(\"A\").GetInt32()"));
    }

    [Fact]
    public async Task Tuples_of_both_kinds_are_shared_inside_other_types_too()
    {
        await cells.RunAsync("""
            var structs = new[] { (1, "a") };
            var tuples = new List<Tuple<int, string>> { Tuple.Create(2, "b") };
            var one = (3, new[] { 4.5 });
            var nested = new Dictionary<string, (int, int)> { ["x"] = (5, 6) };
            """);
        Assert.Equal("= a", await cells.TextAsync("#!share structs --from csharp\nlet struct (_, letter) = structs[0]\nletter", "fsharp"));
        Assert.Equal("= b", await cells.TextAsync("#!share tuples --from csharp\ntuples |> Seq.map snd |> Seq.head", "fsharp"));
        Assert.Equal("= 7.5", await cells.TextAsync("#!share one --from csharp\nlet struct (n, xs) = one\nfloat n + xs[0]", "fsharp"));
        Assert.Equal("= 11", await cells.TextAsync("#!share nested --from csharp\nlet struct (a, b) = nested[\"x\"]\na + b", "fsharp"));
    }

    [Fact]
    public async Task The_kits_own_packages_are_known()
    {
        Assert.Contains("= 3", await cells.TextAsync("#r \"nuget: TorchSharp-cpu\"\nTorchSharp.torch.tensor([| 1.0f; 2.0f |]).sum().item<float32>()", "fsharp"));
    }

    [Fact]
    public async Task Code_is_completed_inspected_and_judged()
    {
        await cells.RunAsync("let zebraCount = 3", "fsharp");
        Assert.Contains("zebraCount", (await cells.Session.CompleteAsync("zebr", 4, "fsharp")).Matches);
        Assert.Contains("map", (await cells.Session.CompleteAsync("List.ma", 7, "fsharp")).Matches);
        Assert.Contains("int", await cells.Session.InspectAsync("zebraCount + 1", 3, "fsharp"));
        Assert.Equal(CodeCompleteness.Complete, await cells.Session.CompletenessAsync("1 + 1", "fsharp"));
        Assert.Equal(CodeCompleteness.Incomplete, await cells.Session.CompletenessAsync("let f x =", "fsharp"));
    }
}
