using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Files;

/// <summary>Writes JSON as Jupyter does: indented, one item a line, with nothing escaped that need not be.</summary>
static class JsonText
{
    /// <summary>The text of a node, as it stands at a depth of a document whose levels are indented by <paramref name="indent"/> spaces.</summary>
    public static string Of(JsonNode? node, int indent, int depth)
    {
        var text = new StringBuilder();
        Write(text, node, indent, depth);
        return text.ToString();
    }

    /// <summary>A string literal.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        WriteString(text, value);
        return text.ToString();
    }

    /// <summary>A line break and the indentation of a depth.</summary>
    public static string NewLine(int indent, int depth) => "\n" + new string(' ', indent * depth);

    static void Write(StringBuilder text, JsonNode? node, int indent, int depth)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonObject members:
                var first = true;
                foreach (var (name, value) in members)
                {
                    text.Append(first ? "{" : ",").Append(NewLine(indent, depth + 1));
                    first = false;
                    WriteString(text, name);
                    text.Append(": ");
                    Write(text, value, indent, depth + 1);
                }
                text.Append(NewLine(indent, depth)).Append('}');
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "[" : ",").Append(NewLine(indent, depth + 1));
                    Write(text, items[i], indent, depth + 1);
                }
                text.Append(NewLine(indent, depth)).Append(']');
                break;
            default:
                if (node.GetValueKind() == JsonValueKind.String)
                    WriteString(text, node.GetValue<string>());
                else
                    text.Append(node.ToJsonString());
                break;
        }
    }

    static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var paired = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ':
                case var _ when char.IsSurrogate(c) && !paired:
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(c);
                    if (paired)
                        text.Append(value[++i]);
                    break;
            }
        }
        text.Append('"');
    }
}
