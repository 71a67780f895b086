using System.Diagnostics;
using System.Text.Json;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>A Python process that holds the same network, weights and batches, and runs steps when told.</summary>
sealed class PyTorch : IContestant
{
    readonly Process _process;

    PyTorch(string name, Process process, string version) => (Name, _process, Version) = (name, process, version);

    public string Name { get; }

    public string Version { get; }

    /// <summary>As it comes: contiguous layout, malloc and OpenMP as the system has them; only the threads are given.</summary>
    internal static PyTorch Defaults(string folder, string model, int threads) => Start("PyTorch, defaults", folder, model, threads, "contiguous", []);

    /// <summary>With all that we know: channels last, blocks kept by malloc, passive waiting, the right OpenBLAS kernels.</summary>
    internal static PyTorch Tuned(string folder, string model, int threads) => Start("PyTorch, tuned", folder, model, threads, "channels_last", new()
    {
        ["MALLOC_MMAP_THRESHOLD_"] = $"{1 << 30}",
        ["MALLOC_TRIM_THRESHOLD_"] = $"{int.MaxValue}",
        ["MALLOC_TOP_PAD_"] = $"{64 << 20}",
        ["OMP_WAIT_POLICY"] = "passive",
        ["OPENBLAS_THREAD_TIMEOUT"] = "14",
        ["OPENBLAS_CORETYPE"] = "SkylakeX",
    });

    public StepTimes Run(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended early.");
        using var json = JsonDocument.Parse(line);
        return new(
            json.RootElement.GetProperty("seconds").GetDouble(),
            json.RootElement.GetProperty("faults").GetInt64(),
            [.. json.RootElement.GetProperty("losses").EnumerateArray().Select(e => e.GetDouble())]);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    static PyTorch Start(string name, string folder, string model, int threads, string layout, Dictionary<string, string> settings)
    {
        // Debian's own Python has Debian's PyTorch.
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "pytorch_side.py"), folder, model, $"{threads}", layout])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var variable in new[] { "OMP_WAIT_POLICY", "OMP_NUM_THREADS", "OPENBLAS_THREAD_TIMEOUT", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE" })
        {
            start.Environment.Remove(variable);
        }

        foreach (var (variable, value) in settings)
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start)!;
        var hello = process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("PyTorch did not start: apt-get install python3-torch");
        using var json = JsonDocument.Parse(hello);
        return json.RootElement.GetProperty("threads").GetInt32() == threads
            ? new(name, process, json.RootElement.GetProperty("version").GetString()!)
            : throw new InvalidOperationException($"PyTorch did not take {threads} threads.");
    }
}
