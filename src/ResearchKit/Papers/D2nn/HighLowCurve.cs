using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.D2nn;

/// <summary>
/// Accuracy against cost of the high-low network over lambda, beside static networks, a random controller, and a threshold on the low
/// path's confidence.
/// </summary>
sealed class HighLowCurve(D2nnParameters parameters, DataSet data, Batches train, Batches validation, Experiment run)
{
    internal void Report()
    {
        var statistics = data.Train.ChannelStatistics();
        var training = new JointTraining(parameters, run);
        Outcome On(DynamicNetwork network) => Outcome.Of(network, data.Test, statistics, run.Cancellation);
        using var low = training.Train("static, low", () => Architectures.Static(high: false), train, validation, null);
        using var high = training.Train("static, high", () => Architectures.Static(high: true), train, validation, null);
        Outcome lowest = On(low), highest = On(high);

        // Both paths trained alike, for the threshold on confidence: the low path first, the high one where it is unsure.
        using var both = training.Train("both paths", () => Architectures.HighLow(), train, validation, null);
        both.Policy = (_, members) => new long[members.Length];
        var firstLow = On(both);
        both.Policy = (_, members) => [.. members.Select(_ => 1L)];
        var thenHigh = On(both);
        double full = both.FullMacs;
        (double Cost, double Accuracy)[] thresholds = [.. new[] { 0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.1 }.Select(t => Threshold(firstLow, thenHigh, both, t))];

        List<string[]> rows =
        [
            ["static, low", "", $"{lowest.Accuracy:0.00}", $"{100 * lowest.Cost / full:0.0}", "", "", "", "", ""],
            ["static, high", "", $"{highest.Accuracy:0.00}", $"{100 * highest.Cost / full:0.0}", "", "", "", "", ""],
        ];
        var (points, randoms, advantages) = (new List<(double Cost, double Accuracy)>(), new List<(double Cost, double Accuracy)>(), new List<double>());
        foreach (double lambda in parameters.Lambdas.Order())
        {
            using var network = training.Train($"high-low, lambda {lambda}", () => Architectures.HighLow(), train, validation, lambda);
            var outcome = On(network);
            double share = outcome.Shares.GetValueOrDefault("control: 1");
            double line = Line(outcome.Cost, lowest, highest);
            var (onLow, onHigh) = LowPath(network, outcome, statistics);
            var random = Random(network, share, statistics);
            double confidence = Interpolate(thresholds, outcome.Cost);
            points.Add((outcome.Cost, outcome.Accuracy));
            randoms.Add((random.Cost, random.Accuracy));
            if (double.IsFinite(confidence))
            {
                advantages.Add(outcome.Accuracy - confidence);
            }

            rows.Add([
                "high-low", $"{lambda}", $"{outcome.Accuracy:0.00}", $"{100 * outcome.Cost / full:0.0}", $"{100 * share:0.0}", $"{line:0.00}", $"{random.Accuracy:0.00}",
                double.IsFinite(confidence) ? $"{confidence:0.00}" : "-", $"{onLow:0.0} / {onHigh:0.0}"]);
            run.Value($"high-low/accuracy/lambda {lambda}", outcome.Accuracy, "%");
            run.Value($"high-low/cost/lambda {lambda}", 100 * outcome.Cost / full, "% of the full cost");
            if (Claims.Points.Contains(lambda))
            {
                run.Claim($"line-{lambda}", outcome.Accuracy - line);
                run.Claim($"random-{lambda}", outcome.Accuracy - random.Accuracy);
            }
        }

        foreach (double missing in Claims.Points.Where(p => !parameters.Lambdas.Contains(p)))
        {
            run.NotTested($"line-{missing}", "this lambda is not among the lambdas");
            run.NotTested($"random-{missing}", "this lambda is not among the lambdas");
        }

        run.Claim("lambda-cost", 100 * (points[^1].Cost - points[0].Cost) / full);
        if (advantages.Count > 0)
        {
            run.Claim("confidence", advantages.Average());
        }
        else
        {
            run.NotTested("confidence", "no lambda gave a cost between those of two thresholds");
        }

        run.Table(new(
            "High-low: accuracy and cost on the test images",
            ["Network", "lambda", "Accuracy (%)", "Cost (% of all nodes)", "On the high path (%)", "Line between static paths (%)", "Random controller (%)", "Confidence threshold (%)", "Low path's accuracy on images sent low / high (%)"],
            rows,
            "Multiply-accumulates of the nodes that ran, stem and controller among them. A network of its own for each lambda; the random controller is tried in the same network. "
            + "The threshold runs the low path first; it is interpolated at the same cost."));
        FigureSeries Series(string name, IEnumerable<(double Cost, double Accuracy)> of) =>
            new(name, [.. of.OrderBy(p => p.Cost).Select(p => 100 * p.Cost / full)], null, [.. of.OrderBy(p => p.Cost).Select(p => p.Accuracy)]);
        run.Figure(new(
            "High-low: accuracy against cost", FigureKind.Line, "cost, % of all nodes", "test accuracy (%)",
            [
                Series("learned, over lambda", points), Series("static paths", [(lowest.Cost, lowest.Accuracy), (highest.Cost, highest.Accuracy)]),
                Series("random, in the same networks", randoms), Series("threshold on the low path's confidence", thresholds),
            ],
            "A mixture at random of the two static networks would lie on the line between them."));
    }

    /// <summary>Accuracy on the line between two static networks at a cost.</summary>
    static double Line(double cost, Outcome low, Outcome high) =>
        low.Accuracy + ((high.Accuracy - low.Accuracy) * (cost - low.Cost) / (high.Cost - low.Cost));

    static double Interpolate((double Cost, double Accuracy)[] points, double cost)
    {
        var sorted = points.OrderBy(p => p.Cost).ToArray();
        for (int k = 0; k + 1 < sorted.Length; k++)
        {
            if (cost >= sorted[k].Cost && cost <= sorted[k + 1].Cost && sorted[k + 1].Cost > sorted[k].Cost)
            {
                return sorted[k].Accuracy + ((sorted[k + 1].Accuracy - sorted[k].Accuracy) * (cost - sorted[k].Cost) / (sorted[k + 1].Cost - sorted[k].Cost));
            }
        }

        return double.NaN;
    }

    /// <summary>The low path answers where it is sure enough, else the high path runs too. No controller runs.</summary>
    static (double Cost, double Accuracy) Threshold(Outcome low, Outcome high, DynamicNetwork network, double threshold)
    {
        double first = network.MacsOf("stem") + network.MacsOf("low");
        var (right, cost) = (0, 0.0);
        for (int i = 0; i < low.Answers.Length; i++)
        {
            bool sure = low.Confidence[i] >= threshold;
            right += (sure ? low : high).Answers[i] == low.Labels[i] ? 1 : 0;
            cost += first + (sure ? 0 : network.MacsOf("high"));
        }

        return (cost / low.Answers.Length, 100.0 * right / low.Answers.Length);
    }

    Outcome Random(DynamicNetwork network, double share, ChannelStatistics statistics)
    {
        var random = new SplitMix64((ulong)run.Seed, 7);
        network.Policy = (_, members) => [.. members.Select(_ => random.NextDouble() < share ? 1L : 0)];
        var outcome = Outcome.Of(network, data.Test, statistics, run.Cancellation);
        network.Policy = null;
        return outcome;
    }

    /// <summary>How right the low path would be on the images that were sent low, and on those that were sent high.</summary>
    (double OnLow, double OnHigh) LowPath(DynamicNetwork network, Outcome chosen, ChannelStatistics statistics)
    {
        network.Policy = (_, members) => new long[members.Length];
        var low = Outcome.Of(network, data.Test, statistics, run.Cancellation);
        network.Policy = null;
        double Right(bool high)
        {
            int[] images = [.. Enumerable.Range(0, low.Answers.Length).Where(i => chosen.Costs[i] > low.Costs[i] == high)];
            return images.Length == 0 ? double.NaN : 100.0 * images.Count(i => low.Answers[i] == low.Labels[i]) / images.Length;
        }

        return (Right(false), Right(true));
    }
}
