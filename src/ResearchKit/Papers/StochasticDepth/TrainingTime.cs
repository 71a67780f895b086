using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>What leaving blocks out saves in time, measured (arXiv:1603.09382, Table 2).</summary>
static class TrainingTime
{
    static readonly (string Claim, int Depth, double Last, Func<PairedEpochs, double> Value)[] s_claims =
    [
        ("table2-cifar10-time", 110, 0.5, t => t.Ratio),
        ("sec3-saving-110", 110, 0.5, t => t.SavingShare),
        ("sec3-saving-20", 20, 0.5, t => t.SavingShare),
        ("sec5-time-0.2", 110, 0.2, t => t.Ratio),
    ];

    internal static void Report(StochasticDepthParameters p, ImageSet images, ChannelStatistics statistics, Experiment run)
    {
        var (times, stages) = (new List<PairedEpochs>(), new List<string[]>());
        if (p.TimingRounds > 0)
        {
            int[] first = [.. Enumerable.Range(0, Math.Min(p.TimedImages, images.Count))];
            using var batches = new Batches(images.Select(first, $"{images.Name}, first {first.Length}"), p.TimedBatchSize, statistics);
            foreach (int depth in p.TimedDepths)
            {
                run.Report("timing epochs", null, $"{depth} layers, what the blocks of each stage take");
                double[] blockTimes = BlockTimes.Of(depth, batches, p.BlockTimingRounds, run.Seed, run.Cancellation);
                stages.Add([$"{depth}", .. blockTimes.Chunk(blockTimes.Length / 3).Select(stage => $"{100 * stage.Sum():0.0}"), $"{100 * (1 - blockTimes.Sum()):0.0}"]);
                foreach (double last in p.LastSurvivals)
                {
                    run.Report("timing epochs", null, $"{depth} layers, p_L = {last}");
                    times.Add(PairedEpochs.Of(depth, last, batches, p.TimingRounds, blockTimes, run.Seed, run.Cancellation));
                }
            }

            run.Table(new(
                $"Seconds of training on {first.Length} images, constant and stochastic depth in alternating epochs",
                ["Layers", "p_L", "Constant (s)", "Stochastic (s)", "Ratio", "MACs done (share)", "Time saved / MACs saved", "Time saved / time of the blocks left out"],
                [.. times.Select(t => (string[])
                    [$"{t.Depth}", $"{t.Last}", $"{t.Constant:0.00}", $"{t.Stochastic:0.00}", $"{t.Ratio:0.000}", $"{t.CostShare:0.000}", $"{t.SavingShare:0.00}", $"{t.TimeShare:0.00}"])],
                $"Medians of {p.TimingRounds} paired rounds, batches of {p.TimedBatchSize}. MACs done are those of the blocks that were drawn."));
            run.Table(new(
                "Where the time of an epoch goes: epochs without all blocks of a stage against whole ones",
                ["Layers", "Blocks of 16 channels (%)", "Of 32 (%)", "Of 64 (%)", "All else (%)"], stages,
                $"Medians of {p.BlockTimingRounds} rounds. Each stage has about a third of the MACs; linear decay leaves out the last ones most."));
        }

        foreach (var (claim, depth, last, value) in s_claims)
        {
            if (times.Find(t => t.Depth == depth && t.Last == last) is { } time)
            {
                run.Claim(claim, value(time));
            }
            else
            {
                run.NotTested(claim, p.TimingRounds == 0 ? "timings are left out at this scale" : $"{depth} layers with p_L = {last} were not timed");
            }
        }
    }
}
