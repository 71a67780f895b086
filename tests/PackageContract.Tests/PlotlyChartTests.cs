using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using Chart = Plotly.NET.CSharp.Chart;

namespace PackageContract.Tests;

/// <summary>The kinds of charts and their styles, by the names that the figure has in plotly.js's schema.</summary>
public class PlotlyChartTests
{
    static readonly double[] X = [1, 2, 3];
    static readonly double[] Y = [3, 4.5, 2];
    static readonly string[] Labels = ["a", "b", "c"];
    static readonly double[][] Z = [[1, 2, 3], [4, 5, 6]];

    [Fact]
    public void Scatter_says_its_mode()
    {
        Has(Chart.Scatter<double, double, string>(x: X, y: Y, mode: StyleParam.Mode.Lines_Markers, UseDefaults: false), """{"type":"scatter","mode":"lines+markers"}""");
        Has(Chart.Point<double, double, string>(x: X, y: Y, MultiText: Labels, TextPosition: StyleParam.TextPosition.TopCenter),
            """{"type":"scatter","mode":"markers+text","text":["a","b","c"],"textposition":"top center"}""");
    }

    [Fact]
    public void A_spline_is_a_line_of_that_shape() => Has(
        Chart.Spline<double, double, string>(x: X, y: Y, Smoothing: 0.5, LineColor: Color.fromString("red")),
        """{"type":"scatter","mode":"lines","line":{"shape":"spline","smoothing":0.5,"color":"red"}}""");

    [Fact]
    public void Areas_are_filled_to_zero_or_stacked()
    {
        Has(Chart.Area<double, double, string>(x: X, y: Y), """{"type":"scatter","mode":"lines","fill":"tozeroy"}""");
        Has(Chart.SplineArea<double, double, string>(x: X, y: Y), """{"type":"scatter","fill":"tozeroy","line":{"shape":"spline"}}""");
        Has(Chart.StackedArea<double, double, string>(x: X, y: Y), """{"type":"scatter","fill":"tonexty","stackgroup":"stackedarea"}""");
    }

    [Fact]
    public void A_bubble_has_sizes() => Has(
        Chart.Bubble<double, double, string>(x: X, y: Y, sizes: new[] { 10, 20, 30 }, MarkerSymbol: StyleParam.MarkerSymbol.TriangleUp),
        """{"type":"scatter","mode":"markers","marker":{"size":[10,20,30],"symbol":"5"}}""");

    [Fact]
    public void A_range_is_three_lines_of_one_group()
    {
        var chart = Chart.Range<double, double, string>(
            x: X, y: Y, upper: new[] { 4.0, 5, 3 }, lower: new[] { 2.0, 4, 1 }, mode: StyleParam.Mode.Lines, Name: "mean");
        var traces = Figure(chart)["data"]!.AsArray();
        Assert.Equal(3, traces.Count);
        Assert.Single(traces.Select(t => (string?)t!["legendgroup"]).Distinct());
        Has(traces[0]!, """{"y":[2,4,1]}""");
        Has(traces[1]!, """{"y":[4,5,3],"fill":"tonexty"}""");
        Has(traces[2]!, """{"y":[3,4.5,2],"mode":"lines","name":"mean"}""");
    }

    [Fact]
    public void Bars_lie_and_columns_stand()
    {
        Has(Chart.Bar<double, string, string>(values: Y, Keys: Labels, MultiText: Labels, TextPosition: StyleParam.TextPosition.Outside),
            """{"type":"bar","orientation":"h","x":[3,4.5,2],"y":["a","b","c"],"text":["a","b","c"],"textposition":"outside"}""");
        Has(Chart.Column<double, string, string>(values: Y, Keys: Labels, MarkerPatternShape: StyleParam.PatternShape.Dots),
            """{"type":"bar","orientation":"v","x":["a","b","c"],"y":[3,4.5,2],"marker":{"pattern":{"shape":"."}}}""");
    }

    [Fact]
    public void Stacked_bars_say_so_in_the_layout()
    {
        foreach (var chart in new[]
        {
            Chart.StackedBar<double, string, string>(values: Y, Keys: Labels), Chart.StackedColumn<double, string, string>(values: Y, Keys: Labels),
        })
            Has(Figure(chart)["layout"]!, """{"barmode":"stack"}""");
    }

    [Fact]
    public void A_histogram_has_bins_and_a_norm()
    {
        Has(Chart.Histogram<double, double, string>(
                X: Y, NBinsX: 10, HistNorm: StyleParam.HistNorm.ProbabilityDensity, HistFunc: StyleParam.HistFunc.Count,
                Cumulative: Cumulative.init(Enabled: true), XBins: Bins.init(Start: 0.0, End: 5.0, Size: 0.5)),
            """
            {"type":"histogram","x":[3,4.5,2],"nbinsx":10,"histnorm":"probability density","histfunc":"count",
            "cumulative":{"enabled":true},"xbins":{"start":0,"end":5,"size":0.5}}
            """);
        Has(Chart.Histogram2D<double, double, double>(x: X, y: Y, NBinsX: 4, ColorScale: StyleParam.Colorscale.Viridis),
            """{"type":"histogram2d","x":[1,2,3],"y":[3,4.5,2],"nbinsx":4,"colorscale":"Viridis"}""");
    }

    [Fact]
    public void Boxes_and_violins_show_distributions()
    {
        Has(Chart.BoxPlot<string, double, string>(
                Y: Y, Name: "run", BoxPoints: StyleParam.BoxPoints.All, BoxMean: StyleParam.BoxMean.SD, Jitter: 0.1, PointPos: 1.5,
                Notched: true, OutlineColor: Color.fromHex("#123456")),
            """
            {"type":"box","y":[3,4.5,2],"name":"run","boxpoints":"all","boxmean":"sd","jitter":0.1,"pointpos":1.5,"notched":true,
            "line":{"color":"#123456"}}
            """);
        Has(Chart.BoxPlot<string, double, string>(Y: Y, BoxPoints: StyleParam.BoxPoints.False, BoxMean: StyleParam.BoxMean.True),
            """{"boxpoints":false,"boxmean":true}""");
        Has(Chart.Violin<string, double, string>(
                Y: Y, ShowBox: true, MeanLine: MeanLine.init(Visible: true), Points: StyleParam.JitterPoints.False, Side: StyleParam.ViolinSide.Positive,
                SpanMode: StyleParam.SpanMode.Hard),
            """{"type":"violin","y":[3,4.5,2],"box":{"visible":true},"meanline":{"visible":true},"points":false,"side":"positive","spanmode":"hard"}""");
    }

    [Fact]
    public void Heatmaps_are_rows_of_numbers()
    {
        Has(Chart.Heatmap<double, string, string, string>(
                zData: Z, X: Labels, Y: new[] { "r", "s" }, ColorScale: StyleParam.Colorscale.NewCustom([Tuple.Create(0.0, Color.fromHex("#ffffff")), Tuple.Create(1.0, Color.fromHex("#000000"))]),
                ShowScale: true, ReverseScale: true),
            """
            {"type":"heatmap","z":[[1,2,3],[4,5,6]],"x":["a","b","c"],"y":["r","s"],"showscale":true,"reversescale":true,
            "colorscale":[[0,"#ffffff"],[1,"#000000"]]}
            """);
        Has(Figure(Chart.Heatmap<double, string, string, string>(zData: Z, ReverseYAxis: true))["layout"]!, """{"yaxis":{"autorange":"reversed"}}""");
        Has(Chart.Contour<double, double, double, string>(zData: Z, ShowContourLabels: true, ContoursColoring: StyleParam.ContourColoring.Lines),
            """{"type":"contour","z":[[1,2,3],[4,5,6]],"contours":{"coloring":"lines","showlabels":true}}""");
    }

    [Fact]
    public void An_annotated_heatmap_has_a_text_on_each_cell()
    {
        var layout = Figure(Chart.AnnotatedHeatmap<double, string, string, string>(
            zData: Z, annotationText: new[] { new[] { "1", "2", "3" }, ["4", "5", "6"] }, X: Labels, Y: new[] { "r", "s" }))["layout"]!;
        Assert.Equal(6, layout["annotations"]!.AsArray().Count);
        Has(layout["annotations"]![5]!, """{"x":"c","y":"s","text":"6","showarrow":false}""");
    }

    [Fact]
    public void Pies_have_values_and_labels()
    {
        Has(Chart.Pie<double, string, string>(values: Y, Labels: Labels, Name: "shares"), """{"type":"pie","values":[3,4.5,2],"labels":["a","b","c"],"name":"shares"}""");
        Has(Chart.Doughnut<double, string, string>(values: Y, Labels: Labels, Hole: 0.3), """{"type":"pie","hole":0.3}""");
    }

    [Fact]
    public void Error_bars_go_both_ways()
    {
        var chart = Chart.Point<double, double, string>(x: X, y: Y)
            .WithXErrorStyle<double, double>(Array: Y, Symmetric: true)
            .WithYErrorStyle<double, double>(Array: X, Color: Color.fromString("gray"), Width: 3.0);
        Has(chart, """{"error_x":{"array":[3,4.5,2],"symmetric":true},"error_y":{"array":[1,2,3],"color":"gray","width":3}}""");
    }

    [Fact]
    public void Styles_are_put_over_what_is_there()
    {
        var chart = Chart.Line<double, double, string>(x: X, y: Y, LineColor: Color.fromString("red"), ShowMarkers: true)
            .WithLineStyle(Width: 3.0, Dash: StyleParam.DrawingStyle.DashDot)
            .WithMarkerStyle(Size: 9, Symbol: StyleParam.MarkerSymbol.Cross)
            .WithTraceInfo(Name: "run", ShowLegend: true, LegendGroup: "g");
        Has(chart, """
            {"line":{"color":"red","width":3,"dash":"dashdot"},"marker":{"size":9,"symbol":"3"},"name":"run","showlegend":true,"legendgroup":"g"}
            """);
    }

    [Fact]
    public void The_names_of_several_traces_are_numbered()
    {
        var chart = Chart.Combine([Chart.Line<double, double, string>(x: X, y: Y), Chart.Line<double, double, string>(x: X, y: Y)]).WithTraceInfo(Name: "run");
        Assert.Equal(["run", "run_1"], Figure(chart)["data"]!.AsArray().Select(t => (string?)t!["name"]));
    }

    [Fact]
    public void An_axis_has_many_properties()
    {
        var chart = Chart.Point<double, double, string>(x: X, y: Y)
            .WithXAxisStyle<double, double, string>(
                TitleText: "epoch", ShowGrid: false, ShowLine: true, Mirror: StyleParam.Mirror.All, ZeroLine: false, Side: StyleParam.Side.Top,
                CategoryOrder: StyleParam.CategoryOrder.TotalDescending);
        Has(Figure(chart)["layout"]!, """
            {"xaxis":{"title":{"text":"epoch"},"showgrid":false,"showline":true,"mirror":"all","zeroline":false,"side":"top",
            "categoryorder":"total descending"}}
            """);
    }

    [Fact]
    public void A_second_axis_lies_over_the_first()
    {
        var chart = Chart.Combine([
            Chart.Line<double, double, string>(x: X, y: Y).WithAxisAnchor(Y: 1),
            Chart.Line<double, double, string>(x: X, y: X).WithAxisAnchor(Y: 2),
        ]).WithYAxisStyle<double, double, string>(
            TitleText: "right", Side: StyleParam.Side.Right, Overlaying: StyleParam.LinearAxisId.NewY(1), Id: StyleParam.SubPlotId.NewYAxis(2));
        Has(Figure(chart)["data"]![1]!, """{"yaxis":"y2"}""");
        Has(Figure(chart)["layout"]!, """{"yaxis2":{"title":{"text":"right"},"side":"right","overlaying":"y"}}""");
    }

    [Fact]
    public void The_layout_takes_margins_shapes_and_a_template()
    {
        var chart = Chart.Point<double, double, string>(x: X, y: Y)
            .WithMargin(Margin.init<int, int, int, int, int>(Left: 10, Right: 20, Top: 30, Bottom: 40))
            .WithShape(Shape.init<double, double, double, double>(ShapeType: StyleParam.ShapeType.Rectangle, X0: 1.0, X1: 2.0, Y0: 0.0, Y1: 1.0))
            .WithLayoutStyle(BarMode: StyleParam.BarMode.Overlay, HoverMode: StyleParam.HoverMode.XUnified)
            .WithTemplate(ChartTemplates.dark);
        var layout = Figure(chart)["layout"]!;
        Has(layout, """
            {"margin":{"l":10,"r":20,"t":30,"b":40},"shapes":[{"type":"rect","x0":1,"x1":2,"y0":0,"y1":1}],
            "barmode":"overlay","hovermode":"x unified"}
            """);
        Assert.NotNull(layout["template"]!["layout"]!["paper_bgcolor"]);
    }

    [Fact]
    public void Combining_keeps_the_annotations_of_all()
    {
        GenericChart With(string text) => Chart.AnnotatedHeatmap<double, string, string, string>(
            zData: new[] { new[] { 1.0 } }, annotationText: new[] { new[] { text } });
        var layout = Figure(Chart.Combine([With("one"), With("two")]))["layout"]!;
        Assert.Equal(["one", "two"], layout["annotations"]!.AsArray().Select(a => (string?)a!["text"]));
    }

    [Fact]
    public void A_grid_gives_each_chart_axes_of_its_own()
    {
        var chart = Chart.Grid(
            [
                Chart.Point<double, double, string>(x: X, y: Y).WithXAxisStyle<double, double, string>(TitleText: "first"),
                Chart.Line<double, double, string>(x: X, y: Y).WithXAxisStyle<double, double, string>(TitleText: "second"),
            ],
            1, 2);
        var figure = Figure(chart);
        Has(figure["data"]![1]!, """{"xaxis":"x2","yaxis":"y2"}""");
        Has(figure["layout"]!, """{"grid":{"rows":1,"columns":2,"pattern":"independent"},"xaxis":{"title":{"text":"first"}},"xaxis2":{"title":{"text":"second"}}}""");
    }

    [Fact]
    public void A_coupled_grid_shares_axes_along_rows_and_columns()
    {
        var one = Chart.Point<double, double, string>(x: X, y: Y);
        var figure = Figure(Chart.Grid([one, one, one, one], 2, 2, Pattern: StyleParam.LayoutGridPattern.Coupled));
        Assert.Equal(["x y", "x2 y", "x y2", "x2 y2"], figure["data"]!.AsArray().Select(t => $"{t!["xaxis"]} {t["yaxis"]}"));
    }

    [Fact]
    public void A_table_has_columns()
    {
        var chart = Chart.Table<string, string>(headerValues: new[] { new[] { "name" }, ["value"] }, cellsValues: new[] { new[] { "a", "1" }, ["b", "2"] });
        Has(chart, """{"type":"table","header":{"values":[["name"],["value"]]},"cells":{"values":[["a","b"],["1","2"]]}}""");
    }

    [Fact]
    public void Colors_are_what_plotly_reads()
    {
        Assert.Matches("^(#ff0080|rgba\\(255, ?0, ?128, ?1(\\.0)?\\))$", Of(Color.fromRGB(255, 0, 128)));
        Assert.Equal("red", Of(Color.fromString("red")));
        string Of(Color color) => (string)Figure(Chart.Point<double, double, string>(x: X, y: Y, MarkerColor: color))["data"]![0]!["marker"]!["color"]!;
    }

    [Fact]
    public void A_page_holds_the_figure_and_no_text_ends_its_script()
    {
        var html = GenericChart.toEmbeddedHTML(Chart.Point<double, double, string>(x: X, y: Y, Name: "</script><b>"));
        Assert.Contains("Plotly.newPlot(", html);
        Assert.DoesNotContain("</script><b>", html);
        Assert.Contains("<script", html);
    }

    [Fact]
    public void A_saved_page_gets_its_ending()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("chart-").FullName, "page");
        Chart.Point<double, double, string>(x: X, y: Y).SaveHtml(path);
        Assert.Contains("Plotly.newPlot(", File.ReadAllText(path + ".html"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    static JsonNode Figure(GenericChart chart) => JsonNode.Parse(GenericChart.toFigureJson(chart))!;

    static void Has(GenericChart chart, string expected) => Has(Figure(chart)["data"]![0]!, expected);

    // All that is expected is there; there may be more.
    static void Has(JsonNode actual, string expected) => Assert.True(
        Contains(actual, JsonNode.Parse(expected)!), $"Expected at least {expected} but got {actual.ToJsonString()}");

    static bool Contains(JsonNode? actual, JsonNode? expected) => (actual, expected) switch
    {
        (JsonObject a, JsonObject e) => e.All(p => a.ContainsKey(p.Key) && Contains(a[p.Key], p.Value)),
        (JsonArray a, JsonArray e) => a.Count == e.Count && a.Zip(e).All(p => Contains(p.First, p.Second)),
        _ => JsonNode.DeepEquals(actual, expected),
    };
}
