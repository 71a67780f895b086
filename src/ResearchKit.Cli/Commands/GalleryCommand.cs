using System.CommandLine;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Export;
using ResearchKit.Notebooks.Files;
using ResearchKit.Reports;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit gallery</c>: reports of all runs and of notebooks, with a page that leads to them.</summary>
static class GalleryCommand
{
    const string Index = "index.html";

    public static Command Create(Func<Shell> shell)
    {
        var notebooks = new Argument<string[]>("NOTEBOOK") { Description = "Notebooks with their outputs, to be shown beside the runs.", Arity = ArgumentArity.ZeroOrMore };
        var folder = new Option<DirectoryInfo?>("--out") { Description = "The folder to write (default: gallery).", HelpName = "DIR" };
        var store = Options.Store("--runs");
        var command = new Command("gallery", "Write the reports of all runs, and a page to search them, as a site that opens from its folder.") { notebooks, folder, store };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(notebooks) ?? [], parsed.GetValue(folder)?.FullName ?? Path.GetFullPath("gallery"), Shell.Store(parsed.GetValue(store))));
        return command;
    }

    static int Run(Shell shell, string[] paths, string folder, RunStore store)
    {
        // All are read before the first one is written.
        var read = paths.Select(path => (Path: path, Notebook: NotebookFile.Read(path))).ToArray();
        var records = shell.AllRuns(store).Select(run => run.Record).ToArray();
        var plotly = shell.PlotlyJs();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        var runs = new List<GalleryEntry>();
        foreach (var pool in Pools(records).OrderBy(pool => pool[0].Recipe, StringComparer.Ordinal).ThenByDescending(pool => pool[0].Scale).ThenByDescending(pool => pool.Max(record => record.Started)))
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            var first = pool[0];
            var file = Name($"{first.Recipe}-{first.Scale.Word()}");
            HtmlReport.Write(pool, shell.Catalog.Find(first.Recipe), Path.Combine(folder, file), plotly, Index);
            runs.Add(new(file, $"Report, {first.Scale.Word()} scale", $"{pool.Length} seed{(pool.Length == 1 ? "" : "s")}, {pool.Max(record => record.Started):yyyy-MM-dd}", first.Recipe));
        }

        var pages = new List<GalleryEntry>();
        foreach (var (path, notebook) in read)
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            var name = Path.GetFileName(path);
            var bare = name.Split('.')[0];
            var file = Name($"notebook-{bare}");
            NotebookReport.Write(notebook, name, Path.Combine(folder, file), new() { PlotlyJs = plotly, Back = Index });
            var recipe = shell.Catalog.Find(bare)?.Name;
            pages.Add(new(file, recipe is null ? NotebookReport.TitleOf(notebook) ?? name : "Notebook", recipe is null ? name : "", recipe));
        }

        var index = Path.Combine(folder, Index);
        GalleryPage.Write(shell.Catalog.Recipes, Ledger.Rows(shell.Catalog.Recipes, records), runs, pages, index);
        shell.Line($"{runs.Count} report{(runs.Count == 1 ? "" : "s")} of runs, {pages.Count} of notebooks: {index}");
        return ExitCode.Fine;

        string Name(string wish)
        {
            var bare = string.Concat(wish.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
            var name = bare;
            for (var i = 2; !names.Add(name); i++)
                name = $"{bare}-{i}";
            return name + ".html";
        }
    }

    // Records that may be pooled, of each seed the newest.
    static IEnumerable<RunRecord[]> Pools(IReadOnlyList<RunRecord> records)
    {
        var left = records.ToList();
        while (left.Count > 0)
        {
            var first = left[0];
            var pool = left.Where(record => Ledger.Poolable(record, first)).ToArray();
            left.RemoveAll(pool.Contains);
            yield return [.. pool.OrderByDescending(record => record.Started).DistinctBy(record => record.Seed).OrderBy(record => record.Seed)];
        }
    }
}
