using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResearchKit.Notebooks.Export;

/// <summary>A plotly figure of unknown origin, as JSON that a page may draw.</summary>
/// <remarks>
/// plotly reads tags in texts, loads images and maps, and has buttons that change the figure. What loads or changes anything is left
/// out, and of tags only those stay that set type. The page gives its own configuration.
/// </remarks>
static partial class FigureJson
{
    static readonly HashSet<string> s_leftOut = ["images", "updatemenus", "sliders", "frames", "config", "geo", "mapbox", "map", "newshape", "newselection", "modebar"];

    // What the plotly.js that pages carry can draw.
    static readonly HashSet<string> s_traces =
        ["bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter", "scatterternary", "violin"];

    // All that is not ASCII or has a meaning in HTML is escaped.
    static readonly JsonSerializerOptions s_written = new() { Encoder = JavaScriptEncoder.Default, MaxDepth = 256 };

    /// <summary>The figure's JSON without an angle bracket in it; null if it is none, or has traces that the page cannot draw.</summary>
    public static string? Clean(JsonNode? figure)
    {
        if (figure is not JsonObject members || members["data"] is not JsonArray { Count: > 0 } data)
            return null;
        foreach (var trace in data)
        {
            if (trace is not JsonObject entry || (entry["type"] is { } type && !(type is JsonValue value && value.TryGetValue<string>(out var name) && s_traces.Contains(name))))
                return null;
        }
        return new JsonObject { ["data"] = Cleaned(data), ["layout"] = Cleaned(members["layout"] as JsonObject ?? []) }.ToJsonString(s_written);
    }

    static JsonNode? Cleaned(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(Cleaned)]),
        JsonObject members => new JsonObject(members.Where(m => Keeps(m.Key, m.Value)).Select(m => KeyValuePair.Create(m.Key, Cleaned(m.Value)))),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        _ => node?.DeepClone(),
    };

    static bool Keeps(string key, JsonNode? value) =>
        !s_leftOut.Contains(key)
        // Keys with a dot or bracket are paths to others, and "__proto__" is no key of a figure.
        && Key().IsMatch(key)
        && (key != "source" || (value is JsonValue source && source.TryGetValue<string>(out var url) && url.StartsWith("data:image/", StringComparison.Ordinal)));

    // Each other opening bracket is one that plotly shows.
    static string Text(string text) => Tag().Replace(text, "&lt;");

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex(@"<(?!/?(b|i|em|sub|sup|br|s|u)\s?/?>|extra>|/extra>)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
