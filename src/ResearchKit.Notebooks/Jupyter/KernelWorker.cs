using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;
using ResearchKit.Notebooks.Workers;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>The process that runs the cells of a kernel, and a new one whenever it has ended.</summary>
sealed class KernelWorker : IDisposable
{
    readonly IReadOnlyList<string> _command;
    readonly string _kernel, _folder;
    WorkerProcess _process;

    /// <summary>Starts the process.</summary>
    /// <param name="command">The program that serves as the process, with its arguments.</param>
    /// <param name="kernel">The language of cells that name none.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    public KernelWorker(IReadOnlyList<string> command, string kernel, string folder)
    {
        (_command, _kernel, _folder) = (command, kernel, folder);
        _process = Start();
    }

    /// <summary>Runs a cell. One that ends its process fails, and the cells after it run in a new one.</summary>
    public CellOutcome Run(CellRequest cell, Action<CellEvent> publish, CancellationToken cancellation)
    {
        if (_process.HasEnded)
        {
            publish(new StreamEvent(StreamEvent.Err, $"{_process.Epitaph()} This cell runs in a new process.\n"));
            Restart();
        }
        try
        {
            return _process.Run(cell, publish, null, cancellation).Outcome;
        }
        catch (WorkerEndedException e)
        {
            Restart();
            var message = $"{e.Message} The next cell runs in a new process.";
            var error = new ErrorEvent("ProcessEnded", message, [message]);
            publish(error);
            return new(CellStatus.Failed, cell.Number ?? 0, error, 0);
        }
    }

    /// <summary>Answers the question that the running cell asks.</summary>
    /// <param name="text">The answer; null if the user cannot be asked.</param>
    public void Answer(string? text) => _process.Answer(text);

    /// <summary>What the code at a place may go on with.</summary>
    public CodeCompletions Complete(string code, int position, string? kernel) =>
        Ask(p => p.Ask<CompletionsMessage>(new CompleteMessage(code, position, kernel))?.Completions) ?? new([], position, position);

    /// <summary>What is known of the name at a place; null if nothing is.</summary>
    public string? Inspect(string code, int position, string? kernel) =>
        Ask(p => p.Ask<InspectionMessage>(new InspectMessage(code, position, kernel))?.Text);

    /// <summary>Whether the code can be run as it stands; null if that cannot be said.</summary>
    public CodeCompleteness? Completeness(string code, string? kernel) =>
        Ask(p => p.Ask<CompletenessMessage>(new JudgeMessage(code, kernel))?.Completeness);

    /// <summary>Ends the process at once, whatever it does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();

    T? Ask<T>(Func<WorkerProcess, T?> question)
    {
        try
        {
            return question(_process);
        }
        catch (WorkerEndedException)
        {
            // The next cell tells of it.
            return default;
        }
    }

    void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    WorkerProcess Start()
    {
        var process = new WorkerProcess(_command, new StartMessage(_kernel, _folder, null, new(), []) { Asks = true }, null);
        // C# warms up by itself. Whatever else the kernel is for gets ready before the first cell comes.
        if (_kernel != KernelName.CSharp)
            process.Prepare([new CellRequest("1", _kernel)]);
        return process;
    }
}
