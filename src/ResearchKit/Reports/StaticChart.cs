using System.Globalization;
using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>A chart as SVG, for printing and for viewers without scripts. Its colours are the style sheet's.</summary>
static class StaticChart
{
    const double Width = 520;
    const double TextSize = 13;
    const double PlotHeight = 240;
    const double Right = Width - 14;

    /// <summary>Draws <paramref name="chart"/>; <paramref name="description"/> says in words what it shows.</summary>
    public static Html Draw(ChartData chart, string description)
    {
        var labels = chart.Series.Where(series => series.X is null).SelectMany(series => series.Labels ?? []).Distinct().ToList();
        var values = chart.Series.SelectMany(series => series.Y.Concat(series.Low ?? []).Concat(series.High ?? []));
        var bars = chart.Kind == FigureKind.Bar;
        if (bars && labels.Count == 0)
            labels = [.. chart.Series.SelectMany(series => series.X ?? []).Distinct().Order().Select(Numbers.Text)];
        var y = Axis.Over(values, chart.LogY, fromZero: bars);
        var x = labels.Count > 0 ? null : Axis.Over(chart.Series.SelectMany(series => series.X ?? []), log: false, ends: false);

        var left = 36 + y.Ticks.Max(tick => TextWidth(tick.Label));
        var (legend, legendHeight) = Legend(chart, left);
        var top = legendHeight + 12;
        var bottom = top + PlotHeight;
        var slot = labels.Count > 0 ? (Right - left) / labels.Count : 0;
        var tilted = labels.Count > 0 && labels.Max(TextWidth) > slot - 6;
        var labelHeight = tilted ? Math.Min(120, (labels.Max(TextWidth) * 0.6) + 14) : 20;
        var height = bottom + labelHeight + 30;

        double X(ChartSeries series, int i) => left + (x is not null && series.X is { } at
            ? x.Place(at[i]) * (Right - left)
            : slot * (labels.IndexOf(series.Labels is { } names ? names[i] : Numbers.Text(series.X![i])) + 0.5));
        double Y(double value) => bottom - (y.Place(value) * PlotHeight);

        var svg = new Html();
        svg.Add($"""<svg class="static" viewBox="0 0 {Width} {height}" role="img" aria-label="{description}" font-size="{TextSize}">""");
        svg.Add($"{legend}");
        foreach (var (value, label) in y.Ticks)
            svg.Add($"""<path class="grid" d="M{left} {Y(value)}H{Right}"/><text x="{left - 8}" y="{Y(value) + 4}" text-anchor="end">{label}</text>""");
        foreach (var (value, label) in x?.Ticks ?? [])
        {
            var at = left + (x!.Place(value) * (Right - left));
            svg.Add($"""<path class="tick" d="M{at} {bottom}v5"/><text x="{at}" y="{bottom + 19}" text-anchor="middle">{label}</text>""");
        }

        for (var i = 0; i < labels.Count; i++)
        {
            var at = left + (slot * (i + 0.5));
            if (tilted)
                svg.Add($"""<text transform="translate({at + 4} {bottom + 14}) rotate(-35)" text-anchor="end">{Shortened(labels[i])}</text>""");
            else
                svg.Add($"""<text x="{at}" y="{bottom + 19}" text-anchor="middle">{labels[i]}</text>""");
        }

        for (var i = 0; i < chart.Series.Count; i++)
        {
            svg.Add($"""<g class="{Class(chart, i)}">""");
            if (bars)
                Bars(svg, chart, i, slot, X, Y, y);
            else
                Points(svg, chart, i, X, Y, y);
            svg.Add($"</g>");
        }

        svg.Add($"""<path class="axis" d="M{left} {bottom}H{Right}"/>""");
        svg.Add($"""<text class="title" x="{(left + Right) / 2}" y="{height - 6}" text-anchor="middle">{chart.XLabel}</text>""");
        svg.Add($"""<text class="title" transform="translate(14 {(top + bottom) / 2}) rotate(-90)" text-anchor="middle">{chart.YLabel}</text>""");
        return svg.Add($"</svg>");
    }

    static void Bars(Html svg, ChartData chart, int index, double slot, Func<ChartSeries, int, double> placeX, Func<double, double> placeY, Axis axis)
    {
        var series = chart.Series[index];
        var width = slot * 0.8 / chart.Series.Count;
        var zero = axis.Shows(0) ? placeY(0) : placeY(axis.Ticks[0].Value);
        for (var i = 0; i < series.Count; i++)
        {
            if (!axis.Shows(series.Y[i]))
                continue;
            var x = placeX(series, i) + (width * (index - (chart.Series.Count / 2.0)));
            var y = placeY(series.Y[i]);
            svg.Add($"""<rect class="bar" x="{x + 0.5}" y="{Math.Min(y, zero)}" width="{Math.Max(1, width - 1)}" height="{Math.Abs(y - zero)}"/>""");
            Whisker(svg, series, i, x + (width / 2), placeY, axis);
        }
    }

    static void Points(Html svg, ChartData chart, int index, Func<ChartSeries, int, double> placeX, Func<double, double> placeY, Axis axis)
    {
        var series = chart.Series[index];
        var shown = Enumerable.Range(0, series.Count).Where(i => axis.Shows(series.Y[i]) && (series.X is null || double.IsFinite(series.X[i]))).ToList();
        if (chart.Kind == FigureKind.Line && shown.Count > 1)
        {
            var path = new Html();
            for (var k = 0; k < shown.Count; k++)
            {
                // A value that cannot be drawn is a gap, not a straight line over it.
                var pen = k == 0 || shown[k] != shown[k - 1] + 1 ? "M" : "L";
                path.Add($"{pen}{placeX(series, shown[k])} {placeY(series.Y[shown[k]])}");
            }

            svg.Add($"""<path class="line" d="{path}"/>""");
        }

        foreach (var i in shown)
        {
            Whisker(svg, series, i, placeX(series, i), placeY, axis);
            Mark(svg, series, placeX(series, i), placeY(series.Y[i]));
        }
    }

    static void Mark(Html svg, ChartSeries series, double x, double y)
    {
        if (series.FromPaper)
            svg.Add($"""<path class="dot" d="M{x} {y - 5}l5 5-5 5-5-5z"/>""");
        else
            svg.Add($"""<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>""");
    }

    static void Whisker(Html svg, ChartSeries series, int i, double x, Func<double, double> placeY, Axis axis)
    {
        if (series is { Low: { } low, High: { } high } && axis.Shows(low[i]) && axis.Shows(high[i]) && low[i] < high[i])
            svg.Add($"""<path class="whisker" d="M{x - 3} {placeY(low[i])}h6m-3 0V{placeY(high[i])}m-3 0h6"/>""");
    }

    static (Html Svg, double Height) Legend(ChartData chart, double left)
    {
        var svg = new Html();
        if (chart.Series.Count < 2)
            return (svg, 0);
        var (x, y) = (left, 16.0);
        for (var i = 0; i < chart.Series.Count; i++)
        {
            var width = TextWidth(chart.Series[i].Name) + 40;
            if (x > left && x + width > Right)
                (x, y) = (left, y + 20);
            svg.Add($"""<g class="{Class(chart, i)}">""");
            if (chart.Kind == FigureKind.Bar)
                svg.Add($"""<rect class="bar" x="{x}" y="{y - 10}" width="18" height="11"/>""");
            if (chart.Kind == FigureKind.Line)
                svg.Add($"""<path class="line" d="M{x} {y - 4.5}h18"/>""");
            if (chart.Kind != FigureKind.Bar)
                Mark(svg, chart.Series[i], x + 9, y - 4.5);
            svg.Add($"""</g><text x="{x + 24}" y="{y}">{chart.Series[i].Name}</text>""");
            x += width;
        }

        return (svg, y + 4);
    }

    // Series keep the colour of their place, as plotly's colorway gives it, and repeat after eight.
    static string Class(ChartData chart, int index) => chart.Series[index].FromPaper ? "series paper" : "series s" + (index % 8);

    static string Shortened(string label)
    {
        var text = new StringInfo(label);
        return text.LengthInTextElements <= 26 ? label : text.SubstringByTextElements(0, 25) + "…";
    }

    // The width of a text nobody has laid out yet: 0.55 em a character is close for the fonts in question.
    static double TextWidth(string text) => text.Length * TextSize * 0.55;
}
