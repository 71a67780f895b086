namespace ResearchKit.Experiments;

/// <summary>The repository that the library runs from, if it does.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>ResearchKit.sln</c>, or null.</summary>
    public static string? Folder { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Where run records are committed, or null outside a repository.</summary>
    public static string? Results => Folder is null ? null : Path.Combine(Folder, "data", "results");

    static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResearchKit.sln")))
                return folder.FullName;
        }
        return null;
    }
}
