namespace ResearchKit.Notebooks.Packages;

/// <summary>A package that a cell asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version or range as it is written; null for the newest.</param>
sealed record PackageRequest(string Name, string? Version)
{
    /// <summary>True if the version says just one: then another cell may not ask for another.</summary>
    public bool IsExact => Version is not null && !Version.Contains('*', StringComparison.Ordinal) && !Version.Contains(',', StringComparison.Ordinal);

    public override string ToString() => Version is null ? Name : $"{Name}, {Version}";
}
