using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>Wall time of active positions only against all positions, one image at a time on one thread, in paired rounds.</summary>
static class ActiveSpeed
{
    internal static void Report(Adapted chosen, Adapted plain, double vanilla, DataSet data, SactParameters parameters, Experiment run)
    {
        int[] members = [.. SplitMix64.Permutation(data.Test.Count, (ulong)run.Seed, 1).Take(parameters.TimedImages)];
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batches = new Batches(data.Test.Select(members, data.Test.Name), 1, data.Train.ChannelStatistics());
        Tensor[] inputs = [.. Enumerable.Range(0, members.Length).Select(k => batches.Get(0, k).Input)];
        float[][] images = [.. inputs.Select(i => i.flatten().data<float>().ToArray())];
        var (all, active) = (new ActiveNetwork(plain.Network, data.Test.Height, data.Test.Width), new ActiveNetwork(chosen.Network, data.Test.Height, data.Test.Width));
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            void Masked(Adapted adapted)
            {
                foreach (var input in inputs)
                {
                    using var inner = NewDisposeScope();
                    adapted.Network.call(input);
                }
            }

            void Kernels(ActiveNetwork network) => Array.ForEach(images, image => network.Logits(image));
            var own = PairedLatency.Of(() => Kernels(all), () => Kernels(active), parameters.TimingRounds);
            var masked = PairedLatency.Of(() => Masked(plain), () => Masked(chosen), parameters.TimingRounds);
            var library = PairedLatency.Of(() => Masked(plain), () => Kernels(active), parameters.TimingRounds);
            run.Claim("active-speed", own.Ratio);
            double flops = members.Average(m => chosen.Flops[m]);
            string[] Line(string how, PairedLatency time) =>
                [how, $"{time.Baseline / images.Length:0.000}", $"{time.Candidate / images.Length:0.000}", $"{time.Ratio:0.00} ({time.Low:0.00} to {time.High:0.00})", $"{vanilla / flops:0.00}"];
            run.Table(new(
                $"Time of {chosen.Name} at batch 1 on one thread, against the plain network",
                ["How", "Plain (ms)", "SACT (ms)", "Gain", "Gain in operations"],
                [
                    Line("kernels at positions: all against active", own),
                    Line("libtorch's operators: plain against masked, as in the released code", masked),
                    Line("libtorch's plain network against kernels at active positions", library),
                ],
                $"Medians of {parameters.TimingRounds} paired rounds over {images.Length} test images; quartiles in brackets. Halting branches are part of the time."));
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
