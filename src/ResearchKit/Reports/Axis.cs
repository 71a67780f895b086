namespace ResearchKit.Reports;

/// <summary>A numeric axis of a static chart: its range, its ticks, and where a value lies on it.</summary>
sealed class Axis
{
    readonly bool _log;
    readonly double _low;
    readonly double _high;

    Axis(bool log, double low, double high, IReadOnlyList<(double Value, string Label)> ticks) =>
        (_log, _low, _high, Ticks) = (log, low, high, ticks);

    /// <summary>The ticks, lowest first.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>An axis over <paramref name="values"/>, those that can be drawn.</summary>
    /// <param name="values">The values to show; what is not finite, or not positive on a logarithmic axis, is left out.</param>
    /// <param name="log">True for a logarithmic axis.</param>
    /// <param name="fromZero">True where zero has to be on the axis (bars).</param>
    /// <param name="ends">True where the range ends on ticks, false where it ends on the data.</param>
    public static Axis Over(IEnumerable<double> values, bool log, bool fromZero = false, bool ends = true)
    {
        var shown = values.Where(value => Shows(value, log)).ToList();
        var (low, high) = shown.Count == 0 ? (log ? 1 : 0, log ? 10 : 1) : (shown.Min(), shown.Max());
        return log ? Logarithmic(low, high) : Linear(fromZero ? Math.Min(0, low) : low, fromZero ? Math.Max(0, high) : high, ends);
    }

    /// <summary>Whether the axis has a place for a value.</summary>
    public bool Shows(double value) => Shows(value, _log);

    /// <summary>The place of a value: 0 at the low end, 1 at the high end.</summary>
    public double Place(double value) =>
        Math.Clamp(_log ? Math.Log10(value / _low) / Math.Log10(_high / _low) : (value - _low) / (_high - _low), 0, 1);

    static bool Shows(double value, bool log) => double.IsFinite(value) && (!log || value > 0);

    static Axis Linear(double low, double high, bool ends)
    {
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high == low)
            (low, high) = low == 0 ? (0, 1) : (low - (Math.Abs(low) / 10), high + (Math.Abs(high) / 10));
        var rough = (high - low) / 5;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        var first = (long)Math.Floor(low / step);
        var last = (long)Math.Ceiling(high / step);
        if (!ends)
        {
            var margin = (high - low) * 0.03;
            first = (long)Math.Ceiling((low - margin) / step);
            last = (long)Math.Floor((high + margin) / step);
            (low, high) = (low - margin, high + margin);
        }

        var ticks = new List<(double, string)>();
        for (var i = first; i <= last; i++)
        {
            // Through decimal digits, so that 3 * 0.1 is 0.3.
            var value = Math.Round(i * step, Math.Clamp(1 - (int)Math.Floor(Math.Log10(step)), 0, 15));
            ticks.Add((value, Numbers.Text(value)));
        }

        return ends ? new(false, first * step, last * step, ticks) : new(false, low, high, ticks);
    }

    static Axis Logarithmic(double low, double high)
    {
        var first = (int)Math.Floor(Math.Log10(low) + 1e-9);
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(high) - 1e-9));
        var every = Math.Max(1, (last - first + 5) / 6);
        var ticks = new List<(double, string)>();
        for (var power = first; power <= last; power += every)
            ticks.Add((Math.Pow(10, power), Numbers.Text(Math.Pow(10, power))));
        return new(true, Math.Pow(10, first), Math.Pow(10, last), ticks);
    }
}
