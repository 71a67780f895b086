using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>
/// What a block takes of the time of an epoch, by measurement: epochs without all blocks of a stage against whole ones, in alternation. Blocks of
/// all stages have equally many multiply-accumulates, but not equally much to normalise, to add and to move.
/// </summary>
static class BlockTimes
{
    const int Stages = 3;

    /// <summary>Shares of an epoch's time, one for each block: the mean of its stage.</summary>
    /// <param name="depth">Of the network.</param>
    /// <param name="batches">The images of an epoch.</param>
    /// <param name="rounds">Rounds, each with a whole epoch and one without each stage.</param>
    /// <param name="seed">Of weights.</param>
    /// <param name="cancellation">Stops between epochs.</param>
    internal static double[] Of(int depth, Batches batches, int rounds, int seed, CancellationToken cancellation)
    {
        manual_seed(seed);
        int blocks = LinearDecay.Blocks(depth), inStage = blocks / Stages;
        using var whole = new CifarResNet(depth);
        using var wholeRule = PairedEpochs.Rule(whole);
        StochasticDepthNet[] without = [.. Enumerable.Range(0, Stages).Select(stage =>
            new StochasticDepthNet(whole, [.. Enumerable.Range(0, blocks).Select(l => l / inStage == stage ? 0.0 : 1)]))];
        PairedEpochs.Epoch(whole, wholeRule, batches);
        var shares = new double[Stages][];
        for (int stage = 0; stage < Stages; stage++)
        {
            shares[stage] = new double[rounds];
        }

        for (int k = 0; k < rounds; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            double all = PairedEpochs.Epoch(whole, wholeRule, batches);
            for (int stage = 0; stage < Stages; stage++)
            {
                shares[stage][k] = 1 - (PairedEpochs.Epoch(without[stage], wholeRule, batches) / all);
            }
        }

        return [.. Enumerable.Range(0, blocks).Select(l => PairedEpochs.Median(shares[l / inStage]) / inStage)];
    }
}
