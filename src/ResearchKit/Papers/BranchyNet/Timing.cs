using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// Wall time at batch 1 in paired rounds, one thread, each side classifying the same images one by one. The trunk against early exits timed
/// whole, and against the segments of the trunk alone that an image passes, which is what the clock in the authors' code covers.
/// </summary>
sealed class Timing(BatchOneEngine engine, int images, int rounds)
{
    /// <summary>Early exits, everything included.</summary>
    internal PairedLatency Whole(double[] thresholds) => Of(i => engine.Branchy(i, thresholds));

    /// <summary>Segments of the trunk only: branches, softmax and entropy left out.</summary>
    internal PairedLatency HeadsFree(double[] thresholds)
    {
        int[] exits = [.. Enumerable.Range(0, images).Select(i => engine.Branchy(i, thresholds).Exit)];
        return Of(i => engine.TrunkUpTo(i, exits[i] + 1));
    }

    PairedLatency Of(Action<int> candidate)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var noGrad = no_grad();
            var time = PairedLatency.Of(() => All(engine.Trunk), () => All(candidate), rounds);
            return time with { Baseline = time.Baseline / images, Candidate = time.Candidate / images };
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    void All(Action<int> classify)
    {
        for (int i = 0; i < images; i++)
        {
            classify(i);
        }
    }
}
