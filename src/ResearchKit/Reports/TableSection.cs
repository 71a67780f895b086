using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>The result tables and the list of all single numbers.</summary>
static class TableSection
{
    /// <summary>The tables that the runs gave; nothing without any.</summary>
    public static Html? Tables(IReadOnlyList<RunRecord> records)
    {
        var tables = MergedTable.Of(records).ToList();
        if (tables.Count == 0)
            return null;
        var html = new Html();
        foreach (var (table, rows) in tables)
            html.Add($"{Table(table, rows)}");
        return html;
    }

    /// <summary>All named values; nothing without any.</summary>
    public static Html? Values(IReadOnlyList<RunRecord> records)
    {
        var values = Seeds.Values(records).ToList();
        if (values.Count == 0)
            return null;
        var html = new Html().Add($"""
            <details><summary>{values.Count} values by name</summary><div class="scroll"><table>
            <caption>Every single result that the runs recorded.</caption><thead><tr><th scope="col">Name</th><th scope="col" class="n">Mean</th><th scope="col" class="n">Seeds, lowest to highest</th></tr></thead><tbody>
            """);
        foreach (var (name, unit, seeds) in values)
        {
            var span = seeds.Count == 1 ? "one seed" : $"{Numbers.Text(seeds.Min())} to {Numbers.Text(seeds.Max())}";
            html.Add($"""<tr><th scope="row"><code>{name}</code></th><td class="n">{Numbers.Text(seeds.Average(), unit)}</td><td class="n">{span}</td></tr>""");
        }

        return html.Add($"</tbody></table></div></details>");
    }

    static Html Table(ResultTable table, IReadOnlyList<IReadOnlyList<MergedTable.Cell>> rows)
    {
        var columns = table.Columns.Select((name, c) => Class(name, [.. rows.Where(row => c < row.Count).Select(row => row[c].Text)])).ToList();
        var html = new Html().Add($"""<div class="scroll"><table><caption>{table.Title}</caption><thead><tr>""");
        for (var c = 0; c < columns.Count; c++)
            html.Add($"""<th scope="col" class="{columns[c]}">{table.Columns[c]}</th>""");
        html.Add($"</tr></thead><tbody>");
        foreach (var row in rows)
        {
            html.Add($"<tr>");
            for (var c = 0; c < row.Count; c++)
            {
                var span = row[c].Span.Length > 0 ? new Html().Add($"<small>{row[c].Span}</small>") : null;
                if (c == 0)
                    html.Add($"""<th scope="row">{row[c].Text}{span}</th>""");
                else
                    html.Add($"""<td class="{(c < columns.Count ? columns[c] : "")}">{row[c].Text}{span}</td>""");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
        return table.Note.Length > 0 ? html.Add($"""<p class="note">{table.Note}</p>""") : html;
    }

    // Numbers flush right; the paper's columns are set apart from ours.
    static string Class(string heading, IReadOnlyList<string> cells)
    {
        var filled = cells.Where(cell => cell.Trim() is not ("" or "-" or "–")).ToList();
        var number = filled.Count > 0 && filled.Count(MergedTable.IsNumber) * 2 > filled.Count ? "n" : "";
        return heading.Contains("paper", StringComparison.OrdinalIgnoreCase) ? $"{number} paper" : number;
    }
}
