using Plotly.NET;
using Plotly.NET.CSharp;
using ResearchKit.Experiments;
using Chart = Plotly.NET.CSharp.Chart;

namespace ResearchKit.Reports;

/// <summary>A chart as plotly's figure JSON. Sizes and colours come from the page, which knows its width and theme.</summary>
static class PlotlyFigure
{
    // Legible on light and dark; the style sheet calls it --paper.
    static readonly Color PaperColor = Color.fromHex("#8a919c");

    /// <summary>The figure JSON of <paramref name="chart"/>.</summary>
    public static string Json(ChartData chart)
    {
        var traces = chart.Series.Select(series => WithSpan(Trace(chart.Kind, series), chart.Kind, series));
        var yAxis = chart.LogY ? StyleParam.AxisType.Log : StyleParam.AxisType.Linear;
        // Labels such as "4" would else be taken for numbers.
        var xAxis = chart.Series.Any(series => series.X is null) ? StyleParam.AxisType.Category : StyleParam.AxisType.Linear;
        return GenericChart.toFigureJson(Chart.Combine(traces)
            .WithXAxisStyle<double, double, string>(TitleText: Literal(chart.XLabel), AxisType: xAxis)
            .WithYAxisStyle<double, double, string>(TitleText: Literal(chart.YLabel), AxisType: yAxis)
            .WithLegend(chart.Series.Count > 1)
            .WithLegendStyle(Orientation: StyleParam.Orientation.Horizontal, X: 0, Y: 1.02));
    }

    static GenericChart Trace(FigureKind kind, ChartSeries series)
    {
        var name = Literal(series.Name);
        var labels = (series.Labels ?? []).Select(Literal).ToArray();
        return (kind, series.X, series.FromPaper) switch
        {
            (FigureKind.Bar, null, false) => Chart.Column<double, string, string>(series.Y, Keys: labels, Name: name, UseDefaults: false),
            (FigureKind.Bar, null, true) =>
                Chart.Column<double, string, string>(series.Y, Keys: labels, Name: name, MarkerColor: PaperColor, UseDefaults: false),
            (FigureKind.Bar, { } x, false) =>
                Chart.Column<double, double, string>(series.Y, Keys: x.ToArray(), Name: name, UseDefaults: false),
            (FigureKind.Bar, { } x, true) => Chart.Column<double, double, string>(
                series.Y, Keys: x.ToArray(), Name: name, MarkerColor: PaperColor, UseDefaults: false),
            (_, null, _) => Scatter(kind, labels, series, name),
            (_, { } x, _) => Scatter(kind, x, series, name),
        };
    }

    static GenericChart Scatter<T>(FigureKind kind, IEnumerable<T> x, ChartSeries series, string name)
        where T : IConvertible => (kind, series.FromPaper) switch
        {
            (FigureKind.Point, false) => Chart.Point<T, double, string>(x, series.Y, Name: name, UseDefaults: false),
            (FigureKind.Point, true) => Chart.Point<T, double, string>(
                x, series.Y, Name: name, MarkerColor: PaperColor, MarkerSymbol: StyleParam.MarkerSymbol.Diamond, UseDefaults: false),
            (_, false) => Chart.Line<T, double, string>(x, series.Y, ShowMarkers: true, Name: name, UseDefaults: false),
            (_, true) => Chart.Line<T, double, string>(
                x, series.Y, ShowMarkers: true, Name: name, MarkerColor: PaperColor, MarkerSymbol: StyleParam.MarkerSymbol.Diamond,
                LineColor: PaperColor, LineDash: StyleParam.DrawingStyle.Dash, UseDefaults: false),
        };

    static GenericChart WithSpan(GenericChart trace, FigureKind kind, ChartSeries series) =>
        series is { Low: { } low, High: { } high }
            ? trace.WithYErrorStyle<double, double>(
                Array: high.Zip(series.Y, (h, y) => h - y).ToArray(),
                Arrayminus: low.Zip(series.Y, (l, y) => y - l).ToArray(),
                Symmetric: false,
                Thickness: 1.0,
                Width: kind == FigureKind.Bar ? 4.0 : 2.0)
            : trace;

    // plotly reads a few HTML tags in texts: what looks like one is shown as it was written.
    static string Literal(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
