using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>
/// A Jupyter kernel: takes requests of a front end over ZeroMQ and runs cells in a process of their own, so that whatever a cell does,
/// the kernel stays and says what happened.
/// </summary>
/// <remarks>
/// One thread answers the shell channel, one request after another; it also waits while a cell runs and publishes what the cell puts
/// out. A second one answers the control channel meanwhile, for interruptions and the end, and a third one the heartbeat.
/// </remarks>
public sealed class JupyterKernel : IDisposable
{
    // A front end that takes nothing for so long loses what comes until it takes something again.
    const int PublishMilliseconds = 5000;

    // Messages that wait for a slow front end. Beyond that the cell waits, whose updates are joined meanwhile.
    const int PublishedAhead = 100;

    // How long after a failure to look for cells that were sent with the failed one.
    const int TogetherMilliseconds = 20;

    const int PollMilliseconds = 100;
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1), s_parentPeriod = TimeSpan.FromSeconds(1);

    readonly JupyterSettings _settings;
    readonly MessageFormat _format;
    readonly ZeroMqContext _context;
    readonly ZeroMqSocket _shell, _iopub, _stdin, _control, _heartbeat;
    readonly KernelWorker _worker;
    readonly KernelHistory _history = new();
    readonly Queue<(JupyterMessage Message, bool Aborted)> _waiting = new();
    readonly Lock _publishing = new();
    readonly ManualResetEventSlim _idle = new(true);
    CancellationTokenSource? _running;
    int _count;
    bool _lagging;
    volatile bool _stopping;

    JupyterKernel(JupyterSettings settings, ConnectionFile connection, ZeroMqContext context)
    {
        (_settings, _context, _format) = (settings, context, new(connection.Key));
        // It starts while the sockets are opened and the front end asks its first questions.
        _worker = new(settings.WorkerCommand, settings.Language, settings.Folder);
        (_shell, _control, _stdin) = (context.Open(SocketKind.Router), context.Open(SocketKind.Router), context.Open(SocketKind.Router));
        (_iopub, _heartbeat) = (context.Open(SocketKind.Publish), context.Open(SocketKind.Reply));
        foreach (var router in new[] { _shell, _control, _stdin })
            router.Set(ZeroMq.Handover, 1);
        _iopub.Set(ZeroMq.SendHighWater, PublishedAhead);
        _iopub.Set(ZeroMq.NoDrop, 1);
        _iopub.Set(ZeroMq.SendTimeout, PublishMilliseconds);
        _shell.Bind(connection.At(connection.Shell));
        _control.Bind(connection.At(connection.Control));
        _stdin.Bind(connection.At(connection.Stdin));
        _iopub.Bind(connection.At(connection.Iopub));
        _heartbeat.Bind(connection.At(connection.Heartbeat));
    }

    /// <summary>Serves a front end until it says that it is over, until the process that started this one has ended, or until cancelled.</summary>
    /// <exception cref="IOException">libzmq is missing, or an address is taken.</exception>
    /// <exception cref="InvalidDataException">The connection file is damaged.</exception>
    public static void Run(JupyterSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connection = ConnectionFile.Read(settings.ConnectionFile);
        using var context = new ZeroMqContext();
        using var kernel = new JupyterKernel(settings, connection, context);
        kernel.Serve(cancellation);
    }

    /// <summary>Ends the process of the cells.</summary>
    public void Dispose()
    {
        _worker.Kill();
        _worker.Dispose();
        _idle.Dispose();
    }

    /// <summary>Whether a kernel can run on this machine.</summary>
    /// <param name="missing">What is missing and how to get it; empty if nothing is.</param>
    public static bool CanRun(out string missing)
    {
        missing = ZeroMq.IsInstalled ? "" : ZeroMq.Missing;
        return missing.Length == 0;
    }

    void Serve(CancellationToken cancellation)
    {
        Thread[] others = [Begin("jupyter control", ServeControl), Begin("jupyter heartbeat", ServeHeartbeat)];
        using var stop = cancellation.Register(() => Stop());
        using var watch = WatchParent();
        try
        {
            Publish(null, "status", State("starting"));
            while (true)
            {
                var (message, aborted) = _waiting.TryDequeue(out var first) ? first : (Receive(_shell, -1), false);
                if (message is not null)
                    Handle(_shell, message, aborted);
            }
        }
        catch (OperationCanceledException) when (_stopping)
        {
            // That is the end.
        }
        finally
        {
            _context.Shutdown();
            foreach (var thread in others)
                thread.Join();
        }
    }

    static Thread Begin(string name, Action serve)
    {
        var thread = new Thread(() =>
        {
            try
            {
                serve();
            }
            catch (OperationCanceledException)
            {
                // That is the end.
            }
        })
        { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    void ServeControl()
    {
        while (!_stopping)
        {
            if (Receive(_control, -1) is { } message)
                Handle(_control, message, aborted: false);
        }
    }

    void ServeHeartbeat()
    {
        while (true)
        {
            if (_heartbeat.Receive() is { } frames)
                _heartbeat.Send(frames);
        }
    }

    // A front end that crashed cannot say that it is over.
    Timer? WatchParent() => !int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), out var id) || id <= 1 ? null : new(_ =>
    {
        try
        {
            Process.GetProcessById(id).Dispose();
        }
        catch (ArgumentException)
        {
            _settings.Log.WriteLine("The program that started this kernel has ended.");
            Stop();
        }
    }, null, s_parentPeriod, s_parentPeriod);

    // The running cell gets a moment to end by itself, then its process is ended.
    void Stop()
    {
        if (_stopping)
            return;
        _stopping = true;
        Interrupt();
        _idle.Wait(s_grace);
        _worker.Kill();
        _context.Shutdown();
    }

    void Interrupt()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    void Handle(ZeroMqSocket socket, JupyterMessage request, bool aborted)
    {
        Publish(request, "status", State("busy"));
        try
        {
            switch (request.Type)
            {
                case "execute_request" when aborted:
                    Reply(socket, request, "execute_reply", new() { ["status"] = "aborted" });
                    break;
                case "execute_request":
                    Execute(request);
                    break;
                case "kernel_info_request":
                    Reply(socket, request, "kernel_info_reply", KernelInfo.Of(_settings.Language));
                    break;
                case "complete_request":
                    Reply(socket, request, "complete_reply", Complete(request));
                    break;
                case "inspect_request":
                    Reply(socket, request, "inspect_reply", Inspect(request));
                    break;
                case "is_complete_request":
                    Reply(socket, request, "is_complete_reply", Judge(request));
                    break;
                case "history_request":
                    Reply(socket, request, "history_reply", new() { ["status"] = "ok", ["history"] = _history.Find(request) });
                    break;
                case "comm_info_request":
                    Reply(socket, request, "comm_info_reply", new() { ["status"] = "ok", ["comms"] = new JsonObject() });
                    break;
                case "comm_open":
                    // No widget of the front end has a counterpart here.
                    Publish(request, "comm_close", new() { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() });
                    break;
                case "interrupt_request":
                    Reply(socket, request, "interrupt_reply", new() { ["status"] = "ok" });
                    Interrupt();
                    break;
                case "shutdown_request":
                    Reply(socket, request, "shutdown_reply", new() { ["status"] = "ok", ["restart"] = request.Flag("restart", false) });
                    break;
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What a front end asks must not end the kernel.
            _settings.Log.WriteLine($"A request of type {request.Type} failed: {e}");
            if (request.Type.EndsWith("_request", StringComparison.Ordinal))
                Reply(socket, request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), Failure(ErrorText.Of(e)));
        }
        Publish(request, "status", State("idle"));
        if (request.Type == "shutdown_request")
            Stop();
    }

    void Execute(JupyterMessage request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        var stored = request.Flag("store_history", true) && !silent;
        if (stored)
            _count++;
        if (!silent)
            Publish(request, "execute_input", new() { ["code"] = code, ["execution_count"] = _count });
        string? result = null;
        CellOutcome outcome;
        JsonObject? expressions = null;
        using (var interruption = new CancellationTokenSource())
        {
            Volatile.Write(ref _running, interruption);
            _idle.Reset();
            try
            {
                outcome = _worker.Run(new(code, KernelOf(request), silent, _count), e =>
                {
                    if (e is InputEvent input)
                        Ask(request, input, interruption.Token);
                    else if (!silent)
                        Publish(request, e);
                    if (e is ResultEvent { Data: var data } && data["text/plain"] is JsonValue plain)
                        result = (string?)plain;
                }, interruption.Token);
                if (outcome.Status == CellStatus.Succeeded)
                    expressions = Evaluate(request, interruption.Token);
            }
            finally
            {
                Volatile.Write(ref _running, null);
                _idle.Set();
            }
        }
        if (stored)
            _history.Add(_count, code, result);
        // Cells that were sent together with one that fails are not run.
        if (outcome.Status != CellStatus.Succeeded && request.Flag("stop_on_error", true))
            Abort();
        var reply = outcome.Error is null
            ? new JsonObject { ["status"] = "ok", ["user_expressions"] = expressions ?? [], ["payload"] = new JsonArray() }
            : Failure(outcome.Error);
        reply["execution_count"] = _count;
        Reply(_shell, request, "execute_reply", reply);
    }

    void Abort()
    {
        while (Receive(_shell, TogetherMilliseconds) is { } message)
            _waiting.Enqueue((message, message.Type == "execute_request"));
    }

    // Expressions that a front end wants to know the values of after the cell.
    JsonObject Evaluate(JupyterMessage request, CancellationToken cancellation)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            JsonObject? data = null;
            var outcome = _worker.Run(new((string?)expression ?? "", KernelOf(request), Number: _count), e =>
            {
                if (e is ResultEvent shown)
                    data = shown.Data;
                else if (e is InputEvent)
                    _worker.Answer(null);
            }, cancellation);
            values[name] = outcome.Error is not null ? Failure(outcome.Error)
                : new JsonObject { ["status"] = "ok", ["data"] = data ?? [], ["metadata"] = new JsonObject() };
        }
        return values;
    }

    // An interrupted cell waits for no answer.
    void Ask(JupyterMessage request, InputEvent input, CancellationToken cancellation)
    {
        if (!request.Flag("allow_stdin", false))
        {
            _worker.Answer(null);
            return;
        }
        // An answer to an earlier question that came too late is none to this one.
        while (_stdin.Receive(0) is not null)
            _settings.Log.WriteLine("An answer came after its cell had ended.");
        _stdin.Send(_format.Write(request.Identities, "input_request", new() { ["prompt"] = input.Prompt, ["password"] = input.Secret }, request));
        while (!cancellation.IsCancellationRequested)
        {
            if (Receive(_stdin, PollMilliseconds) is not { Type: "input_reply" } reply)
                continue;
            _worker.Answer(reply.Text("value"));
            return;
        }
    }

    JsonObject Complete(JupyterMessage request)
    {
        var code = request.Text("code");
        var found = _worker.Complete(code, Cursor(request, code), KernelOf(request));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Matches.Select(m => JsonValue.Create(m))]),
            ["cursor_start"] = CodePoints(code, found.Start),
            ["cursor_end"] = CodePoints(code, found.End),
            ["metadata"] = new JsonObject(),
        };
    }

    JsonObject Inspect(JupyterMessage request)
    {
        var code = request.Text("code");
        var text = _worker.Inspect(code, Cursor(request, code), KernelOf(request));
        return new()
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? new JsonObject() : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    JsonObject Judge(JupyterMessage request) => _worker.Completeness(request.Text("code"), KernelOf(request)) switch
    {
        CodeCompleteness.Complete => new() { ["status"] = "complete" },
        CodeCompleteness.Incomplete => new() { ["status"] = "incomplete", ["indent"] = Indent(request.Text("code")) },
        CodeCompleteness.Invalid => new() { ["status"] = "invalid" },
        _ => new() { ["status"] = "unknown" },
    };

    // That of the last line, and one more after what opens a block.
    static string Indent(string code)
    {
        var line = code.TrimEnd('\n').Split('\n')[^1];
        var text = line.TrimEnd();
        var indent = line[..(line.Length - line.TrimStart().Length)];
        return text.EndsWith('{') || text.EndsWith('=') || text.EndsWith("->", StringComparison.Ordinal) ? indent + "    " : indent;
    }

    // The kernel that the metadata of the cell names, where the front end sends it.
    static string? KernelOf(JupyterMessage request) =>
        Named(request.Metadata["polyglot_notebook"], "kernelName") ?? Named(request.Metadata["dotnet_interactive"], "language");

    static string? Named(JsonNode? metadata, string member) =>
        metadata is JsonObject cell && cell[member] is JsonValue value && value.TryGetValue<string>(out var name) && KernelName.IsKnown(name) ? name : null;

    void Publish(JupyterMessage request, CellEvent output)
    {
        switch (output)
        {
            case StreamEvent stream:
                Publish(request, "stream", new() { ["name"] = stream.Name, ["text"] = stream.Text });
                break;
            case DisplayEvent shown:
                Publish(request, "display_data", Shown(shown.Data, shown.DisplayId));
                break;
            case UpdateEvent update:
                Publish(request, "update_display_data", Shown(update.Data, update.DisplayId));
                break;
            case ResultEvent result:
                Publish(request, "execute_result", new() { ["data"] = result.Data, ["metadata"] = new JsonObject(), ["execution_count"] = result.ExecutionCount });
                break;
            case ErrorEvent error:
                Publish(request, "error", Error(error));
                break;
            case ClearEvent clear:
                Publish(request, "clear_output", new() { ["wait"] = clear.Wait });
                break;
        }
    }

    static JsonObject Shown(JsonObject data, string? displayId) => new()
    {
        ["data"] = data,
        ["metadata"] = new JsonObject(),
        ["transient"] = displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId },
    };

    static JsonObject Error(ErrorEvent error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Value,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(l => JsonValue.Create(l))]),
    };

    static JsonObject Failure(ErrorEvent error)
    {
        var failure = Error(error);
        failure["status"] = "error";
        return failure;
    }

    static JsonObject State(string state) => new() { ["execution_state"] = state };

    void Publish(JupyterMessage? parent, string type, JsonObject content)
    {
        var frames = _format.Write([System.Text.Encoding.ASCII.GetBytes(type)], type, content, parent);
        lock (_publishing)
        {
            // Where a cell ends is worth the wait, so that a front end that goes on knows it.
            var sent = _iopub.Send(frames, wait: !_lagging || type == "status");
            if (!sent && !_lagging)
                _settings.Log.WriteLine($"The front end has taken nothing for {PublishMilliseconds / 1000} s: what comes until it does is lost.");
            _lagging = !sent;
        }
    }

    void Reply(ZeroMqSocket socket, JupyterMessage request, string type, JsonObject content) =>
        socket.Send(_format.Write(request.Identities, type, content, request));

    // Null if none came in time, or one that is not to be heeded.
    JupyterMessage? Receive(ZeroMqSocket socket, int timeout)
    {
        if (socket.Receive(timeout) is not { } frames)
            return null;
        try
        {
            return _format.Read(frames);
        }
        catch (InvalidDataException e)
        {
            _settings.Log.WriteLine($"A message is ignored: {e.Message}.");
            return null;
        }
    }

    // The protocol counts whole characters, .NET their UTF-16 units.
    static int Cursor(JupyterMessage request, string code)
    {
        if (request.Number("cursor_pos") is not { } characters)
            return code.Length;
        var units = 0;
        for (; units < code.Length && characters > 0; characters--)
            units += char.IsSurrogatePair(code, units) ? 2 : 1;
        return units;
    }

    static int CodePoints(string code, int units)
    {
        var count = 0;
        for (var i = 0; i < units && i < code.Length; count++)
            i += char.IsSurrogatePair(code, i) ? 2 : 1;
        return count;
    }
}
