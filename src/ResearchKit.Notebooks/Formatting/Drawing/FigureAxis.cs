using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Reports;

namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>An axis of a drawn figure: linear, logarithmic, of dates or of categories. Its coordinates are numbers, powers of ten, days or places.</summary>
sealed class FigureAxis
{
    readonly Kind _kind;
    readonly List<string> _categories;
    readonly JsonObject? _layout;
    double _low = double.PositiveInfinity, _high = double.NegativeInfinity;
    bool _tight;

    enum Kind { Linear, Log, Date, Category }

    /// <summary>An axis over the places of its traces.</summary>
    /// <param name="layout">What the figure says about the axis.</param>
    /// <param name="places">The data along the axis, one array for each trace.</param>
    public FigureAxis(JsonObject? layout, IReadOnlyList<IReadOnlyList<JsonNode?>> places)
    {
        _layout = layout;
        var all = places.SelectMany(p => p).Where(v => v is not null).ToList();
        _kind = Json.Text(layout?["type"]) switch
        {
            "linear" => Kind.Linear,
            "log" => Kind.Log,
            "date" => Kind.Date,
            "category" => Kind.Category,
            _ when all.TrueForAll(v => Json.Number(v) is not double.NaN) => Kind.Linear,
            _ when all.TrueForAll(v => Date(v) is not double.NaN) => Kind.Date,
            _ => Kind.Category,
        };
        _categories = _kind == Kind.Category ? Categories(layout, all) : [];
    }

    /// <summary>Whether places are names, not numbers.</summary>
    public bool IsCategory => _kind == Kind.Category;

    /// <summary>Whether an axis of the figure says that zero has no place on it.</summary>
    public bool IsLog => _kind == Kind.Log;

    /// <summary>The title.</summary>
    public string Title => Json.Plain(Json.Text(_layout?["title"]?["text"] ?? _layout?["title"]));

    /// <summary>Whether the axis is drawn at the far side: right or top.</summary>
    public bool IsFar => Json.Text(_layout?["side"]) is "right" or "top";

    /// <summary>Whether the axis lies over another.</summary>
    public bool IsOverlay => _layout?["overlaying"] is not null;

    /// <summary>Whether lines are drawn at its ticks.</summary>
    public bool HasGrid => _layout?["showgrid"]?.ToString() != "false" && !IsCategory && !IsOverlay;

    /// <summary>Whether its ticks have labels.</summary>
    public bool HasLabels => _layout?["showticklabels"]?.ToString() != "false" && _layout?["visible"]?.ToString() != "false";

    /// <summary>The coordinate of a datum; not a number where the axis has no place for it.</summary>
    public double Coordinate(JsonNode? value) => _kind switch
    {
        Kind.Linear => Json.Number(value),
        Kind.Log => Json.Number(value) is > 0 and var number ? Math.Log10(number) : double.NaN,
        Kind.Date => Date(value),
        _ => _categories.IndexOf(Json.Text(value)) is >= 0 and var place ? place : Json.Number(value),
    };

    /// <summary>The coordinate of a number, such as the end of an error bar.</summary>
    public double Coordinate(double value) => _kind == Kind.Log ? value > 0 ? Math.Log10(value) : double.NaN : value;

    /// <summary>Makes room for a coordinate.</summary>
    public void Include(double coordinate)
    {
        if (!double.IsFinite(coordinate))
            return;
        _low = Math.Min(_low, coordinate);
        _high = Math.Max(_high, coordinate);
    }

    /// <summary>Ends at what was included, without a margin: for cells.</summary>
    public void Tighten() => _tight = true;

    /// <summary>Fixes the ends, once all is included.</summary>
    /// <param name="lowMargin">False where the low end is a base line, such as the zero of bars.</param>
    /// <param name="highMargin">The same of the high end.</param>
    public void Fix(bool lowMargin = true, bool highMargin = true)
    {
        if (IsCategory && _categories.Count > 0)
        {
            Include(-0.5);
            Include(_categories.Count - 0.5);
        }
        if (_low > _high)
            (_low, _high) = (0, 1);
        if (_high - _low <= 1e-12 * Math.Max(Math.Abs(_low), Math.Abs(_high)))
            (_low, _high) = (_low - Math.Max(1, Math.Abs(_low) / 10), _high + Math.Max(1, Math.Abs(_high) / 10));
        if (!_tight && !IsCategory)
        {
            var margin = (_high - _low) * 0.05;
            (_low, _high) = (lowMargin ? _low - margin : _low, highMargin ? _high + margin : _high);
        }
        if (_layout?["range"] is JsonArray { Count: 2 } range)
        {
            // The ends of a logarithmic axis are powers already.
            var (low, high) = _kind == Kind.Log ? (Json.Number(range[0]), Json.Number(range[1])) : (Coordinate(range[0]), Coordinate(range[1]));
            if (double.IsFinite(low) && double.IsFinite(high) && low != high)
                (_low, _high) = (low, high);
        }
        else if (Json.Text(_layout?["autorange"]) == "reversed")
        {
            (_low, _high) = (_high, _low);
        }
    }

    /// <summary>The place of a coordinate: 0 at the low end, 1 at the high end.</summary>
    public double Place(double coordinate) => (coordinate - _low) / (_high - _low);

    /// <summary>Whether a coordinate lies between the ends.</summary>
    public bool Shows(double coordinate) => double.IsFinite(coordinate) && Place(coordinate) is >= -0.001 and <= 1.001;

    /// <summary>The ticks: coordinates and what is written there.</summary>
    /// <param name="count">About how many there is room for.</param>
    public IReadOnlyList<(double Coordinate, string Label)> Marks(int count)
    {
        if (_layout?["tickvals"] is JsonArray given)
        {
            var texts = _layout["ticktext"] as JsonArray;
            return [.. given.Select((v, i) => (Coordinate(v), Json.Plain(Json.Text(texts is not null && i < texts.Count ? texts[i] : v)))).Where(t => Shows(t.Item1))];
        }
        var (low, high) = (Math.Min(_low, _high), Math.Max(_low, _high));
        switch (_kind)
        {
            case Kind.Category:
                return [.. _categories.Select((name, i) => ((double)i, Json.Plain(name))).Where(t => Shows(t.Item1))];
            case Kind.Log when high - low >= 1:
                var every = Math.Max(1, (int)Math.Ceiling((high - low) / count));
                return [.. Range(Math.Ceiling(low - 1e-9), high, every).Select(p => (p, Numbers.Text(Math.Pow(10, p))))];
            case Kind.Log:
                return [.. Nice(Math.Pow(10, low), Math.Pow(10, high), count).Where(v => v > 0).Select(v => (Math.Log10(v), Numbers.Text(v)))];
            case Kind.Date:
                var format = high - low > 900 ? "yyyy-MM" : high - low > 2 ? "yyyy-MM-dd" : "MM-dd HH:mm";
                return [.. Nice(low, high, count).Select(v => (v, DateTime.UnixEpoch.AddDays(v).ToString(format, CultureInfo.InvariantCulture)))];
            default:
                return [.. Nice(low, high, count).Select(v => (v, Numbers.Text(v)))];
        }
    }

    static IEnumerable<double> Nice(double low, double high, int count)
    {
        var rough = (high - low) / count;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        // Through decimal digits, so that 3 * 0.1 is 0.3.
        var digits = Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 15);
        return Range(Math.Ceiling((low / step) - 1e-9), (high / step) + 1e-9, 1).Select(i => Math.Round(i * step, digits) + 0.0); // no negative zero
    }

    static IEnumerable<double> Range(double from, double to, double step)
    {
        for (var value = from; value <= to + 1e-9; value += step)
            yield return value;
    }

    static List<string> Categories(JsonObject? layout, List<JsonNode?> all)
    {
        var given = layout?["categoryarray"] as JsonArray ?? [];
        List<string> names = [.. given.Select(Json.Text).Concat(all.Select(Json.Text)).Distinct()];
        return Json.Text(layout?["categoryorder"]) switch
        {
            "category ascending" => [.. names.Order(StringComparer.Ordinal)],
            "category descending" => [.. names.OrderDescending(StringComparer.Ordinal)],
            _ => names,
        };
    }

    static double Date(JsonNode? value) =>
        Json.Text(value) is { Length: >= 7 } text && text[4] == '-'
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date)
            ? (date - DateTime.UnixEpoch).TotalDays : double.NaN;
}
