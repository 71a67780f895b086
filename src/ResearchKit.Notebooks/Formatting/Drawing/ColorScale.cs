using System.Globalization;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>Numbers as colours, between the colours of a scale.</summary>
sealed class ColorScale
{
    // plotly.js's scales, some at fewer places: close enough for a drawing. Where no place is said they stand at equal steps.
    static readonly Dictionary<string, string[]> s_named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Greys"] = ["#000000", "#ffffff"],
        ["YlGnBu"] = ["#081d58", "#253494", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4", "#edf8d9", "#ffffd9"],
        ["YlOrRd"] = ["#800026", "#bd0026", "#e31a1c", "#fc4e2a", "#fd8d3c", "#feb24c", "#fed976", "#ffeda0", "#ffffcc"],
        ["Greens"] = ["#00441b", "#006d2c", "#238b45", "#41ab5d", "#74c476", "#a1d99b", "#c7e9c0", "#e5f5e0", "#f7fcf5"],
        ["Bluered"] = ["#0000ff", "#ff0000"],
        ["RdBu"] = ["0 #050aac", "0.35 #6a89f7", "0.5 #bebebe", "0.6 #dcaa84", "0.7 #e6915a", "1 #b20a1c"],
        ["Picnic"] = ["#0000ff", "#3399ff", "#66ccff", "#99ccff", "#ccccff", "#ffffff", "#ffccff", "#ff99ff", "#ff66cc", "#ff6666", "#ff0000"],
        ["Rainbow"] = ["#96005a", "#0000c8", "#0019ff", "#0098ff", "#2cff96", "#97ff00", "#ffea00", "#ff6f00", "#ff0000"],
        ["Portland"] = ["#0c3383", "#0a88ba", "#f2d338", "#f28f38", "#d91e1e"],
        ["Jet"] = ["0 #000083", "0.125 #003caa", "0.375 #05ffff", "0.625 #ffff00", "0.875 #fa0000", "1 #800000"],
        ["Hot"] = ["0 #000000", "0.3 #e60000", "0.6 #ffd200", "1 #ffffff"],
        ["Blackbody"] = ["0 #000000", "0.2 #e60000", "0.4 #e6d200", "0.7 #ffffff", "1 #a0c8ff"],
        ["Earth"] = ["0 #000082", "0.1 #00b4b4", "0.2 #28d228", "0.4 #e6e632", "0.6 #784614", "1 #ffffff"],
        ["Electric"] = ["0 #000000", "0.15 #1e0064", "0.4 #780064", "0.6 #a05a00", "0.8 #e6c800", "1 #fffadc"],
        ["Viridis"] = ["#440154", "#48186a", "#424086", "#33638d", "#26828e", "#1fa088", "#3fbc73", "#84d44b", "#d8e219", "#fde725"],
        ["Cividis"] = ["#00204c", "#00336f", "#39486b", "#575d6d", "#707173", "#8a8779", "#a69d75", "#c4b56c", "#e4cf5b", "#ffea46"],
    };

    readonly List<(double Place, (byte R, byte G, byte B) Color)> _stops;

    /// <summary>The scale of a trace or marker.</summary>
    /// <param name="attributes">Where the scale, its ends and its direction are said.</param>
    /// <param name="values">The numbers to show.</param>
    public ColorScale(JsonObject? attributes, IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        Low = Json.Number(attributes?["zmin"] ?? attributes?["cmin"], finite.Min());
        High = Json.Number(attributes?["zmax"] ?? attributes?["cmax"], finite.Max());
        if (High <= Low)
            High = Low + 1;
        _stops = Stops(attributes?["colorscale"]);
        if (Json.Is(attributes?["reversescale"]))
            _stops = [.. Enumerable.Reverse(_stops).Select(s => (1 - s.Place, s.Color))];
    }

    /// <summary>The number of the first colour.</summary>
    public double Low { get; }

    /// <summary>The number of the last colour.</summary>
    public double High { get; }

    /// <summary>The colour of a number.</summary>
    public (byte R, byte G, byte B) Of(double value)
    {
        var place = Math.Clamp((value - Low) / (High - Low), 0, 1);
        var after = Math.Max(1, _stops.FindIndex(s => s.Place >= place));
        var (from, to) = (_stops[after - 1], _stops[after]);
        var share = to.Place > from.Place ? Math.Clamp((place - from.Place) / (to.Place - from.Place), 0, 1) : 1;
        byte Mix(byte a, byte b) => (byte)Math.Round(a + ((b - a) * share));
        return (Mix(from.Color.R, to.Color.R), Mix(from.Color.G, to.Color.G), Mix(from.Color.B, to.Color.B));
    }

    /// <summary>The colour of a number, as SVG writes it.</summary>
    public string Text(double value)
    {
        var (r, g, b) = Of(value);
        return $"#{r:x2}{g:x2}{b:x2}";
    }

    static List<(double, (byte, byte, byte))> Stops(JsonNode? scale)
    {
        List<(double, (byte, byte, byte))> given = [.. Json.Items(scale)
            .Where(s => s is JsonArray { Count: 2 } && Parse(Json.Text(s[1])) is not null)
            .Select(s => (Json.Number(s![0], 0), Parse(Json.Text(s[1]))!.Value))];
        if (given.Count > 1)
            return given;
        var names = s_named.GetValueOrDefault(Json.Text(scale)) ?? s_named["RdBu"];
        return [.. names.Select((c, i) => c.Split(' ') is [var place, var color]
            ? (double.Parse(place, CultureInfo.InvariantCulture), Parse(color)!.Value) : ((double)i / (names.Length - 1), Parse(c)!.Value))];
    }

    static (byte, byte, byte)? Parse(string color)
    {
        if (color.Length == 7 && color[0] == '#' && int.TryParse(color.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
            return ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        if (color.StartsWith("rgb", StringComparison.Ordinal) && color.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            var parts = color[(open + 1)..].TrimEnd(')').Split(',');
            if (parts.Length >= 3 && parts.Take(3).All(p => double.TryParse(p, CultureInfo.InvariantCulture, out _)))
            {
                byte Part(int i) => (byte)Math.Clamp(double.Parse(parts[i], CultureInfo.InvariantCulture), 0, 255);
                return (Part(0), Part(1), Part(2));
            }
        }
        var known = System.Drawing.Color.FromName(color);
        return known.IsKnownColor ? (known.R, known.G, known.B) : null;
    }
}
