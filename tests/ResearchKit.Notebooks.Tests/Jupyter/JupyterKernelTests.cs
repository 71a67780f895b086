using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Jupyter;

namespace ResearchKit.Notebooks.Tests.Jupyter;

public sealed class JupyterKernelTests
{
    static KernelClient Start(string language = "csharp")
    {
        Assert.SkipUnless(JupyterKernel.CanRun(out var missing), missing);
        return new(language);
    }

    [Fact]
    public void Cells_run_and_share_variables_and_the_kernel_ends_when_told()
    {
        using var kernel = Start();
        var info = kernel.Ask("kernel_info_request", []);
        Assert.Equal(("kernel_info_reply", "5.3", "C#"), (info.Type, info.Text("protocol_version"), (string?)info.Content["language_info"]!["name"]));
        _ = kernel.UntilIdle();

        var (reply, output) = kernel.Run("var x = 20; Console.Write(\"said\");");
        Assert.Equal(("ok", 1), (reply.Text("status"), reply.Number("execution_count")));
        Assert.Equal(("stream", "said"), (Assert.Single(output).Type, output[0].Text("text")));
        (reply, output) = kernel.Run("x + 1");
        Assert.Equal(2, reply.Number("execution_count"));
        Assert.Equal(("execute_result", "21"), (Assert.Single(output).Type, (string?)output[0].Content["data"]!["text/plain"]));

        Assert.Equal("beat", kernel.Beat("beat"));
        var end = kernel.Control("shutdown_request", new() { ["restart"] = true });
        Assert.Equal(("shutdown_reply", true), (end.Type, end.Flag("restart", false)));
        Assert.Equal(0, kernel.ExitCode);
    }

    [Fact]
    public void An_error_is_published_once_and_what_was_sent_with_the_cell_is_not_run()
    {
        using var kernel = Start();
        kernel.SendCell("var kept = 1; throw new InvalidOperationException(\"why\");");
        kernel.SendCell("Environment.Exit(1);");
        var reply = kernel.Reply();
        Assert.Equal(("error", "InvalidOperationException", "why"), (reply.Text("status"), reply.Text("ename"), reply.Text("evalue")));
        Assert.Equal("error", Assert.Single(kernel.UntilIdle(), m => m.Type is not ("status" or "execute_input")).Type);
        Assert.Equal("aborted", kernel.Reply().Text("status"));
        Assert.Single(kernel.UntilIdle());
        Assert.Equal("ok", kernel.Run("kept").Reply.Text("status"));
    }

    [Fact]
    public void Completion_counts_characters_and_inspection_and_completeness_come_from_the_compiler()
    {
        using var kernel = Start();
        kernel.Run("var number = 3;");
        var code = "var smile = \"\U0001F600\"; num";
        var found = kernel.Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length - 1 });
        Assert.Contains("number", found.Content["matches"]!.AsArray().Select(m => (string?)m));
        Assert.Equal((code.Length - 4, code.Length - 1), (found.Number("cursor_start"), found.Number("cursor_end")));

        var known = kernel.Ask("inspect_request", new() { ["code"] = "number", ["cursor_pos"] = 3, ["detail_level"] = 0 });
        Assert.True(known.Flag("found", false));
        Assert.Contains("int", (string?)known.Content["data"]!["text/plain"]);
        Assert.False(kernel.Ask("inspect_request", new() { ["code"] = "  ", ["cursor_pos"] = 1 }).Flag("found", true));

        foreach (var (text, status) in new[] { ("1 + 1", "complete"), ("if (true) {", "incomplete"), ("var s = \"\"\"\nopen", "incomplete"), ("int 2;", "invalid") })
            Assert.Equal(status, kernel.Ask("is_complete_request", new() { ["code"] = text }).Text("status"));
    }

    [Fact]
    public void A_cell_is_interrupted_and_one_that_ends_its_process_costs_the_variables_only()
    {
        using var kernel = Start();
        kernel.Run("var kept = 1;");
        kernel.SendCell("Console.Write(\"begun\"); while (true) { }");
        while (kernel.Published().Type != "stream")
            continue;
        Assert.Equal("interrupt_reply", kernel.Control("interrupt_request", []).Type);
        // What belongs to the interruption and to the cell comes in either order.
        List<JupyterMessage> output = [.. kernel.UntilIdle(), .. kernel.UntilIdle()];
        Assert.Equal(("error", "OperationCanceledException"), (kernel.Reply().Text("status"), Assert.Single(output, m => m.Type == "error").Text("ename")));
        Assert.Equal("ok", kernel.Run("kept").Reply.Text("status"));

        var (reply, _) = kernel.Run("Environment.Exit(3);");
        Assert.Equal("ProcessEnded", reply.Text("ename"));
        Assert.Contains("exit code 3", reply.Text("evalue"));
        (reply, _) = kernel.Run("kept");
        Assert.Equal(("CompilationError", 5), (reply.Text("ename"), reply.Number("execution_count")));
    }

    [Fact]
    public void A_cell_asks_the_user_after_all_that_it_has_written()
    {
        using var kernel = Start();
        kernel.SendCell("Console.Write(\"first\"); var name = await GetInputAsync(\"Name?\"); var secret = await GetPasswordAsync(\"Word?\"); Console.Write(name + secret.GetClearTextPassword());", allowStdin: true);
        while (kernel.Published() is { Type: not "stream" })
            continue;
        var question = kernel.Question();
        Assert.Equal(("input_request", "Name?", false), (question.Type, question.Text("prompt"), question.Flag("password", true)));
        kernel.Answer("Ada");
        Assert.True(kernel.Question().Flag("password", false));
        kernel.Answer("!");
        Assert.Equal("ok", kernel.Reply().Text("status"));
        Assert.Equal("Ada!", Assert.Single(kernel.UntilIdle()).Text("text"));

        Assert.Equal("InputError", kernel.Run("Console.ReadLine()").Reply.Text("ename"));
    }

    [Fact]
    public void A_cell_that_waits_for_the_user_is_interrupted()
    {
        using var kernel = Start();
        kernel.SendCell("Console.ReadLine()", allowStdin: true);
        _ = kernel.Question();
        kernel.Control("interrupt_request", []);
        Assert.Equal("OperationCanceledException", kernel.Reply().Text("ename"));
        kernel.SendCell("Console.ReadLine()", allowStdin: true);
        _ = kernel.Question();
        kernel.Answer("said");
        Assert.Equal("ok", kernel.Reply().Text("status"));
    }

    [Fact]
    public void A_process_that_ends_between_two_cells_is_told_of_and_the_cell_runs_in_a_new_one()
    {
        using var kernel = Start();
        var (reply, output) = kernel.Run("_ = Task.Run(async () => { await Task.Delay(2000); Environment.Exit(4); }); Console.Write(Environment.ProcessId);");
        using (var process = Process.GetProcessById(int.Parse(output[0].Text("text"))))
            process.WaitForExit();
        (reply, output) = kernel.Run("1 + 1");
        Assert.Equal(("ok", 2), (reply.Text("status"), reply.Number("execution_count")));
        Assert.Equal(["stream", "execute_result"], output.Select(o => o.Type));
        Assert.Contains("exit code 4", output[0].Text("text"));
    }

    [Fact]
    public void What_is_not_signed_with_the_key_is_ignored()
    {
        using var kernel = Start();
        kernel.SendDamaged("1");
        var (reply, output) = kernel.Run("1 + 1");
        Assert.Equal(("ok", 1), (reply.Text("status"), reply.Number("execution_count")));
        Assert.Equal("execute_result", Assert.Single(output).Type);
        kernel.Control("shutdown_request", new() { ["restart"] = false });
        Assert.Equal(0, kernel.ExitCode);
        var log = kernel.Log;
        Assert.Contains("its signature is not one by this connection's key", log);
        Assert.Contains("it has not the frames of a message", log);
    }

    [Fact]
    public void A_kernel_of_fsharp_runs_fsharp_and_ends_while_a_cell_runs()
    {
        using var kernel = Start("fsharp");
        var (reply, output) = kernel.Run("[1; 2] |> List.sum");
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal("3", (string?)Assert.Single(output).Content["data"]!["text/plain"]);
        (reply, _) = kernel.Run("#!csharp\nvar x = 1;");
        Assert.Equal("ok", reply.Text("status"));
        kernel.SendCell("printf \"begun\"\nSystem.Threading.Thread.Sleep(-1)");
        while (kernel.Published().Type != "stream")
            continue;
        kernel.Control("shutdown_request", new() { ["restart"] = false });
        Assert.Equal(0, kernel.ExitCode);
    }

    [Fact]
    public void Requests_that_are_not_known_are_passed_over()
    {
        using var kernel = Start();
        kernel.Send("debug_request", []);
        Assert.Single(kernel.UntilIdle());
        kernel.Send("comm_open", new() { ["comm_id"] = "c", ["target_name"] = "t", ["data"] = new JsonObject() });
        Assert.Contains(kernel.UntilIdle(), m => m.Type == "comm_close" && m.Text("comm_id") == "c");
        Assert.Empty(kernel.Ask("comm_info_request", []).Content["comms"]!.AsObject());
    }
}
