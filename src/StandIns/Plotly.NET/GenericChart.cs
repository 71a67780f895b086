using System.Text.Json.Nodes;

namespace Plotly.NET;

/// <summary>A chart: traces and a layout, as the JSON that plotly.js draws. Immutable: every change gives a new chart.</summary>
public sealed class GenericChart
{
    readonly IReadOnlyList<JsonObject> _traces;
    readonly JsonObject _layout;

    internal GenericChart(IReadOnlyList<JsonObject> traces, JsonObject layout)
    {
        _traces = traces;
        _layout = layout;
    }

    /// <summary>One chart with the traces of all; of layout properties set more than once the last wins.</summary>
    public static GenericChart combine(IEnumerable<GenericChart> gCharts)
    {
        ArgumentNullException.ThrowIfNull(gCharts);
        var traces = new List<JsonObject>();
        var layout = new JsonObject();
        foreach (var chart in gCharts)
        {
            traces.AddRange(chart._traces);
            foreach (var (name, value) in chart._layout)
                layout[name] = value?.DeepClone();
        }

        return new(traces, layout);
    }

    /// <summary>The figure as <c>{"data":[...],"layout":{...},"frames":[]}</c>. The same chart gives the same text.</summary>
    public static string toFigureJson(GenericChart gChart)
    {
        ArgumentNullException.ThrowIfNull(gChart);
        return new JsonObject
        {
            ["data"] = new JsonArray([.. gChart._traces.Select(trace => trace.DeepClone())]),
            ["layout"] = gChart._layout.DeepClone(),
            ["frames"] = new JsonArray(),
        }.ToJsonString();
    }

    /// <summary>A copy whose traces <paramref name="change"/> has changed.</summary>
    internal GenericChart WithTraces(Action<JsonObject> change)
    {
        var traces = _traces.Select(trace => (JsonObject)trace.DeepClone()).ToList();
        traces.ForEach(change);
        return new(traces, _layout);
    }

    /// <summary>A copy whose layout <paramref name="change"/> has changed.</summary>
    internal GenericChart WithLayout(Action<JsonObject> change)
    {
        var layout = (JsonObject)_layout.DeepClone();
        change(layout);
        return new(_traces, layout);
    }
}
