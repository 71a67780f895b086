using System.Text.Json.Nodes;

namespace Plotly.NET.CSharp;

/// <summary>Styles charts: the methods that the C# package adds.</summary>
public static class GenericChartExtensions
{
    public static GenericChart WithSize(this GenericChart gChart, Optional<int> Width = default, Optional<int> Height = default)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithLayout(layout => layout.Set("width", Width, v => v).Set("height", Height, v => v));
    }

    public static GenericChart WithXAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<MinType, MaxType>> MinMax = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible => gChart.WithAxis("xaxis", TitleText, AxisType, MinMax);

    public static GenericChart WithYAxisStyle<MinType, MaxType, CategoryArrayType>(
        this GenericChart gChart,
        Optional<string> TitleText = default,
        Optional<StyleParam.AxisType> AxisType = default,
        Optional<Tuple<MinType, MaxType>> MinMax = default)
        where MinType : IConvertible
        where MaxType : IConvertible
        where CategoryArrayType : IConvertible => gChart.WithAxis("yaxis", TitleText, AxisType, MinMax);

    public static GenericChart WithLegendStyle(
        this GenericChart gChart,
        Optional<StyleParam.Orientation> Orientation = default,
        Optional<double> X = default,
        Optional<double> Y = default)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithLayout(layout =>
            layout.Object("legend").Set("orientation", Orientation, v => v.Value).Set("x", X).Set("y", Y));
    }

    static GenericChart WithAxis<MinType, MaxType>(
        this GenericChart gChart,
        string name,
        Optional<string> title,
        Optional<StyleParam.AxisType> type,
        Optional<Tuple<MinType, MaxType>> range)
        where MinType : IConvertible
        where MaxType : IConvertible
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithLayout(layout =>
        {
            var axis = layout.Object(name);
            axis.Set("title", title, v => new JsonObject { ["text"] = v });
            axis.Set("type", type, v => v.Value);
            axis.Set("range", range, v => Json.Values<IConvertible>([v.Item1, v.Item2]));
        });
    }
}
