using System.Text.Json.Nodes;
using Plotly.NET.CSharp;

namespace Plotly.NET;

/// <summary>Styles charts: the methods of the core package.</summary>
public static class GenericChartExtensions
{
    public static GenericChart WithTitle(this GenericChart gChart, string title)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithLayout(layout => layout.Object("title")["text"] = title);
    }

    public static GenericChart WithLegend(this GenericChart gChart, bool showlegend)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithLayout(layout => layout["showlegend"] = showlegend);
    }

    public static GenericChart WithYErrorStyle<ArrayType, ArrayminusType>(
        this GenericChart gChart,
        Optional<IEnumerable<ArrayType>> Array = default,
        Optional<IEnumerable<ArrayminusType>> Arrayminus = default,
        Optional<bool> Symmetric = default,
        Optional<Color> Color = default,
        Optional<double> Thickness = default,
        Optional<double> Width = default)
        where ArrayType : IConvertible
        where ArrayminusType : IConvertible
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return gChart.WithTraces(trace => trace["error_y"] = new JsonObject()
            .Set("symmetric", Symmetric)
            .Set("array", Array)
            .Set("arrayminus", Arrayminus)
            .Set("color", Color)
            .Set("thickness", Thickness)
            .Set("width", Width));
    }
}
