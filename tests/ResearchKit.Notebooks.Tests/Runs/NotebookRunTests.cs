using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Runs;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Runs;

public sealed class NotebookRunTests : IDisposable, IRunObserver
{
    readonly string _folder = Directory.CreateTempSubdirectory("run-").FullName;
    readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    int _ended;

    string Out => Path.Combine(_folder, "out.ipynb");

    public void Dispose()
    {
        _cancel.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    void IRunObserver.Begin(NotebookCell cell, int number, int count)
    {
        // What came before is on disk while the next cell runs.
        Assert.Equal(_ended, NotebookFile.Read(Out).Cells.Count(c => c.Metadata["papermill"] is not null));
    }

    void IRunObserver.Output(CellEvent output)
    {
        if (output is StreamEvent { Text: "begun" })
            _cancel.Cancel();
    }

    // The file is written after this.
    void IRunObserver.End(CellOutcome outcome) => _ended++;

    RunSummary Run(Func<RunSettings, RunSettings>? change, params string[] sources) =>
        Run(change, [.. sources.Select(s => NotebookCell.Create(CellKind.Code, s))]);

    RunSummary Run(Func<RunSettings, RunSettings>? change, params NotebookCell[] cells)
    {
        var notebook = new Notebook();
        notebook.Cells.AddRange(cells);
        var settings = new RunSettings
        {
            OutputPath = Out,
            Folder = _folder,
            WorkerCommand = ["dotnet", Path.Combine(AppContext.BaseDirectory, "kit.dll"), "notebook", "worker"],
        };
        return NotebookRun.Run(notebook, change?.Invoke(settings) ?? settings, this, _cancel.Token);
    }

    JsonArray Outputs(int cell) => NotebookFile.Read(Out).Cells[cell].Outputs;

    [Fact]
    public void Outputs_are_stored_in_the_cells_and_an_update_changes_an_earlier_one()
    {
        var summary = Run(null, "Console.Write(\"a\\nb\"); var d = display(\"before\");", "d.Update(\"after\"); 1 + 1");
        Assert.Equal((RunEnd.Completed, 2, 2), (summary.End, summary.CellsRun, summary.Cells));
        Assert.Equal("""[{"name":"stdout","output_type":"stream","text":["a\n","b"]},{"data":{"text/plain":["after"]},"metadata":{},"output_type":"display_data"}]""", Outputs(0).ToJsonString());
        Assert.Equal("execute_result", (string?)Outputs(1)[0]!["output_type"]);
        Assert.Equal("2", NotebookCell.Text(Outputs(1)[0]!["data"]!["text/plain"]));
        var written = NotebookFile.Read(Out);
        Assert.Equal([1, 2], written.Cells.Select(c => c.ExecutionCount));
        Assert.False((bool)written.Metadata["papermill"]!["exception"]!);
    }

    [Fact]
    public void A_cell_that_fails_is_kept_with_its_error_and_ends_the_run()
    {
        var summary = Run(null, "1", "throw new Exception(\"why\");", "3");
        Assert.Equal((RunEnd.CellFailed, 1), (summary.End, summary.CellsRun));
        Assert.Contains("cell 2: Exception: why", Assert.Single(summary.Problems));
        Assert.Equal("error", (string?)Outputs(1)[0]!["output_type"]);
        Assert.Empty(Outputs(2));
    }

    [Fact]
    public void Tags_say_which_cells_are_skipped_and_which_may_fail_and_unsupported_ones_are_left_out()
    {
        NotebookCell[] cells =
        [
            NotebookCell.Create(CellKind.Code, "Environment.Exit(1);"), NotebookCell.Create(CellKind.Code, "throw new Exception();"),
            NotebookCell.Create(CellKind.Code, "Get-Process", "pwsh"), NotebookCell.Create(CellKind.Code, "\"end\""),
        ];
        cells[0].Tags = ["skip-execution"];
        cells[1].Tags = ["raises-exception"];
        var summary = Run(null, cells);
        Assert.Equal((RunEnd.Partial, 2, 3), (summary.End, summary.CellsRun, summary.Cells));
        Assert.Equal("end", NotebookCell.Text(Outputs(3)[0]!["data"]!["text/plain"]));
    }

    [Fact]
    public void What_cannot_be_interrupted_is_ended_with_its_process()
    {
        var summary = Run(null, "\"before\"", "Console.Write(\"begun\"); Enumerable.Repeat(1, int.MaxValue).SelectMany(i => Enumerable.Repeat(i, int.MaxValue)).Count(i => i > 1)");
        Assert.Equal(RunEnd.Interrupted, summary.End);
        Assert.Contains("could not be interrupted", Assert.Single(summary.Problems));
        Assert.Equal("before", NotebookCell.Text(Outputs(0)[0]!["data"]!["text/plain"]));
        Assert.NotEmpty(Outputs(1));
    }

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(-1);", RunEnd.TimedOut, "longer than")]
    [InlineData("Environment.Exit(3);", RunEnd.Died, "exit code 3")]
    [InlineData("int Deep(int i) => Deep(i + 1) + 1; Deep(0)", RunEnd.Died, "stack of the cell overflowed")]
    [InlineData("var all = new List<byte[]>(); while (true) { all.Add(new byte[8 << 20]); Array.Fill(all[^1], (byte)1); }", RunEnd.CellFailed, "OutOfMemoryException")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteByte((nint)100_000_000, 1);", RunEnd.Died, "variables are lost")]
    public void Whatever_a_cell_does_the_run_ends_with_a_message_and_the_file_is_whole(string code, RunEnd end, string words)
    {
        var summary = Run(s => s with { Timeout = TimeSpan.FromSeconds(end == RunEnd.TimedOut ? 2 : 60), MemoryLimit = 512 << 20 }, "\"before\"", code, "3");
        Assert.Equal(end, summary.End);
        Assert.Contains(words, Assert.Single(summary.Problems));
        Assert.Equal("before", NotebookCell.Text(Outputs(0)[0]!["data"]!["text/plain"]));
        Assert.NotEmpty(Outputs(1));
        Assert.Empty(Outputs(2));
        Assert.Empty(Directory.GetFiles(_folder, "*.partial"));
    }
}
