using System.Globalization;
using System.Text;
using ResearchKit.Experiments;
using ResearchKit.Formats;

namespace ResearchKit.Reports;

/// <summary>Two runs side by side, each with all seeds that go with it: what was set differently, and what came out.</summary>
public static class ComparisonReport
{
    /// <summary>Writes the comparison.</summary>
    /// <param name="a">The seeds of the first run.</param>
    /// <param name="b">The seeds of the second.</param>
    /// <param name="recipes">Gives the recipe of a name, or null.</param>
    /// <param name="path">The file to create or replace; its folder is created.</param>
    /// <param name="plotlyJs">The file of plotly.js to embed, or null.</param>
    /// <exception cref="ArgumentException">The records of a side do not belong together.</exception>
    public static void Write(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b, Func<string, Recipe?> recipes, string path, string? plotlyJs = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var html = Encoding.UTF8.GetBytes(Render(a, b, recipes, plotlyJs));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(html));
    }

    /// <summary>The comparison as HTML text; parameters as for <see cref="Write"/>.</summary>
    public static string Render(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b, Func<string, Recipe?> recipes, string? plotlyJs = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(recipes);
        (a, b) = (Seeds.Ordered(a), Seeds.Ordered(b));
        List<ChartData> curves = [.. Curves(a, b)];
        string[] scripts = plotlyJs is null || curves.Count == 0 ? [ReportPage.Resource("report.js")] : [ReportPage.PlotlyJs(plotlyJs), ReportPage.Resource("report.js")];
        var same = a[0].Recipe == b[0].Recipe;
        var title = same ? $"{a[0].Recipe}: two runs" : $"{a[0].Recipe} and {b[0].Recipe}";
        var html = ReportPage.Begin($"{title} – ResearchKit comparison", ReportPage.Resource("report.css") + ReportPage.Resource("comparison.css"), scripts);
        html.Add($"""
            <body><header><div class="bar"><span class="kit">ResearchKit · comparison</span><button id="theme" type="button" hidden>Dark</button></div><h1>{title}</h1>
            <div class="scroll"><table class="sides"><thead><tr><th scope="col"></th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>
            """);
        Fact("Recipe", records => records[0].Recipe);
        Fact("Scale", records => records[0].Scale.Word());
        Fact("Seeds", records => string.Join(", ", records.Select(record => record.Seed)));
        Fact("Started (UTC)", records => records.Min(record => record.Started).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        Fact("Took", records => Numbers.Duration(records.Sum(record => record.Seconds)));
        Fact("Run", records => string.Join(", ", records.Select(record => record.Id[..Math.Min(12, record.Id.Length)])));
        html.Add($"</tbody></table></div></header><main>");
        if (!same)
            html.Add($"""<p class="mark">These are runs of two recipes: their claims differ, and only measures with the same name stand in one row.</p>""");
        if (a.Concat(b).Any(record => record.Data.Any(data => data.Synthetic)))
            html.Add($"""<p class="mark">Drawn data was used: no number of such a run says anything about the paper.</p>""");
        if (a.Select(record => record.Id).Intersect(b.Select(record => record.Id)).Any())
            html.Add($"""<p class="mark">Both sides hold the same run.</p>""");

        (string Id, string Heading, Html? Body)[] sections =
        [
            ("parameters", "Parameters that differ", Parameters(a[0], b[0])),
            ("conditions", "Conditions that differ", Conditions(a, b)),
            ("claims", "Claims", Claims(a, b, recipes)),
            ("measures", "Measures", Measures(a, b)),
            ("training", "Training", ChartSection.Charts(curves, 0)),
        ];
        html.Add($"""<nav aria-label="Sections">""");
        foreach (var (id, heading, _) in sections.Where(section => section.Body is not null))
            html.Add($"""<a href="#{id}">{heading}</a>""");
        html.Add($"</nav>");
        foreach (var (id, heading, body) in sections.Where(section => section.Body is not null))
            html.Add($"""<section id="{id}"><h2>{heading}</h2>{body}</section>""");
        html.Add($"</main><footer>Written by ResearchKit from the run records named above. Every number comes from a record.</footer>");
        ReportPage.End(html, curves.Select(PlotlyFigure.Json), scripts);
        return html.ToString();

        void Fact(string what, Func<IReadOnlyList<RunRecord>, string> of) =>
            html.Add($"""<tr class="{(of(a) == of(b) ? "" : "differs")}"><th scope="row">{what}</th><td>{of(a)}</td><td>{of(b)}</td></tr>""");
    }

    static Html Parameters(RunRecord a, RunRecord b)
    {
        var names = a.Parameters.Select(p => p.Key).Union(b.Parameters.Select(p => p.Key)).ToList();
        var (differ, same) = (new List<string>(), new List<string>());
        foreach (var name in names)
            (RunJson.Canonical(a.Parameters[name]) == RunJson.Canonical(b.Parameters[name]) && a.Parameters.ContainsKey(name) == b.Parameters.ContainsKey(name) ? same : differ).Add(name);
        var html = new Html();
        if (differ.Count == 0)
            html.Add($"""<p class="note">None: both ran with the same {names.Count} parameters.</p>""");
        else
            html.Add($"{Table(differ)}");
        if (same.Count > 0)
            html.Add($"<details><summary>{same.Count} that are the same</summary>{Table(same)}</details>");
        return html;

        Html Table(IEnumerable<string> rows)
        {
            var table = new Html().Add($"""<div class="scroll"><table class="sides"><thead><tr><th scope="col">Parameter</th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>""");
            foreach (var name in rows)
                table.Add($"""<tr><th scope="row"><code>{name}</code></th><td>{Value(a, name)}</td><td>{Value(b, name)}</td></tr>""");
            return table.Add($"</tbody></table></div>");
        }

        static string Value(RunRecord record, string name) => record.Parameters.TryGetPropertyValue(name, out var value) ? value?.ToString() ?? "none" : "–";
    }

    // Of what numbers depend on; a record of another day differs in much that does not matter.
    static Html? Conditions(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b)
    {
        static string Of(IReadOnlyList<RunRecord> records, string name) => string.Join("; ", records.Select(record => record.Environment.GetValueOrDefault(name, "not recorded")).Distinct());
        static string Data(IReadOnlyList<RunRecord> records) => string.Join(", ", records.SelectMany(record => record.Data).Select(data => data.Name + (data.Synthetic ? " (drawn)" : "")).Distinct());
        var rows = Provenance.Comparable.Append("commit").Distinct().Select(name => (Name: name, A: Of(a, name), B: Of(b, name))).Append(("data", Data(a), Data(b))).Where(row => row.Item2 != row.Item3).ToList();
        if (rows.Count == 0)
            return null;
        var html = new Html().Add($"""<div class="scroll"><table class="sides"><thead><tr><th scope="col">What</th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>""");
        foreach (var (name, left, right) in rows)
            html.Add($"""<tr><th scope="row">{name}</th><td class="long">{left}</td><td class="long">{right}</td></tr>""");
        return html.Add($"</tbody></table></div>");
    }

    static Html? Claims(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b, Func<string, Recipe?> recipes)
    {
        var html = new Html();
        var some = false;
        foreach (var name in new[] { a[0].Recipe, b[0].Recipe }.Distinct())
        {
            if (recipes(name) is not { } recipe)
                continue;
            some = true;
            LedgerRow?[] Rows(IReadOnlyList<RunRecord> records) => records[0].Recipe == name ? [.. Ledger.Rows([recipe], records)] : new LedgerRow?[recipe.Claims.Count];
            html.Add($"""
                <div class="scroll"><table class="pairs"><thead><tr><th scope="col">{(a[0].Recipe == b[0].Recipe ? "Claim" : $"Claim of {name}")}</th><th scope="col" class="n">Paper</th><th scope="col" class="n">A</th><th scope="col" class="n">B</th></tr></thead><tbody>
                """);
            foreach (var (claim, left, right) in recipe.Claims.Zip(Rows(a), Rows(b)))
                html.Add($"""
                    <tr class="{(left is not null && right is not null && left.Verdict != right.Verdict ? "differs" : "")}"><th scope="row"><span class="statement">{claim.Statement}</span> <span class="where">{claim.Where}</span></th>
                    <td class="n" data-label="Paper">{Numbers.Text(claim.PaperValue, claim.Unit)}</td>{Side("A", left)}{Side("B", right)}</tr>
                    """);
            html.Add($"</tbody></table></div>");
        }
        return some ? html.Add($"""<p class="note">Rows are marked where the verdicts differ.</p>""") : null;

        static Html Side(string label, LedgerRow? row)
        {
            var html = new Html().Add($"""<td class="n side" data-label="{label}">""");
            if (row is null)
                return html.Add($"–</td>");
            if (row is { OurValue: { } mean, Low: { } low, High: { } high } && low < high && Numbers.WithInterval(mean, low, high, row.Unit) is var text)
                html.Add($"<b>{text.Mean}</b><small>{text.Interval}</small>");
            else
                html.Add($"<b>{(row.OurValue is { } value ? Numbers.Text(value, row.Unit) : "–")}</b>");
            return html.Add($"""<span title="{row.Reason}">{ClaimTable.Badge(row.Verdict)}</span></td>""");
        }
    }

    static Html? Measures(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b)
    {
        var left = Seeds.Values(a).ToDictionary(value => (value.Name, value.Unit), value => value.Values);
        var right = Seeds.Values(b).ToDictionary(value => (value.Name, value.Unit), value => value.Values);
        var names = left.Keys.Union(right.Keys).ToList();
        if (names.Count == 0)
            return null;
        var html = new Html().Add($"""
            <div class="scroll"><table><caption>Means over the seeds, with the lowest and highest seed.</caption><thead><tr><th scope="col">Measure</th><th scope="col" class="n">A</th><th scope="col" class="n">B</th><th scope="col" class="n">B − A</th><th scope="col" class="n">B / A</th></tr></thead><tbody>
            """);
        foreach (var key in names)
        {
            var (x, y) = (left.GetValueOrDefault(key), right.GetValueOrDefault(key));
            double? from = x?.Average(), to = y?.Average();
            html.Add($"""
                <tr><th scope="row"><code>{key.Name}</code></th>{Cell(x, key.Unit)}{Cell(y, key.Unit)}
                <td class="n">{(from is { } p && to is { } q ? Numbers.Text(q - p) : "–")}</td><td class="n">{(from is { } r && to is { } s && r != 0 ? Numbers.Text(s / r) : "–")}</td></tr>
                """);
        }
        return html.Add($"</tbody></table></div>");

        static Html Cell(IReadOnlyList<double>? values, string unit) => values is null ? new Html().Add($"""<td class="n">–</td>""")
            : new Html().Add($"""<td class="n">{Numbers.Text(values.Average(), unit)}{(values.Count > 1 ? new Html().Add($"<small>{Numbers.Text(values.Min())} to {Numbers.Text(values.Max())}</small>") : null)}</td>""");
    }

    // The training curves that both have, A's and B's lines in one chart.
    static IEnumerable<ChartData> Curves(IReadOnlyList<RunRecord> a, IReadOnlyList<RunRecord> b)
    {
        var right = Seeds.TrainingCurves(b).ToLookup(chart => (chart.Title, chart.YLabel));
        foreach (var chart in Seeds.TrainingCurves(a))
        {
            if (right[(chart.Title, chart.YLabel)].FirstOrDefault() is { } other)
                yield return chart with { Series = [.. chart.Series.Select(series => series with { Name = $"A: {series.Name}" }), .. other.Series.Select(series => series with { Name = $"B: {series.Name}" })] };
        }
    }
}
