using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Jupyter;

namespace ResearchKit.Notebooks.Tests.Jupyter;

/// <summary>A front end of a kernel that it starts as Jupyter does.</summary>
public sealed class KernelClient : IDisposable
{
    const int Wait = 60_000;

    readonly string _folder = Directory.CreateTempSubdirectory("jupyter-").FullName;
    readonly Process _process;
    readonly ZeroMqContext _context = new();
    readonly MessageFormat _format = new("the key"u8.ToArray());
    readonly ZeroMqSocket _shell, _control, _stdin, _iopub, _heartbeat;

    public KernelClient(string language = "csharp")
    {
        var ports = FreePorts(5);
        var file = Path.Combine(_folder, "connection.json");
        File.WriteAllText(file, $$"""
            {"transport": "tcp", "ip": "127.0.0.1", "shell_port": {{ports[0]}}, "iopub_port": {{ports[1]}}, "stdin_port": {{ports[2]}},
             "control_port": {{ports[3]}}, "hb_port": {{ports[4]}}, "key": "the key", "signature_scheme": "hmac-sha256"}
            """);
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "kit.dll"), "jupyter", "run", "--language", language, file])
        {
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        })!;
        (_shell, _control, _stdin) = (_context.Open(SocketKind.Dealer), _context.Open(SocketKind.Dealer), _context.Open(SocketKind.Dealer));
        (_iopub, _heartbeat) = (_context.Open(SocketKind.Subscribe), _context.Open(SocketKind.Request));
        foreach (var socket in new[] { _shell, _control, _stdin })
            socket.Set(ZeroMq.Identity, "client"u8);
        _iopub.Set(ZeroMq.Subscribe, ""u8);
        foreach (var (socket, port) in new[] { (_shell, 0), (_iopub, 1), (_stdin, 2), (_control, 3), (_heartbeat, 4) })
            socket.Connect($"tcp://127.0.0.1:{ports[port]}");
        // As Jupyter does: until an answer comes, and what is published arrives too.
        for (var i = 0; i < 1200; i++)
        {
            var asked = Ask("kernel_info_request", []).Parent["msg_id"];
            while (_iopub.Receive(50) is { } frames)
            {
                if (_format.Read(frames) is var published && published.Text("execution_state") == "idle" && JsonNode.DeepEquals(published.Parent["msg_id"], asked))
                    return;
            }
        }
        throw new TimeoutException("The kernel publishes nothing.");
    }

    /// <summary>What the process of the kernel ended with; fails if it does not end.</summary>
    public int ExitCode => _process.WaitForExit(Wait) ? _process.ExitCode : throw new TimeoutException("The kernel does not end.");

    public string Log => _process.StandardError.ReadToEnd();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _context.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Sends a request on the shell channel.</summary>
    public void Send(string type, JsonObject content) => _shell.Send(Request(type, content));

    /// <summary>Sends a request to run code.</summary>
    public void SendCell(string code, bool allowStdin = false) =>
        Send("execute_request", new() { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = allowStdin, ["stop_on_error"] = true });

    /// <summary>Sends frames as they are, with one of them damaged.</summary>
    public void SendDamaged(string code)
    {
        var frames = Request("execute_request", new() { ["code"] = code }).ToArray();
        frames[^1] = Encoding.UTF8.GetBytes("""{"code": "Environment.Exit(9);"}""");
        _shell.Send(frames);
        _shell.Send(["nonsense"u8.ToArray()]);
    }

    /// <summary>The next answer on the shell channel.</summary>
    internal JupyterMessage Reply() => Read(_shell);

    /// <summary>Asks on the shell channel.</summary>
    internal JupyterMessage Ask(string type, JsonObject content)
    {
        Send(type, content);
        return Reply();
    }

    /// <summary>Asks on the control channel.</summary>
    internal JupyterMessage Control(string type, JsonObject content)
    {
        _control.Send(Request(type, content));
        return Read(_control);
    }

    /// <summary>The next message on the channel of questions to the user.</summary>
    internal JupyterMessage Question() => Read(_stdin);

    public void Answer(string text) => _stdin.Send(Request("input_reply", new() { ["value"] = text }));

    /// <summary>The next thing that is published.</summary>
    internal JupyterMessage Published() => Read(_iopub);

    /// <summary>All that is published, up to the next end of a request.</summary>
    internal List<JupyterMessage> UntilIdle()
    {
        var messages = new List<JupyterMessage>();
        while (true)
        {
            var message = Published();
            if (message.Text("execution_state") == "idle")
                return messages;
            messages.Add(message);
        }
    }

    /// <summary>Runs code: the answer, and what is published between the busy and the idle kernel.</summary>
    internal (JupyterMessage Reply, List<JupyterMessage> Output) Run(string code)
    {
        SendCell(code);
        var output = UntilIdle();
        if (output is not [{ Type: "status" } busy, { Type: "execute_input" } input, ..] || busy.Text("execution_state") != "busy" || input.Text("code") != code)
            throw new InvalidDataException("The kernel does not begin a cell by saying that it is busy, and with what.");
        return (Reply(), output[2..]);
    }

    public string? Beat(string text)
    {
        _heartbeat.Send([Encoding.UTF8.GetBytes(text)]);
        return _heartbeat.Receive(Wait) is [var frame] ? Encoding.UTF8.GetString(frame) : null;
    }

    IReadOnlyList<byte[]> Request(string type, JsonObject content) => _format.Write([], type, content, null);

    JupyterMessage Read(ZeroMqSocket socket) =>
        _format.Read(socket.Receive(Wait) ?? throw new TimeoutException("The kernel does not answer."));

    static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        Array.ForEach(listeners, l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        Array.ForEach(listeners, l => l.Stop());
        return ports;
    }
}
