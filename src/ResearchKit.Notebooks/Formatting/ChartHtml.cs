using System.Text.Json.Nodes;
using Plotly.NET;
using ResearchKit.Experiments;
using ResearchKit.Reports;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// A chart as it stands where no plotly.js runs: in exported pages, mail and print. Lines, points and bars are drawn as SVG, without
/// scripts; of other charts only the names of their traces are said.
/// </summary>
static class ChartHtml
{
    // Text takes the colour of the page, which may be dark.
    const string Style = """
        .rk-chart .static{display:block;max-width:40rem;height:auto;fill:currentColor;font-family:sans-serif}
        .rk-chart .grid{stroke:#8884}.rk-chart .axis,.rk-chart .tick{stroke:#888;fill:none}
        .rk-chart .series{--c:#2563a8}.rk-chart .s1{--c:#cf6217}.rk-chart .s2{--c:#2c8a57}.rk-chart .s3{--c:#8549ad}.rk-chart .s4{--c:#b8336a}
        .rk-chart .s5{--c:#0e8587}.rk-chart .s6{--c:#9a7200}.rk-chart .s7{--c:#5b6670}
        .rk-chart .line{stroke:var(--c);stroke-width:2;fill:none}.rk-chart .dot,.rk-chart .bar{fill:var(--c)}.rk-chart .whisker{stroke:var(--c);fill:none}
        """;

    /// <summary>Writes the chart as HTML.</summary>
    public static string Of(GenericChart chart)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(chart))!;
        var traces = figure["data"]!.AsArray().Select(t => t!.AsObject()).ToArray();
        var layout = figure["layout"]!.AsObject();
        var title = Text(layout["title"]?["text"]);
        var drawn = traces.Where(t => Kind(t) is not null && t["y"] is JsonArray { Count: > 0 }).ToArray();
        var names = string.Join(", ", traces.Select(t => Text(t["name"])).Where(n => n.Length > 0));
        var html = new Html().Add($"""<figure class="rk-chart"><style>""").Raw(Style).Add($"</style>");
        if (title.Length > 0)
            html.Add($"<figcaption>{title}</figcaption>");
        if (drawn.Length == 0 || drawn.Length < traces.Length)
            html.Add($"<p>This chart needs plotly.js to be drawn{(names.Length > 0 ? $": {names}" : "")}.</p>");
        else
            html.Add($"{StaticChart.Draw(Data(drawn, layout, title), title.Length > 0 ? title : names.Length > 0 ? names : "chart")}");
        return html.Add($"</figure>").ToString();
    }

    static FigureKind? Kind(JsonObject trace) => (Text(trace["type"]), Text(trace["mode"])) switch
    {
        ("bar", _) when Text(trace["orientation"]) != "h" => FigureKind.Bar,
        ("scatter", "markers") => FigureKind.Point,
        ("scatter", var mode) when mode.StartsWith("lines", StringComparison.Ordinal) => FigureKind.Line,
        _ => null,
    };

    static ChartData Data(JsonObject[] traces, JsonObject layout, string title)
    {
        var kinds = traces.Select(t => Kind(t)!.Value).Distinct().ToArray();
        var isCategory = Text(layout["xaxis"]?["type"]) == "category" || traces.Any(t => !AreNumbers(t["x"]));
        var isLog = Text(layout["yaxis"]?["type"]) == "log";
        return new(
            title, kinds.Contains(FigureKind.Line) ? FigureKind.Line : kinds[0], Text(layout["xaxis"]?["title"]?["text"]), Text(layout["yaxis"]?["title"]?["text"]), isLog, "",
            [.. traces.Select(t => Series(t, isCategory))]);
    }

    static ChartSeries Series(JsonObject trace, bool isCategory)
    {
        var y = Numbers(trace["y"]);
        var x = trace["x"] as JsonArray;
        double[] places = x is null ? [.. Enumerable.Range(0, y.Length).Select(i => (double)i)] : isCategory ? [] : Numbers(x);
        string[]? labels = x is not null && isCategory ? [.. x.Select(Text)] : null;
        // Of places and values only as many are drawn as both have.
        var count = Math.Min(y.Length, labels?.Length ?? places.Length);
        var (up, down) = (Numbers(trace["error_y"]?["array"]), Numbers(trace["error_y"]?["arrayminus"] ?? trace["error_y"]?["array"]));
        var spans = count > 0 && up.Length >= count && down.Length >= count;
        return new(Text(trace["name"]), labels is null ? places[..count] : null, labels?[..count], y[..count], FromPaper: false)
        {
            Low = spans ? [.. y.Take(count).Select((value, i) => value - down[i])] : null,
            High = spans ? [.. y.Take(count).Select((value, i) => value + up[i])] : null,
        };
    }

    static bool AreNumbers(JsonNode? values) => values is not JsonArray array || array.All(v => v is JsonValue value && value.TryGetValue<double>(out _));

    static double[] Numbers(JsonNode? values) => values is JsonArray array
        ? [.. array.Select(v => v is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN)] : [];

    static string Text(JsonNode? value) => value is JsonValue text ? text.ToString() : "";
}
