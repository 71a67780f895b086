using System.Runtime.InteropServices;
using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// What every exit says of each of N images: from this, any thresholds can be tried. Labels are no part of it; they come in where accuracy
/// is counted, when it is settled who leaves where.
/// </summary>
/// <param name="Entropies">For each exit but the last [N], in nats.</param>
/// <param name="Answers">For each exit [N]: the likeliest class.</param>
public sealed record ExitOutcomes(IReadOnlyList<float[]> Entropies, IReadOnlyList<int[]> Answers)
{
    /// <summary>Images.</summary>
    public int Count => Answers[0].Length;

    /// <summary>Asks all exits of a network in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">The images, in the order of their set.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static ExitOutcomes Of(BranchyNetwork network, Batches batches, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(batches);
        using var noGrad = no_grad();
        bool training = network.training;
        network.eval();
        var (entropies, answers) = (Enumerable.Range(0, network.ExitCount - 1).Select(_ => new List<float>()).ToArray(), Enumerable.Range(0, network.ExitCount).Select(_ => new List<int>()).ToArray());
        for (int k = 0; k < batches.Count; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var exits = network.Exits(batches.Get(0, k).Input);
            for (int n = 0; n < exits.Count; n++)
            {
                answers[n].AddRange(exits[n].argmax(1).data<long>().ToArray().Select(a => (int)a));
                if (n < entropies.Length)
                {
                    entropies[n].AddRange(MemoryMarshal.Cast<byte, float>(Confidence.Entropy(exits[n]).bytes));
                }
            }
        }

        network.train(training);
        return new([.. entropies.Select(e => e.ToArray())], [.. answers.Select(a => a.ToArray())]);
    }

    /// <summary>Where an image leaves (Sec. III-C, Fig. 2): at the first exit whose entropy is below its threshold, or else at the last.</summary>
    public int ExitOf(int image, IReadOnlyList<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        int n = 0;
        while (n < Entropies.Count && !(Entropies[n][image] < thresholds[n]))
        {
            n++;
        }

        return n;
    }

    /// <summary>Accuracy, shares and cost with some thresholds.</summary>
    /// <param name="thresholds">One for each exit but the last, in nats.</param>
    /// <param name="labels">[N], to count right answers by.</param>
    /// <param name="costs">What an image costs at each exit.</param>
    public ThresholdResult At(IReadOnlyList<double> thresholds, IReadOnlyList<int> labels, IReadOnlyList<long> costs)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(costs);
        var (left, right) = (new int[Answers.Count], new int[Answers.Count]);
        for (int i = 0; i < Count; i++)
        {
            int exit = ExitOf(i, thresholds);
            left[exit]++;
            right[exit] += Answers[exit][i] == labels[i] ? 1 : 0;
        }

        return new(
            thresholds, 100.0 * right.Sum() / Count, [.. left.Select(n => 100.0 * n / Count)],
            [.. left.Zip(right, (n, r) => n == 0 ? double.NaN : 100.0 * r / n)], left.Zip(costs, (n, c) => (double)n * c).Sum() / Count);
    }
}

/// <summary>What some thresholds give.</summary>
/// <param name="Thresholds">One for each exit but the last, in nats.</param>
/// <param name="Accuracy">Per cent.</param>
/// <param name="Shares">Per cent of the images that leave at each exit.</param>
/// <param name="AccuracyAtExit">Per cent of those that leave there; NaN where none does.</param>
/// <param name="Macs">Mean multiply-accumulates for an image.</param>
public sealed record ThresholdResult(
    IReadOnlyList<double> Thresholds, double Accuracy, IReadOnlyList<double> Shares, IReadOnlyList<double> AccuracyAtExit, double Macs)
{
    /// <summary>The thresholds as text.</summary>
    public string Text => string.Join(", ", Thresholds);
}
