using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Runs;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Cli;

/// <summary>A notebook that runs, as lines on the terminal: each cell, what it puts out as it comes, and how long it took.</summary>
sealed class NotebookView(Shell shell, bool quiet) : IRunObserver
{
    const int LongestLine = 400;

    bool _lineOpen;
    string _cell = "";

    public void Begin(NotebookCell cell, int number, int count)
    {
        var first = cell.Source.Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l) && !l.StartsWith("#!", StringComparison.Ordinal)) ?? cell.Source;
        _cell = $"[{number}/{count}]";
        if (!quiet)
            shell.Line($"{_cell} {cell.Kernel}: {Cut(first.Trim(), 90)}");
    }

    public void Output(CellEvent output)
    {
        if (quiet)
            return;
        switch (output)
        {
            case StreamEvent stream:
                Print(stream.Text);
                break;
            case DisplayEvent shown:
                Print(Plain(shown.Data) + "\n");
                break;
            case ResultEvent result:
                Print(Plain(result.Data) + "\n");
                break;
            case UpdateEvent update:
                Print(Plain(update.Data) + "\n");
                break;
            case ErrorEvent error:
                Print(string.Join('\n', error.Traceback) + "\n");
                break;
        }
    }

    public void End(CellOutcome outcome)
    {
        if (quiet)
            return;
        if (_lineOpen)
            shell.Line();
        _lineOpen = false;
        shell.Line(outcome.Caching is { Hit: true } cached
            ? $"{_cell} cached: computed {cached.Computed?.ToLocalTime():yyyy-MM-dd HH:mm} in {Numbers.Seconds(cached.Seconds)}"
            : $"{_cell} {(outcome.Status == CellStatus.Succeeded ? "done" : "FAILED")} in {Numbers.Seconds(outcome.Seconds)}");
        if (outcome.Caching?.Notice is { } notice)
            shell.Line($"{_cell} {notice}");
    }

    void Print(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            // The last piece is empty where the text ends with a line break.
            var ends = i < lines.Length - 1;
            if (!ends && lines[i].Length == 0)
                continue;
            shell.Output.Write((_lineOpen ? "" : "    ") + Cut(lines[i], LongestLine) + (ends ? "\n" : ""));
            _lineOpen = !ends;
        }
        shell.Output.Flush();
    }

    static string Plain(JsonObject data) => data["text/plain"] is JsonValue text && text.TryGetValue<string>(out var plain)
        ? plain : $"({string.Join(", ", data.Select(d => d.Key))})";

    static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + " ...";
}
