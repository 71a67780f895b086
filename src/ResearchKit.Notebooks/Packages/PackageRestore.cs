using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Packages;

/// <summary>
/// Restores packages with the machine's own <c>dotnet restore</c>, so that all of NuGet's configuration holds. What was restored
/// once is not asked for again, so a notebook whose packages are cached runs without a network.
/// </summary>
sealed partial class PackageRestore(string folder, string? lockFile)
{
    static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    readonly List<PackageRequest> _requests = [];
    readonly List<string> _sources = [];

    /// <summary>What is restored so far.</summary>
    public RestoredPackages Restored { get; private set; } = RestoredPackages.None;

    public void AddSource(string source) => _sources.Add(Directory.Exists(Path.Combine(folder, source)) ? Path.GetFullPath(source, folder) : source);

    /// <summary>Restores packages together with all that were restored before.</summary>
    /// <returns>The versions of the packages that were asked for.</returns>
    /// <exception cref="CellFailure">A package cannot be had, or was added in another version.</exception>
    public IReadOnlyList<(string Name, string Version)> Add(IReadOnlyList<PackageRequest> requests, CancellationToken cancellation)
    {
        var before = _requests.Count;
        try
        {
            foreach (var request in requests)
                Accept(request);
            if (_requests.Count > before)
                Restored = Restore(cancellation);
        }
        catch
        {
            _requests.RemoveRange(before, _requests.Count - before);
            throw;
        }
        return [.. requests.Select(r => (r.Name, Restored.Versions.GetValueOrDefault(r.Name, r.Version ?? "")))];
    }

    void Accept(PackageRequest request)
    {
        var known = _requests.Find(r => r.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase));
        if (known is null)
        {
            _requests.Add(request);
        }
        else if (request.IsExact && request.Version != known.Version && request.Version != Restored.Versions.GetValueOrDefault(request.Name))
        {
            throw new CellFailure("PackageError", $"{request} cannot be added because version {Restored.Versions.GetValueOrDefault(request.Name, known.Version ?? "")} "
                + "was added before. Restart the notebook to use the other one.");
        }
    }

    RestoredPackages Restore(CancellationToken cancellation)
    {
        var project = Project();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            project + folder + (lockFile is not null && File.Exists(lockFile) ? File.ReadAllText(lockFile) : ""))))[..32];
        var home = Path.Combine(CacheFolder, key);
        var assets = Path.Combine(home, "obj", "project.assets.json");
        if (File.Exists(assets) && File.Exists(Path.Combine(home, "done")) && RestoredPackages.Read(assets) is { IsThere: true } cached
            && (lockFile is null || File.Exists(lockFile)))
            return cached;
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(home, "packages.csproj"), project);
        var (code, output) = Dotnet(home, cancellation);
        if (code != 0)
            throw Failure(output);
        File.WriteAllText(Path.Combine(home, "done"), "");
        return RestoredPackages.Read(assets);
    }

    string Project()
    {
        var properties = new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            new XElement("RuntimeIdentifier", "linux-x64"),
            new XElement("SelfContained", "false"),
            new XElement("ManagePackageVersionsCentrally", "false"),
            new XElement("DisableImplicitFrameworkReferences", "false"),
            // A NuGet.config beside the notebook counts, as it does for a project.
            new XElement("RestoreRootConfigDirectory", folder));
        if (_sources.Count > 0)
            properties.Add(new XElement("RestoreAdditionalProjectSources", string.Join(';', _sources)));
        if (lockFile is not null)
        {
            properties.Add(new XElement("RestorePackagesWithLockFile", "true"), new XElement("NuGetLockFilePath", Path.GetFullPath(lockFile)));
            if (File.Exists(lockFile))
                properties.Add(new XElement("RestoreLockedMode", "true"));
        }
        return new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"), properties,
            new XElement("ItemGroup", _requests.OrderBy(r => r.Name, StringComparer.OrdinalIgnoreCase).Select(r =>
                new XElement("PackageReference", new XAttribute("Include", r.Name), new XAttribute("Version", r.Version switch
                {
                    null => "*",
                    "*-*" => "*-*",
                    // A plain version means that version, not the lowest above it that a feed happens to have.
                    { } v when v.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') => $"[{v}]",
                    { } v => v,
                }))))).ToString();
    }

    static string CacheFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "researchkit", "notebook-packages");

    static (int Code, string Output) Dotnet(string home, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", ["restore", "packages.csproj", "-v", "q", "-nologo", "--disable-build-servers"])
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // A limit that is meant for the cells.
        start.Environment.Remove("DOTNET_GCHeapHardLimit");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_patience);
        try
        {
            process.WaitForExitAsync(patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new CellFailure("PackageError", $"NuGet did not answer within {s_patience.TotalMinutes:0} minutes. Is the package feed reachable? Type: dotnet nuget list source");
        }
        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

    CellFailure Failure(string output)
    {
        string[] errors = [.. Error().Matches(output).Select(m => m.Groups[1].Value.Trim()).Distinct()];
        var how = errors.Any(e => e.StartsWith("NU1004", StringComparison.Ordinal)) ? $" The lock file {lockFile} is of other packages: delete it to have it written anew."
            : errors.Any(e => e.StartsWith("NU1101", StringComparison.Ordinal)) ? " The configured sources do not have it; see them with: dotnet nuget list source. Another source is added with #i \"nuget: URL\"."
            : "";
        var what = errors.Length > 0 ? string.Join('\n', errors) : output.Trim();
        return new("PackageError", $"The packages cannot be restored: {string.Join("; ", _requests)}\n{what}{how}") { Unsupported = true };
    }

    [GeneratedRegex(@"error (NU\d+: .*?)(?: \[[^\]]*packages\.csproj\])?$", RegexOptions.Multiline)]
    private static partial Regex Error();
}
