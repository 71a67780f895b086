using ResearchKit.Experiments;
using Spectre.Console;

namespace ResearchKit.Cli;

/// <summary>What every command needs: where to print, which recipes there are, and whether to stop.</summary>
sealed class Shell
{
    const int PlainWidth = 120;

    public Shell(TextWriter output, TextWriter error, RecipeCatalog catalog, bool terminal, CancellationToken cancellation)
    {
        (Output, Error, Catalog, Terminal, Cancellation) = (output, error, catalog, terminal, cancellation);
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal)
            Console.Profile.Width = PlainWidth;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public IAnsiConsole Console { get; init; }

    public RecipeCatalog Catalog { get; }

    public bool Terminal { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Gives the file of plotly.js, or null where it cannot be had; tests put their own here.</summary>
    public Func<string?> PlotlyJs { get; init; } = () => null;

    /// <summary>The named run store, or the one that is used by default.</summary>
    public static RunStore Store(DirectoryInfo? folder) => folder is null ? RunStore.Default : new(folder.FullName);

    /// <summary>The runs of the store and, after them, those that the repository holds; damaged ones are told of and left out.</summary>
    public IReadOnlyList<StoredRun> AllRuns(RunStore store)
    {
        var runs = new List<StoredRun>(store.Runs(Warn));
        if (Repository.Results is { } results)
            runs.AddRange(RunStore.ReadAll(results, Warn));
        return [.. runs.DistinctBy(r => (r.Record.Id, r.Record.Started))];
    }

    public void Warn(Exception e) => Error.WriteLine($"kit: left out: {e.Message}");

    /// <summary>A line of plain text, never wrapped and never taken for markup.</summary>
    public void Line(string text = "") => Output.WriteLine(text);

    /// <summary>A table whose cells are plain text.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, params int[] right)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < headings.Count; i++)
        {
            var column = new TableColumn(new Text(headings[i], new Style(decoration: Decoration.Bold)));
            table.AddColumn(right.Contains(i) ? column.RightAligned().NoWrap() : column);
        }
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        Console.Write(table);
    }
}
