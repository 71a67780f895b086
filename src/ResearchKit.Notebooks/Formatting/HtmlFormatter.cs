using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Values as HTML: tables for collections of objects and for dictionaries, trees for objects, text for the rest.</summary>
public static class HtmlFormatter
{
    /// <summary><c>text/html</c>.</summary>
    public const string MimeType = "text/html";

    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    const string Open = "<div class=\"dni-plaintext\"><pre>", Close = "</pre></div>";

    internal static void Write(object? value, FormatContext context)
    {
        var writer = context.Writer;
        if (value is IHtmlContent html)
            html.WriteTo(writer, Encoder);
        else if (value is LaTeXString or MathString)
            writer.Write($"$${Encoder.Encode($"{value}".Trim('$'))}$$");
        else if (value is null || Members.IsScalar(value) || context.Depth >= Formatter.RecursionLimit || value is Members.Failure)
            Text(value, context);
        else if (Members.Pairs(value) is { } pairs)
            Table(["key", "value"], pairs.Select(p => new[] { p.Key, p.Value }), context);
        else if (value is ITuple tuple)
            Tree(value, Enumerable.Range(0, tuple.Length).Select(i => ($"Item{i + 1}", tuple[i])), context);
        else if (value is IEnumerable items)
            Sequence(value, items, context);
        else if (Members.Of(value.GetType()) is { Length: > 0 } members && value is not Exception)
            Tree(value, members.Select(m => (m.Name, m.Read(value))), context);
        else
            Text(value, context);
    }

    // Items are read once: a sequence may be slow, endless, or give other items the second time.
    static void Sequence(object value, IEnumerable sequence, FormatContext context)
    {
        var limit = Formatter.ListExpansionLimit;
        var items = new List<object?>();
        var more = false;
        foreach (var item in sequence)
        {
            more = items.Count == limit;
            if (more)
                break;
            items.Add(item);
        }
        var rest = !more ? "" : sequence is ICollection all ? $"({all.Count - limit} more)" : "... (more)";
        var first = items.Find(i => i is not null);
        var columns = first is null || Members.IsScalar(first) || first is IEnumerable or ITuple ? [] : Members.Of(first.GetType());
        if (items.Count == 0)
            context.Writer.Write("<i>(empty)</i>");
        else if (columns.Length == 0 && items.TrueForAll(Members.IsScalar))
            Scalars(value, items, rest, context);
        else if (columns.Length == 0)
            Table(["index", "value"], items.Select((item, i) => new[] { i, item }), context, rest);
        else
            Table(["index", .. columns.Select(c => c.Name)], items.Select((item, i) => Row(item, i, columns)), context, rest);
    }

    static object?[] Row(object? item, int index, (string Name, Func<object, object?> Read)[] columns)
    {
        // A sequence may hold items of several types: each column is looked up by its name.
        var own = item is null ? [] : Members.Of(item.GetType());
        return [index, .. columns.Select(c => Array.Find(own, m => m.Name == c.Name).Read?.Invoke(item!))];
    }

    static void Scalars(object value, List<object?> items, string rest, FormatContext context)
    {
        _ = value;
        var texts = items.Select(i => Formatter.ToDisplayString(i));
        context.Writer.Write(Open);
        context.Writer.Write(Encoder.Encode($"[ {string.Join(", ", texts)}{(rest.Length > 0 ? $" {rest}" : "")} ]"));
        context.Writer.Write(Close);
    }

    static void Table(IReadOnlyList<string> headings, IEnumerable<object?[]> rows, FormatContext context, string rest = "")
    {
        var writer = context.Writer;
        writer.Write("<table><thead><tr>");
        foreach (var heading in headings)
            writer.Write(heading is "index" or "key" ? $"<th><i>{heading}</i></th>" : $"<th>{Encoder.Encode(heading)}</th>");
        writer.Write("</tr></thead><tbody>");
        var count = 0;
        foreach (var row in rows)
        {
            if (count++ == Formatter.ListExpansionLimit)
            {
                rest = "... (more)";
                break;
            }
            writer.Write("<tr>");
            foreach (var cell in row)
            {
                writer.Write("<td>");
                Inner(cell, context);
                writer.Write("</td>");
            }
            writer.Write("</tr>");
        }
        if (rest.Length > 0)
            writer.Write($"<tr><td colspan=\"{headings.Count}\"><i>{rest}</i></td></tr>");
        writer.Write("</tbody></table>");
    }

    static void Tree(object value, IEnumerable<(string Name, object? Value)> members, FormatContext context)
    {
        var writer = context.Writer;
        writer.Write(context.Depth == 0 ? "<details open=\"open\" class=\"dni-treeview\">" : "<details class=\"dni-treeview\">");
        var summary = value is ITuple || Members.PrintsItself(value.GetType()) ? value.ToString() ?? "" : Members.NameOf(value.GetType());
        writer.Write($"<summary><span class=\"dni-code-hint\"><code>{Encoder.Encode(summary)}</code></span></summary><div><table><tbody>");
        foreach (var (name, member) in members)
        {
            writer.Write($"<tr><td>{Encoder.Encode(name)}</td><td>");
            Inner(member, context);
            writer.Write("</td></tr>");
        }
        writer.Write("</tbody></table></div></details>");
    }

    static void Text(object? value, FormatContext context)
    {
        var text = Encoder.Encode(Formatter.ToDisplayString(value));
        // Strings stand in tables as they are; numbers keep their digits together.
        context.Writer.Write(context.Depth > 0 && value is string ? text : Open + text + Close);
    }

    static void Inner(object? value, FormatContext context) =>
        Formatter.FormatTo(value, new FormatContext(context.Writer, context.Depth + 1), MimeType);
}
