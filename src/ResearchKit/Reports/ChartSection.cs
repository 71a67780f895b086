using System.Globalization;
using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>Charts: each as SVG, with its numbers below it; plotly takes the SVG's place where scripts run.</summary>
static class ChartSection
{
    /// <summary>The charts; nothing without charts. Figures are numbered from <paramref name="first"/>.</summary>
    public static Html? Charts(IReadOnlyList<ChartData> charts, int first)
    {
        if (charts.Count == 0)
            return null;
        var html = new Html().Add($"""<div class="charts">""");
        for (var i = 0; i < charts.Count; i++)
            html.Add($"{Figure(charts[i], first + i)}");
        return html.Add($"</div>");
    }

    static Html Figure(ChartData chart, int number)
    {
        var kind = chart.Kind switch { FigureKind.Bar => "Bar chart", FigureKind.Line => "Line chart", _ => "Scatter plot" };
        var description = $"{kind}: {chart.Title}. {chart.YLabel} against {chart.XLabel}, for {string.Join(", ", chart.Series.Select(series => series.Name))}. {chart.Caption}".TrimEnd();
        var html = new Html().Add($"""
            <figure class="chart"><h3>{chart.Title}</h3><div class="plot" data-figure="{number}" role="img" aria-label="{description}"></div>
            <div class="scroll">{StaticChart.Draw(chart, description)}</div><figcaption>{chart.Caption}
            """);
        if (chart.Series.Any(series => series.Low is not null))
            html.Add($" Mean over the seeds; whiskers reach from the lowest to the highest seed.");
        return html.Add($"""</figcaption><details><summary>Numbers</summary><div class="scroll">{Numerals(chart)}</div></details></figure>""");
    }

    static Html Numerals(ChartData chart)
    {
        var places = chart.Series.SelectMany(Places).Distinct().ToList();
        var html = new Html().Add($"""<table><caption>{chart.Title}: {chart.YLabel}</caption><thead><tr><th scope="col">{chart.XLabel}</th>""");
        foreach (var series in chart.Series)
            html.Add($"""<th scope="col" class="n">{series.Name}</th>""");
        html.Add($"</tr></thead><tbody>");
        var rows = chart.Series.Select(series => Places(series).Zip(series.Y).GroupBy(point => point.First)
            .ToDictionary(point => point.Key, point => string.Join(", ", point.Select(p => Numbers.Text(p.Second))))).ToList();
        foreach (var place in chart.Series.All(series => series.X is not null) ? places.OrderBy(Sortable) : places.AsEnumerable())
        {
            html.Add($"""<tr><th scope="row">{place}</th>""");
            foreach (var row in rows)
                html.Add($"""<td class="n">{row.GetValueOrDefault(place, "")}</td>""");
            html.Add($"</tr>");
        }

        return html.Add($"</tbody></table>");
    }

    static IEnumerable<string> Places(ChartSeries series) =>
        series.X?.Select(x => x.ToString("G6", CultureInfo.InvariantCulture)) ?? series.Labels ?? [];

    static double Sortable(string place) => double.Parse(place, CultureInfo.InvariantCulture);
}
