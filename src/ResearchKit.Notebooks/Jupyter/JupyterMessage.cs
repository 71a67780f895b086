using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>A message of Jupyter's protocol.</summary>
/// <param name="Identities">The route that an answer takes back, or the topic of what is published.</param>
/// <param name="HeaderBytes">Its header as it was received, which answers carry as their parent.</param>
/// <param name="Type">What kind of message it is.</param>
/// <param name="Parent">The header of the message that caused this one.</param>
/// <param name="Metadata">What front ends add.</param>
/// <param name="Content">What it says.</param>
sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, byte[] HeaderBytes, string Type, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>A member of the content that is a text; the fallback where it is missing or something else.</summary>
    public string Text(string name, string fallback = "") => Content[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : fallback;

    /// <summary>A member of the content that is a number.</summary>
    public int? Number(string name) => Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>A member of the content that is true or false.</summary>
    public bool Flag(string name, bool fallback) => Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : fallback;
}
