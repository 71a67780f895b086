using System.Text.Json.Nodes;
using ResearchKit.Reports;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>
/// A figure of plotly as SVG, for places where no plotly.js runs. What it cannot draw it names. Colours are attributes, so that they
/// stay where style sheets are taken away.
/// </summary>
sealed class FigureDrawing
{
    const double TextSize = 13, SmallText = 11;

    static readonly string[] s_palette = ["#2563a8", "#cf6217", "#2c8a57", "#8549ad", "#b8336a", "#0e8587", "#9a7200", "#5b6670"];

    readonly Html _svg = new();
    readonly JsonObject _layout;
    readonly (JsonObject Trace, int Index)[] _traces;
    readonly List<string> _remarks = [];
    readonly string[] _colors;
    readonly double _width, _height;

    FigureDrawing(JsonObject figure)
    {
        _layout = figure["layout"] as JsonObject ?? [];
        _traces = [.. Json.Items(figure["data"]).OfType<JsonObject>().Select((t, i) => (t, i)).Where(t => t.t["visible"]?.ToString() is not ("false" or "legendonly"))];
        _width = Math.Clamp(Json.Number(_layout["width"], 640), 240, 1400);
        _height = Math.Clamp(Json.Number(_layout["height"], 400), 180, 2400);
        var colorway = Json.Items(_layout["colorway"] ?? _layout["template"]?["layout"]?["colorway"]).Select(Json.Color).OfType<string>().ToArray();
        _colors = colorway.Length > 0 ? colorway : s_palette;
    }

    /// <summary>Draws a figure; the description says in words what it shows.</summary>
    public static Html Draw(JsonObject figure, string description) => new FigureDrawing(figure).Draw(description);

    /// <summary>The name of a trace, as the legend says it.</summary>
    public static string NameOf(JsonObject trace, int index) => Json.Text(trace["name"]) is { Length: > 0 } name ? name : $"trace {index}";

    Html Draw(string description)
    {
        var panes = Panes();
        var pies = _traces.Where(t => Json.Text(t.Trace["type"]) == "pie").ToArray();
        var marks = panes.Select(p => new FigureMarks(_svg, _layout, p, _remarks.Add)).ToArray();
        foreach (var mark in marks)
            mark.Prepare();
        foreach (var pane in panes)
        {
            foreach (var shape in Json.Items(_layout["shapes"]).OfType<JsonObject>().Where(s => On(s, pane)))
                IncludeShape(shape, pane);
            pane.X.Fix(lowMargin: !pane.Grounded.X);
            pane.Y.Fix(lowMargin: !pane.Grounded.Y);
        }
        foreach (var (trace, index) in _traces.Where(t => Json.Text(t.Trace["type"]) is "indicator" or "sunburst" or "treemap" or "sankey" or "funnelarea" or "icicle" or "parcoords"))
            _remarks.Add($"{NameOf(trace, index)} ({Json.Text(trace["type"])}) needs plotly.js to be drawn.");

        if (Json.Items(_layout["shapes"]).Any(s => Json.Text(s?["type"]) == "path"))
            _remarks.Add("A shape given as a path needs plotly.js to be drawn.");

        var entries = LegendEntries(pies);
        var above = Json.Items(_layout["annotations"]).Any(a => Json.Text(a?["yref"]) == "paper" && Json.Number(a?["y"], 0) >= 0.99) ? 22 : 10;
        // Room for what stands outside the axes.
        var scales = marks.SelectMany(m => m.Scales).Where(s => s.Trace["showscale"]?.ToString() != "false").ToArray();
        var outer = panes.Where(p => !p.Y.IsFar).ToArray();
        var left = outer.Length == 0 ? 12 : outer.Max(p => LabelWidth(p.Y)) + (outer.Any(p => p.Y.Title.Length > 0) ? 34 : 16);
        var far = panes.Where(p => p.Y.IsFar).ToArray();
        var right = _width - (far.Length > 0 ? far.Max(p => LabelWidth(p.Y)) + 34 : 14) - (scales.Length > 0 ? 78 : 0);
        var (legend, legendHeight) = Legend(entries, left, right);
        var top = legendHeight + above;
        var bottomRoom = panes.Length == 0 ? 10 : panes.Max(p => LabelHeight(p, (right - left) * Share(p))) + (panes.Any(p => p.X.Title.Length > 0) ? 26 : 8);
        var remarkRoom = _remarks.Distinct().Count() * 18;
        var bottom = Math.Max(top + 80, _height - bottomRoom);
        var height = bottom + bottomRoom + remarkRoom;
        (double, double, double, double) Place((double X0, double X1, double Y0, double Y1) d) =>
            (left + (d.X0 * (right - left)), bottom - (d.Y1 * (bottom - top)), left + (d.X1 * (right - left)), bottom - (d.Y0 * (bottom - top)));
        foreach (var pane in panes)
            pane.Box = Place(_domains[pane]);

        var svg = new Html().Add($"""<svg class="static" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_width} {height}" width="{_width}" style="max-width:100%;height:auto" role="img" aria-label="{description}" font-size="{TextSize}" font-family="sans-serif" fill="currentColor">""");
        _svg.Add($"{legend}");
        foreach (var pane in panes)
            Axes(pane);
        foreach (var shape in Json.Items(_layout["shapes"]).OfType<JsonObject>().Where(s => Json.Text(s["layer"]) == "below"))
            Shape(shape, panes, (left, top, right, bottom));
        foreach (var pane in panes)
        {
            foreach (var (index, draw) in pane.Marks)
            {
                var trace = _traces.First(t => t.Index == index).Trace;
                var color = ColorOf(trace, index);
                // The class lets a page give the colour of the place, which must not be put over one that the figure gives.
                var own = trace["line"]?["color"] is not null || trace["marker"]?["color"] is not null || _colors != s_palette;
                var edges = Json.Text(trace["type"]) is "heatmap" or "contour" or "histogram2d" or "histogram2dcontour" ? "crispEdges" : "auto";
                _svg.Add($"""<g class="{(own ? "trace" : $"series s{index % 8}")}" fill="{color}" stroke="{color}" shape-rendering="{edges}">""");
                draw();
                _svg.Add($"</g>");
            }
        }
        foreach (var (trace, index) in pies)
            Pie(trace, Place(DomainOf(trace)), pies);
        foreach (var shape in Json.Items(_layout["shapes"]).OfType<JsonObject>().Where(s => Json.Text(s["layer"]) != "below"))
            Shape(shape, panes, (left, top, right, bottom));
        foreach (var note in Json.Items(_layout["annotations"]).OfType<JsonObject>())
            Annotation(note, panes, (left, top, right, bottom));
        if (scales.Length > 0)
            Bar(scales[0].Scale, Json.Plain(Json.Text(scales[0].Trace["colorbar"]?["title"]?["text"])), _width - 70, top, bottom);
        foreach (var (remark, i) in _remarks.Distinct().Select((r, i) => (r, i)))
            _svg.Add($"""<text class="remark" x="{Math.Min(left, 40)}" y="{bottom + bottomRoom + 13 + (18 * i)}" font-style="italic">{remark}</text>""");
        return svg.Add($"{_svg}</svg>");
    }

    // ---- places

    readonly Dictionary<Pane, (double X0, double X1, double Y0, double Y1)> _domains = [];

    Pane[] Panes()
    {
        var drawn = _traces.Where(t => Json.Text(t.Trace["type"]) is not ("pie" or "table" or "indicator" or "sunburst" or "treemap" or "sankey" or "funnelarea" or "icicle" or "parcoords")).ToArray();
        (string X, string Y) Of(JsonObject trace) => (Json.Text(trace["xaxis"]) is { Length: > 0 } x ? x : "x", Json.Text(trace["yaxis"]) is { Length: > 0 } y ? y : "y");
        var axes = new Dictionary<string, FigureAxis>();
        FigureAxis Axis(string id)
        {
            if (!axes.TryGetValue(id, out var axis))
            {
                var along = drawn.Where(t => id[0] == 'x' ? Of(t.Trace).X == id : Of(t.Trace).Y == id).Select(t => PlacesOf(t.Trace, t.Index, id[0] == 'x')).ToArray();
                axes[id] = axis = new(_layout[AxisName(id)] as JsonObject, along);
            }
            return axis;
        }
        var panes = new List<Pane>();
        foreach (var group in drawn.GroupBy(t => Of(t.Trace)))
        {
            var pane = new Pane(Axis(group.Key.X), Axis(group.Key.Y), [.. group]) { Ids = group.Key };
            var (x0, x1) = Domain(group.Key.X);
            var (y0, y1) = Domain(group.Key.Y);
            _domains[pane] = (x0, x1, y0, y1);
            panes.Add(pane);
        }
        return [.. panes];
    }

    static string AxisName(string id) => $"{id[0]}axis{id[1..]}";

    // What stands along an axis, of which its kind is told.
    static IReadOnlyList<JsonNode?> PlacesOf(JsonObject trace, int index, bool across)
    {
        var type = Json.Text(trace["type"]);
        if (type is "box" or "violin")
        {
            var lies = Json.Text(trace["orientation"]) is { Length: > 0 } said ? said == "h" : trace["y"] is null;
            var places = trace[lies ? "y" : "x"];
            return across == lies ? Json.Items(trace[lies ? "x" : "y"]) : places is null ? [NameOf(trace, index)] : Json.Items(places);
        }
        if (type == "histogram")
        {
            var lies = Json.Text(trace["orientation"]) == "h" || trace["x"] is null;
            return across == lies ? [] : Json.Items(trace[across ? "x" : "y"]);
        }
        return Json.Items(trace[across ? "x" : "y"]);
    }

    (double, double) Domain(string id)
    {
        var axis = _layout[AxisName(id)] as JsonObject;
        if (axis?["domain"] is JsonArray { Count: 2 } said)
            return (Json.Number(said[0], 0), Json.Number(said[1], 1));
        if (Json.Text(axis?["overlaying"]) is { Length: > 0 } below && below != id)
            return Domain(below);
        if (_layout["grid"] is not JsonObject grid)
            return (0, 1);
        var number = id.Length > 1 && int.TryParse(id.AsSpan(1), out var n) ? n : 1;
        var columns = (int)Json.Number(grid["columns"], 1);
        var coupled = Json.Text(grid["pattern"]) != "independent";
        return Cell(grid, id[0] == 'x', coupled ? number - 1 : id[0] == 'x' ? (number - 1) % columns : (number - 1) / columns);
    }

    static (double, double) Cell(JsonObject grid, bool across, int place)
    {
        var coupled = Json.Text(grid["pattern"]) != "independent";
        var count = (int)Json.Number(grid[across ? "columns" : "rows"], 1);
        var gap = Json.Number(grid[across ? "xgap" : "ygap"], coupled ? 0.1 : across ? 0.2 : 0.3);
        if (!across && Json.Text(grid["roworder"]) != "bottom to top")
            place = count - 1 - place;
        var step = 1 / (count - gap);
        return (place * step, (place * step) + (step * (1 - gap)));
    }

    (double X0, double X1, double Y0, double Y1) DomainOf(JsonObject trace)
    {
        var domain = trace["domain"];
        if (_layout["grid"] is JsonObject grid && domain?["row"] is not null)
        {
            var (x, y) = (Cell(grid, true, (int)Json.Number(domain["column"], 0)), Cell(grid, false, (int)Json.Number(domain["row"], 0)));
            return (x.Item1, x.Item2, y.Item1, y.Item2);
        }
        double End(string name, int i) => Json.Number(Json.At(domain?[name], i), i);
        return (End("x", 0), End("x", 1), End("y", 0), End("y", 1));
    }

    double Share(Pane pane) => _domains[pane].X1 - _domains[pane].X0;

    // ---- axes

    static double TextWidth(string text, double size = TextSize) => text.Length * size * 0.55;

    static string Shortened(string text) => text.Length <= 26 ? text : text[..25] + "…";

    static double LabelWidth(FigureAxis axis) => axis.HasLabels ? axis.Marks(6).Select(m => TextWidth(Shortened(m.Label))).DefaultIfEmpty(0).Max() + 8 : 4;

    static double LabelHeight(Pane pane, double width) => !pane.X.HasLabels ? 8 : Tilted(pane, width) ? Math.Min(120, (pane.X.Marks(6).Max(m => TextWidth(Shortened(m.Label))) * 0.6) + 16) : 22;

    static bool Tilted(Pane pane, double width) => pane.X.IsCategory && pane.X.Marks(6) is { Count: > 0 } marks && marks.Max(m => TextWidth(Shortened(m.Label))) > (width / marks.Count) - 6;

    void Axes(Pane pane)
    {
        var (left, top, right, bottom) = pane.Box;
        var (across, up) = (Math.Clamp((int)((right - left) / 75), 2, 8), Math.Clamp((int)((bottom - top) / 45), 2, 7));
        foreach (var (at, label) in pane.Y.Marks(up))
        {
            var y = pane.AtY(at);
            if (pane.Y.HasGrid)
                _svg.Add($"""<path class="grid" stroke="#888" stroke-opacity="0.27" d="M{left} {y}H{right}"/>""");
            if (pane.Y.HasLabels)
                _svg.Add($"""<text x="{(pane.Y.IsFar ? right + 6 : left - 6)}" y="{y + 4}" text-anchor="{(pane.Y.IsFar ? "start" : "end")}">{Shortened(label)}</text>""");
        }
        var marks = pane.X.Marks(across);
        var tilted = Tilted(pane, right - left);
        // Of many names only as many as there is room for.
        var every = pane.X.IsCategory ? Math.Max(1, (int)Math.Ceiling(marks.Count * 14 / Math.Max(1, right - left))) : 1;
        for (var i = 0; i < marks.Count && pane.X.HasLabels && !pane.X.IsOverlay && !pane.Y.IsOverlay; i += every)
        {
            var x = pane.AtX(marks[i].Coordinate);
            var label = Shortened(marks[i].Label);
            _svg.Add($"""<path class="tick" stroke="#888" d="M{x} {bottom}v5"/>""");
            if (tilted)
                _svg.Add($"""<text transform="translate({x + 4} {bottom + 14}) rotate(-35)" text-anchor="end">{label}</text>""");
            else
                _svg.Add($"""<text x="{Math.Min(x, _width - (TextWidth(label) / 2) - 2)}" y="{bottom + 18}" text-anchor="middle">{label}</text>""");
        }
        _svg.Add($"""<path class="axis" stroke="#888" fill="none" d="M{left} {bottom}H{right}"/>""");
        if (pane.Y.IsLog || pane.X.IsLog || !pane.Grounded.Y)
            _svg.Add($"""<path class="axis" stroke="#888" stroke-opacity="0.5" fill="none" d="M{left} {top}V{bottom}"/>""");
        if (pane.X.Title.Length > 0 && !pane.Y.IsOverlay)
            _svg.Add($"""<text class="title" x="{(left + right) / 2}" y="{bottom + LabelHeight(pane, right - left) + 16}" text-anchor="middle">{pane.X.Title}</text>""");
        if (pane.Y.Title.Length > 0)
        {
            var x = pane.Y.IsFar ? right + LabelWidth(pane.Y) + 18 : Math.Max(14, left - LabelWidth(pane.Y) - 16);
            _svg.Add($"""<text class="title" transform="translate({x} {(top + bottom) / 2}) rotate(-90)" text-anchor="middle">{pane.Y.Title}</text>""");
        }
    }

    // ---- colours and legend

    string ColorOf(JsonObject trace, int index) =>
        Json.Color(trace["line"]?["color"]) ?? Json.Color(trace["marker"]?["color"]) ?? _colors[index % _colors.Length];

    List<(string Name, string Color)> LegendEntries((JsonObject Trace, int Index)[] pies)
    {
        var shown = _layout["showlegend"]?.ToString();
        if (shown == "false")
            return [];
        var named = _traces.Where(t => Json.Text(t.Trace["type"]) is not ("pie" or "table" or "heatmap" or "contour" or "histogram2d" or "histogram2dcontour") && t.Trace["showlegend"]?.ToString() != "false")
            .Select(t => (Json.Plain(NameOf(t.Trace, t.Index)), ColorOf(t.Trace, t.Index))).ToList();
        if (_traces.Length - pies.Length < 2 && shown != "true" && !_traces.Any(t => Json.Is(t.Trace["showlegend"])))
            named = [];
        var labels = PieLabels(pies);
        named.AddRange(labels.Select((l, i) => (Json.Plain(l), PieColor(pies, l, i))));
        return named;
    }

    static List<string> PieLabels((JsonObject Trace, int Index)[] pies) => [.. pies.SelectMany(p => Sectors(p.Trace).Select(s => s.Label)).Distinct()];

    // The largest first, unless the figure says otherwise.
    static List<(double Value, string Label)> Sectors(JsonObject trace)
    {
        var sectors = Json.Items(trace["values"]).Select((v, i) => (Value: Math.Max(0, Json.Number(v, 0)), Label: LabelOf(trace, i)))
            .GroupBy(s => s.Label).Select(g => (Value: g.Sum(s => s.Value), Label: g.Key)).Where(s => s.Value > 0);
        return [.. trace["sort"]?.ToString() == "false" ? sectors : sectors.OrderByDescending(s => s.Value)];
    }

    static string LabelOf(JsonObject pie, int i) => Json.Text(Json.At(pie["labels"], i)) is { Length: > 0 } label ? label : $"{i}";

    string PieColor((JsonObject Trace, int Index)[] pies, string label, int place)
    {
        foreach (var (trace, _) in pies)
        {
            for (var i = 0; i < Json.Items(trace["values"]).Count; i++)
            {
                if (LabelOf(trace, i) == label && Json.Color(Json.At(trace["marker"]?["colors"] ?? new JsonArray(), i)) is { } color)
                    return color;
            }
        }
        return _colors[place % _colors.Length];
    }

    static (Html Svg, double Height) Legend(List<(string Name, string Color)> entries, double left, double right)
    {
        var svg = new Html();
        if (entries.Count == 0)
            return (svg, 0);
        var (x, y) = (left, 14.0);
        foreach (var (name, color) in entries)
        {
            var width = TextWidth(Shortened(name)) + 34;
            if (x > left && x + width > right)
                (x, y) = (left, y + 19);
            svg.Add($"""<rect class="key" x="{x}" y="{y - 10}" width="14" height="10" rx="2" fill="{color}"/><text x="{x + 19}" y="{y}">{Shortened(name)}</text>""");
            x += width;
        }
        return (svg, y + 6);
    }

    void Bar(ColorScale scale, string title, double x, double top, double bottom)
    {
        const int Steps = 24;
        var step = (bottom - top) / Steps;
        for (var i = 0; i < Steps; i++)
            _svg.Add($"""<rect class="scale" shape-rendering="crispEdges" x="{x}" y="{bottom - ((i + 1) * step)}" width="14" height="{step + 0.3}" fill="{scale.Text(scale.Low + ((scale.High - scale.Low) * (i + 0.5) / Steps))}"/>""");
        foreach (var share in new[] { 0, 0.5, 1 })
            _svg.Add($"""<text x="{x + 19}" y="{bottom - (share * (bottom - top)) + 4}" font-size="{SmallText}">{Numbers.Text(scale.Low + (share * (scale.High - scale.Low)))}</text>""");
        if (title.Length > 0)
            _svg.Add($"""<text x="{x}" y="{Math.Max(11, top - 7)}" font-size="{SmallText}">{Shortened(title)}</text>""");
    }

    // ---- sectors

    void Pie(JsonObject trace, (double Left, double Top, double Right, double Bottom) box, (JsonObject Trace, int Index)[] pies)
    {
        var all = PieLabels(pies);
        var sectors = Sectors(trace);
        var total = sectors.Sum(s => s.Value);
        if (total <= 0)
            return;
        var (cx, cy) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        var radius = Math.Max(10, (Math.Min(box.Right - box.Left, box.Bottom - box.Top) / 2) - 6);
        var hole = radius * Math.Clamp(Json.Number(trace["hole"], 0), 0, 0.95);
        var turn = Json.Text(trace["direction"]) == "clockwise" ? 1 : -1;
        // Against the clock the first sector ends at the top, as in plotly.js.
        var angle = (Json.Number(trace["rotation"], 0) * Math.PI / 180) + (turn < 0 ? 2 * Math.PI * sectors[0].Value / total : 0);
        foreach (var (value, label) in sectors)
        {
            var sweep = turn * 2 * Math.PI * value / total;
            var color = PieColor(pies, label, all.IndexOf(label));
            (double X, double Y) At(double r, double a) => (cx + (r * Math.Sin(a)), cy - (r * Math.Cos(a)));
            var (a, b, c, d) = (At(radius, angle), At(radius, angle + sweep), At(hole, angle + sweep), At(hole, angle));
            if (sectors.Count == 1)
            {
                _svg.Add($"""<circle class="sector" cx="{cx}" cy="{cy}" r="{(radius + hole) / 2}" fill="none" stroke="{color}" stroke-width="{radius - hole}"/>""");
            }
            else
            {
                var large = Math.Abs(sweep) > Math.PI ? 1 : 0;
                var (forth, back) = (turn > 0 ? 1 : 0, turn > 0 ? 0 : 1);
                _svg.Add($"""<path class="sector" d="M{a.X} {a.Y}A{radius} {radius} 0 {large} {forth} {b.X} {b.Y}L{c.X} {c.Y}A{hole} {hole} 0 {large} {back} {d.X} {d.Y}Z" fill="{color}" stroke="#fff" stroke-width="0.7"/>""");
            }
            if (Math.Abs(sweep) > 0.2)
            {
                var (x, y) = At(hole > 0 ? (radius + hole) / 2 : radius * 0.65, angle + (sweep / 2));
                _svg.Add($"""<text x="{x}" y="{y + 4}" text-anchor="middle" fill="#fff">{Numbers.Text(Math.Round(100 * value / total, 1))}%</text>""");
            }
            angle += sweep;
        }
    }

    // ---- texts and shapes

    static bool On(JsonObject item, Pane pane) =>
        (Json.Text(item["xref"]) is { Length: > 0 } x ? x : "x") == pane.Ids.X && (Json.Text(item["yref"]) is { Length: > 0 } y ? y : "y") == pane.Ids.Y;

    static void IncludeShape(JsonObject shape, Pane pane)
    {
        foreach (var name in new[] { "x0", "x1" })
            pane.X.Include(pane.X.Coordinate(shape[name]));
        foreach (var name in new[] { "y0", "y1" })
            pane.Y.Include(pane.Y.Coordinate(shape[name]));
    }

    // A place on an axis, or a share of the paper or of an axis.
    static (double X, double Y)? At(JsonObject item, string x, string y, Pane[] panes, (double Left, double Top, double Right, double Bottom) paper)
    {
        double? Along(string name, bool across)
        {
            var reference = Json.Text(item[across ? "xref" : "yref"]) is { Length: > 0 } said ? said : across ? "x" : "y";
            var id = reference.Split(' ')[0];
            var pane = Array.Find(panes, p => (across ? p.Ids.X : p.Ids.Y) == id);
            if (reference == "paper" || reference.EndsWith(" domain", StringComparison.Ordinal))
            {
                var (left, top, right, bottom) = reference == "paper" || pane is null ? paper : pane.Box;
                var share = Json.Number(item[name], 0.5);
                return across ? left + (share * (right - left)) : bottom - (share * (bottom - top));
            }
            var at = pane is null ? double.NaN : (across ? pane.X : pane.Y).Coordinate(item[name]);
            return !double.IsFinite(at) ? null : across ? pane!.AtX(at) : pane!.AtY(at);
        }
        return Along(x, true) is { } px && Along(y, false) is { } py ? (px, py) : null;
    }

    void Annotation(JsonObject note, Pane[] panes, (double, double, double, double) paper)
    {
        var text = Json.Plain(Json.Text(note["text"]));
        if (text.Length == 0 || At(note, "x", "y", panes, paper) is not { } at)
            return;
        var arrow = note["showarrow"]?.ToString() != "false";
        var (x, y) = arrow ? (at.X + Json.Number(note["ax"], -10), at.Y + Json.Number(note["ay"], -30)) : at;
        if (arrow)
            _svg.Add($"""<path class="arrow" d="M{x} {y + 4}L{at.X} {at.Y}" fill="none" stroke="currentColor"/><circle cx="{at.X}" cy="{at.Y}" r="2.5"/>""");
        var anchor = Json.Text(note["xanchor"]) switch { "left" => "start", "right" => "end", _ => "middle" };
        var down = Json.Text(note["yanchor"]) switch { "bottom" => -3, "top" => 13, _ => arrow ? 0 : 4 };
        var color = Json.Color(note["font"]?["color"]) ?? "currentColor";
        _svg.Add($"""<text class="note" x="{x}" y="{y + down}" text-anchor="{anchor}" fill="{color}">{text}</text>""");
    }

    void Shape(JsonObject shape, Pane[] panes, (double, double, double, double) paper)
    {
        if (Json.Text(shape["type"]) == "path" || At(shape, "x0", "y0", panes, paper) is not { } from || At(shape, "x1", "y1", panes, paper) is not { } to)
            return;
        var stroke = Json.Color(shape["line"]?["color"]) ?? "#444";
        var (width, fill) = (Json.Number(shape["line"]?["width"], 2), Json.Color(shape["fillcolor"]) ?? "none");
        var dash = Json.Text(shape["line"]?["dash"]) switch { "" or "solid" => "", "dot" => "2 4", _ => "8 5" };
        var look = new Html().Add($"""stroke="{stroke}" stroke-width="{width}" stroke-dasharray="{dash}" fill="{fill}" opacity="{Json.Number(shape["opacity"], 1)}" """);
        switch (Json.Text(shape["type"]))
        {
            case "line":
                _svg.Add($"""<path class="shape" d="M{from.X} {from.Y}L{to.X} {to.Y}" {look}/>""");
                break;
            case "circle":
                _svg.Add($"""<ellipse class="shape" cx="{(from.X + to.X) / 2}" cy="{(from.Y + to.Y) / 2}" rx="{Math.Abs(to.X - from.X) / 2}" ry="{Math.Abs(to.Y - from.Y) / 2}" {look}/>""");
                break;
            default:
                _svg.Add($"""<rect class="shape" x="{Math.Min(from.X, to.X)}" y="{Math.Min(from.Y, to.Y)}" width="{Math.Abs(to.X - from.X)}" height="{Math.Abs(to.Y - from.Y)}" {look}/>""");
                break;
        }
    }
}
