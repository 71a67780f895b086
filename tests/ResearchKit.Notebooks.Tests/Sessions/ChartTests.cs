using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.FSharp.Core;
using Plotly.NET;
using Plotly.NET.CSharp;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;
using ResearchKit.Notebooks.Sessions;
using Chart = Plotly.NET.CSharp.Chart;

namespace ResearchKit.Notebooks.Tests.Sessions;

public sealed class ChartTests(Cells cells) : IClassFixture<Cells>
{
    static readonly double[] s_x = [1, 2, 3], s_y = [4, double.NaN, 6];

    static int Count(string html, string part) => html.Split(part).Length - 1;

    [Fact]
    public async Task A_chart_is_shown_as_a_figure_for_plotly_and_as_a_drawing_without_it()
    {
        await cells.RunAsync("#r \"nuget: Plotly.NET.CSharp\"");
        var (_, events) = await cells.RunAsync("Plotly.NET.CSharp.Chart.Point<int, int, string>(x: new[] { 1, 2 }, y: new[] { 3, 4 }, Name: \"ours\")");
        var result = Assert.IsType<ResultEvent>(Assert.Single(events));
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], result.Data.Select(d => d.Key).Order());
        Assert.Equal(2, Count((string)result.Data["text/html"]!, "<circle class=\"dot\""));
    }

    [Fact]
    public void Lines_have_gaps_where_values_are_missing_and_titles_on_their_axes()
    {
        var html = ChartHtml.Of(Chart.Line<double, double, string>(x: s_x, y: s_y, ShowMarkers: true, Name: "run")
            .WithTitle("Errors").WithXAxisStyle<double, double, string>(TitleText: "epoch").WithYAxisStyle<double, double, string>(TitleText: "error, %"));
        Assert.Contains("<figcaption>Errors</figcaption>", html);
        Assert.Contains(">epoch</text>", html);
        Assert.Contains(">error, %</text>", html);
        Assert.Equal(2, Count(html, "<circle class=\"dot\""));
    }

    [Fact]
    public void Bars_stand_on_labels_and_whiskers_on_bars()
    {
        var html = ChartHtml.Of(Chart.Column<double, string, string>(values: s_x, Keys: new[] { "a", "b", "c" })
            .WithYErrorStyle<double, double>(Array: s_x));
        Assert.Equal(3, Count(html, "<rect class=\"bar\""));
        Assert.Equal(3, Count(html, "class=\"whisker\""));
        Assert.Contains(">c</text>", html);
    }

    [Fact]
    public void Nothing_in_a_chart_becomes_markup()
    {
        const string hostile = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'";
        var html = ChartHtml.Of(Chart.Combine([
            Chart.Line<string, double, string>(x: new[] { hostile, "b", "c" }, y: s_x, Name: hostile),
            Chart.Line<string, double, string>(x: new[] { hostile, "b", "c" }, y: s_x, Name: hostile),
        ]).WithTitle(hostile).WithXAxisStyle<double, double, string>(TitleText: hostile));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("</style>", html);
    }

    [Fact]
    public void Histograms_are_counted_into_bins()
    {
        // 0 to 9, five in each of two bins.
        var html = Draw(Chart.Histogram<int, int, string>(X: Enumerable.Range(0, 10).ToArray(), XBins: Bins.init(Start: 0.0, End: 10.0, Size: 5.0)));
        Assert.Equal(2, Count(html, "<rect class=\"bar\""));
        Assert.Contains(">5</text>", html);
        Assert.Equal(3, Count(Draw(Chart.Histogram<string, int, string>(X: new[] { "a", "b", "b", "c" })), "<rect class=\"bar\""));
    }

    [Fact]
    public void Boxes_stand_on_the_names_of_their_traces_with_outliers_as_dots()
    {
        var html = Draw(Chart.BoxPlot<string, double, string>(Y: new[] { 1.0, 2, 3, 4, 100 }, Name: "run"));
        Assert.Equal((1, 1, 1), (Count(html, "class=\"box\""), Count(html, "class=\"median\""), Count(html, "class=\"dot\"")));
        Assert.Contains(">run</text>", html);
    }

    [Fact]
    public void Violins_have_an_outline_and_a_box_in_it()
    {
        var html = Draw(Chart.Violin<string, double, string>(Y: new[] { 1.0, 2, 3, 4 }, ShowBox: true, MeanLine: MeanLine.init(Visible: true)));
        Assert.Equal((1, 1, 1), (Count(html, "class=\"violin\""), Count(html, "class=\"box\""), Count(html, "class=\"mean\"")));
    }

    [Fact]
    public void Heatmaps_are_cells_of_a_scale()
    {
        var html = Draw(Chart.Heatmap<double, string, string, string>(
            zData: new[] { new[] { 0.0, 1 }, [double.NaN, 2] }, X: new[] { "a", "b" }, Y: new[] { "r", "s" },
            ColorScale: StyleParam.Colorscale.NewCustom([Tuple.Create(0.0, Color.fromHex("#000000")), Tuple.Create(1.0, Color.fromHex("#ffffff"))])));
        Assert.Equal(3, Count(html, "<rect class=\"cell\""));
        Assert.Contains("fill=\"#000000\"", html);
        Assert.Contains("fill=\"#808080\"", html);
        Assert.Contains("fill=\"#ffffff\"", html);
        Assert.Contains("class=\"scale\"", html);
        Assert.Contains(">s</text>", html);
    }

    [Fact]
    public void A_large_heatmap_is_a_few_paths()
    {
        var rows = Enumerable.Range(0, 100).Select(i => Enumerable.Range(0, 100).Select(j => (double)(i * j)));
        var html = ChartHtml.Of(Chart.Heatmap<double, double, double, string>(zData: rows));
        Assert.DoesNotContain("class=\"cell\"", html);
        Assert.InRange(Count(html, "class=\"cells\""), 20, 100);
        Assert.DoesNotContain("remark", html);
        var coarser = ChartHtml.Of(Chart.Heatmap<double, double, double, string>(zData: Enumerable.Repeat(Enumerable.Repeat(1.0, 150), 40)));
        Assert.Contains("means of 1 x 2 cells", coarser);
    }

    [Fact]
    public void Two_dimensional_histograms_are_counted_into_cells()
    {
        var html = Draw(Chart.Histogram2D<int, int, int>(x: new[] { 0, 0, 1 }, y: new[] { 0, 0, 1 }));
        Assert.Equal(4, Count(html, "<rect class=\"cell\""));
    }

    [Fact]
    public void Sectors_say_their_share()
    {
        var html = Draw(Chart.Pie<double, string, string>(values: new[] { 1.0, 3 }, Labels: new[] { "a", "b" }));
        Assert.Equal(2, Count(html, "class=\"sector\""));
        Assert.Contains(">75%</text>", html);
        // The larger comes first in the legend, as in plotly.js.
        Assert.True(html.IndexOf(">b</text>", StringComparison.Ordinal) < html.IndexOf(">a</text>", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_bars_go_both_ways_and_their_ends_are_on_the_axes()
    {
        var html = Draw(Chart.Point<double, double, string>(x: new[] { 1.0, 2 }, y: new[] { 1.0, 2 })
            .WithXErrorStyle<double, double>(Array: new[] { 0.5, 0.5 }).WithYErrorStyle<double, double>(Array: new[] { 10.0, 10 }, Symmetric: true));
        Assert.Equal(4, Count(html, "class=\"whisker\""));
        Assert.Contains(">10</text>", html);
    }

    [Fact]
    public void Bars_lie_stack_and_say_their_texts()
    {
        var lying = Draw(Chart.Bar<double, string, string>(values: new[] { 1.0, 2 }, Keys: new[] { "a", "b" }, MultiText: new[] { "one", "two" }));
        Assert.Equal(2, Count(lying, "<rect class=\"bar\""));
        Assert.Contains(">two</text>", lying);
        // 3 and 4 on one another reach beyond 6.
        var stacked = Draw(Chart.Combine([
            Chart.StackedColumn<double, string, string>(values: new[] { 3.0 }, Keys: new[] { "a" }), Chart.StackedColumn<double, string, string>(values: new[] { 4.0 }, Keys: new[] { "a" }),
        ]));
        Assert.Contains(">6</text>", stacked);
    }

    [Fact]
    public void A_grid_has_axes_and_a_title_for_each_cell()
    {
        var point = Chart.Point<double, double, string>(x: new[] { 1.0, 2 }, y: new[] { 1.0, 2 });
        var html = Draw(Chart.Grid([point, point, point, Chart.Pie<double, string, string>(values: new[] { 1.0, 3 })], 2, 2, SubPlotTitles: new[] { "first", "second", "third", "fourth" }));
        Assert.Equal(3, Count(html, "class=\"axis\" stroke=\"#888\" fill"));
        Assert.Equal(2, Count(html, "class=\"sector\""));
        Assert.Contains(">fourth</text>", html);
    }

    [Fact]
    public void What_cannot_be_drawn_is_named_in_the_drawing()
    {
        var chart = Chart.Line<double, double, string>(x: s_x, y: s_x, Name: "seen");
        var surface = GenericChart.mapTrace(
            FuncConvert.FromFunc((Trace t) =>
            {
                t.SetValue("type", "surface");
                return t;
            }),
            Chart.Line<double, double, string>(x: s_x, y: s_x, Name: "relief"));
        var html = ChartHtml.Of(Chart.Combine([chart, surface]));
        Assert.Contains("relief (surface) needs plotly.js to be drawn.", html);
        Assert.Contains("class=\"line\"", html);
    }

    [Fact]
    public void Shapes_and_texts_stand_on_the_axes()
    {
        var html = Draw(Chart.Line<double, double, string>(x: s_x, y: new[] { 1.0, 2, 3 })
            .WithShape(Shape.init<double, double, double, double>(ShapeType: StyleParam.ShapeType.Line, X0: 1.0, X1: 3.0, Y0: 20.0, Y1: 20.0))
            .WithAnnotation(Annotation.init<double, double, double, double, string, string>(X: 2.0, Y: 2.0, Text: "<b>limit</b>", ShowArrow: false)));
        Assert.Contains("class=\"shape\"", html);
        Assert.Contains(">limit</text>", html);
        Assert.Contains(">20</text>", html);
    }

    [Fact]
    public void A_table_is_a_table()
    {
        var html = ChartHtml.Of(Chart.Table<string, string>(headerValues: new[] { new[] { "<b>name</b>" } }, cellsValues: new[] { new[] { "<i>a</i>&" } }));
        Assert.Contains("<th>name</th>", html);
        Assert.Contains("<td>a&amp;</td>", html);
    }

    [Fact]
    public void A_colour_that_is_none_does_not_come_into_the_drawing()
    {
        var html = Draw(Chart.Point<double, double, string>(x: s_x, y: s_x, MarkerColor: Color.fromString("url(https://example.org/a)")));
        Assert.DoesNotContain("url(", html);
    }

    static string Draw(GenericChart chart)
    {
        var html = ChartHtml.Of(chart);
        Assert.DoesNotContain("NaN", html);
        Assert.DoesNotContain("−0<", html);
        Assert.DoesNotContain("class=\"remark\"", html);
        return html;
    }
}
