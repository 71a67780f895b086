using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Values as plain text.</summary>
public static class PlainTextFormatter
{
    /// <summary><c>text/plain</c>.</summary>
    public const string MimeType = "text/plain";

    internal static void Write(object? value, FormatContext context)
    {
        var writer = context.Writer;
        switch (value)
        {
            case null:
                writer.Write(Formatter.NullString);
                return;
            case Type type:
                writer.Write(Members.NameOf(type));
                return;
            case IFormattable formattable when Members.IsScalar(value):
                writer.Write(formattable.ToString(null, CultureInfo.InvariantCulture));
                return;
            case var _ when Members.IsScalar(value):
                writer.Write(value.ToString());
                return;
            case AspNetCore.Html.IHtmlContent html when !Members.PrintsItself(value.GetType()):
                html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
                return;
            case Exception e:
                writer.Write(e.ToString());
                return;
        }
        if (context.Depth >= Formatter.RecursionLimit)
            writer.Write(value.ToString());
        else if (value is ITuple tuple)
            List(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), "( ", " )", context);
        else if (Members.Pairs(value) is { } pairs)
            List(pairs.Select(p => (object?)new Pair(p.Key, p.Value)), "[ ", " ]", context);
        else if (value is Pair pair)
            WritePair(pair, context);
        else if (value is IEnumerable items && !Printed(value))
            List(items.Cast<object?>(), "[ ", " ]", context);
        else if (Members.PrintsItself(value.GetType()) || Members.Of(value.GetType()).Length == 0)
            writer.Write(value.ToString());
        else
            WriteMembers(value, context);
    }

    sealed record Pair(object? Key, object? Value);

    static bool Printed(object value) => value.GetType() is { IsArray: false } type && Members.PrintsItself(type) && !type.IsGenericType;

    static void WritePair(Pair pair, FormatContext context)
    {
        Inner(pair.Key, context);
        context.Writer.Write(": ");
        Inner(pair.Value, context);
    }

    static void WriteMembers(object value, FormatContext context)
    {
        context.Writer.Write(Members.NameOf(value.GetType()));
        foreach (var (name, read) in Members.Of(value.GetType()))
        {
            context.Writer.Write("\n" + new string(' ', 2 * (context.Depth + 1)) + name + ": ");
            Inner(read(value), context);
        }
    }

    static void List(IEnumerable<object?> items, string open, string close, FormatContext context)
    {
        context.Writer.Write(open);
        var count = 0;
        foreach (var item in items)
        {
            if (count == Formatter.ListExpansionLimit)
            {
                context.Writer.Write(", ... (more)");
                break;
            }
            context.Writer.Write(count++ == 0 ? "" : ", ");
            Inner(item, context);
        }
        context.Writer.Write(close);
    }

    static void Inner(object? value, FormatContext context) =>
        Formatter.FormatTo(value, new FormatContext(context.Writer, context.Depth + 1), MimeType);
}
