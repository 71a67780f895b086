using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>
/// Table 8: the pruned fully connected layers as compressed sparse rows against dense ones, batch 1 and 64. Weights are random at
/// the paper's densities, as the time does not depend on their values. Dense is libtorch's own product, with the same threads.
/// </summary>
static class SparseInference
{
    static readonly (string Claim, string Name, int Rows, int Columns, double Density)[] Layers =
    [
        ("table8-alexnet-fc6", "AlexNet fc6", 4096, 9216, 0.09),
        ("table8-alexnet-fc7", "AlexNet fc7", 4096, 4096, 0.09),
        ("table8-alexnet-fc8", "AlexNet fc8", 1000, 4096, 0.25),
        ("table8-vgg-fc6", "VGG-16 fc6", 4096, 25088, 0.04),
        ("table8-vgg-fc7", "VGG-16 fc7", 4096, 4096, 0.04),
    ];

    internal static void Report(int rounds, Experiment run)
    {
        if (rounds == 0)
        {
            foreach (var claim in Claims.All.Where(c => c.Where == "Table 8"))
            {
                run.NotTested(claim.Id, "timings are left out at this scale");
            }

            return;
        }

        int threads = get_num_threads();
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (claim, name, outputs, inputs, density) in Layers)
        {
            run.Report("Table 8: sparse against dense", rows.Count / (2.0 * Layers.Length), name);
            var random = new SplitMix64((ulong)run.Seed, (ulong)rows.Count);
            var dense = new float[outputs * inputs];
            for (int i = 0; i < dense.Length; i++)
            {
                dense[i] = random.NextDouble() < density ? (float)(random.NextDouble() - 0.5) : 0;
            }

            var sparse = new CsrMatrix(dense, outputs, inputs);
            foreach (int batch in new[] { 1, 64 })
            {
                var time = Time(dense, sparse, outputs, inputs, batch, threads, rounds);
                rows.Add([
                    name, $"{outputs}x{inputs}", $"{100 * density:0}", $"{batch}", $"{1000 * time.Baseline / batch:0.0}", $"{1000 * time.Candidate / batch:0.0}",
                    $"{time.Ratio:0.00} ({time.Low:0.00} to {time.High:0.00})"]);
                var id = batch == 1 ? claim : $"{claim}-batch-64";
                if (Claims.All.Any(c => c.Id == id))
                {
                    run.Claim(id, time.Ratio);
                }
            }
        }

        run.Table(new(
            $"Sparse against dense fully connected layers, {threads} thread{(threads == 1 ? "" : "s")}, beside the paper's Table 8",
            ["Layer", "Shape", "Density (%)", "Batch", "Dense (us an image)", "Sparse (us an image)", "Dense / sparse"],
            rows, $"Medians of {rounds} paired rounds in one process; quartiles of the ratio in brackets. The paper used MKL on an i7-5930K."));
    }

    static PairedLatency Time(float[] dense, CsrMatrix sparse, int outputs, int inputs, int batch, int threads, int rounds)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var weight = tensor(dense, new long[] { outputs, inputs });
        var x = randn([batch, inputs]);
        float[] input = x.data<float>().ToArray(), output = new float[batch * outputs];
        var latency = PairedLatency.Of(
            () => nn.functional.linear(x, weight).Dispose(),
            () => sparse.Multiply(input, output, batch, threads),
            rounds);

        // A time counts only beside a right result.
        var expected = nn.functional.linear(x, weight);
        double error = (tensor(output, new long[] { batch, outputs }) - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
        return error < 1e-4 ? latency : throw new InvalidOperationException($"The sparse product is wrong by {error} of its largest value.");
    }
}
