using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>The forms of a value as Jupyter carries them.</summary>
static class MimeData
{
    /// <summary>
    /// All forms by MIME type. JSON types hold JSON. A value that has no plain form gets one, as converters to other formats and
    /// plain terminals need it.
    /// </summary>
    public static JsonObject Of(IEnumerable<FormattedValue> values)
    {
        var data = new JsonObject();
        foreach (var value in values)
            data[value.MimeType] = IsJson(value.MimeType) ? Parsed(value.Value) : JsonValue.Create(value.Value);
        return data;
    }

    static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    static JsonNode? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
