using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ResearchKit.Experiments;

/// <summary>The JSON of run records and parameters.</summary>
public static class RunJson
{
    /// <summary>Camel-case names, enums as words, and NaN and infinities by name, as a training that diverged gives them.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A parameters record as JSON, by its public properties.</summary>
    public static JsonObject Parameters(object parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return JsonSerializer.SerializeToNode(parameters, parameters.GetType(), Options) as JsonObject
            ?? throw new ArgumentException($"{parameters.GetType()} is not a record with properties.", nameof(parameters));
    }

    /// <summary>The same value always as the same text: names in ordinal order, no white space.</summary>
    public static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(node, text);
        return text.ToString();
    }

    /// <summary>SHA-256 of the canonical text, hexadecimal.</summary>
    public static string Key(JsonNode node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(node))));

    static void Append(JsonNode? node, StringBuilder text)
    {
        if (node is JsonObject o)
        {
            text.Append('{');
            foreach (var (i, (name, value)) in o.OrderBy(p => p.Key, StringComparer.Ordinal).Index())
            {
                text.Append(i == 0 ? "" : ",").Append(JsonSerializer.Serialize(name)).Append(':');
                Append(value, text);
            }
            text.Append('}');
        }
        else if (node is JsonArray a)
        {
            text.Append('[');
            foreach (var (i, value) in a.Index())
            {
                text.Append(i == 0 ? "" : ",");
                Append(value, text);
            }
            text.Append(']');
        }
        else
        {
            text.Append(node?.ToJsonString() ?? "null");
        }
    }
}
