using System.CommandLine;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Export;
using ResearchKit.Notebooks.Files;
using ResearchKit.Reports;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit report RUN</c>: the report of a run and of all that may be pooled with it.</summary>
static class ReportCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var run = new Argument<string[]>("RUN") { Description = "The id of a run or its beginning, its folder, a recipe for its newest run, or a notebook (.ipynb) with its outputs.", Arity = ArgumentArity.OneOrMore };
        var compare = new Option<bool>("--compare") { Description = "Set two runs side by side: ./kit report --compare RUN RUN." };
        var trusted = new Option<bool>("--trusted") { Description = "Take HTML and scripts in the outputs of a notebook as they are; they run in the page." };
        var file = new Option<FileInfo?>("--out") { Description = "Where to write the HTML file.", HelpName = "FILE" };
        var store = Options.Store("--runs");
        var command = new Command("report", "Write the report of a run, with all seeds that go with it, of a notebook, or of two runs side by side.") { run, file, store, trusted, compare };
        command.SetAction(parsed => (parsed.GetValue(run)!, parsed.GetValue(compare)) switch
        {
            ([var a, var b], true) => Compare(shell(), a, b, parsed.GetValue(file)?.FullName, Shell.Store(parsed.GetValue(store))),
            (_, true) => throw new UsageException("--compare takes two runs: ./kit report --compare RUN RUN"),
            ([var notebook], _) when IsNotebook(notebook) => Notebook(shell(), notebook, parsed.GetValue(file)?.FullName, parsed.GetValue(trusted)),
            ([var one], _) => Run(shell(), one, parsed.GetValue(file)?.FullName, Shell.Store(parsed.GetValue(store))),
            _ => throw new UsageException("A report is of one run. For two side by side, type: ./kit report --compare RUN RUN"),
        });
        return command;
    }

    static bool IsNotebook(string name) => Path.GetExtension(name).ToUpperInvariant() is ".IPYNB" or ".DIB";

    static int Notebook(Shell shell, string notebook, string? file, bool trusted)
    {
        var path = file ?? Path.ChangeExtension(notebook, ".html");
        NotebookReport.Write(NotebookFile.Read(notebook), Path.GetFileName(notebook), path, new() { PlotlyJs = shell.PlotlyJs(), Trusted = trusted });
        shell.Line(path);
        return ExitCode.Fine;
    }

    static int Run(Shell shell, string name, string? file, RunStore store)
    {
        var pool = Pool(shell, name, store);
        var path = file ?? DefaultPath(store, pool[0]);
        Write(shell, pool, shell.Catalog.Find(pool[0].Recipe), path);
        shell.Line(path);
        return ExitCode.Fine;
    }

    static int Compare(Shell shell, string first, string second, string? file, RunStore store)
    {
        var (a, b) = (Pool(shell, first, store), Pool(shell, second, store));
        var path = file ?? Path.Combine(store.Root, $"{Short(a[0])}-and-{Short(b[0])}.html");
        ComparisonReport.Write(a, b, shell.Catalog.Find, path, shell.PlotlyJs());
        shell.Line(path);
        return ExitCode.Fine;
    }

    // A run with all seeds that may be pooled with it.
    static RunRecord[] Pool(Shell shell, string name, RunStore store)
    {
        var runs = Directory.Exists(name) ? RunStore.ReadAll(name) : shell.AllRuns(store);
        var run = Directory.Exists(name) ? (runs.Count > 0 ? runs[0] : null) : Find(runs, name);
        if (run is null)
            throw new UsageException(Directory.Exists(name) ? $"There is no run in the folder {name}."
                : runs.Count == 0 ? $"There are no runs in {store.Root} yet. Type: ./kit reproduce NAME"
                : Spelling.Unknown("run", name, [.. runs.Select(r => r.Record.Recipe).Distinct(), .. runs.Select(r => Short(r.Record)).Distinct()]));
        return [.. runs.Where(r => Ledger.Poolable(r.Record, run.Record)).Select(r => r.Record).DistinctBy(r => r.Seed).OrderBy(r => r.Seed)];
    }

    /// <summary>Writes a report; its charts are drawn by plotly.js where that can be had, else they are still pictures.</summary>
    public static void Write(Shell shell, IReadOnlyList<RunRecord> records, Recipe? recipe, string path) =>
        HtmlReport.Write(records, recipe, path, shell.PlotlyJs());

    public static string DefaultPath(RunStore store, RunRecord record) =>
        Path.Combine(store.Root, $"{record.Recipe}-{record.Scale.Word()}-report.html");

    static StoredRun? Find(IReadOnlyList<StoredRun> runs, string name)
    {
        const int enough = 4;
        var byId = name.Length < enough ? [] : runs.Where(r => r.Record.Id.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (byId.Select(r => r.Record.Id).Distinct().Count() > 1)
            throw new UsageException($"'{name}' begins the ids of several runs: {string.Join(", ", byId.Select(r => Short(r.Record)))}. Type more of it.");
        return byId.FirstOrDefault() ?? runs.FirstOrDefault(r => Path.GetFileName(r.Folder) == name) ?? runs.FirstOrDefault(r => r.Record.Recipe == name);
    }

    static string Short(RunRecord record) => record.Id[..Math.Min(12, record.Id.Length)];
}
