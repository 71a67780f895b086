using System.CommandLine;
using System.Runtime.InteropServices;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Jupyter;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit doctor</c>: what was found on the machine, and what to do about what was not.</summary>
static class DoctorCommand
{
    enum State { Fine, Slow, Missing }

    sealed record Finding(string What, State State, string Found, string Remedy = "");

    public static Command Create(Func<Shell> shell)
    {
        var store = Options.Store("--out");
        var command = new Command("doctor", "Say what was found on this machine, and what to do about what was not.") { store };
        command.SetAction(parsed => Run(shell(), Shell.Store(parsed.GetValue(store))));
        return command;
    }

    static int Run(Shell shell, RunStore store)
    {
        Finding[] findings =
        [
            Sdk(), Libtorch(), Blas(),
            new("packages", State.Fine, Provenance.Packages == "official" ? "the official packages" : "stand-ins for TorchSharp and Plotly.NET (src/StandIns)"),
            Cpu(), Memory(), Data(), Disk(store), Npm(), Jupyter(), Results(shell, store),
        ];
        shell.Table(["", "What", "Found"], findings.Select(f => (IReadOnlyList<string>)[Mark(f.State), f.What, f.Found]));
        foreach (var finding in findings.Where(f => f.Remedy.Length > 0))
            shell.Line($"{finding.What}: {finding.Remedy}");
        var missing = findings.Count(f => f.State == State.Missing);
        shell.Line(missing == 0 ? "All that is essential is there." : $"{missing} essential thing{(missing == 1 ? " is" : "s are")} missing.");
        return missing == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    static string Mark(State state) => state switch { State.Fine => "ok", State.Slow => "!", _ => "MISSING" };

    static Finding Sdk()
    {
        var sdk = OnPath("dotnet");
        return new(".NET", State.Fine, $"{RuntimeInformation.FrameworkDescription}, {(sdk is null ? "no dotnet command on the PATH" : sdk)}",
            sdk is null ? "put the .NET 10 SDK on the PATH; without it nothing can be built anew." : "");
    }

    static Finding Libtorch()
    {
        string[] folders =
        [
            AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native"),
            .. (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
            "/usr/lib/x86_64-linux-gnu", "/usr/local/lib", "/usr/lib", "/lib/x86_64-linux-gnu",
        ];
        var found = folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "libtorch_cpu.so*")).Order(StringComparer.Ordinal).LastOrDefault();
        return found is null
            ? new("libtorch", State.Missing, "not found", "on Debian and Ubuntu type: sudo apt-get install libtorch-dev")
            : new("libtorch", State.Fine, found);
    }

    static Finding Blas()
    {
        const string remedy = "on Debian and Ubuntu type: sudo apt-get install libopenblas0-pthread (without it matrices multiply many times slower)";
        if (Provenance.Packages == "official")
            return new("BLAS", State.Fine, "comes with the official libtorch");
        var link = new FileInfo("/etc/alternatives/libblas.so.3-x86_64-linux-gnu");
        var target = link.LinkTarget;
        if (target is not null && target.Contains("blas", StringComparison.Ordinal) && target.Contains("open", StringComparison.Ordinal))
        {
            var core = Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE");
            return core is null ? new("BLAS", State.Fine, target)
                : new("BLAS", State.Slow, $"{target}, held to {core} by OPENBLAS_CORETYPE", "unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE gives it all of the processor.");
        }
        return File.Exists("/usr/lib/x86_64-linux-gnu/libopenblas.so.0")
            ? new("BLAS", State.Slow, $"OpenBLAS is installed, but {target ?? "another library"} is chosen",
                "type: sudo update-alternatives --config libblas.so.3-x86_64-linux-gnu")
            : new("BLAS", State.Slow, target is null ? "no OpenBLAS" : $"{target}: the reference library", remedy);
    }

    static Finding Cpu()
    {
        string[] features = [.. Provenance.CpuFeatures()];
        var fast = features.Contains("avx2");
        return new("processor", fast ? State.Fine : State.Slow, $"{Provenance.CpuName()}, {Environment.ProcessorCount} cores: {string.Join(" ", features)}",
            fast ? "" : "there is no AVX2: all works, on the portable kernels, slower.");
    }

    static Finding Memory()
    {
        const long enough = 4L << 30;
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new("memory", bytes < enough ? State.Slow : State.Fine, $"{bytes >> 20:#,##0} MiB", bytes < enough ? "under 4 GiB only smoke runs are safe." : "");
    }

    static Finding Data()
    {
        var cache = DataCache.Default;
        var states = Catalog.Default.Entries.ToLookup(e => cache.Find(e) is not null, e => e.Name);
        var there = states[true].Any() ? $"{string.Join(", ", states[true])} in {cache.Root}" : $"nothing yet in {cache.Root}";
        return new("data", State.Fine, there + (states[false].Any() ? $"; fetched when first needed: {string.Join(", ", states[false])}" : ""));
    }

    static Finding Disk(RunStore store)
    {
        const long enough = 2L << 30;
        var folder = new DirectoryInfo(store.Root);
        while (!folder.Exists && folder.Parent is not null)
            folder = folder.Parent;
        try
        {
            var probe = Path.Combine(folder.FullName, $".kit-doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
            return new("runs", free < enough ? State.Slow : State.Fine, $"{store.Root} ({free >> 20:#,##0} MiB free)",
                free < enough ? "there is little space; name another folder with --out or RESEARCHKIT_RUNS." : "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("runs", State.Missing, $"{store.Root}: {e.Message}", "name a folder that you may write to with --out or RESEARCHKIT_RUNS.");
        }
    }

    static Finding Npm() => OnPath("npm") is { } npm
        ? new("npm", State.Fine, npm)
        : new("npm", State.Slow, "not found", "it is one of the sources of data sets; on Debian and Ubuntu type: sudo apt-get install npm");

    static Finding Jupyter()
    {
        var there = KernelSpec.All.Where(s => s.IsOurs(KernelSpec.UserFolder) == true).Select(s => s.DisplayName).ToArray();
        return JupyterKernel.CanRun(out var missing)
            ? new("Jupyter", State.Fine, there.Length > 0 ? $"{string.Join(", ", there)} in {KernelSpec.UserFolder}" : "libzmq is there; ./kit jupyter install registers the kernels")
            : new("Jupyter", State.Slow, "no libzmq: C# and F# cannot run in Jupyter", missing);
    }

    static Finding Results(Shell shell, RunStore store)
    {
        var damaged = 0;
        var runs = store.Runs(_ => damaged++).Count;
        var committed = Repository.Results is { } results ? RunStore.ReadAll(results, _ => damaged++).Count : 0;
        return new("results", damaged == 0 ? State.Fine : State.Slow,
            $"{shell.Catalog.Recipes.Count} recipes; {runs} runs here, {committed} in data/results{(damaged == 0 ? "" : $"; {damaged} damaged")}",
            damaged == 0 ? "" : "./kit runs names the damaged records.");
    }

    static string? OnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);
}
