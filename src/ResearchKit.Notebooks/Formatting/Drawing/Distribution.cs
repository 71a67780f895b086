namespace ResearchKit.Notebooks.Formatting.Drawing;

/// <summary>What box plots, violins and histograms show of numbers.</summary>
static class Distribution
{
    /// <summary>Quartiles and whiskers of sorted numbers: whiskers reach to the last datum within 1.5 times the height of the box.</summary>
    public static (double Low, double Q1, double Median, double Q3, double High) Box(double[] sorted)
    {
        var (q1, median, q3) = (Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
        var fence = 1.5 * (q3 - q1);
        return (sorted.First(v => v >= q1 - fence), q1, median, q3, sorted.Last(v => v <= q3 + fence));
    }

    /// <summary>A quantile of sorted numbers; the i-th of n stands at (i - 1/2) / n, with straight lines between, as in plotly.js.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        var place = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        var low = (int)Math.Floor(place);
        return low + 1 < sorted.Length ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }

    /// <summary>The density of numbers at places, by Gaussian kernels of Silverman's width.</summary>
    public static (double[] Places, double[] Density) Density(double[] sorted, double bandwidth, bool hard)
    {
        var width = bandwidth > 0 ? bandwidth : Silverman(sorted);
        var margin = hard ? 0 : 2 * width;
        var (low, high) = (sorted[0] - margin, sorted[^1] + margin);
        double[] places = [.. Enumerable.Range(0, 61).Select(i => low + ((high - low) * i / 60))];
        return (places, [.. places.Select(p => sorted.Sum(v => Math.Exp(-0.5 * (p - v) * (p - v) / (width * width))) / (sorted.Length * width * Math.Sqrt(2 * Math.PI)))]);
    }

    /// <summary>Bins over numbers: where they begin and their size.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="count">At most how many, or 0 to choose.</param>
    /// <param name="twoDimensional">Whether they are one side of rectangles, of which fewer are taken.</param>
    public static (double Start, double Size, int Count) Bins(double[] values, int count, bool twoDimensional)
    {
        var (low, high) = (values.Min(), values.Max());
        if (high <= low)
            return (low - 0.5, 1, 1);
        var rough = count > 0 ? (high - low) / count
            : 2 * Deviation(values) / Math.Pow(values.Length, twoDimensional ? 0.25 : 0.4);
        rough = Math.Max(rough, (high - low) / 1000);
        var integers = Array.TrueForAll(values, v => v == Math.Floor(v));
        if (integers)
            rough = Math.Max(rough, 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough) + 1e-9));
        var size = power * (rough / power) switch { <= 1 + 1e-9 => 1, <= 2 + 1e-9 => 2, <= 5 + 1e-9 => 5, _ => 10 };
        var start = Math.Floor(low / size) * size;
        // Whole numbers stand in the middle of their bins, not on the edges.
        if (integers)
            start = (Math.Floor(low / size) * size) - 0.5;
        return (start, size, (int)Math.Floor(((high - start) / size) + 1e-9) + 1);
    }

    static double Silverman(double[] sorted)
    {
        var spread = Deviation(sorted);
        var quartiles = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 1.349;
        var scale = quartiles > 0 ? Math.Min(spread, quartiles) : spread;
        return scale > 0 ? 1.059 * scale * Math.Pow(sorted.Length, -0.2) : 1;
    }

    static double Deviation(double[] values)
    {
        var mean = values.Average();
        return values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
