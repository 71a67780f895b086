using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit;

/// <summary>
/// What malloc, OpenMP and OpenBLAS are told before libtorch is loaded, for every thread and for the official packages as well.
/// A variable that the user has set stays as it is. The TorchSharp stand-in compiles this file too, for programs without the library.
/// </summary>
static unsafe partial class ProcessSettings
{
    const int TrimThreshold = -1, TopPad = -2, MmapThreshold = -3;

    static bool s_made;

    [LibraryImport("libc")] private static partial int mallopt(int parameter, int value);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int setenv(string name, string value, int overwrite);

    /// <summary>Makes the settings, once.</summary>
#pragma warning disable CA2255 // Nothing of the library may come before: what is loaded later reads these once.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Make()
    {
        if (s_made || !OperatingSystem.IsLinux())
        {
            return;
        }

        s_made = true;
        // glibc gives large blocks back to the system after each operator; the page faults cost more than the arithmetic.
        _ = mallopt(MmapThreshold, 1 << 30);
        _ = mallopt(TrimThreshold, int.MaxValue);
        _ = mallopt(TopPad, 64 << 20);
        // Threads that spin beside a busy neighbour cost a multiple of waking them: OpenMP's wait at once, OpenBLAS's after 2^14 cycles.
        Default("OMP_WAIT_POLICY", "passive");
        Default("OPENBLAS_THREAD_TIMEOUT", "14");
        // libtorch 1.13 takes some virtual machines for one core.
        Default("OMP_NUM_THREADS", $"{Environment.ProcessorCount}");
        // OpenBLAS 0.3.21 takes Intel processors that are newer than itself for one of 2004, at a fifth of the speed.
        if (IsIntel() && Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported)
        {
            Default("OPENBLAS_CORETYPE", "SkylakeX");
        }
    }

    static void Default(string name, string value) => _ = setenv(name, value, overwrite: 0);

    static bool IsIntel() => X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == 0x756E6547; // "Genu"
}
