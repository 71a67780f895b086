using ResearchKit.Data;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Directives;

/// <summary>The magic commands that there are, with what each does.</summary>
static class DirectiveHelp
{
    /// <summary>Names and explanations, in the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, string Usage, string What)> All { get; } =
    [
        ("#!csharp, #!fsharp, #!html, #!markdown, #!mermaid, #!javascript, #!sql", "", "runs the rest of the cell in that language"),
        ("#r", "\"nuget: NAME[, VERSION]\"", "adds a package; #r \"FILE.dll\" adds an assembly"),
        ("#i", "\"nuget: URL-OR-FOLDER\"", "adds a source of packages"),
        ("#!import", "FILE", "runs a notebook or a script (.ipynb .dib .cs .csx .fs .fsx .html .js .md .sql)"),
        ("#!set", "--name NAME --value VALUE|@KERNEL:NAME|@input:NAME [--byref] [--mime-type TYPE]", "sets a variable"),
        ("#!share", "NAME --from KERNEL [--as NAME] [--mime-type TYPE]", "takes a variable from another language"),
        ("#!value", "--name NAME [--from-file FILE | --from-value TEXT]", "keeps text, by default the rest of the cell, for other cells"),
        ("#!time", "", "shows how long the cell took"),
        ("#!who", "", "lists the variables"),
        ("#!whos", "", "lists the variables with types and values"),
        ("#!about", "", "says what runs the notebook"),
        ("#!lsmagic", "", "lists the magic commands"),
    ];

    static readonly Dictionary<string, string> s_unsupported = new(StringComparer.Ordinal)
    {
        ["#!connect"] = "other kernels and servers are not connected to; for SQLite write a #!sql cell with ATTACH 'FILE' AS NAME",
        ["#!nuget-restore"] = "packages are restored by #r itself",
        ["#!log"] = "the engine keeps no log",
        ["#!jupyter"] = "the connection to Jupyter is not shown",
        ["#!spawn"] = "other kernels are not started",
    };

    /// <summary>Rejects what is not known.</summary>
    public static void Check(Directive directive)
    {
        if (s_unsupported.TryGetValue(directive.Name, out var why))
            throw new CellFailure("NotSupported", $"({directive.Line},1): {directive.Name} is not supported here: {why}.") { Unsupported = true };
        string[] known = [.. All.SelectMany(d => d.Name.Split(", ")).Where(n => n.StartsWith("#!", StringComparison.Ordinal))];
        if (!known.Contains(directive.Name) && !Files.KernelName.IsKnown(directive.Name[2..]))
            throw new CellFailure("DirectiveError", $"({directive.Line},1): {Spelling.Unknown("magic command", directive.Name, known)}");
    }

    /// <summary>The help for one command.</summary>
    public static string Of(string name)
    {
        var (_, usage, what) = All.FirstOrDefault(d => d.Name.Split(", ").Contains(name));
        return $"{name} {usage}".TrimEnd() + $"\n  {what}";
    }
}
