using System.Globalization;

namespace ResearchKit.Reports;

/// <summary>Numbers as the report prints them.</summary>
static class Numbers
{
    /// <summary>Four significant digits; whole numbers in full, with separators.</summary>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
            return "–";
        var magnitude = Math.Abs(value);
        if (value == Math.Floor(value) && magnitude < 1e15)
            return Minus(value.ToString("#,0", CultureInfo.InvariantCulture));
        if (magnitude is < 1e-4 or >= 1e9)
            return Minus(value.ToString("0.###e0", CultureInfo.InvariantCulture));
        var decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(magnitude)));
        return Minus(value.ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture));
    }

    /// <summary>A number with its unit: <c>40×</c>, <c>1.52 %</c>, with a space that does not break.</summary>
    public static string Text(double value, string unit) => WithUnit(Text(value), unit);

    /// <summary>A mean with its unit and its interval, rounded to the digits that the interval leaves certain.</summary>
    public static (string Mean, string Interval) WithInterval(double mean, double low, double high, string unit)
    {
        var decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(high - low)), 0, 9);
        string Rounded(double value) => Minus(value.ToString("N" + decimals, CultureInfo.InvariantCulture));
        return (WithUnit(Rounded(mean), unit), $"{Rounded(low)} to {Rounded(high)}");
    }

    /// <summary>A span of time in the two units that matter: <c>4 min 12 s</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 60)
            return Text(seconds, "s");
        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time.TotalHours < 1
            ? $"{time.Minutes}\u00a0min {time.Seconds}\u00a0s"
            : $"{(int)time.TotalHours}\u00a0h {time.Minutes}\u00a0min";
    }

    /// <summary>A length in bytes, with a rounded form where that is easier to read: <c>27,114 bytes (27.1 kB)</c>.</summary>
    public static string Bytes(long bytes)
    {
        var exact = bytes.ToString("#,0", CultureInfo.InvariantCulture) + "\u00a0bytes";
        return bytes switch
        {
            < 1_000 => exact,
            < 1_000_000 => exact + $" ({Text(Math.Round(bytes / 1e3, 1))}\u00a0kB)",
            _ => exact + $" ({Text(Math.Round(bytes / 1e6, 1))}\u00a0MB)",
        };
    }

    static string WithUnit(string number, string unit) => unit switch
    {
        "" => number,
        "x" => number + "×",
        _ => number + "\u00a0" + unit,
    };

    static string Minus(string digits) => digits.Replace('-', '−');
}
