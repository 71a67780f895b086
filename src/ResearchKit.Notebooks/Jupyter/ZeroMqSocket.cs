using System.Runtime.InteropServices;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>The kinds of sockets, by their numbers in zmq.h.</summary>
enum SocketKind
{
    Publish = 1,
    Subscribe = 2,
    Request = 3,
    Reply = 4,
    Dealer = 5,
    Router = 6,
}

/// <summary>All sockets of a kernel, or of a client of one.</summary>
sealed class ZeroMqContext : IDisposable
{
    readonly nint _context;
    readonly List<ZeroMqSocket> _sockets = [];

    /// <summary>Loads the library.</summary>
    /// <exception cref="IOException">It is not installed.</exception>
    public ZeroMqContext()
    {
        if (!ZeroMq.IsInstalled)
            throw new IOException(ZeroMq.Missing);
        _context = ZeroMq.zmq_ctx_new();
    }

    /// <summary>A new socket; disposed with the context.</summary>
    public ZeroMqSocket Open(SocketKind kind)
    {
        var socket = new ZeroMqSocket(ZeroMq.zmq_socket(_context, (int)kind));
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>Ends all waiting: whoever waits on a socket, or uses one afterwards, gets an <see cref="OperationCanceledException"/>.</summary>
    public void Shutdown() => _ = ZeroMq.zmq_ctx_shutdown(_context);

    /// <summary>Closes the sockets, which no thread may use any more, and waits at most a second for what is still to be sent.</summary>
    public void Dispose()
    {
        _sockets.ForEach(s => s.Close());
        _ = ZeroMq.zmq_ctx_term(_context);
    }
}

/// <summary>A socket. Receiving is for one thread; sending may be done by several, one at a time.</summary>
sealed unsafe class ZeroMqSocket
{
    const int LingerMilliseconds = 1000;

    readonly nint _socket;
    int _receiveTimeout = -1;

    internal ZeroMqSocket(nint socket)
    {
        _socket = socket;
        Set(ZeroMq.Linger, LingerMilliseconds);
    }

    /// <summary>Sets an option that is a number.</summary>
    public void Set(int option, int value) => _ = ZeroMq.zmq_setsockopt(_socket, option, &value, sizeof(int));

    /// <summary>Sets an option that is a text.</summary>
    public void Set(int option, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
            _ = ZeroMq.zmq_setsockopt(_socket, option, bytes, (nuint)value.Length);
    }

    /// <summary>Listens at an address.</summary>
    /// <exception cref="IOException">It cannot: the message says why.</exception>
    public void Bind(string address)
    {
        if (ZeroMq.zmq_bind(_socket, address) != 0)
            throw new IOException($"The kernel cannot listen at {address}: {Error(ZeroMq.zmq_errno())}");
    }

    /// <summary>Connects to an address, now or as soon as someone listens there.</summary>
    public void Connect(string address)
    {
        if (ZeroMq.zmq_connect(_socket, address) != 0)
            throw new IOException($"There is no way to {address}: {Error(ZeroMq.zmq_errno())}");
    }

    /// <summary>Sends a message.</summary>
    /// <returns>False if it was not sent, as the other end takes nothing.</returns>
    /// <exception cref="OperationCanceledException">The context was shut down.</exception>
    public bool Send(IReadOnlyList<byte[]> frames, bool wait = true)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            fixed (byte* bytes = frames[i])
            {
                // What has been begun is ended.
                var flags = (i < frames.Count - 1 ? ZeroMq.SendMore : 0) | (wait || i > 0 ? 0 : ZeroMq.DontWait);
                while (ZeroMq.zmq_send(_socket, bytes, (nuint)frames[i].Length, flags) < 0)
                {
                    if (!Retry(ZeroMq.zmq_errno()) && i == 0)
                        return false;
                }
            }
        }
        return true;
    }

    /// <summary>Receives a message.</summary>
    /// <param name="timeout">How many milliseconds to wait; -1 for any time.</param>
    /// <returns>Its frames; null if none came in time.</returns>
    /// <exception cref="OperationCanceledException">The context was shut down.</exception>
    public List<byte[]>? Receive(int timeout = -1)
    {
        if (timeout != _receiveTimeout)
            Set(ZeroMq.ReceiveTimeout, _receiveTimeout = timeout);
        var frames = new List<byte[]>();
        // Aligned as a pointer is.
        var message = stackalloc nint[ZeroMq.MessageSize / sizeof(nint)];
        _ = ZeroMq.zmq_msg_init(message);
        try
        {
            do
            {
                while (ZeroMq.zmq_msg_recv(message, _socket, 0) < 0)
                {
                    if (!Retry(ZeroMq.zmq_errno()))
                        return null;
                }
                frames.Add(new ReadOnlySpan<byte>(ZeroMq.zmq_msg_data(message), (int)ZeroMq.zmq_msg_size(message)).ToArray());
            }
            while (ZeroMq.zmq_msg_more(message) != 0);
        }
        finally
        {
            _ = ZeroMq.zmq_msg_close(message);
        }
        return frames;
    }

    internal void Close() => _ = ZeroMq.zmq_close(_socket);

    static bool Retry(int error) => error switch
    {
        ZeroMq.Interrupted => true,
        ZeroMq.Again => false,
        ZeroMq.Terminated => throw new OperationCanceledException("The sockets have been shut down."),
        _ => throw new IOException($"A socket of the kernel failed: {Error(error)}"),
    };

    static string Error(int error) => Marshal.PtrToStringUTF8((nint)ZeroMq.zmq_strerror(error)) ?? $"error {error}";
}
