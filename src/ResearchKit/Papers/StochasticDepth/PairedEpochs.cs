using System.Diagnostics;
using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>
/// Seconds of training with constant and with stochastic depth, in alternating short epochs of one process over the same images
/// (arXiv:1603.09382, Table 2). All is timed that training does: batches, forward, backward, update.
/// </summary>
/// <param name="Depth">Of the network.</param>
/// <param name="Last">p_L.</param>
/// <param name="Constant">Median seconds of an epoch of constant depth.</param>
/// <param name="Stochastic">Median seconds of an epoch of stochastic depth.</param>
/// <param name="Ratio">Median over the rounds of stochastic by constant.</param>
/// <param name="CostShare">Share of the multiply-accumulates that the drawn blocks had, over all rounds.</param>
/// <param name="SavingShare">Median over the rounds of the time saved by the multiply-accumulates saved in that round.</param>
/// <param name="TimeShare">The same by the time that the blocks left out in that round take by <see cref="BlockTimes"/>.</param>
sealed record PairedEpochs(
    int Depth, double Last, double Constant, double Stochastic, double Ratio, double CostShare, double SavingShare, double TimeShare)
{
    /// <summary>Times one depth.</summary>
    /// <param name="depth">Of the network.</param>
    /// <param name="last">p_L.</param>
    /// <param name="batches">The images of an epoch.</param>
    /// <param name="rounds">Rounds, each with an epoch of both.</param>
    /// <param name="blockTimes">For each block its share of an epoch's time.</param>
    /// <param name="seed">Of weights and draws.</param>
    /// <param name="cancellation">Stops between epochs.</param>
    internal static PairedEpochs Of(
        int depth, double last, Batches batches, int rounds, IReadOnlyList<double> blockTimes, int seed, CancellationToken cancellation)
    {
        manual_seed(seed);
        using var plain = new CifarResNet(depth);
        using var net = new StochasticDepthNet(new CifarResNet(depth), LinearDecay.Survival(LinearDecay.Blocks(depth), last));
        using var plainRule = Rule(plain);
        using var netRule = Rule(net);
        double Constant() => Epoch(plain, plainRule, batches);
        double Stochastic() => Epoch(net, netRule, batches);

        Constant();
        Stochastic();
        var (constant, stochastic, share, time) = (new double[rounds], new double[rounds], new double[rounds], new double[rounds]);
        for (int k = 0; k < rounds; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            long[] before = [.. net.Computed];
            // Who goes first alternates: a slow moment should not always meet the same side.
            if (k % 2 == 0)
            {
                constant[k] = Constant();
                stochastic[k] = Stochastic();
            }
            else
            {
                stochastic[k] = Stochastic();
                constant[k] = Constant();
            }

            double[] presence = [.. net.Computed.Zip(before, (now, then) => (double)(now - then) / batches.Count)];
            share[k] = LinearDecay.CostShare(depth, presence);
            time[k] = presence.Zip(blockTimes, (there, takes) => (1 - there) * takes).Sum();
        }

        return new(
            depth, last, Median(constant), Median(stochastic), Median(stochastic.Zip(constant, (s, c) => s / c)), share.Average(),
            Median(Enumerable.Range(0, rounds).Select(k => (1 - (stochastic[k] / constant[k])) / (1 - share[k]))),
            Median(Enumerable.Range(0, rounds).Select(k => (1 - (stochastic[k] / constant[k])) / time[k])));
    }

    internal static TorchSharp.Modules.SGD Rule(Module model) => optim.SGD(model.parameters(), 1e-3, momentum: 0.9, weight_decay: 1e-4, nesterov: true);

    internal static double Epoch(Module<Tensor, Tensor> model, optim.Optimizer rule, Batches batches)
    {
        model.train();
        long start = Stopwatch.GetTimestamp();
        for (int index = 0; index < batches.Count; index++)
        {
            using var scope = NewDisposeScope();
            var (input, target) = batches.Get(0, index);
            rule.zero_grad();
            functional.cross_entropy(model.call(input), target).backward();
            rule.step();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
