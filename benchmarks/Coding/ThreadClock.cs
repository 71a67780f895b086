using System.Runtime.InteropServices;

namespace ResearchKit.Benchmarks.Coding;

/// <summary>The time that this thread has been on a core: what stays meaningful beside busy neighbours.</summary>
static unsafe partial class ThreadClock
{
    const int ThreadCpuTime = 3;

    internal static double Seconds
    {
        get
        {
            var time = stackalloc long[2];
            if (GetTime(ThreadCpuTime, time) != 0) throw new InvalidOperationException("The thread's clock cannot be read.");
            return time[0] + 1e-9 * time[1];
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, long* time);
}
