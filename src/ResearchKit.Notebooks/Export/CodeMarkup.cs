using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Export;

/// <summary>Code of cells with its words, texts and comments marked for the style sheet.</summary>
static partial class CodeMarkup
{
    static readonly HashSet<string> s_csharp =
    [
        .. ("abstract as async await base bool break byte case catch char class const continue decimal default delegate do double else enum event explicit extern false finally "
            + "fixed float for foreach get if implicit in init int interface internal is lock long namespace new not null object operator or out override params private protected "
            + "public readonly record ref required return sbyte sealed set short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unsafe using "
            + "var virtual void when where while with yield").Split(' '),
    ];

    static readonly HashSet<string> s_fsharp =
    [
        .. ("abstract and as async begin class default do done downto elif else end exception extern false finally for fun function if in inherit inline interface internal lazy "
            + "let match member module mutable namespace new null of open or override private public rec return seq static struct task then to true try type upcast use val void when "
            + "while with yield").Split(' '),
    ];

    static readonly HashSet<string> s_sql =
    [
        .. ("all and as asc avg by case cast count create desc distinct drop else end exists from full group having in inner insert into is join left like limit max min not null "
            + "on or order outer over partition right round select set sum table then union update values view when where with").Split(' '),
    ];

    /// <summary>The name of a kernel's language, for readers.</summary>
    public static string LanguageName(string kernel) => kernel switch
    {
        KernelName.CSharp => "C#",
        KernelName.FSharp => "F#",
        "sql" => "SQL",
        "html" => "HTML",
        "javascript" => "JavaScript",
        "mermaid" => "Mermaid",
        "markdown" => "Markdown",
        _ => kernel,
    };

    /// <summary>The code as markup; all of it is encoded.</summary>
    public static string ToHtml(string code, string kernel)
    {
        var (words, parts) = kernel switch
        {
            KernelName.CSharp => (s_csharp, CSharp()),
            KernelName.FSharp => (s_fsharp, FSharp()),
            "sql" => (s_sql, Sql()),
            _ => ([], null),
        };
        if (parts is null || code.Length > 100_000)
            return WebUtility.HtmlEncode(code);
        var html = new StringBuilder();
        var at = 0;
        foreach (Match part in parts.Matches(code))
        {
            var kind = part.Groups["comment"].Success ? "c" : part.Groups["text"].Success ? "t" : part.Groups["directive"].Success ? "d" : part.Groups["number"].Success ? "n"
                : words.Contains(kernel == "sql" ? part.Value.ToLowerInvariant() : part.Value) ? "k" : "";
            if (kind.Length == 0)
                continue;
            html.Append(WebUtility.HtmlEncode(code[at..part.Index])).Append("<span class=\"").Append(kind).Append("\">").Append(WebUtility.HtmlEncode(part.Value)).Append("</span>");
            at = part.Index + part.Length;
        }
        return html.Append(WebUtility.HtmlEncode(code[at..])).ToString();
    }

    const string Rest = """|(?<number>\b[0-9][0-9_]*(\.[0-9]+)?([eE][-+]?[0-9]+)?[a-zA-Z]{0,2}\b)|(?<word>[A-Za-z_][A-Za-z0-9_]*)""";

    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex("""(?<directive>^#[!ri][^\n]*)|(?<comment>//[^\n]*|/\*([^*]|\*+[^*/])*\*+/)|(?<text>\$*"{3}([^"]|"{1,2}[^"])*"{3}|[$]?@[$]?"([^"]|"")*"|\$?"([^"\\\n]|\\.)*"|'([^'\\\n]|\\[^\n]{1,6})')""" + Rest, Options)]
    private static partial Regex CSharp();

    [GeneratedRegex("""(?<directive>^#[!ri][^\n]*)|(?<comment>//[^\n]*|\(\*([^*]|\*+[^*)])*\*+\))|(?<text>\$?"{3}([^"]|"{1,2}[^"])*"{3}|[$@]{0,2}"([^"\\]|\\.)*"|'([^'\\\n]|\\[^\n]{1,6})')""" + Rest, Options)]
    private static partial Regex FSharp();

    [GeneratedRegex("""(?<directive>^#![^\n]*)|(?<comment>--[^\n]*)|(?<text>'[^']*')""" + Rest, Options)]
    private static partial Regex Sql();
}
