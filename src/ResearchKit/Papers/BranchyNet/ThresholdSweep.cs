namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// The choice of thresholds (arXiv:1709.01686, Sec. V-B): every combination of a list is tried, and the cheapest that keeps the accuracy is
/// taken. The paper stars a knee of the curve and gives no rule for it.
/// </summary>
public static class ThresholdSweep
{
    /// <summary>Every combination of thresholds for some exits.</summary>
    /// <param name="list">The thresholds of one exit.</param>
    /// <param name="exits">Exits that have one.</param>
    public static IReadOnlyList<double[]> Grid(IReadOnlyList<double> list, int exits)
    {
        IEnumerable<double[]> combinations = [[]];
        for (int n = 0; n < exits; n++)
        {
            combinations = [.. combinations.SelectMany(_ => list, (before, t) => (double[])[.. before, t])];
        }

        return [.. combinations];
    }

    /// <summary>The cheapest result that is accurate enough, of equal ones the more accurate; where none is, the most accurate.</summary>
    /// <param name="results">On the images that may be chosen on.</param>
    /// <param name="accuracy">What is enough, per cent.</param>
    public static ThresholdResult Choose(IReadOnlyList<ThresholdResult> results, double accuracy)
    {
        ArgumentNullException.ThrowIfNull(results);
        double enough = Math.Min(accuracy, results.Max(r => r.Accuracy));
        return results.Where(r => r.Accuracy >= enough).OrderBy(r => r.Macs).ThenByDescending(r => r.Accuracy).First();
    }

    /// <summary>The results that are more accurate than all cheaper ones, the cheapest first.</summary>
    public static IReadOnlyList<ThresholdResult> Frontier(IEnumerable<ThresholdResult> results)
    {
        var frontier = new List<ThresholdResult>();
        foreach (var result in results.OrderBy(r => r.Macs).ThenByDescending(r => r.Accuracy))
        {
            if (frontier.Count == 0 || result.Accuracy > frontier[^1].Accuracy)
            {
                frontier.Add(result);
            }
        }

        return frontier;
    }
}
