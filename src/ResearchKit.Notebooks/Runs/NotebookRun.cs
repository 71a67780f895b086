using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;
using ResearchKit.Notebooks.Workers;

namespace ResearchKit.Notebooks.Runs;

/// <summary>
/// Runs a notebook from its first cell to its last in a process of its own, and keeps the outputs. The file is written after each
/// cell, so whatever happens it holds what had come out by then.
/// </summary>
public sealed class NotebookRun
{
    static readonly string[] s_skipTags = ["skip-execution"], s_mayFailTags = ["raises-exception"], s_parameterTags = ["parameters", "injected-parameters"];
    const string CacheTag = "cache";

    readonly Notebook _notebook;
    readonly RunSettings _settings;
    readonly IRunObserver _observer;
    readonly CellOutputs _outputs = new();
    readonly List<string> _problems = [];
    readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    readonly Stopwatch _watch = Stopwatch.StartNew();
    Dictionary<NotebookCell, CacheRequest> _caching = [];
    int _run, _count;

    NotebookRun(Notebook notebook, RunSettings settings, IRunObserver observer) =>
        (_notebook, _settings, _observer) = (notebook, settings, observer);

    /// <summary>Runs a notebook; its cells get the outputs.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="UsageException">The metadata of a cell names its input files wrongly.</exception>
    public static RunSummary Run(Notebook notebook, RunSettings settings, IRunObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notebook);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(observer);
        return new NotebookRun(notebook, settings, observer).Run(cancellation);
    }

    RunSummary Run(CancellationToken cancellation)
    {
        NotebookCell[] cells = [.. _notebook.Cells.Where(c => c.Kind == CellKind.Code)];
        foreach (var cell in cells)
            cell.Strip();
        _count = cells.Length;
        var all = (_notebook.Metadata["researchkit"] as JsonObject)?["cache"] is JsonValue cache && cache.TryGetValue<bool>(out var yes) && yes;
        if (_settings.CacheFolder is { } folder && (all || cells.Any(c => c.Tags.Contains(CacheTag))))
            _caching = cells.Index().ToDictionary(c => c.Item, c => Caching(c.Item, c.Index + 1, all, folder));
        // Told before anything runs whether the place can be written to.
        Save(null);
        using var worker = new WorkerProcess(_settings.WorkerCommand, new StartMessage(
            _notebook.DefaultKernel, Path.GetFullPath(_settings.Folder), _settings.LockFile, _settings.Limits, _settings.Answers.ToDictionary()), _settings.MemoryLimit);
        var end = RunEnd.Completed;
        try
        {
            // No cell's time limit should count the start of a compiler.
            worker.Prepare([.. cells.Where(c => !IsSkipped(c)).Select(Request)], cancellation);
            for (var i = 0; i < cells.Length; i++)
            {
                if (IsSkipped(cells[i]))
                {
                    _count--;
                    continue;
                }
                var ended = RunCell(worker, cells[i], i + 1, cells.Length, cancellation);
                end = Worse(end, ended);
                if (ended is RunEnd.Died or RunEnd.Interrupted || (ended is RunEnd.CellFailed or RunEnd.TimedOut && !_settings.KeepGoing))
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            end = RunEnd.Interrupted;
        }
        return Close(end);
    }

    RunEnd RunCell(WorkerProcess worker, NotebookCell cell, int number, int count, CancellationToken cancellation)
    {
        _observer.Begin(cell, number, count);
        _outputs.Begin(cell);
        var began = DateTimeOffset.UtcNow;
        CellOutcome outcome;
        RunEnd end;
        try
        {
            (outcome, var timedOut) = worker.Run(Request(cell), Take, _settings.Timeout, cancellation);
            end = outcome.Status switch
            {
                CellStatus.Succeeded => RunEnd.Completed,
                CellStatus.Unsupported => RunEnd.Partial,
                CellStatus.Interrupted when timedOut => RunEnd.TimedOut,
                CellStatus.Interrupted => RunEnd.Interrupted,
                _ => RunEnd.CellFailed,
            };
            if (end == RunEnd.TimedOut)
                Say(outcome = outcome with { Error = new("TimeoutException", $"The cell took longer than {_settings.Timeout!.Value.TotalSeconds:0.#} s and was interrupted.", []) });
        }
        catch (WorkerEndedException e)
        {
            end = cancellation.IsCancellationRequested ? RunEnd.Interrupted : RunEnd.Died;
            outcome = new(CellStatus.Failed, 0, new("ProcessEnded", e.Message, [e.Message]), (DateTimeOffset.UtcNow - began).TotalSeconds);
            Take(outcome.Error!);
        }
        if (end == RunEnd.CellFailed && cell.Tags.Intersect(s_mayFailTags).Any())
            end = RunEnd.Completed;
        _run += end == RunEnd.Completed ? 1 : 0;
        if (end != RunEnd.Completed)
            _problems.Add($"cell {number}: {outcome.Error?.Name}: {outcome.Error?.Value.Split('\n')[0]}");
        _outputs.End();
        cell.ExecutionCount = outcome.ExecutionCount > 0 ? outcome.ExecutionCount : number;
        Note(cell, began, outcome, end);
        _observer.End(outcome);
        Save(null);
        return end;
    }

    void Take(CellEvent output)
    {
        _outputs.Add(output);
        _observer.Output(output);
    }

    void Say(CellOutcome outcome) => Take(new StreamEvent(StreamEvent.Err, outcome.Error!.Value + "\n"));

    static void Note(NotebookCell cell, DateTimeOffset began, CellOutcome outcome, RunEnd end)
    {
        var metadata = cell.Metadata;
        metadata["papermill"] = new JsonObject
        {
            ["duration"] = Math.Round(outcome.Seconds, 6),
            ["end_time"] = Time(began.AddSeconds(outcome.Seconds)),
            ["exception"] = end != RunEnd.Completed,
            ["start_time"] = Time(began),
            ["status"] = end == RunEnd.Completed ? "completed" : "failed",
        };
        NotebookCell.SetCaching(metadata, outcome.Caching);
        cell.Metadata = metadata;
    }

    RunSummary Close(RunEnd end)
    {
        Save(end);
        return new(end, _run, _count, _watch.Elapsed.TotalSeconds, _problems);
    }

    void Save(RunEnd? end)
    {
        if (_settings.OutputPath is not { } path)
            return;
        var metadata = _notebook.Metadata;
        if (metadata["papermill"] is not JsonObject papermill)
            metadata["papermill"] = papermill = new JsonObject { ["parameters"] = new JsonObject() };
        papermill["input_path"] = _settings.InputPath;
        papermill["output_path"] = path;
        papermill["start_time"] = Time(_started);
        papermill["end_time"] = end is null ? null : Time(DateTimeOffset.UtcNow);
        papermill["duration"] = end is null ? null : Math.Round(_watch.Elapsed.TotalSeconds, 6);
        papermill["exception"] = end is null ? null : end is not (RunEnd.Completed or RunEnd.Partial);
        papermill["version"] = $"researchkit {typeof(NotebookRun).Assembly.GetName().Version?.ToString(3)}";
        if (metadata["researchkit"] is not JsonObject own)
            metadata["researchkit"] = own = [];
        own["commit"] = Provenance.Commit;
        own["packages"] = Provenance.Packages;
        _notebook.Metadata = metadata;
        NotebookFile.Write(path, _notebook);
    }

    CellRequest Request(NotebookCell cell) => new(cell.Source, cell.Kernel) { Cache = _caching.GetValueOrDefault(cell) };

    CacheRequest Caching(NotebookCell cell, int number, bool all, string folder) => new(Path.GetFullPath(folder),
        // Of a whole notebook, cells that could not be cached anyway are passed over without a word.
        cell.Tags.Contains(CacheTag) || (all && cell.Kernel == KernelName.CSharp && !cell.Tags.Intersect(s_parameterTags).Any() && !cell.Source.Split('\n').Any(IsCommand)),
        cell.Inputs ?? throw new UsageException($"Cell {number} of {_settings.InputPath}: researchkit.inputs in its metadata must be a list of file names, such as [\"data.csv\"]."),
        string.Join('\n', _settings.Answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key.Length}:{a.Key}={a.Value.Length}:{a.Value}")));

    static bool IsCommand(string line) => line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#r ", StringComparison.Ordinal) || line.StartsWith("#load ", StringComparison.Ordinal);

    static bool IsSkipped(NotebookCell cell) => cell.Tags.Intersect(s_skipTags).Any() || string.IsNullOrWhiteSpace(cell.Source);

    static RunEnd Worse(RunEnd a, RunEnd b) => a > b ? a : b;

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
