using System.Collections;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace ResearchKit.Notebooks.Languages;

/// <summary>The rows that a query gave. Shared with another kernel it is a sequence of rows by column name.</summary>
public sealed class SqlTable : IHtmlContent, IEnumerable<IReadOnlyDictionary<string, object?>>
{
    const int MostRows = 1000;

    internal SqlTable(IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows: integers are <see cref="long"/>, numbers <see cref="double"/>, missing values null.</summary>
    public IReadOnlyList<object?[]> Rows { get; }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, System.Text.Encodings.Web.HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        writer.Write("<table><thead><tr>");
        foreach (var column in Columns)
            writer.Write($"<th>{encoder.Encode(column)}</th>");
        writer.Write("</tr></thead><tbody>");
        foreach (var row in Rows.Take(MostRows))
            writer.Write($"<tr>{string.Concat(row.Select(v => $"<td>{encoder.Encode(Formatter.ToDisplayString(v))}</td>"))}</tr>");
        if (Rows.Count > MostRows)
            writer.Write($"<tr><td colspan=\"{Columns.Count}\"><i>({Rows.Count - MostRows} more)</i></td></tr>");
        writer.Write("</tbody></table>");
    }

    /// <summary>The rows as aligned columns.</summary>
    public override string ToString()
    {
        string[][] cells = [[.. Columns], .. Rows.Take(MostRows).Select(r => r.Select(v => Formatter.ToDisplayString(v)).ToArray())];
        var widths = Enumerable.Range(0, Columns.Count).Select(i => cells.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells)
            text.AppendLine(string.Join("  ", row.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
        return text.Append(Rows.Count > MostRows ? $"({Rows.Count - MostRows} more)" : "").ToString().TrimEnd();
    }

    /// <inheritdoc/>
    public IEnumerator<IReadOnlyDictionary<string, object?>> GetEnumerator() => Rows
        .Select(r => (IReadOnlyDictionary<string, object?>)Columns.Zip(r).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second))
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
