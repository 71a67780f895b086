using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Files;

/// <summary>
/// The members of a JSON object in their order, each with its text as it was read. What is not set anew is written again byte for
/// byte, so keys that we know nothing of, number formats and escapes survive.
/// </summary>
sealed class JsonMembers
{
    readonly List<(string Name, string? Raw, JsonNode? Value)> _members = [];

    /// <summary>True after a member was set or removed.</summary>
    public bool Changed { get; private set; }

    public static JsonMembers Read(JsonElement element)
    {
        var members = new JsonMembers();
        foreach (var property in element.EnumerateObject())
            members._members.Add((property.Name, property.Value.GetRawText(), null));
        return members;
    }

    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>A copy of the member's value; null if it is absent or null.</summary>
    public JsonNode? Get(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
            return null;
        var (_, raw, value) = _members[index];
        return raw is null ? value?.DeepClone() : JsonNode.Parse(raw, documentOptions: new() { MaxDepth = IpynbFile.MaxDepth });
    }

    /// <summary>Sets a member in its place, or after the others. An equal value changes nothing.</summary>
    public void Set(string name, JsonNode? value)
    {
        var index = IndexOf(name);
        if (index >= 0 && JsonNode.DeepEquals(Get(name), value))
            return;
        Changed = true;
        if (index >= 0)
            _members[index] = (name, null, value);
        else
            _members.Add((name, null, value));
    }

    public void Remove(string name) => Changed |= _members.RemoveAll(m => m.Name == name) > 0;

    /// <summary>Writes the object at a depth. A member of <paramref name="written"/> is written as that text instead.</summary>
    public string Write(int indent, int depth, IReadOnlyDictionary<string, string>? written = null)
    {
        if (_members.Count == 0)
            return "{}";
        var text = new StringBuilder();
        foreach (var (name, raw, value) in _members)
        {
            text.Append(text.Length == 0 ? "{" : ",").Append(JsonText.NewLine(indent, depth + 1))
                .Append(JsonText.Literal(name)).Append(": ")
                .Append(written?.GetValueOrDefault(name) ?? raw ?? JsonText.Of(value, indent, depth + 1));
        }
        return text.Append(JsonText.NewLine(indent, depth)).Append('}').ToString();
    }

    // The last one counts where a name stands twice, as for every reader of JSON.
    int IndexOf(string name) => _members.FindLastIndex(m => m.Name == name);
}
