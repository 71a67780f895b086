namespace ResearchKit.Notebooks.Packages;

/// <summary>
/// Packages that the kit brings itself: its own library, the packages of the field in the form that the kit was built with, and what
/// belongs to the engine. They are never looked for in a feed.
/// </summary>
static class KitPackages
{
    sealed record Entry(string Prefix, string[] Assemblies, string What);

    static readonly Entry[] s_entries =
    [
        new("ResearchKit", ["ResearchKit", "TorchSharp", "Plotly.NET", "Plotly.NET.CSharp", "Deedle"], "this kit, with the tensors, charts and frames that it was built with"),
        new("TorchSharp", ["TorchSharp"], "the TorchSharp that this kit was built with"),
        new("libtorch", ["TorchSharp"], "the libtorch that this kit was built with"),
        new("Plotly.NET", ["Plotly.NET", "Plotly.NET.CSharp"], "the Plotly.NET that this kit was built with"),
        new("Deedle", ["Deedle"], "the Deedle that this kit was built with"),
        new("Microsoft.DotNet.Interactive", [], "the engine itself"),
        new("FSharp.Core", [], "the F# library of the engine"),
    ];

    /// <summary>The assemblies that stand for a package, and a line that says so; null for a package that comes from a feed.</summary>
    public static (IReadOnlyList<string> Assemblies, string Notice)? Find(string package)
    {
        var entry = Array.Find(s_entries, e => package.Equals(e.Prefix, StringComparison.OrdinalIgnoreCase)
            || package.StartsWith(e.Prefix + ".", StringComparison.OrdinalIgnoreCase) || package.StartsWith(e.Prefix + "-", StringComparison.OrdinalIgnoreCase));
        if (entry is null)
            return null;
        string[] files = [.. entry.Assemblies.Select(FileOf).Where(File.Exists)];
        // A name that we answer for but do not have: the feed may.
        return files.Length == 0 && entry.Assemblies.Length > 0 ? null : (files, $"{package} is {entry.What}.");
    }

    static string FileOf(string assembly) => Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
}
