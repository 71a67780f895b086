namespace ResearchKit.Benchmarks.EngineVsPyTorch;

static class Statistics
{
    /// <summary>The value below which a share p of the values lies.</summary>
    internal static double Quantile(double[] values, double p)
    {
        double[] sorted = [.. values.Order()];
        double at = p * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
