using System.Text.Json.Nodes;
using ResearchKit.Reports;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>The marks of one pane: first the axes learn what they have to show, then each trace is drawn.</summary>
sealed class FigureMarks(Html svg, JsonObject layout, Pane pane, Action<string> remark)
{
    // What lies below the next bar or area of a stack, by coordinate.
    readonly Dictionary<(string Group, double Place), double> _stacked = [];
    (double X, double Y)[] _previous = [];

    /// <summary>Prepares all traces.</summary>
    public void Prepare()
    {
        foreach (var (trace, index) in pane.Traces)
        {
            var draw = Json.Text(trace["type"]) switch
            {
                "scatter" or "scattergl" or "" => Scatter(trace),
                "bar" => Bars(trace, index),
                "histogram" => Histogram(trace, index),
                "box" => Boxes(trace, index),
                "violin" => Violins(trace, index),
                "heatmap" or "contour" => Cells(trace),
                "histogram2d" or "histogram2dcontour" => Histogram2D(trace),
                var type => NotDrawn(trace, type),
            };
            pane.Marks.Add((index, draw));
        }
    }

    Action NotDrawn(JsonObject trace, string type)
    {
        var name = Json.Text(trace["name"]);
        remark($"{(name.Length > 0 ? $"{name} ({type})" : $"A trace of type {type}")} needs plotly.js to be drawn.");
        return () => { };
    }

    // ---- points and lines

    Action Scatter(JsonObject trace)
    {
        var (xs, ys) = (Json.Items(trace["x"]), Json.Items(trace["y"]));
        var count = trace["x"] is null ? ys.Count : trace["y"] is null ? xs.Count : Math.Min(xs.Count, ys.Count);
        var points = new (double X, double Y)[count];
        var group = Json.Text(trace["stackgroup"]);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (trace["x"] is null ? i : pane.X.Coordinate(xs[i]), trace["y"] is null ? i : pane.Y.Coordinate(ys[i]));
            if (group.Length > 0)
                y = _stacked[(group, x)] = _stacked.GetValueOrDefault((group, x)) + y;
            points[i] = (x, y);
            pane.X.Include(x);
            pane.Y.Include(y);
        }
        var mode = trace["mode"] is { } said ? Json.Text(said) : count < 20 ? "lines+markers" : "lines";
        var fill = trace["fill"] is { } filled ? Json.Text(filled) : group.Length > 0 ? "tonexty" : "none";
        var below = _previous;
        _previous = points;
        if (fill is "tozeroy" || (fill == "tonexty" && below.Length == 0))
            pane.Y.Include(pane.Y.Coordinate(0));
        if (fill is "tozerox")
            pane.X.Include(pane.X.Coordinate(0));
        var across = Whiskers(trace["error_x"], [.. points.Select(p => p.X)], pane.X);
        var up = Whiskers(trace["error_y"], [.. points.Select(p => p.Y)], pane.Y);
        return () =>
        {
            Area(trace, points, fill, below);
            if (mode.Contains("lines", StringComparison.Ordinal) && Json.Number(trace["line"]?["width"], 2) > 0)
            {
                var dash = Json.Text(trace["line"]?["dash"]) switch { "" or "solid" => "", "dot" => "2 4", "dashdot" => "8 4 2 4", "longdash" => "12 6", _ => "8 5" };
                var width = Json.Number(trace["line"]?["width"], 2);
                var color = Json.Color(trace["line"]?["color"]);
                svg.Add($"""<path class="line" d="{Path(points, Json.Text(trace["line"]?["shape"]))}" fill="none" stroke-width="{width}" """);
                if (color is not null)
                    svg.Add($"""stroke="{color}" """);
                svg.Add($"""stroke-dasharray="{dash}"/>""");
            }
            for (var i = 0; i < points.Length; i++)
            {
                var (x, y) = points[i];
                if (!pane.X.Shows(x) || !pane.Y.Shows(y))
                    continue;
                Whisker(across[i], horizontal: true, y);
                Whisker(up[i], horizontal: false, x);
            }
            if (mode.Contains("markers", StringComparison.Ordinal))
                Markers(trace, points);
            if (mode.Contains("text", StringComparison.Ordinal))
            {
                for (var i = 0; i < points.Length; i++)
                {
                    if (pane.X.Shows(points[i].X) && pane.Y.Shows(points[i].Y))
                        svg.Add($"""<text x="{pane.AtX(points[i].X)}" y="{pane.AtY(points[i].Y) - 7}" text-anchor="middle" stroke="none" fill="currentColor">{Json.Plain(Json.Text(Json.At(trace["text"], i)))}</text>""");
                }
            }
        };
    }

    void Area(JsonObject trace, (double X, double Y)[] points, string fill, (double X, double Y)[] below)
    {
        var shown = points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToArray();
        if (fill == "none" || shown.Length < 2)
            return;
        (double X, double Y)[] back = fill switch
        {
            "tonexty" or "tonextx" when below.Length > 0 => [.. below.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).Reverse()],
            "tozerox" => [(pane.X.Coordinate(0), shown[^1].Y), (pane.X.Coordinate(0), shown[0].Y)],
            "toself" => [],
            _ => [(shown[^1].X, pane.Y.Coordinate(0)), (shown[0].X, pane.Y.Coordinate(0))],
        };
        if (back.Any(p => !double.IsFinite(p.X) || !double.IsFinite(p.Y)))
            return;
        var outline = new Html();
        var pen = "M";
        foreach (var (x, y) in shown.Concat(back))
        {
            outline.Add($"{pen}{pane.AtX(x)} {pane.AtY(y)}");
            pen = "L";
        }
        // A colour of its own says how much shines through.
        if (Json.Color(trace["fillcolor"]) is { } color)
            svg.Add($"""<path class="area" d="{outline}Z" stroke="none" fill="{color}" fill-opacity="{(color.StartsWith("rgba", StringComparison.Ordinal) ? "1" : "0.5")}"/>""");
        else
            svg.Add($"""<path class="area" d="{outline}Z" stroke="none" fill-opacity="0.3"/>""");
    }

    Html Path((double X, double Y)[] points, string shape)
    {
        var path = new Html();
        (double X, double Y)? last = null;
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = points[i];
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                // A value that cannot be drawn is a gap, not a straight line over it.
                last = null;
                continue;
            }
            var (px, py) = (pane.AtX(x), pane.AtY(y));
            if (last is not { } from)
                path.Add($"M{px} {py}");
            else if (shape == "hv")
                path.Add($"H{px}V{py}");
            else if (shape == "vh")
                path.Add($"V{py}H{px}");
            else if (shape == "spline")
                Curve(path, points, i, from, (px, py));
            else
                path.Add($"L{px} {py}");
            last = (px, py);
        }
        return path;
    }

    // Through the points, leaning on their neighbours (Catmull-Rom).
    void Curve(Html path, (double X, double Y)[] points, int i, (double X, double Y) from, (double X, double Y) to)
    {
        (double X, double Y) At(int k, (double X, double Y) otherwise) =>
            k >= 0 && k < points.Length && double.IsFinite(points[k].X) && double.IsFinite(points[k].Y) ? (pane.AtX(points[k].X), pane.AtY(points[k].Y)) : otherwise;
        var (before, after) = (At(i - 2, from), At(i + 1, to));
        path.Add($"C{from.X + ((to.X - before.X) / 6)} {from.Y + ((to.Y - before.Y) / 6)} {to.X - ((after.X - from.X) / 6)} {to.Y - ((after.Y - from.Y) / 6)} {to.X} {to.Y}");
    }

    void Markers(JsonObject trace, (double X, double Y)[] points)
    {
        var marker = trace["marker"] as JsonObject;
        var numbers = Json.Items(marker?["color"]).Select(v => Json.Number(v)).ToArray();
        var scale = numbers.Any(double.IsFinite) ? new ColorScale(marker, numbers) : null;
        // Sizes are diameters, or areas where the figure says so.
        var byArea = Json.Text(marker?["sizemode"]) == "area";
        var unit = Json.Number(marker?["sizeref"], 1);
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = points[i];
            if (!pane.X.Shows(x) || !pane.Y.Shows(y))
                continue;
            var size = marker?["size"] is { } said ? Json.Number(Json.At(said, i), 6) / unit : 7;
            var radius = Math.Clamp(byArea ? Math.Sqrt(size) / 2 : size / 2, 0.5, 80);
            var color = scale is not null && i < numbers.Length && double.IsFinite(numbers[i]) ? scale.Text(numbers[i])
                : Json.Color(Json.At(marker?["color"], i));
            Mark(pane.AtX(x), pane.AtY(y), radius, Json.Text(Json.At(marker?["symbol"], i)), color, Json.Number(marker?["opacity"], marker?["size"] is JsonArray ? 0.7 : 1));
        }
    }

    void Mark(double x, double y, double r, string symbol, string? color, double opacity)
    {
        var look = new Html();
        if (color is not null)
            look.Add($""" fill="{color}" """);
        if (opacity < 1)
            look.Add($""" fill-opacity="{opacity}" """);
        // plotly.js numbers its symbols and adds 100 for hollow ones, 200 for a dot in the middle.
        var kind = int.TryParse(symbol, System.Globalization.CultureInfo.InvariantCulture, out var number) ? (number % 100) switch
        {
            1 => "square",
            2 => "diamond",
            3 => "cross",
            4 => "x",
            5 => "triangle-up",
            _ => "circle",
        } : symbol;
        switch (kind)
        {
            case "square":
                svg.Add($"""<rect class="dot" x="{x - r}" y="{y - r}" width="{2 * r}" height="{2 * r}" stroke="none"{look}/>""");
                break;
            case "diamond":
                svg.Add($"""<path class="dot" d="M{x} {y - (1.3 * r)}l{1.3 * r} {1.3 * r}l{-1.3 * r} {1.3 * r}l{-1.3 * r} {-1.3 * r}z" stroke="none"{look}/>""");
                break;
            case "cross":
                svg.Add($"""<path class="dot" d="M{x - r} {y}H{x + r}M{x} {y - r}V{y + r}" stroke-width="{r * 0.8}"{look}/>""");
                break;
            case "x":
                svg.Add($"""<path class="dot" d="M{x - r} {y - r}L{x + r} {y + r}M{x - r} {y + r}L{x + r} {y - r}" stroke-width="{r * 0.8}"{look}/>""");
                break;
            case "triangle-up":
                svg.Add($"""<path class="dot" d="M{x} {y - r}L{x + r} {y + r}H{x - r}z" stroke="none"{look}/>""");
                break;
            default:
                svg.Add($"""<circle class="dot" cx="{x}" cy="{y}" r="{r}" stroke="none"{look}/>""");
                break;
        }
    }

    // ---- error bars

    static (double Low, double High)[] Whiskers(JsonNode? error, double[] at, FigureAxis axis)
    {
        var spans = new (double, double)[at.Length];
        var shown = error is JsonObject && error["visible"]?.ToString() != "false";
        var type = Json.Text(error?["type"]);
        for (var i = 0; i < at.Length; i++)
        {
            double Length(string array, string single) => error![array] is { } lengths ? Json.Number(Json.At(lengths, i))
                : type == "percent" ? Math.Abs(at[i]) * Json.Number(error[single], 10) / 100
                : type == "sqrt" ? Math.Sqrt(Math.Abs(at[i]))
                : error["array"] is null && error[single] is not null ? Json.Number(error[single]) : double.NaN;
            var up = shown ? Length("array", "value") : double.NaN;
            var down = shown ? error!["arrayminus"] is not null || error["valueminus"] is not null ? Length("arrayminus", "valueminus") : up : double.NaN;
            // Lengths are of the data, not of its powers.
            var value = axis.IsLog ? Math.Pow(10, at[i]) : at[i];
            spans[i] = (axis.Coordinate(value - down), axis.Coordinate(value + up));
            axis.Include(spans[i].Item1);
            axis.Include(spans[i].Item2);
        }
        return spans;
    }

    void Whisker((double Low, double High) span, bool horizontal, double place)
    {
        if (!double.IsFinite(span.Low) || !double.IsFinite(span.High) || span.Low >= span.High)
            return;
        if (horizontal)
            svg.Add($"""<path class="whisker" fill="none" d="M{pane.AtX(span.Low)} {pane.AtY(place) - 3}v6m0 -3H{pane.AtX(span.High)}m0 -3v6"/>""");
        else
            svg.Add($"""<path class="whisker" fill="none" d="M{pane.AtX(place) - 3} {pane.AtY(span.Low)}h6m-3 0V{pane.AtY(span.High)}m-3 0h6"/>""");
    }

    // ---- bars

    Action Bars(JsonObject trace, int index)
    {
        var lies = Json.Text(trace["orientation"]) == "h";
        var (values, keys) = lies ? (trace["x"], trace["y"]) : (trace["y"], trace["x"]);
        var axis = lies ? pane.Y : pane.X;
        var value = lies ? pane.X : pane.Y;
        var count = keys is null ? Json.Items(values).Count : Math.Min(Json.Items(values).Count, Json.Items(keys).Count);
        double[] places = [.. Enumerable.Range(0, count).Select(i => keys is null ? i : axis.Coordinate(Json.At(keys, i)))];
        double[] heights = [.. Json.Items(values).Take(count).Select(v => value.IsLog ? Json.Number(v) : value.Coordinate(v))];
        return Rectangles(trace, index, lies, places, heights, Unit(places));
    }

    Action Rectangles(JsonObject trace, int index, bool lies, double[] places, double[] heights, double unit, double? exactWidth = null)
    {
        var axis = lies ? pane.Y : pane.X;
        var value = lies ? pane.X : pane.Y;
        int[] neighbours = [.. pane.Traces.Where(t => Json.Text(t.Trace["type"]) is "bar" or "histogram").Select(t => t.Index)];
        var mode = Json.Text(layout["barmode"]);
        var stacks = mode is "stack" or "relative";
        var beside = !stacks && mode != "overlay" && neighbours.Length > 1;
        var width = exactWidth ?? unit * 0.8;
        var own = beside ? width / neighbours.Length : width;
        var shift = beside ? own * (Array.IndexOf(neighbours, index) - ((neighbours.Length - 1) / 2.0)) : 0;
        var ends = new (double Low, double High, double Place)[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var from = Json.Number(Json.At(trace["base"], i), 0);
            if (stacks && double.IsFinite(heights[i]))
            {
                var side = (heights[i] < 0 ? "down" : "up", places[i]);
                from = _stacked.GetValueOrDefault(side);
                _stacked[side] = from + heights[i];
            }
            ends[i] = (value.Coordinate(from), value.Coordinate(from + heights[i]), places[i] + shift);
            value.Include(ends[i].Low);
            value.Include(ends[i].High);
            axis.Include(places[i] - (width / 2));
            axis.Include(places[i] + (width / 2));
        }
        // Bars that stand on zero leave no gap below it.
        if (!value.IsLog && ends.All(e => !(e.High < 0)))
            pane.Grounded = lies ? (true, pane.Grounded.Y) : (pane.Grounded.X, true);
        var errors = Whiskers(trace[lies ? "error_x" : "error_y"], [.. ends.Select(e => e.High)], value);
        var opacity = Json.Number(trace["opacity"] ?? trace["marker"]?["opacity"], mode == "overlay" && neighbours.Length > 1 ? 0.6 : 1);
        return () =>
        {
            for (var i = 0; i < ends.Length; i++)
            {
                var (low, high, place) = ends[i];
                if (!double.IsFinite(high) || !double.IsFinite(place))
                    continue;
                // On a logarithmic axis bars stand on its low end.
                var (a, b) = (double.IsFinite(low) ? pane.At(lies, false, low) : lies ? pane.Box.Left : pane.Box.Bottom, pane.At(lies, false, high));
                var (c, d) = (pane.At(lies, true, place - (own / 2)), pane.At(lies, true, place + (own / 2)));
                var (x, y, w, h) = lies ? (Math.Min(a, b), Math.Min(c, d), Math.Abs(b - a), Math.Abs(d - c)) : (Math.Min(c, d), Math.Min(a, b), Math.Abs(d - c), Math.Abs(b - a));
                svg.Add($"""<rect class="bar" x="{x}" y="{y}" width="{Math.Max(w - (lies ? 0 : 0.6), 0.4)}" height="{Math.Max(h - (lies ? 0.6 : 0), 0)}" stroke="none" """);
                if (Json.Color(Json.At(trace["marker"]?["color"], i)) is { } color)
                    svg.Add($"""fill="{color}" """);
                svg.Add($"""fill-opacity="{opacity}"/>""");
                if (Json.Text(Json.At(trace["text"], i)) is { Length: > 0 } text)
                {
                    if (lies)
                        svg.Add($"""<text x="{Math.Max(a, b) + 4}" y="{y + (h / 2) + 4}" stroke="none" fill="currentColor">{Json.Plain(text)}</text>""");
                    else
                        svg.Add($"""<text x="{x + (w / 2)}" y="{y - 4}" text-anchor="middle" stroke="none" fill="currentColor">{Json.Plain(text)}</text>""");
                }
                Whisker(errors[i], lies, place);
            }
        };
    }

    // The smallest step between places.
    static double Unit(double[] places)
    {
        double[] sorted = [.. places.Where(double.IsFinite).Distinct().Order()];
        return sorted.Length < 2 ? 1 : sorted.Zip(sorted.Skip(1), (a, b) => b - a).Min();
    }

    Action Histogram(JsonObject trace, int index)
    {
        var lies = Json.Text(trace["orientation"]) == "h" || trace["x"] is null;
        var axis = lies ? pane.Y : pane.X;
        var data = Json.Items(trace[lies ? "y" : "x"]);
        var others = Json.Items(trace[lies ? "x" : "y"]);
        double[] coordinates = [.. data.Select(axis.Coordinate)];
        var finite = coordinates.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            return () => { };
        double start, size;
        int count;
        if (axis.IsCategory)
            (start, size, count) = (-0.5, 1, (int)finite.Max() + 1);
        else if (trace[lies ? "ybins" : "xbins"] is JsonObject bins && Json.Number(bins["size"]) is > 0 and var said)
            (start, size, count) = (Json.Number(bins["start"], finite.Min()), said, Math.Clamp((int)Math.Ceiling(((Json.Number(bins["end"], finite.Max()) - Json.Number(bins["start"], finite.Min())) / said) - 1e-9), 1, 2000));
        else
            (start, size, count) = Distribution.Bins(finite, (int)Json.Number(trace[lies ? "nbinsy" : "nbinsx"], 0), twoDimensional: false);
        var members = Enumerable.Range(0, count).Select(_ => new List<double>()).ToArray();
        for (var i = 0; i < coordinates.Length; i++)
        {
            var bin = (int)Math.Floor(((coordinates[i] - start) / size) + 1e-9);
            if (double.IsFinite(coordinates[i]) && bin >= 0 && bin < count)
                members[bin].Add(i < others.Count ? Json.Number(others[i], 0) : 1);
        }
        double[] heights = [.. members.Select(m => Json.Text(trace["histfunc"]) switch
        {
            "sum" => m.Sum(),
            "avg" => m.Count > 0 ? m.Average() : 0,
            "min" => m.Count > 0 ? m.Min() : 0,
            "max" => m.Count > 0 ? m.Max() : 0,
            _ => m.Count,
        })];
        var total = heights.Sum();
        var norm = Json.Text(trace["histnorm"]);
        for (var i = 0; i < count; i++)
        {
            heights[i] = norm switch
            {
                "percent" => 100 * heights[i] / total,
                "probability" => heights[i] / total,
                "density" => heights[i] / size,
                "probability density" => heights[i] / total / size,
                _ => heights[i],
            };
        }
        if (Json.Is(trace["cumulative"]?["enabled"]))
        {
            for (var i = 1; i < count; i++)
                heights[i] += heights[i - 1];
        }
        double[] places = [.. Enumerable.Range(0, count).Select(i => start + ((i + 0.5) * size))];
        return Rectangles(trace, index, lies, places, heights, size, axis.IsCategory ? null : size);
    }

    // ---- boxes and violins

    // The data of a box plot or violin by where they stand: on the names of x, or all on the name of the trace.
    IEnumerable<(double Place, double[] Sorted)> Groups(JsonObject trace, int index, bool lies)
    {
        var axis = lies ? pane.Y : pane.X;
        var value = lies ? pane.X : pane.Y;
        var data = Json.Items(trace[lies ? "x" : "y"]);
        var places = trace[lies ? "y" : "x"];
        var byPlace = data.Select((v, i) => (Place: places is null ? axis.Coordinate(FigureDrawing.NameOf(trace, index)) : axis.Coordinate(Json.At(places, i)), Value: value.Coordinate(v)))
            .Where(p => double.IsFinite(p.Place) && double.IsFinite(p.Value));
        foreach (var group in byPlace.GroupBy(p => p.Place).OrderBy(g => g.Key))
            yield return (group.Key, [.. group.Select(p => p.Value).Order()]);
    }

    // Its share of the room of a place, where several stand beside one another.
    (double Shift, double Width) Slot(string type, int index, double unit)
    {
        int[] neighbours = [.. pane.Traces.Where(t => Json.Text(t.Trace["type"]) == type).Select(t => t.Index)];
        var beside = Json.Text(layout[type + "mode"]) == "group" && neighbours.Length > 1;
        var width = unit * 0.7 / (beside ? neighbours.Length : 1);
        return (beside ? width * (Array.IndexOf(neighbours, index) - ((neighbours.Length - 1) / 2.0)) : 0, width * 0.85);
    }

    static bool Lies(JsonObject trace) => Json.Text(trace["orientation"]) is { Length: > 0 } said ? said == "h" : trace["y"] is null;

    Action Boxes(JsonObject trace, int index)
    {
        var lies = Lies(trace);
        var groups = Groups(trace, index, lies).ToArray();
        Learn(groups, lies);
        var (shift, width) = Slot("box", index, Unit([.. groups.Select(g => g.Place)]));
        return () =>
        {
            foreach (var (place, sorted) in groups)
                Box(trace, lies, place + shift, width, sorted, points: true);
        };
    }

    void Learn((double Place, double[] Sorted)[] groups, bool lies)
    {
        foreach (var (place, sorted) in groups)
        {
            (lies ? pane.Y : pane.X).Include(place - 0.5);
            (lies ? pane.Y : pane.X).Include(place + 0.5);
            (lies ? pane.X : pane.Y).Include(sorted[0]);
            (lies ? pane.X : pane.Y).Include(sorted[^1]);
        }
    }

    void Box(JsonObject trace, bool lies, double place, double width, double[] sorted, bool points)
    {
        var (low, q1, median, q3, high) = Distribution.Box(sorted);
        double V(double v) => pane.At(lies, false, v);
        double P(double p) => pane.At(lies, true, p);
        string Line(double v1, double p1, double v2, double p2)
        {
            var path = new Html();
            if (lies)
                path.Add($"M{V(v1)} {P(p1)}L{V(v2)} {P(p2)}");
            else
                path.Add($"M{P(p1)} {V(v1)}L{P(p2)} {V(v2)}");
            return path.ToString();
        }
        var (from, to) = (place - (width / 2), place + (width / 2));
        var lines = Line(low, place, q1, place) + Line(q3, place, high, place)
            + Line(low, place - (width / 4), low, place + (width / 4)) + Line(high, place - (width / 4), high, place + (width / 4));
        var edges = Line(q1, from, q1, to) + Line(q1, to, q3, to).Replace('M', 'L') + Line(q3, to, q3, from).Replace('M', 'L') + "Z";
        if (Json.Color(trace["fillcolor"]) is { } fill)
            svg.Add($"""<path class="box" d="{edges}" fill="{fill}" stroke-width="1.5"/>""");
        else
            svg.Add($"""<path class="box" d="{edges}" fill-opacity="0.35" stroke-width="1.5"/>""");
        svg.Add($"""<path class="whisker" d="{lines}" fill="none" stroke-width="1.5"/><path class="median" d="{Line(median, from, median, to)}" fill="none" stroke-width="2.5"/>""");
        if (trace["boxmean"] is { } mean && mean.ToString() is "true" or "sd")
            svg.Add($"""<path class="mean" d="{Line(sorted.Average(), from, sorted.Average(), to)}" fill="none" stroke-dasharray="4 3"/>""");
        var shown = trace["boxpoints"]?.ToString();
        if (!points || shown == "false")
            return;
        // All points stand beside their box, those outside the whiskers over it.
        var all = shown == "all";
        var spread = width * 0.4 * Json.Number(trace["jitter"], 0);
        var count = 0;
        foreach (var value in sorted.Where(v => all || v < low || v > high))
        {
            // Spread by the golden ratio, so that the same chart gives the same drawing.
            var aside = spread * ((count++ * 0.618 % 1) - 0.5);
            var at = P(all ? place - (width * 0.75) + aside : place + aside);
            Mark(lies ? V(value) : at, lies ? at : V(value), 2.5, "", null, 1);
        }
    }

    Action Violins(JsonObject trace, int index)
    {
        var lies = Lies(trace);
        var groups = Groups(trace, index, lies).ToArray();
        var densities = groups.Select(g => Distribution.Density(g.Sorted, Json.Number(trace["bandwidth"], 0), Json.Text(trace["spanmode"]) == "hard")).ToArray();
        Learn(groups, lies);
        foreach (var (places, _) in densities)
        {
            (lies ? pane.X : pane.Y).Include(places[0]);
            (lies ? pane.X : pane.Y).Include(places[^1]);
        }
        var (shift, width) = Slot("violin", index, Unit([.. groups.Select(g => g.Place)]));
        var highest = densities.SelectMany(d => d.Density).DefaultIfEmpty(1).Max();
        var side = Json.Text(trace["side"]);
        return () =>
        {
            for (var g = 0; g < groups.Length; g++)
            {
                var place = groups[g].Place + shift;
                var outline = new Html();
                void Side(double sign, bool back)
                {
                    var (values, density) = densities[g];
                    for (var k = 0; k < values.Length; k++)
                    {
                        var i = back ? values.Length - 1 - k : k;
                        var (v, p) = (pane.At(lies, false, values[i]), pane.At(lies, true, place + (sign * width / 2 * density[i] / highest)));
                        var pen = !back && k == 0 ? "M" : "L";
                        if (lies)
                            outline.Add($"{pen}{v} {p}");
                        else
                            outline.Add($"{pen}{p} {v}");
                    }
                }
                Side(side == "negative" ? 0 : 1, back: false);
                Side(side == "positive" ? 0 : -1, back: true);
                svg.Add($"""<path class="violin" d="{outline}Z" fill-opacity="0.35" stroke-width="1.5"/>""");
                if (Json.Is(trace["box"]?["visible"]))
                    Box(new() { ["boxmean"] = trace["meanline"]?["visible"]?.DeepClone() }, lies, place, width * Json.Number(trace["box"]?["width"], 0.25), groups[g].Sorted, points: false);
                else if (Json.Is(trace["meanline"]?["visible"]))
                    MeanLine(lies, place, width / 2, groups[g].Sorted.Average(), densities[g], highest);
                if (Json.Text(trace["points"]) == "all")
                {
                    foreach (var value in groups[g].Sorted)
                    {
                        var (v, p) = (pane.At(lies, false, value), pane.At(lies, true, place - (width * 0.6)));
                        Mark(lies ? v : p, lies ? p : v, 2.5, "", null, 1);
                    }
                }
            }
        };
    }

    // As far as the outline reaches at the mean.
    void MeanLine(bool lies, double place, double half, double mean, (double[] Places, double[] Density) density, double highest)
    {
        var nearest = Enumerable.Range(0, density.Places.Length).MinBy(i => Math.Abs(density.Places[i] - mean));
        var reach = half * density.Density[nearest] / highest;
        var (v, from, to) = (pane.At(lies, false, mean), pane.At(lies, true, place - reach), pane.At(lies, true, place + reach));
        if (lies)
            svg.Add($"""<path class="mean" d="M{v} {from}V{to}" fill="none" stroke-dasharray="4 3"/>""");
        else
            svg.Add($"""<path class="mean" d="M{from} {v}H{to}" fill="none" stroke-dasharray="4 3"/>""");
    }

    // ---- cells

    Action Cells(JsonObject trace)
    {
        var rows = Json.Items(trace["z"]).Select(r => Json.Items(r).Select(v => Json.Number(v)).ToArray()).ToArray();
        if (Json.Is(trace["transpose"]))
            rows = [.. Enumerable.Range(0, rows.Length == 0 ? 0 : rows.Max(r => r.Length)).Select(j => rows.Select(r => j < r.Length ? r[j] : double.NaN).ToArray())];
        if (Json.Text(trace["type"]) == "contour")
            remark("Contours are drawn as cells; plotly.js draws their lines.");
        var columns = rows.Length == 0 ? 0 : rows.Max(r => r.Length);
        return Grid(trace, rows, Edges(trace["x"], columns, pane.X), Edges(trace["y"], rows.Length, pane.Y));
    }

    static double[] Edges(JsonNode? centres, int count, FigureAxis axis)
    {
        double[] at = centres is null ? [.. Enumerable.Range(0, count).Select(i => (double)i)] : [.. Json.Items(centres).Take(count + 1).Select(axis.Coordinate)];
        if (at.Length == count + 1)
            return at;
        if (at.Length < count || count == 0 || at.Any(v => !double.IsFinite(v)))
            at = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        return count switch
        {
            0 => [0],
            1 => [at[0] - 0.5, at[0] + 0.5],
            _ => [at[0] - ((at[1] - at[0]) / 2), .. at.Zip(at.Skip(1), (a, b) => (a + b) / 2), at[^1] + ((at[^1] - at[^2]) / 2)],
        };
    }

    Action Histogram2D(JsonObject trace)
    {
        double[] xs = [.. Json.Items(trace["x"]).Select(pane.X.Coordinate)], ys = [.. Json.Items(trace["y"]).Select(pane.Y.Coordinate)];
        var count = Math.Min(xs.Length, ys.Length);
        int[] kept = [.. Enumerable.Range(0, count).Where(i => double.IsFinite(xs[i]) && double.IsFinite(ys[i]))];
        if (kept.Length == 0)
            return () => { };
        (double Start, double Size, int Count) Bins(double[] at, string name, FigureAxis axis) => axis.IsCategory ? (-0.5, 1, (int)kept.Max(i => at[i]) + 1)
            : trace[name == "nbinsx" ? "xbins" : "ybins"] is JsonObject said && Json.Number(said["size"]) is > 0 and var size
                ? (Json.Number(said["start"], kept.Min(i => at[i])), size, Math.Clamp((int)Math.Ceiling((kept.Max(i => at[i]) - Json.Number(said["start"], kept.Min(i => at[i]))) / size), 1, 500))
                : Distribution.Bins([.. kept.Select(i => at[i])], (int)Json.Number(trace[name], 0), twoDimensional: true);
        var (bx, by) = (Bins(xs, "nbinsx", pane.X), Bins(ys, "nbinsy", pane.Y));
        var rows = Enumerable.Range(0, by.Count).Select(_ => new double[bx.Count]).ToArray();
        foreach (var i in kept)
        {
            var (column, row) = ((int)Math.Floor(((xs[i] - bx.Start) / bx.Size) + 1e-9), (int)Math.Floor(((ys[i] - by.Start) / by.Size) + 1e-9));
            if (column >= 0 && column < bx.Count && row >= 0 && row < by.Count)
                rows[row][column]++;
        }
        return Grid(trace, rows, [.. Enumerable.Range(0, bx.Count + 1).Select(i => bx.Start + (i * bx.Size))], [.. Enumerable.Range(0, by.Count + 1).Select(i => by.Start + (i * by.Size))]);
    }

    Action Grid(JsonObject trace, double[][] rows, double[] xs, double[] ys)
    {
        foreach (var x in xs)
            pane.X.Include(x);
        foreach (var y in ys)
            pane.Y.Include(y);
        pane.X.Tighten();
        pane.Y.Tighten();
        var scale = new ColorScale(trace, rows.SelectMany(r => r));
        Scales.Add((trace, scale));
        var (down, across) = Blocks(rows.Length, xs.Length - 1);
        var many = rows.Length * (xs.Length - 1) > 4000;
        if (many && (down > 1 || across > 1))
            remark($"Drawn by the means of {down} x {across} cells.");
        return () =>
        {
            if (many)
            {
                Shades(rows, xs, ys, scale);
                return;
            }
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < rows[i].Length && j + 1 < xs.Length; j++)
                {
                    if (!double.IsFinite(rows[i][j]))
                        continue;
                    var (x0, x1, y0, y1) = (pane.AtX(xs[j]), pane.AtX(xs[j + 1]), pane.AtY(ys[i]), pane.AtY(ys[i + 1]));
                    svg.Add($"""<rect class="cell" x="{Math.Min(x0, x1)}" y="{Math.Min(y0, y1)}" width="{Math.Abs(x1 - x0) + 0.3}" height="{Math.Abs(y1 - y0) + 0.3}" stroke="none" fill="{scale.Text(rows[i][j])}"/>""");
                }
            }
        };
    }

    // How many cells are drawn as one, downwards and across, so that no more than a hundred stand in a row or column.
    static (int Down, int Across) Blocks(int rows, int columns) => ((rows + 99) / 100, (columns + 99) / 100);

    // Thousands of cells as few paths, one for each of 48 colours: an embedded picture would not come through mail and sanitizers.
    void Shades(double[][] rows, double[] xs, double[] ys, ColorScale scale)
    {
        const int Colors = 48, LongestPath = 15_000;
        var (down, across) = Blocks(rows.Length, xs.Length - 1);
        var paths = Enumerable.Range(0, Colors).Select(_ => new Html()).ToArray();
        void Flush(int shade)
        {
            var color = scale.Text(scale.Low + ((scale.High - scale.Low) * (shade + 0.5) / Colors));
            svg.Add($"""<path class="cells" fill="{color}" stroke="{color}" stroke-width="0.3" d="{paths[shade]}"/>""");
            paths[shade] = new();
        }
        for (var i = 0; i < rows.Length; i += down)
        {
            var from = 0;
            var shade = -1;
            for (var j = 0; j < xs.Length - 1 + across; j += across)
            {
                var block = rows.Skip(i).Take(down).SelectMany(r => r.Skip(j).Take(across)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
                var next = double.IsFinite(block) ? (int)Math.Clamp((block - scale.Low) / (scale.High - scale.Low) * Colors, 0, Colors - 1) : -1;
                if (next == shade)
                    continue;
                // Neighbours of one colour are one rectangle.
                if (shade >= 0)
                {
                    var (x0, x1) = (pane.AtX(xs[from]), pane.AtX(xs[Math.Min(j, xs.Length - 1)]));
                    var (y0, y1) = (pane.AtY(ys[i]), pane.AtY(ys[Math.Min(i + down, ys.Length - 1)]));
                    paths[shade].Add($"M{x0} {y0}H{x1}V{y1}H{x0}z");
                    if (paths[shade].Length > LongestPath)
                        Flush(shade);
                }
                (from, shade) = (j, next);
            }
        }
        for (var shade = 0; shade < Colors; shade++)
        {
            if (paths[shade].Length > 0)
                Flush(shade);
        }
    }

    /// <summary>The scales of cells, for the bars that explain them.</summary>
    public List<(JsonObject Trace, ColorScale Scale)> Scales { get; } = [];
}
