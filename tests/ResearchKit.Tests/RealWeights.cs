namespace ResearchKit.Tests;

/// <summary>Files that others published, in the folder that RESEARCHKIT_DATA names; tests on them are skipped where it has none.</summary>
static class RealWeights
{
    internal static string Path(string file)
    {
        var folder = Environment.GetEnvironmentVariable("RESEARCHKIT_DATA");
        var path = System.IO.Path.Combine(folder ?? "", "weights", file);
        if (string.IsNullOrEmpty(folder) || !File.Exists(path))
            Assert.Skip($"weights/{file} is not in the folder that RESEARCHKIT_DATA names.");
        return path;
    }
}
