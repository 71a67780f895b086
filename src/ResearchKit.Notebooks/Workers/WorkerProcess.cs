using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Workers;

/// <summary>
/// A session in a process of its own. It survives nothing that its cells cannot, but whoever holds this object does: the end of
/// memory, an overflowing stack, <c>Environment.Exit</c>, a crash in native code, a cell that cannot be interrupted.
/// </summary>
sealed class WorkerProcess : IDisposable
{
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);
    const int KeptLines = 200;

    // More than the lines of native code that may wait while nobody listens. Beyond that the cell waits until it is listened to.
    const int MessagesAhead = 256;

    const long LeastHeap = 256L << 20;

    readonly Process _process;
    readonly AnonymousPipeServerStream _requests = new(PipeDirection.Out, HandleInheritability.Inheritable);
    readonly AnonymousPipeServerStream _events = new(PipeDirection.In, HandleInheritability.Inheritable);
    readonly StreamWriter _writer;
    readonly Lock _writing = new();
    readonly BlockingCollection<WorkerMessage> _messages = new(MessagesAhead);
    readonly ConcurrentQueue<string> _words = new();

    /// <summary>Starts the process.</summary>
    /// <param name="command">The program with its arguments; the two handles are added to them.</param>
    /// <param name="start">What the session starts from.</param>
    /// <param name="heapLimit">The bytes that .NET objects may take; null for three quarters of the machine's memory.</param>
    public WorkerProcess(IReadOnlyList<string> command, StartMessage start, long? heapLimit)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1).Append(_requests.GetClientHandleAsString()).Append(_events.GetClientHandleAsString()))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.Folder,
        };
        info.Environment["DOTNET_GCHeapHardLimit"] = Math.Max(LeastHeap, heapLimit ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3).ToString("X");
        // Short cells are compiled once and quickly; those that run long are optimised on the way.
        info.Environment["DOTNET_TieredPGO"] = "0";
        info.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        // The dump of a crash would be as large as memory.
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        _process = Process.Start(info) ?? throw new WorkerEndedException("The process of the notebook did not start.");
        _requests.DisposeLocalCopyOfClientHandle();
        _events.DisposeLocalCopyOfClientHandle();
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, e) => Native(StreamEvent.Out, e.Data);
        _process.ErrorDataReceived += (_, e) => Native(StreamEvent.Err, e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _writer = new(_requests, new UTF8Encoding(false)) { AutoFlush = true };
        new Thread(Listen) { IsBackground = true, Name = "notebook process" }.Start();
        Send(start);
    }

    /// <summary>True once the process has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Begins to get ready what cells will need; those that come wait for it.</summary>
    public void Prepare(IReadOnlyList<CellRequest> cells) => Send(new PrepareMessage(cells));

    /// <summary>Gets ready what the cells need, as far as it can be had.</summary>
    public void Prepare(IReadOnlyList<CellRequest> cells, CancellationToken cancellation)
    {
        Prepare(cells);
        while (Next(cancellation) is { } message and not PreparedMessage)
            _ = message;
    }

    /// <summary>Runs a cell. Past the time limit, and on cancellation, it is interrupted, and killed if that does not end it.</summary>
    /// <returns>How it ended, and whether the time limit did it.</returns>
    /// <exception cref="WorkerEndedException">The process has ended; the message says why.</exception>
    public (CellOutcome Outcome, bool TimedOut) Run(CellRequest cell, Action<CellEvent> publish, TimeSpan? timeout, CancellationToken cancellation)
    {
        Send(new RunMessage(cell));
        using var limit = new CancellationTokenSource();
        if (timeout is { } span)
            limit.CancelAfter(span);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var killing = new CancellationTokenSource();
        using var interruption = either.Token.Register(() =>
        {
            Send(new InterruptMessage());
            killing.CancelAfter(s_grace);
        });
        using var end = killing.Token.Register(Kill);
        while (true)
        {
            switch (Next(CancellationToken.None))
            {
                case EventMessage message:
                    publish(message.Event);
                    break;
                case OutcomeMessage done:
                    return (done.Outcome, limit.IsCancellationRequested && !cancellation.IsCancellationRequested);
                case null when killing.IsCancellationRequested:
                    throw new WorkerEndedException(limit.IsCancellationRequested && !cancellation.IsCancellationRequested
                        ? $"The cell took longer than {timeout!.Value.TotalSeconds:0.#} s and could not be interrupted, so its process was ended. All variables are lost."
                        : "The cell could not be interrupted, so its process was ended. All variables are lost.");
                case null:
                    throw new WorkerEndedException(Epitaph());
            }
        }
    }

    /// <summary>Answers the question that the running cell waits with.</summary>
    public void Answer(string? text) => Send(new AnswerMessage(text));

    /// <summary>Asks something while no cell runs.</summary>
    /// <exception cref="WorkerEndedException">The process has ended.</exception>
    public T Ask<T>(WorkerMessage question) where T : WorkerMessage
    {
        Send(question);
        while (Next(CancellationToken.None) is { } message)
        {
            if (message is T answer)
                return answer;
        }
        throw new WorkerEndedException(Epitaph());
    }

    public void Dispose()
    {
        // Nobody listens any more.
        _messages.CompleteAdding();
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // It has ended already.
        }
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
            Kill();
        _process.Dispose();
        _requests.Dispose();
        _events.Dispose();
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    // Null once the process has ended and all its messages are read.
    WorkerMessage? Next(CancellationToken cancellation) => _messages.TryTake(out var message, Timeout.Infinite, cancellation) ? message : null;

    // A cell and its interruption are sent by different threads.
    void Send(WorkerMessage message)
    {
        var line = message.ToLine();
        try
        {
            lock (_writing)
                _writer.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended; who waits for an answer will be told.
        }
    }

    // What native code writes does not pass the session's console.
    void Native(string stream, string? line)
    {
        if (line is null)
            return;
        // The runtime says first what happened, and then shows a stack of thousands of lines.
        if (_words.Count >= KeptLines)
            return;
        _words.Enqueue(line);
        try
        {
            _messages.Add(new EventMessage(new StreamEvent(stream, line + "\n")));
        }
        catch (InvalidOperationException)
        {
            // The process has ended.
        }
    }

    void Listen()
    {
        using var reader = new StreamReader(_events, Encoding.UTF8);
        try
        {
            while (reader.ReadLine() is { } line)
                _messages.Add(WorkerMessage.Read(line));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Text.Json.JsonException or InvalidOperationException)
        {
            // A message that is cut off: the process ended while it wrote.
        }
        try
        {
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // Disposed.
        }
        _messages.CompleteAdding();
    }

    /// <summary>Why the process has ended.</summary>
    public string Epitaph()
    {
        var words = string.Join('\n', _words);
        return _process.ExitCode switch
        {
            _ when words.Contains("Stack overflow", StringComparison.Ordinal) =>
                "The stack of the cell overflowed (a recursion without end?), which ends its process. All variables are lost.",
            _ when words.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) =>
                "The cell used up the memory that a notebook may take, which ended its process. All variables are lost.",
            137 => "The system ended the process of the notebook, most likely because the machine ran out of memory. All variables are lost.",
            139 => "Native code crashed (segmentation fault) and ended the process of the notebook. All variables are lost.",
            134 => $"The process of the notebook was aborted{(_words.FirstOrDefault(w => w.Contains("nhandled exception", StringComparison.Ordinal)) is { } why ? $": {why}" : ".")} All variables are lost.",
            var code => $"The cell ended the process of the notebook with exit code {code} (Environment.Exit?). All variables are lost.",
        };
    }
}
