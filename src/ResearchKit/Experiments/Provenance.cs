using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Experiments;

/// <summary>Machine, runtime and code as a run record names them.</summary>
public static class Provenance
{
    /// <summary>The facts in which records must agree to be pooled: each of them changes bits or speed.</summary>
    public static IReadOnlyList<string> Comparable { get; } = ["code", "cpu", "env-OPENBLAS_CORETYPE", "layout", "packages", "runtime", "threads", "torch"];

    static readonly string[] Variables =
    [
        "OMP_NUM_THREADS", "OMP_WAIT_POLICY", "OMP_PROC_BIND", "GOMP_SPINCOUNT", "OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE",
        "OPENBLAS_L2_SIZE", "MKL_NUM_THREADS", "GLIBC_TUNABLES", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_",
        "DOTNET_TieredPGO", "DOTNET_TieredCompilation", "DOTNET_EnableAVX512F",
    ];

    /// <summary>
    /// Everything about this process that is known without the tensors' package. <c>threads</c> is what OpenMP would take; the
    /// training floor, which may set another number, replaces it and adds <c>torch</c> and <c>layout</c>.
    /// </summary>
    /// <param name="recipes">The assembly of the recipe.</param>
    public static SortedDictionary<string, string> Collect(Assembly recipes)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["os"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["cpu"] = CpuName(),
            ["cpu-features"] = string.Join(" ", CpuFeatures()),
            ["cores"] = $"{Environment.ProcessorCount}",
            ["memory"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB",
            ["load-at-start"] = Load(),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["packages"] = Packages,
            ["commit"] = Commit,
            ["code"] = CodeIdentity.Of(recipes),
            ["threads"] = Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? $"{Environment.ProcessorCount}",
        };
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName()))
        {
            if (assembly.Name is "TorchSharp" or "FSharp.Core" or "ResearchKit" or "Plotly.NET" or "Deedle")
                facts["version-" + assembly.Name] = $"{assembly.Version}";
        }
        foreach (var name in Variables)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                facts["env-" + name] = value;
        }
        return facts;
    }

    /// <summary>Which packages the library was built with: <c>standin</c> or <c>official</c>.</summary>
    public static string Packages { get; } = typeof(Provenance).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "Packages")?.Value ?? "unknown";

    /// <summary>The commit that the library was built from, with <c>-dirty</c> where files differed from it; <c>unknown</c> without git.</summary>
    public static string Commit { get; } = ReadCommit();

    /// <summary>The processor's name.</summary>
    public static string CpuName()
    {
        const string model = "model name";
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(model, StringComparison.Ordinal));
            return line is null ? "unknown" : line[(line.IndexOf(':') + 1)..].Trim();
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    /// <summary>The vector instructions that .NET may use here.</summary>
    public static IEnumerable<string> CpuFeatures() =>
        new (string Name, bool Supported)[]
        {
            ("sse4.2", Sse42.IsSupported), ("popcnt", Popcnt.IsSupported), ("avx", Avx.IsSupported), ("avx2", Avx2.IsSupported),
            ("fma", Fma.IsSupported), ("bmi2", Bmi2.IsSupported), ("avxvnni", AvxVnni.IsSupported), ("avx512f", Avx512F.IsSupported),
            ("avx512bw", Avx512BW.IsSupported), ("avx512cd", Avx512CD.IsSupported), ("avx512dq", Avx512DQ.IsSupported),
            ("avx512vbmi", Avx512Vbmi.IsSupported), ("avx512vbmi2", Avx512Vbmi2.IsSupported), ("neon", AdvSimd.IsSupported),
        }.Where(f => f.Supported).Select(f => f.Name);

    // The file lies beside the assembly and not within it: else every commit would give the code another identity.
    static string ReadCommit()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "researchkit.commit");
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } commit ? commit : "unknown";
    }

    static string Load()
    {
        try
        {
            return string.Join(" ", File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
