using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>Reads what figures hold, of which nothing is certain.</summary>
static partial class Json
{
    /// <summary>A number, also one that is written as a text; else not a number.</summary>
    public static double Number(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue<double>(out var number) ? number
            : value.TryGetValue<string>(out var text) && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out number) ? number : double.NaN
        : double.NaN;

    /// <summary>A number, or another where there is none.</summary>
    public static double Number(JsonNode? node, double otherwise) => Number(node) is var number && double.IsFinite(number) ? number : otherwise;

    /// <summary>A text; empty where there is none.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value ? value.ToString() : "";

    /// <summary>Whether something is said to be true.</summary>
    public static bool Is(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;

    /// <summary>The items of an array; none where there is no array.</summary>
    public static IReadOnlyList<JsonNode?> Items(JsonNode? node) => node is JsonArray array ? [.. array] : [];

    /// <summary>The item of a place where an attribute is an array, else the attribute, which then holds for all places.</summary>
    public static JsonNode? At(JsonNode? node, int place) => node is JsonArray array ? place < array.Count ? array[place] : null : node;

    /// <summary>A text without the few tags that plotly reads.</summary>
    public static string Plain(string text) => System.Net.WebUtility.HtmlDecode(Tag().Replace(Break().Replace(text, " "), ""));

    /// <summary>A colour if it is one: nothing else may come into the drawing.</summary>
    public static string? Color(JsonNode? node) => Text(node) is var text && ColorForm().IsMatch(text) ? text : null;

    [GeneratedRegex(@"<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex("</?(b|i|em|strong|sub|sup|s|u)>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,24}|rgba?\(\s*[0-9.]+%?(\s*,\s*[0-9.]+%?){2,3}\s*\))$")]
    private static partial Regex ColorForm();
}
