using System.Text.Json;

namespace ResearchKit.Formats;

/// <summary>Nulls where a list has its elements: System.Text.Json lets them through, also where the elements may not be null.</summary>
static class JsonNulls
{
    /// <summary>Refuses the first null in any array.</summary>
    /// <param name="element">Read from a file.</param>
    /// <exception cref="JsonException">There is one; the message has its path. Or a name is no valid text.</exception>
    internal static void Refuse(JsonElement element)
    {
        try
        {
            Refuse(element, "$");
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException($"A name is no valid text: {e.Message}", e);
        }
    }

    static void Refuse(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                Refuse(property.Value, $"{path}.{property.Name}");
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (k, item) in element.EnumerateArray().Index())
            {
                if (item.ValueKind == JsonValueKind.Null)
                    throw new JsonException($"A list has null for an element, at {path}[{k}].");
                Refuse(item, $"{path}[{k}]");
            }
        }
    }
}
