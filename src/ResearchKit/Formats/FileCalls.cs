using System.Runtime.InteropServices;

namespace ResearchKit.Formats;

/// <summary>
/// The few calls to the operating system that <see cref="AtomicFile"/> makes. Each returns a result of zero or more,
/// or the negated errno. Tests put an implementation in its place that fails or "crashes" at the n-th call.
/// </summary>
internal interface IFileCalls
{
    /// <summary>Creates a file that must not exist yet, for writing.</summary>
    int Create(string path);

    /// <summary>Opens an existing file or folder for reading.</summary>
    int Open(string path);

    /// <summary>Takes the exclusive lock of an open file without waiting.</summary>
    int Lock(int descriptor);

    /// <summary>Writes some of <paramref name="bytes"/> and returns how many.</summary>
    int Write(int descriptor, ReadOnlySpan<byte> bytes);

    /// <summary>Waits until the file's bytes, or the folder's names, are on the disk.</summary>
    int Flush(int descriptor);

    int Close(int descriptor);

    int Rename(string from, string to);

    int Remove(string path);

    bool Exists(string path);

    IReadOnlyList<string> List(string folder);
}

/// <summary>The calls as Linux offers them.</summary>
internal sealed partial class LinuxFileCalls : IFileCalls
{
    const int WriteOnly = 1, CreateNew = 0x40 | 0x80, CloseOnExec = 0x80000;
    const int ExclusiveWithoutWaiting = 2 | 4;

    public int Create(string path) => Result(open(path, WriteOnly | CreateNew | CloseOnExec, 0x1B6 /* 0666, less the umask */));

    public int Open(string path) => Result(open(path, CloseOnExec, 0));

    public int Lock(int descriptor) => Result(flock(descriptor, ExclusiveWithoutWaiting));

    public int Write(int descriptor, ReadOnlySpan<byte> bytes) => (int)Result(write(descriptor, bytes, bytes.Length));

    public int Flush(int descriptor)
    {
        int result;
        do
            result = Result(fsync(descriptor));
        while (result == -AtomicFile.Errno.Interrupted);
        return result;
    }

    public int Close(int descriptor) => Result(close(descriptor));

    public int Rename(string from, string to) => Result(rename(from, to));

    public int Remove(string path) => Result(unlink(path));

    public bool Exists(string path) => File.Exists(path);

    public IReadOnlyList<string> List(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder) : [];

    static int Result(int value) => value >= 0 ? value : -Marshal.GetLastPInvokeError();

    static nint Result(nint value) => value >= 0 ? value : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlink(string path);
}
