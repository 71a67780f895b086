namespace TorchSharp;

/// <summary>The account of native bytes.</summary>
static class Allocation
{
    static long s_liveBytes;
    static long s_collectAt = 512L << 20;

    /// <summary>How many bytes of freed blocks are kept for reuse.</summary>
    internal static long CacheLimitBytes { get; } = Math.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

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
