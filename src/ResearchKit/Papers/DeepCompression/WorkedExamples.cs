using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>What the paper works out on paper, worked out by the code that the experiment uses.</summary>
public static class WorkedExamples
{
    /// <summary>Compression by weight sharing alone (arXiv:1510.00149, Eq. 1): n weights of b bits against n codes and k values.</summary>
    /// <param name="weights">n.</param>
    /// <param name="bits">b.</param>
    /// <param name="clusters">k.</param>
    public static double SharingRatio(long weights, int bits, int clusters) =>
        (double)weights * bits / ((weights * Math.Log2(clusters)) + ((double)clusters * bits));

    /// <summary>Figure 3: the shared values -1, 0, 1.5 and 2 after one step at rate 1.</summary>
    public static float[] CentroidStep()
    {
        using var scope = NewDisposeScope();
        var gradient = tensor(new float[] { -0.03f, -0.01f, 0.03f, 0.02f, -0.01f, 0.01f, -0.02f, 0.12f, -0.01f, 0.02f, 0.04f, 0.01f, -0.07f, -0.02f, 0.01f, -0.02f });
        var cluster = tensor(new long[] { 3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 1, 0, 3, 1, 2, 2 });
        var centroids = tensor(new float[] { -1, 0, 1.5f, 2 });
        return (centroids - WeightSharing.SummedGradient(gradient, cluster, 4)).data<float>().ToArray();
    }

    internal static void Report(Experiment run)
    {
        run.Claim("eq1-example", SharingRatio(16, 32, 4));
        foreach (var (value, k) in CentroidStep().Select((v, k) => (v, k)))
        {
            run.Claim($"figure3-centroid-{k}", value);
        }

        run.Claim("table1-lenet-300-100-size", 4 * (266_200 + 410) / 1000.0);
        run.Claim("table1-lenet-5-size", 4 * (430_500 + 580) / 1000.0);
        run.Claim("table1-lenet-300-100-coded-size", 1070 * 0.0249);
        run.Claim("table1-lenet-5-coded-size", 1720 * 0.0255);
        run.Claim("table1-alexnet-coded-size", 240 * 0.0288);
        run.Claim("table1-vgg-16-coded-size", 552 * 0.0205);

        var rows = new List<IReadOnlyList<string>>();
        foreach (var network in Claims.Printed)
        {
            var (ratio, low, high) = StorageArithmetic.Ratio(network);
            run.Claim($"{Claims.Slug(network.Table)}-arithmetic", ratio);
            rows.AddRange(network.Layers.Select(l => (string[])
                [network.Name, l.Layer, $"{l.Weights}", $"{100 * l.Density:0}", $"{l.CodeBits}+{l.IndexBits}",
                 $"{100 * StorageArithmetic.Rate(l, l.Density):0.00}", $"{l.Rate:0.0}"]));
            rows.Add([network.Name, "total", $"{network.Layers.Sum(l => l.Weights)}", "", "", $"{100 / ratio:0.00} ({ratio:0.0}x, {low:0.0} to {high:0.0})", $"{network.Ratio}x"]);
        }

        run.Table(new(
            "Storage by arithmetic from the paper's printed densities, without Huffman coding",
            ["Network", "Layer", "Weights", "Kept (%)", "Bits", "Rate by arithmetic (%)", "Rate printed (%)"],
            rows, "Fillers as expected for independent zeros; codebooks counted, biases not. The range is what densities rounded to whole per cent, and zeros that need no fillers, leave."));
    }
}
