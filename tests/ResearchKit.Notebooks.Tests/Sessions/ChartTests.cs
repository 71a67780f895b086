using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.CSharp;
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
        Assert.Equal(1, Count(html, "</style>"));
    }
}
