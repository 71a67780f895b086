using System.Text.RegularExpressions;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Directives;

/// <summary>
/// Takes a cell apart: magic commands stand at the beginning of a line, and <c>#!fsharp</c> and the like switch the kernel for what
/// follows. Packages come first, wherever they stand.
/// </summary>
static partial class CellParser
{
    /// <summary>The pieces of a cell.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="kernel">The kernel that it begins on.</param>
    /// <exception cref="CellFailure">A magic command is unknown or malformed.</exception>
    public static IReadOnlyList<CellPart> Parse(string code, string kernel)
    {
        var parts = new List<CellPart>();
        var packages = new List<CellPart>();
        var text = new List<string>();
        var lines = code.ReplaceLineEndings("\n").Split('\n');
        var start = 1;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (Package().Match(line) is { Success: true } package && HasPackages(kernel))
            {
                packages.Add(ReadPackage(package, kernel, i + 1, line));
                text.Add("");
                continue;
            }
            // "#!/usr/bin/env" is the interpreter line of a script file.
            if (!line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("#!/", StringComparison.Ordinal) || line.Trim() == "#!")
            {
                text.Add(line);
                continue;
            }
            Close(parts, text, kernel, start);
            start = i + 2;
            var directive = Directive.Parse(line, i + 1);
            if (KernelName.IsKnown(directive.Name[2..]) && !IsValue(directive) && !directive.WantsHelp)
                kernel = KernelName.Of(directive.Name[2..]);
            else if (IsValue(directive) && directive.Values.Count == 0 && !directive.Has("--from-file") && !directive.Has("--from-value"))
            {
                // Its value is the rest of the cell.
                parts.Add(new DirectivePart(directive.With("--from-value", string.Join('\n', lines[(i + 1)..]).Trim()), kernel, i + 1));
                return [.. packages, .. parts];
            }
            else
            {
                DirectiveHelp.Check(directive);
                parts.Add(new DirectivePart(directive, kernel, i + 1));
            }
        }
        Close(parts, text, kernel, start);
        return [.. packages, .. parts];
    }

    static bool IsValue(Directive directive) => directive.Name == "#!value";

    static bool HasPackages(string kernel) => kernel is KernelName.CSharp or KernelName.FSharp;

    static void Close(List<CellPart> parts, List<string> text, string kernel, int start)
    {
        if (text.Exists(l => !string.IsNullOrWhiteSpace(l)))
            parts.Add(new CodePart(new string('\n', start - 1) + string.Join('\n', text), kernel, start));
        text.Clear();
    }

    static PackagePart ReadPackage(Match match, string kernel, int line, string text)
    {
        var isSource = match.Groups["kind"].Value == "i";
        var body = match.Groups["body"].Value.Trim();
        if (isSource)
            return new(body, null, true, kernel, line);
        var comma = body.IndexOf(',', StringComparison.Ordinal);
        var name = (comma < 0 ? body : body[..comma]).Trim();
        var version = comma < 0 ? null : body[(comma + 1)..].Trim();
        if (!PackageName().IsMatch(name) || (version is not null && !PackageVersion().IsMatch(version)))
            throw new CellFailure("DirectiveError", $"({line},1): this names no package: {text.Trim()}. Write #r \"nuget: Name, 1.2.3\" or #r \"nuget: Name\".");
        return new(name, version is "" or "*" ? null : version, false, kernel, line);
    }

    [GeneratedRegex("""^\s*#(?<kind>[ri])\s+@?"\s*nuget\s*:(?<body>[^"]*)"\s*;*\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex Package();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*$")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[0-9A-Za-z.\-+*\[\](), ]*$")]
    private static partial Regex PackageVersion();
}
