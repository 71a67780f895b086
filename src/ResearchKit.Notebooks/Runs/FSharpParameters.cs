using System.Text.RegularExpressions;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Parameters that are declared in an F# cell by <c>let</c>, and their values as F# writes them.</summary>
static partial class FSharpParameters
{
    public static IReadOnlyList<ParameterDeclaration> Read(string code) =>
    [
        .. Declaration().Matches(code).Select(m => new ParameterDeclaration(
            m.Groups["name"].Value, TypeOf(m.Groups["type"].Value.Trim(), m.Groups["value"].Value.Trim()), m.Groups["value"].Value.Trim(), m.Groups["comment"].Value.Trim())),
    ];

    public static string Write(string name, ParameterType type, object? value) => $"let {name} = {Literal(type, value)}";

    static ParameterType TypeOf(string type, string value)
    {
        if (type.EndsWith(" list", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) || type.EndsWith(" array", StringComparison.Ordinal))
            return Named(type.Split(' ', '[')[0]) with { List = type.EndsWith(" list", StringComparison.Ordinal) ? "list" : "[]" };
        if (type.Length > 0)
            return Named(type);
        if (value.StartsWith('['))
        {
            var array = value.StartsWith("[|", StringComparison.Ordinal);
            return OfLiteral(value.Trim('[', '|', ']').Split(';')[0].Trim()) with { List = array ? "[]" : "list" };
        }
        return OfLiteral(value);
    }

    static ParameterType OfLiteral(string value) => Named(value switch
    {
        _ when value.StartsWith('"') => "string",
        "true" or "false" => "bool",
        _ when Whole().IsMatch(value) => "int",
        _ when LongWhole().IsMatch(value) => "int64",
        _ when Single().IsMatch(value) => "float32",
        _ when Number().IsMatch(value) => "float",
        _ => "",
    });

    static ParameterType Named(string name) => new(name switch
    {
        "string" => ParameterKind.Text,
        "int" => ParameterKind.Whole,
        "int64" => ParameterKind.Long,
        "float" or "double" => ParameterKind.Number,
        "float32" or "single" => ParameterKind.Single,
        "bool" => ParameterKind.Truth,
        _ => ParameterKind.Unknown,
    }, name);

    static string Literal(ParameterType type, object? value) => value switch
    {
        null => "null",
        IReadOnlyList<object?> items => type.List == "[]" ? $"[| {Items(type, items)} |]" : $"[ {Items(type, items)} ]",
        string text => Quoted(text),
        bool truth => truth ? "true" : "false",
        long whole => type.Kind == ParameterKind.Long ? $"{whole}L" : $"{whole}",
        double number when double.IsNaN(number) => type.Kind == ParameterKind.Single ? "nanf" : "nan",
        double number when double.IsInfinity(number) => (number > 0 ? "" : "-") + (type.Kind == ParameterKind.Single ? "infinityf" : "infinity"),
        double number => number.ToString("R") is var text && text.AsSpan().ContainsAny('.', 'E') ? text + Suffix(type) : $"{number:R}.0{Suffix(type)}",
        _ => throw new ArgumentException($"{value.GetType()} is no type of a parameter.", nameof(value)),
    };

    static string Suffix(ParameterType type) => type.Kind == ParameterKind.Single ? "f" : "";

    static string Items(ParameterType type, IReadOnlyList<object?> items) => string.Join("; ", items.Select(i => Literal(type with { List = null }, i)));

    static string Quoted(string text) => $"\"{string.Concat(text.Select(c => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' => $"\\u{(int)c:x4}",
        _ => $"{c}",
    }))}\"";

    [GeneratedRegex(@"^let\s+(?:mutable\s+)?(?<name>[A-Za-z_][A-Za-z0-9_']*)\s*(?::\s*(?<type>[^=]+))?=\s*(?<value>.+?)\s*(?://(?<comment>.*))?$", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^-?\d+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^-?\d+L$")]
    private static partial Regex LongWhole();

    [GeneratedRegex(@"^-?[\d.]+(e[+-]?\d+)?f$", RegexOptions.IgnoreCase)]
    private static partial Regex Single();

    [GeneratedRegex(@"^-?[\d.]+(e[+-]?\d+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
