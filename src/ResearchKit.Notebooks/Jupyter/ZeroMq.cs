using System.Runtime.InteropServices;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>The few functions of the system's libzmq that a kernel and its tests need.</summary>
static unsafe partial class ZeroMq
{
    public const int Again = 11, Interrupted = 4, Terminated = 156384765;
    public const int DontWait = 1, SendMore = 2;
    public const int Identity = 5, Subscribe = 6, ReceiveMore = 13, Linger = 17, SendHighWater = 23, ReceiveTimeout = 27, SendTimeout = 28, NoDrop = 69, Handover = 56;

    // The size that zmq.h gives zmq_msg_t.
    public const int MessageSize = 64;

    const string Library = "libzmq";

    static readonly string[] s_names = ["libzmq.so.5", "libzmq.5.dylib", "libzmq.dylib", "libzmq.dll", "libzmq.so"];

    static ZeroMq() => NativeLibrary.SetDllImportResolver(typeof(ZeroMq).Assembly, (name, assembly, path) => name != Library ? 0 : Load());

    /// <summary>Whether the library is installed.</summary>
    public static bool IsInstalled => Load() != 0;

    /// <summary>What to tell who lacks it.</summary>
    public const string Missing = "libzmq, through which Jupyter talks to its kernels, is not installed. On Debian and Ubuntu type: sudo apt-get install libzmq5";

    static nint Load()
    {
        foreach (var name in s_names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }
        return 0;
    }

    [LibraryImport(Library)] public static partial nint zmq_ctx_new();
    [LibraryImport(Library)] public static partial int zmq_ctx_shutdown(nint context);
    [LibraryImport(Library)] public static partial int zmq_ctx_term(nint context);
    [LibraryImport(Library)] public static partial nint zmq_socket(nint context, int type);
    [LibraryImport(Library)] public static partial int zmq_close(nint socket);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int zmq_bind(nint socket, string address);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int zmq_connect(nint socket, string address);
    [LibraryImport(Library)] public static partial int zmq_setsockopt(nint socket, int option, void* value, nuint size);
    [LibraryImport(Library)] public static partial int zmq_send(nint socket, void* bytes, nuint size, int flags);
    [LibraryImport(Library)] public static partial int zmq_msg_init(void* message);
    [LibraryImport(Library)] public static partial int zmq_msg_recv(void* message, nint socket, int flags);
    [LibraryImport(Library)] public static partial void* zmq_msg_data(void* message);
    [LibraryImport(Library)] public static partial nuint zmq_msg_size(void* message);
    [LibraryImport(Library)] public static partial int zmq_msg_more(void* message);
    [LibraryImport(Library)] public static partial int zmq_msg_close(void* message);
    [LibraryImport(Library)] public static partial int zmq_errno();
    [LibraryImport(Library)] public static partial byte* zmq_strerror(int error);
}
