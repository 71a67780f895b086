using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResearchKit.Experiments;

/// <summary>A verdict in JSON: its words.</summary>
sealed class VerdictConverter : JsonConverter<Verdict>
{
    public override Verdict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var words = reader.GetString();
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            if (verdict.Words() == words)
                return verdict;
        }
        throw new JsonException($"'{words}' is not a verdict.");
    }

    public override void Write(Utf8JsonWriter writer, Verdict value, JsonSerializerOptions options) => writer.WriteStringValue(value.Words());
}
