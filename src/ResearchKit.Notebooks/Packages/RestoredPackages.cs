using System.Text.Json;

namespace ResearchKit.Notebooks.Packages;

/// <summary>What NuGet has found: the versions of the packages, and the files to compile with, to run with and to load natively.</summary>
sealed record RestoredPackages(
    IReadOnlyDictionary<string, string> Versions, IReadOnlyList<string> References, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Native)
{
    public static RestoredPackages None { get; } = new(new Dictionary<string, string>(), [], [], []);

    /// <summary>True if all files are still there: a cache may have been cleared.</summary>
    public bool IsThere => References.Concat(Assemblies).Concat(Native).All(File.Exists);

    /// <summary>Reads NuGet's <c>project.assets.json</c>.</summary>
    public static RestoredPackages Read(string assetsFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        var root = document.RootElement;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
        var targets = root.GetProperty("targets").EnumerateObject().ToArray();
        // The target with a runtime identifier, "net10.0/linux-x64", holds the files of that platform.
        var target = targets.FirstOrDefault(t => t.Name.Contains('/', StringComparison.Ordinal), targets[0]).Value;
        var libraries = root.GetProperty("libraries");
        Dictionary<string, string> versions = new(StringComparer.OrdinalIgnoreCase);
        List<string> references = [], assemblies = [], native = [];
        foreach (var library in target.EnumerateObject())
        {
            var slash = library.Name.IndexOf('/', StringComparison.Ordinal);
            versions[library.Name[..slash]] = library.Name[(slash + 1)..];
            if (!libraries.GetProperty(library.Name).TryGetProperty("path", out var path))
                continue;
            var folder = folders.Select(f => Path.Combine(f, path.GetString()!)).FirstOrDefault(Directory.Exists);
            if (folder is null)
                continue;
            Collect(library.Value, "compile", folder, references);
            Collect(library.Value, "runtime", folder, assemblies);
            Collect(library.Value, "native", folder, native);
        }
        return new(versions, references, assemblies, native);
    }

    static void Collect(JsonElement library, string kind, string folder, List<string> files)
    {
        if (!library.TryGetProperty(kind, out var listed))
            return;
        files.AddRange(listed.EnumerateObject().Select(f => f.Name)
            .Where(n => !n.EndsWith("/_._", StringComparison.Ordinal) && (kind == "native" || n.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
            .Select(n => Path.Combine(folder, n)));
    }
}
