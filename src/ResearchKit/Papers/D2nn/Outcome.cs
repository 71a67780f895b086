using ResearchKit.Data;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.D2nn;

/// <summary>What a network in evaluation mode does on a set of images, nothing explored.</summary>
/// <param name="Answers">[N].</param>
/// <param name="Costs">[N], multiply-accumulates.</param>
/// <param name="Confidence">[N], the largest softmax.</param>
/// <param name="Shares">For each control node and action the share of the images that it was chosen for.</param>
/// <param name="Labels">[N], to count right answers by.</param>
sealed record Outcome(long[] Answers, double[] Costs, float[] Confidence, IReadOnlyDictionary<string, double> Shares, int[] Labels)
{
    internal double Accuracy => 100.0 * Answers.Zip(Labels, (a, l) => a == l ? 1 : 0).Sum() / Labels.Length;

    internal double Cost => Costs.Average();

    internal double F1 => 100 * QLearning.F1(Answers, [.. Labels.Select(l => (long)l)]);

    internal static Outcome Of(DynamicNetwork network, ImageSet images, ChannelStatistics statistics, CancellationToken cancellation)
    {
        using var batches = new Batches(images, 500, statistics);
        using var noGrad = no_grad();
        network.eval();
        var (answers, costs, confidence, counts) = (new List<long>(), new List<double>(), new List<float>(), new SortedDictionary<string, double>(StringComparer.Ordinal));
        for (int k = 0; k < batches.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = network.call(batches.Get(0, k).Input);
            answers.AddRange(logits.argmax(1).data<long>().ToArray());
            confidence.AddRange(functional.softmax(logits, 1).amax([1]).data<float>().ToArray());
            costs.AddRange(network.Costs);
            foreach (var decision in network.Decisions)
            {
                foreach (long action in decision.Actions)
                {
                    string key = $"{decision.Controller}: {action}";
                    counts[key] = counts.GetValueOrDefault(key) + (1.0 / images.Count);
                }
            }
        }

        return new([.. answers], [.. costs], [.. confidence], counts, images.Labels);
    }
}
