using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>Process-wide memory settings, made before the first tensor, and the account of native bytes.</summary>
static unsafe partial class Allocation
{
    const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;

    static long s_liveBytes;
    static long s_collectAt = 512L << 20;

    /// <summary>How many bytes of freed blocks are kept for reuse.</summary>
    internal static long CacheLimitBytes { get; } = Math.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    [LibraryImport("libc")] private static partial int mallopt(int parameter, int value);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int setenv(string name, string value, int overwrite);

    /// <summary>
    /// glibc gives large blocks back to the system after each operator, and OpenMP threads spin beside busy neighbours; both cost
    /// more than the arithmetic. oneDNN's scratch memory comes from malloc, so this is needed beside the caching allocator.
    /// </summary>
    internal static void PrepareProcess()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _ = mallopt(MmapThreshold, 1 << 30);
        _ = mallopt(TrimThreshold, int.MaxValue);
        _ = mallopt(TopPad, 64 << 20);
        _ = setenv("OMP_WAIT_POLICY", "passive", 0);
    }

    /// <summary>Counts a tensor's bytes; collects where dropped tensors, whose size the collector cannot see, pile up.</summary>
    internal static void Add(long bytes)
    {
        if (Interlocked.Add(ref s_liveBytes, bytes) <= Volatile.Read(ref s_collectAt))
        {
            return;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Volatile.Write(ref s_collectAt, Math.Max(512L << 20, 2 * Interlocked.Read(ref s_liveBytes)));
    }

    internal static void Remove(long bytes) => Interlocked.Add(ref s_liveBytes, -bytes);
}
