using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Sessions;

public sealed class CSharpTests(Cells cells) : IClassFixture<Cells>
{
    [Fact]
    public async Task State_is_carried_over_and_the_last_expression_is_the_result()
    {
        Assert.Equal("", await cells.TextAsync("var state = 40;"));
        Assert.Equal("= 42", await cells.TextAsync("state + 2"));
        Assert.Equal("= 41", await cells.TextAsync("return state + 1;"));
        Assert.Equal("", await cells.TextAsync("state++;"));
        Assert.Equal("= <null>", await cells.TextAsync("(string)null"));
        Assert.Equal("shadowed\n", await cells.TextAsync("var state = \"shadowed\"; Console.WriteLine(state)"));
    }

    [Fact]
    public async Task Types_methods_and_awaits_stand_at_the_top()
    {
        Assert.Equal("= Pair { A = 1, B = x }", await cells.TextAsync("record Pair(int A, string B);\nstatic int Twice(this int i) => 2 * i;\nint Half(int i) => i / 2;\nnew Pair(1, \"x\")"));
        Assert.Equal("= 3", await cells.TextAsync("await Task.Delay(1);\nawait Task.FromResult(Half(3.Twice()))"));
    }

    [Fact]
    public async Task The_default_usings_are_those_of_net_interactive_and_no_more()
    {
        Assert.Equal("= 3", await cells.TextAsync("new List<int> { 1, 2 }.Sum()"));
        Assert.Contains("CS0103", (await cells.ErrorAsync("File.Exists(\"x\")")).Value);
    }

    [Fact]
    public async Task Console_and_displays_come_in_order()
    {
        Assert.Equal("a\n|1|b\n|= 2", await cells.TextAsync("Console.WriteLine(\"a\"); display(1); Console.Write(\"b\\n\"); 2"));
        var (_, events) = await cells.RunAsync("Console.Error.WriteLine(\"e\");");
        Assert.Equal(new StreamEvent("stderr", "e\n"), Assert.Single(events));
        Assert.Equal("from a task\n", await cells.TextAsync("await Task.Run(() => Console.WriteLine(\"from a task\"));"));
    }

    [Fact]
    public async Task Displayed_values_are_updated_under_one_id()
    {
        var (_, events) = await cells.RunAsync("var shown = display(\"one\"); System.Threading.Thread.Sleep(120); shown.Update(\"two\"); shown");
        var display = Assert.IsType<DisplayEvent>(events[0]);
        var update = Assert.IsType<UpdateEvent>(events[1]);
        Assert.Equal(2, events.Count);
        Assert.Equal(display.DisplayId, update.DisplayId);
        Assert.Equal("two", (string?)update.Data["text/plain"]);
        var (_, later) = await cells.RunAsync("shown.Update(\"three\");");
        Assert.Equal(display.DisplayId, Assert.IsType<UpdateEvent>(Assert.Single(later)).DisplayId);
    }

    [Fact]
    public async Task Errors_of_the_compiler_name_line_and_column()
    {
        var error = await cells.ErrorAsync("var fine = 1;\nint wrong = \"text\";\nmissing();");
        Assert.Equal("CompilationError", error.Name);
        Assert.Collection(error.Traceback, l => Assert.StartsWith("(2,13): error CS0029", l), l => Assert.StartsWith("(3,1): error CS0103", l));
        Assert.Contains("CS0103", (await cells.ErrorAsync("fine")).Value);
        Assert.StartsWith("(4,1): error CS0103", (await cells.ErrorAsync("#r \"nuget: FSharp.Core\"\n#!time\n\nmissing()")).Value);
        // Checks are compiled into the loop, which must not move what stands after it.
        Assert.StartsWith("(1,51): error CS0029", (await cells.ErrorAsync("while (true) { await Task.Delay(1); } int wrong = \"text\";")).Value);
    }

    [Fact]
    public async Task Errors_at_run_time_name_the_lines_of_the_cells_only_and_keep_what_was_set()
    {
        var number = (await cells.RunAsync("int Fail(int x)\n{\n    throw new InvalidOperationException(\"bad \" + x);\n}")).Outcome.ExecutionCount;
        var error = await cells.ErrorAsync("var kept = 7;\nFail(kept);");
        Assert.Equal("InvalidOperationException", error.Name);
        Assert.Equal("bad 7", error.Value);
        Assert.Equal(["System.InvalidOperationException: bad 7", $"   at cell {number}, line 3 in Fail", $"   at cell {number + 1}, line 2"], error.Traceback);
        Assert.Equal("= 7", await cells.TextAsync("kept"));
        Assert.Equal("DivideByZeroException", (await cells.ErrorAsync("var zero = 0; Task.Run(() => 1 / zero).Wait();")).Name);
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (;;) { try { System.Threading.Thread.Sleep(1); } catch { } }")]
    [InlineData("while (true) { try { throw new Exception(); } catch { } }")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Delay(1); while (true) { }")]
    [InlineData("while (true) await Task.Delay(1);")]
    [InlineData("Task.Run(() => { while (true) { } }).Wait();")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 4, i => { while (true) { } });")]
    [InlineData("while (true) Console.WriteLine(1);")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("new System.Threading.ManualResetEvent(false).WaitOne();")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Fib(100)")]
    [InlineData("int Deep(int n)\n{\n    return n < 2 ? n : Deep(n - 1) + Deep(n - 2);\n}\nEnumerable.Range(0, int.MaxValue).Select(i => { return Deep(20); }).Sum()")]
    [InlineData("while (!Microsoft.DotNet.Interactive.KernelInvocationContext.Current.CancellationToken.IsCancellationRequested) { }")]
    public async Task An_interrupted_cell_ends_and_the_session_lives(string code)
    {
        await cells.RunAsync("var before = 5;");
        Assert.NotEqual(CellStatus.Failed, await cells.InterruptAsync($"Console.WriteLine(\"begun\");\n{code}"));
        Assert.Equal("= 5", await cells.TextAsync("before"));
    }

    [Fact]
    public async Task Checks_change_nothing_but_the_end_of_a_cell()
    {
        Assert.Equal("= 55", await cells.TextAsync("""
            int Fib(int n) =>
                n < 2 ? n : Fib(n - 1) + Fib(n - 2); // after
            void Say() => Console.Write("");
            async Task<int> Later() => await Task.FromResult(1);
            int Never() => throw new Exception();
            static T Same<T>(T x) => x;
            ref int First(int[] xs) => ref xs[0];
            System.Linq.Expressions.Expression<Func<int, int>> tree = x => x + 1;
            Func<int, int> lambda = x => { return Same(x); };
            do Say(); while (false);
            foreach (var (a, b) in new[] { (1, 2) }) Say();
            lambda(Fib(10))
            """));
        Assert.Contains("line 2", (await cells.ErrorAsync("int Plain(int x) =>\n    x +\n    int.Parse(\"a\");\nPlain(1)")).Traceback[^2]);
    }

    [Fact]
    public async Task Loops_on_other_threads_end_with_their_cell()
    {
        await cells.RunAsync("var ticks = 0;");
        Assert.Equal(CellStatus.Interrupted, await cells.InterruptAsync("Task.Run(() => { while (true) ticks++; });\nConsole.WriteLine(\"begun\");\nawait Task.Delay(-1);"));
        await Task.Delay(50);
        Assert.Equal("= True", await cells.TextAsync("var now = ticks; System.Threading.Thread.Sleep(50); ticks == now"));
    }

    [Fact]
    public async Task An_interruption_while_idle_is_nothing()
    {
        cells.Session.Interrupt();
        Assert.Equal("= 1", await cells.TextAsync("1"));
    }

    [Fact]
    public async Task Questions_are_answered_or_fail()
    {
        Assert.Equal("= Ada", await cells.TextAsync("await GetInputAsync(\"Name?\")"));
        Assert.Contains("no parameter answers it", (await cells.ErrorAsync("await GetInputAsync(\"Age?\")")).Value);
        Assert.Equal("= ********", await cells.TextAsync("await GetPasswordAsync(\"Name?\")"));
        Assert.Equal("= Ada", await cells.TextAsync("#!set --name who --value @input:Name?\nwho"));
    }

    [Fact]
    public async Task Files_are_loaded_from_the_folder_of_the_notebook()
    {
        File.WriteAllText(Path.Combine(cells.Folder, "loaded.csx"), "int Loaded() => 11;");
        File.WriteAllText(Path.Combine(cells.Folder, "imported.dib"), "var imported = 12;\n\n#!markdown\n\nsome *text*\n");
        Assert.Equal("= 11", await cells.TextAsync("#load \"loaded.csx\"\nLoaded()"));
        Assert.Equal("some *text*|= 12", await cells.TextAsync("#!import imported.dib\nimported"));
        Assert.Contains("CS0006", (await cells.ErrorAsync("#r \"missing.dll\"")).Value);
    }

    [Fact]
    public async Task The_kits_own_packages_need_no_feed()
    {
        Assert.Equal("[researchkit] ResearchKit is this kit, with the tensors, charts and frames that it was built with.\n|= ModelCatalog", await cells.TextAsync("#r \"nuget: ResearchKit\"\ntypeof(ResearchKit.Models.ModelCatalog).Name"));
        Assert.Contains("= 3", await cells.TextAsync("#r \"nuget: TorchSharp-cpu, 0.105.0\"\nusing static TorchSharp.torch;\ntensor(new float[] { 1, 2 }).sum().item<float>()"));
    }

    [Fact]
    public async Task A_package_that_no_feed_has_is_named()
    {
        var error = await cells.ErrorAsync("#r \"nuget: ResearchKits.No.Such.Package, 9.9.9\"\n1");
        Assert.Contains("ResearchKits.No.Such.Package, 9.9.9", error.Value);
        Assert.Contains("NU1101", error.Value);
        Assert.Equal("= 1", await cells.TextAsync("1"));
    }

    [Fact]
    public async Task What_is_not_supported_says_so_and_other_cells_go_on()
    {
        var (outcome, events) = await cells.RunAsync("Get-Process", "pwsh");
        Assert.Equal(CellStatus.Unsupported, outcome.Status);
        Assert.Contains("PowerShell cells are not run here", Assert.IsType<ErrorEvent>(Assert.Single(events)).Value);
    }

    [Fact]
    public async Task A_flood_of_text_is_cut_in_the_middle_and_its_end_is_kept()
    {
        var (outcome, events) = await cells.RunAsync("var line = new string('x', 99); for (var i = 0; i < 1_000_000; i++) Console.WriteLine(line); Console.WriteLine(\"the end\");");
        Assert.Equal(CellStatus.Succeeded, outcome.Status);
        var text = string.Concat(events.OfType<StreamEvent>().Select(s => s.Text));
        Assert.InRange(text.Length, 1 << 20, 4 << 20);
        Assert.EndsWith("the end\n", text);
        Assert.Matches(@"\[\d[\d,]* characters of output are left out here", text);
    }

    [Fact]
    public async Task A_flood_of_updates_comes_as_a_few_and_the_last_is_kept()
    {
        var (outcome, events) = await cells.RunAsync("var d = display(0); for (var i = 1; i <= 100_000; i++) d.Update(i);");
        Assert.Equal(CellStatus.Succeeded, outcome.Status);
        Assert.InRange(events.Count, 2, 2000);
        Assert.Equal("100000", (string?)Assert.IsType<UpdateEvent>(events[^1]).Data["text/plain"]);
    }

    [Fact]
    public async Task Too_many_displays_are_counted()
    {
        var (_, events) = await cells.RunAsync("for (var i = 0; i < 5000; i++) display(\"x\");");
        Assert.Equal(2000, events.OfType<DisplayEvent>().Count());
        Assert.Contains("3,000 more displays", events.OfType<StreamEvent>().Single().Text);
    }

    [Fact]
    public async Task Magic_commands_list_time_and_explain()
    {
        await cells.RunAsync("var listed = 1;");
        Assert.Contains("listed", await cells.TextAsync("#!who"));
        Assert.Contains("<td>listed</td>", await cells.HtmlAsync("#!whos"));
        Assert.StartsWith("= 1|Wall time: ", await cells.TextAsync("#!time\n1"));
        Assert.Contains("#!share", await cells.TextAsync("#!lsmagic"));
        Assert.Contains("--from KERNEL", await cells.TextAsync("#!share -h"));
        Assert.Contains("csharp", await cells.TextAsync("#!about"));
    }

    [Fact]
    public async Task Other_kinds_of_cells_are_shown()
    {
        Assert.Equal("<b>x</b>", await cells.HtmlAsync("<b>x</b>", "html"));
        Assert.Contains("<em>x</em>", await cells.HtmlAsync("*x*", "markdown"));
        Assert.Contains("<pre class=\"mermaid\">graph LR; A--&gt;B</pre>", await cells.HtmlAsync("graph LR; A-->B", "mermaid"));
        var (_, events) = await cells.RunAsync("console.log(1)", "javascript");
        Assert.Equal("console.log(1)", (string?)Assert.IsType<DisplayEvent>(Assert.Single(events)).Data["application/javascript"]);
        Assert.Contains("|text", await cells.TextAsync("#!html\n<i>x</i>\n#!csharp\nConsole.Write(\"text\");"));
    }

    [Fact]
    public async Task Sql_runs_over_tables_made_of_shared_sequences()
    {
        await cells.RunAsync("var runs = new[] { new { Name = \"a\", Error = 1.5 }, new { Name = \"b\", Error = 0.5 } };");
        Assert.Equal("= Name  Error\nb     0.5", await cells.TextAsync("#!sql\n#!share runs --from csharp\nSELECT * FROM runs WHERE Error < 1"));
        Assert.Contains("no such table", (await cells.ErrorAsync("SELECT * FROM missing", "sql")).Value);
        Assert.Equal("= b", await cells.TextAsync("#!share result --from sql\nresult.Rows[0][0]"));
    }

    [Fact]
    public async Task Values_are_kept_for_other_cells()
    {
        Assert.Equal("", await cells.TextAsync("#!value --name note\nsome\ntext"));
        Assert.Equal("= some\ntext", await cells.TextAsync("#!set --name note --value @value:note\nnote"));
        Assert.Contains("finds no variable 'nothing'", (await cells.ErrorAsync("#!share nothing --from value")).Value);
    }

    [Fact]
    public async Task Code_is_completed_inspected_and_judged()
    {
        await cells.RunAsync("var zebraCount = 3;");
        Assert.Contains("zebraCount", (await cells.Session.CompleteAsync("zebr", 4)).Matches);
        var members = await cells.Session.CompleteAsync("var x = 1; zebraCount.ToS", 25);
        Assert.Equal(["ToString"], members.Matches);
        Assert.Equal((22, 25), (members.Start, members.End));
        Assert.Contains("WriteLine", (await cells.Session.CompleteAsync("Console.", 8)).Matches);
        Assert.Contains("int zebraCount", await cells.Session.InspectAsync("zebraCount + 1", 3));
        Assert.Contains("WriteLine", await cells.Session.InspectAsync("Console.WriteLine(1)", 12));
        Assert.Contains("... and", await cells.Session.InspectAsync("Console.WriteLine", 12));
        var formatter = await cells.Session.InspectAsync("Microsoft.DotNet.Interactive.DisplayedValue v;", 40);
        Assert.EndsWith("Something that a cell has shown and may change afterwards, also from a later cell.", formatter);
        Assert.Equal(CodeCompleteness.Complete, await cells.Session.CompletenessAsync("1 + 1"));
        Assert.Equal(CodeCompleteness.Incomplete, await cells.Session.CompletenessAsync("if (true) {"));
        Assert.Equal(CodeCompleteness.Invalid, await cells.Session.CompletenessAsync("var = ) 3;"));
    }

    [Fact]
    public async Task A_silent_cell_counts_for_nothing()
    {
        var before = (await cells.RunAsync("1")).Outcome.ExecutionCount;
        var events = new List<CellEvent>();
        var outcome = await cells.Session.ExecuteAsync(new("var silent = 1; Console.WriteLine(1); silent", Silent: true), events.Add);
        Assert.Empty(events);
        Assert.Equal(before, outcome.ExecutionCount);
        Assert.Equal("= 1", await cells.TextAsync("silent"));
    }
}
