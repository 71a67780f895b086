using System.Text.Json.Nodes;
using Plotly.NET;
using ResearchKit.Notebooks.Formatting.Drawing;
using ResearchKit.Reports;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A chart as it stands where no plotly.js runs: in exported pages, mail and print. It is drawn as SVG; tables are tables.</summary>
static class ChartHtml
{
    /// <summary>Writes the chart as HTML.</summary>
    public static string Of(GenericChart chart)
    {
        var figure = JsonNode.Parse(GenericChart.toFigureJson(chart))!.AsObject();
        var traces = Json.Items(figure["data"]).OfType<JsonObject>().ToArray();
        var layout = figure["layout"];
        var title = Json.Plain(Json.Text(layout?["title"]?["text"]));
        var names = string.Join(", ", traces.Select(t => Json.Text(t["name"])).Where(n => n.Length > 0));
        var html = new Html().Add($"""<figure class="rk-chart" style="margin:1em 0">""");
        if (title.Length > 0)
            html.Add($"<figcaption>{title}</figcaption>");
        if (traces.Any(t => Json.Text(t["type"]) != "table"))
            html.Add($"{FigureDrawing.Draw(figure, title.Length > 0 ? title : names.Length > 0 ? names : "chart")}");
        foreach (var table in traces.Where(t => Json.Text(t["type"]) == "table"))
            html.Add($"{Table(table)}");
        return html.Add($"</figure>").ToString();
    }

    static Html Table(JsonObject trace)
    {
        var html = new Html().Add($"<table><thead><tr>");
        foreach (var header in Json.Items(trace["header"]?["values"]))
            html.Add($"<th>{Json.Plain(string.Join(' ', header is JsonArray lines ? lines.Select(Json.Text) : [Json.Text(header)]))}</th>");
        html.Add($"</tr></thead><tbody>");
        var columns = Json.Items(trace["cells"]?["values"]).Select(Json.Items).ToArray();
        for (var i = 0; i < columns.Select(c => c.Count).DefaultIfEmpty(0).Max(); i++)
        {
            html.Add($"<tr>");
            foreach (var column in columns)
                html.Add($"<td>{(i < column.Count ? Json.Plain(Json.Text(column[i])) : "")}</td>");
            html.Add($"</tr>");
        }
        return html.Add($"</tbody></table>");
    }
}
