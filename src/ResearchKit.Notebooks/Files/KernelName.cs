namespace ResearchKit.Notebooks.Files;

/// <summary>The names under which notebooks know the languages of their cells.</summary>
public static class KernelName
{
    /// <summary>The C# kernel, which is also the one of a notebook that names none.</summary>
    public const string CSharp = "csharp";

    /// <summary>The F# kernel.</summary>
    public const string FSharp = "fsharp";

    /// <summary>Prose that a cell displays.</summary>
    public const string Markdown = "markdown";

    /// <summary>Markup that a cell displays.</summary>
    public const string Html = "html";

    /// <summary>A diagram.</summary>
    public const string Mermaid = "mermaid";

    /// <summary>A script for the page that shows the notebook.</summary>
    public const string JavaScript = "javascript";

    /// <summary>Queries over SQLite.</summary>
    public const string Sql = "sql";

    /// <summary>Text that other cells read.</summary>
    public const string Value = "value";

    static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["c#"] = CSharp,
        ["f#"] = FSharp,
        ["md"] = Markdown,
        ["js"] = JavaScript,
        ["powershell"] = "pwsh",
    };

    static readonly HashSet<string> s_known =
        [CSharp, FSharp, Markdown, Html, Mermaid, JavaScript, Sql, Value, "pwsh", "kql", "http"];

    /// <summary>The kernel that a name or an alias means, in lower case; an unknown name stays as it is.</summary>
    public static string Of(string nameOrAlias)
    {
        ArgumentNullException.ThrowIfNull(nameOrAlias);
        var name = nameOrAlias.Trim();
        return s_aliases.GetValueOrDefault(name) ?? name.ToLowerInvariant();
    }

    /// <summary>True for a kernel that a notebook may name without declaring it.</summary>
    public static bool IsKnown(string nameOrAlias) => s_known.Contains(Of(nameOrAlias));

    /// <summary>The kernel that the first line of a cell names, such as <c>#!fsharp</c>; null if it names none.</summary>
    public static string? OnFirstLine(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var end = source.IndexOf('\n', StringComparison.Ordinal);
        var line = (end < 0 ? source : source[..end]).TrimEnd();
        return line.StartsWith("#!", StringComparison.Ordinal) && IsKnown(line[2..]) ? Of(line[2..]) : null;
    }
}
