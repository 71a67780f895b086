using System.Text.Json.Nodes;
using Plotly.NET;
using Plotly.NET.CSharp;
using Chart = Plotly.NET.CSharp.Chart;

namespace PackageContract.Tests;

/// <summary>The members of Plotly.NET that the kit calls, by the figure JSON that they give.</summary>
public class PlotlyTests
{
    static readonly double[] X = [1, 2];
    static readonly double[] Y = [3, 4.5];
    static readonly string[] Labels = ["a", "b"];

    [Fact]
    public void A_line_with_markers()
    {
        var chart = Chart.Line<double, double, string>(
            x: X, y: Y, ShowMarkers: true, Name: "run 1", ShowLegend: false, Opacity: 0.5, MarkerColor: Color.fromHex("#8a919c"),
            MarkerSymbol: StyleParam.MarkerSymbol.Diamond, LineColor: Color.fromString("red"), LineWidth: 2.0,
            LineDash: StyleParam.DrawingStyle.Dash, UseDefaults: false);
        Same(
            """
            {"data":[{"type":"scatter","name":"run 1","showlegend":false,"opacity":0.5,"mode":"lines+markers","x":[1,2],"y":[3,4.5],
            "marker":{"color":"#8a919c","symbol":"2"},"line":{"color":"red","width":2,"dash":"dash"}}],"layout":{},"frames":[]}
            """,
            GenericChart.toFigureJson(chart));
    }

    [Fact]
    public void A_line_without_markers()
    {
        var trace = Trace(GenericChart.toFigureJson(Chart.Line<double, double, string>(x: X, y: Y, UseDefaults: false)));
        Assert.Equal("lines", (string?)trace["mode"]);
    }

    [Fact]
    public void Points_over_labels() => Same(
        """{"data":[{"type":"scatter","name":"paper","mode":"markers","x":["a","b"],"y":[3,4.5],"marker":{"symbol":"0"}}],"layout":{},"frames":[]}""",
        GenericChart.toFigureJson(Chart.Point<string, double, string>(
            x: Labels, y: Y, Name: "paper", MarkerSymbol: StyleParam.MarkerSymbol.Circle, UseDefaults: false)));

    [Fact]
    public void Columns_stand_on_their_keys() => Same(
        """{"data":[{"type":"bar","name":"ours","x":["a","b"],"y":[3,4.5],"orientation":"v","marker":{"color":"#123456"}}],"layout":{},"frames":[]}""",
        GenericChart.toFigureJson(Chart.Column<double, string, string>(
            values: Y, Keys: Labels, Name: "ours", MarkerColor: Color.fromHex("#123456"), UseDefaults: false)));

    [Fact]
    public void Error_bars_reach_up_and_down()
    {
        var chart = Chart.Point<double, double, string>(x: X, y: Y, UseDefaults: false)
            .WithYErrorStyle<double, double>(Array: X, Arrayminus: Y, Symmetric: false, Thickness: 1.0, Width: 2.0);
        Same(
            """{"symmetric":false,"array":[1,2],"arrayminus":[3,4.5],"thickness":1,"width":2}""",
            Trace(GenericChart.toFigureJson(chart))["error_y"]!.ToJsonString());
    }

    [Fact]
    public void Combining_appends_traces_and_the_later_layout_wins()
    {
        var one = Chart.Line<double, double, string>(x: X, y: Y, Name: "one", UseDefaults: false).WithTitle("first").WithLegend(false);
        var two = Chart.Point<double, double, string>(x: X, y: Y, Name: "two", UseDefaults: false).WithTitle("second");
        var figure = JsonNode.Parse(GenericChart.toFigureJson(Chart.Combine([one, two])))!;
        Assert.Equal(["one", "two"], figure["data"]!.AsArray().Select(trace => (string)trace!["name"]!));
        Same("""{"title":{"text":"second"},"showlegend":false}""", figure["layout"]!.ToJsonString());
    }

    [Fact]
    public void Layout_takes_axes_legend_and_size()
    {
        var chart = Chart.Line<double, double, string>(x: X, y: Y, UseDefaults: false)
            .WithTitle("title")
            .WithXAxisStyle<double, double, string>(TitleText: "epoch", AxisType: StyleParam.AxisType.Linear, MinMax: Tuple.Create(0.0, 10.0))
            .WithYAxisStyle<double, double, string>(TitleText: "error, %", AxisType: StyleParam.AxisType.Log)
            .WithLegend(true)
            .WithLegendStyle(Orientation: StyleParam.Orientation.Horizontal, X: 0.0, Y: 1.02)
            .WithSize(Width: 640, Height: 400);
        Same(
            """
            {"title":{"text":"title"},"xaxis":{"title":{"text":"epoch"},"type":"linear","range":[0,10]},
            "yaxis":{"title":{"text":"error, %"},"type":"log"},"showlegend":true,"legend":{"orientation":"h","x":0,"y":1.02},"width":640,"height":400}
            """,
            JsonNode.Parse(GenericChart.toFigureJson(chart))!["layout"]!.ToJsonString());
    }

    [Fact]
    public void A_value_that_is_no_number_is_not_written_as_one()
    {
        var trace = Trace(GenericChart.toFigureJson(
            Chart.Line<double, double, string>(x: X, y: new[] { double.NaN, double.PositiveInfinity }, UseDefaults: false)));
        // null here, strings in the package: plotly.js shows a gap for both.
        Assert.All(trace["y"]!.AsArray(), value => Assert.True(value is null || value.GetValueKind() == System.Text.Json.JsonValueKind.String));
    }

    [Fact]
    public void Texts_come_back_as_they_went_in()
    {
        const string Name = "</script><b>\"ä\u2028 \\ π";
        var json = GenericChart.toFigureJson(Chart.Line<double, double, string>(x: X, y: Y, Name: Name, UseDefaults: false));
        Assert.Equal(Name, (string?)Trace(json)["name"]);
    }

    [Fact]
    public void Defaults_are_600_by_600_pixels()
    {
        var layout = JsonNode.Parse(GenericChart.toFigureJson(Chart.Line<double, double, string>(x: X, y: Y)))!["layout"]!;
        Assert.Equal((600, 600), ((int)layout["width"]!, (int)layout["height"]!));
    }

    static JsonObject Trace(string figure) => JsonNode.Parse(figure)!["data"]![0]!.AsObject();

    static void Same(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected} but got {actual}");
}
