using System.Dynamic;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// An HTML element that is built by calling it: <c>div[style: "color:red"](b("bold"), " and plain")</c>. Text is encoded, other
/// values are formatted.
/// </summary>
public sealed class PocketView : DynamicObject, IHtmlContent
{
    // These have no end tag.
    static readonly HashSet<string> s_void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    readonly string _name;
    readonly IReadOnlyList<(string Name, object? Value)> _attributes;
    readonly IReadOnlyList<object?> _content;

    internal PocketView(string name) : this(name, [], [])
    {
    }

    PocketView(string name, IReadOnlyList<(string, object?)> attributes, IReadOnlyList<object?> content) =>
        (_name, _attributes, _content) = (name, attributes, content);

    /// <inheritdoc/>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        result = new PocketView(_name, _attributes, [.. _content, .. args ?? []]);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = new PocketView(_name, WithClass(binder.Name), [.. _content, .. args ?? []]);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = new PocketView(_name, WithClass(binder.Name), _content);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetIndex(GetIndexBinder binder, object[] indexes, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        ArgumentNullException.ThrowIfNull(indexes);
        var names = binder.CallInfo.ArgumentNames;
        var unnamed = indexes.Length - names.Count;
        var added = names.Select((n, i) => (n.Replace('_', '-'), (object?)indexes[unnamed + i]));
        result = new PocketView(_name, [.. _attributes, .. added], _content);
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        writer.Write($"<{_name}");
        foreach (var (name, value) in _attributes)
            writer.Write($" {name}=\"{(value is HtmlString markup ? markup.Value : encoder.Encode(value?.ToString() ?? ""))}\"");
        writer.Write(">");
        foreach (var item in _content)
            WriteContent(item, writer, encoder);
        if (!s_void.Contains(_name))
            writer.Write($"</{_name}>");
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        using var writer = new StringWriter();
        WriteTo(writer, HtmlFormatter.Encoder);
        return writer.ToString();
    }

    static void WriteContent(object? item, TextWriter writer, HtmlEncoder encoder)
    {
        switch (item)
        {
            case IHtmlContent html:
                html.WriteTo(writer, encoder);
                break;
            case string text:
                writer.Write(encoder.Encode(text));
                break;
            case IEnumerable<IHtmlContent> parts:
                foreach (var part in parts)
                    part.WriteTo(writer, encoder);
                break;
            case IEnumerable<object> objects when objects.All(o => o is IHtmlContent or string):
                foreach (var part in objects)
                    WriteContent(part, writer, encoder);
                break;
            default:
                if (Members.IsScalar(item))
                    writer.Write(encoder.Encode(Formatter.ToDisplayString(item)));
                else
                    Formatter.FormatTo(item, new FormatContext(writer, 1), HtmlFormatter.MimeType);
                break;
        }
    }

    (string, object?)[] WithClass(string name) => [.. _attributes, ("class", name.Replace('_', '-'))];
}
