using System.Text.Json.Nodes;

namespace Plotly.NET.CSharp;

/// <summary>Makes charts.</summary>
public static class Chart
{
    /// <summary>Points joined by a line.</summary>
    public static GenericChart Line<XType, YType, TextType>(
        IEnumerable<XType> x,
        IEnumerable<YType> y,
        Optional<bool> ShowMarkers = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<Color> LineColor = default,
        Optional<double> LineWidth = default,
        Optional<StyleParam.DrawingStyle> LineDash = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible
    {
        var mode = ShowMarkers is { IsSome: true, Value: true } ? "lines+markers" : "lines";
        var trace = Scatter(mode, x, y, Name, ShowLegend, Opacity, MarkerColor, MarkerSymbol);
        trace.SetObject(
            "line",
            new JsonObject().Set("color", LineColor).Set("width", LineWidth).Set("dash", LineDash, v => v.Value));
        return Single(trace, UseDefaults);
    }

    /// <summary>Points.</summary>
    public static GenericChart Point<XType, YType, TextType>(
        IEnumerable<XType> x,
        IEnumerable<YType> y,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<Color> MarkerColor = default,
        Optional<StyleParam.MarkerSymbol> MarkerSymbol = default,
        Optional<bool> UseDefaults = default)
        where XType : IConvertible
        where YType : IConvertible
        where TextType : IConvertible =>
        Single(Scatter("markers", x, y, Name, ShowLegend, Opacity, MarkerColor, MarkerSymbol), UseDefaults);

    /// <summary>Vertical bars.</summary>
    public static GenericChart Column<ValuesType, KeysType, TextType>(
        IEnumerable<ValuesType> values,
        Optional<IEnumerable<KeysType>> Keys = default,
        Optional<string> Name = default,
        Optional<bool> ShowLegend = default,
        Optional<double> Opacity = default,
        Optional<Color> MarkerColor = default,
        Optional<bool> UseDefaults = default)
        where ValuesType : IConvertible
        where KeysType : IConvertible
        where TextType : IConvertible
    {
        var trace = new JsonObject { ["type"] = "bar" }
            .Set("name", Name).Set("showlegend", ShowLegend).Set("opacity", Opacity)
            .Set("x", Keys);
        trace["y"] = Json.Values(values);
        trace["orientation"] = "v";
        trace.SetObject("marker", new JsonObject().Set("color", MarkerColor));
        return Single(trace, UseDefaults);
    }

    /// <summary>All charts in one.</summary>
    public static GenericChart Combine(IEnumerable<GenericChart> gCharts) => GenericChart.combine(gCharts);

    static JsonObject Scatter<XType, YType>(
        string mode,
        IEnumerable<XType> x,
        IEnumerable<YType> y,
        Optional<string> name,
        Optional<bool> showLegend,
        Optional<double> opacity,
        Optional<Color> markerColor,
        Optional<StyleParam.MarkerSymbol> markerSymbol)
        where XType : IConvertible
        where YType : IConvertible
    {
        var trace = new JsonObject { ["type"] = "scatter" }
            .Set("name", name).Set("showlegend", showLegend);
        trace["mode"] = mode;
        trace.Set("opacity", opacity);
        trace["x"] = Json.Values(x);
        trace["y"] = Json.Values(y);
        return trace.SetObject("marker", new JsonObject().Set("color", markerColor).Set("symbol", markerSymbol, v => v.Value));
    }

    // The package's defaults: 600 x 600 pixels. Its default template repeats plotly.js's own look and is left out.
    static GenericChart Single(JsonObject trace, Optional<bool> useDefaults) => new(
        [trace],
        useDefaults is { IsSome: true, Value: false } ? [] : new JsonObject { ["width"] = 600, ["height"] = 600 });
}
