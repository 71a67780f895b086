using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Models;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>What can be worked out without training.</summary>
public static class WorkedExamples
{
    /// <summary>The largest difference between products of codes bit by bit (Eq. 3) and as integers, over all widths up to 4 by 4 bits.</summary>
    public static int BitSerialDeviation()
    {
        int worst = 0;
        for (int w = 1; w <= 4; w++)
        {
            for (int a = 1; a <= 4; a++)
            {
                var random = new SplitMix64(1606, (ulong)((10 * w) + a));
                byte[] Draw(int count, int bits) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt32(1 << bits))];
                const int outputs = 5, inputs = 150;
                byte[] weights = Draw(outputs * inputs, w), x = Draw(inputs, a);
                var sums = new int[outputs];
                new BitSerialGemm(weights, outputs, inputs, w, a).Multiply(x, sums, 1);
                for (int o = 0; o < outputs; o++)
                {
                    worst = Math.Max(worst, Math.Abs(sums[o] - Enumerable.Range(0, inputs).Sum(i => weights[(o * inputs) + i] * x[i])));
                }
            }
        }

        return worst;
    }

    /// <summary>Multiply-adds of model A on a 40x40 image, layer by layer as the authors' code has them.</summary>
    public static long ModelAMacs() =>
        (36L * 36 * 48 * 3 * 25) + (18L * 18 * 64 * 48 * 9) + (18L * 18 * 64 * 64 * 9) + (7L * 7 * 128 * 64 * 9)
        + (7L * 7 * 128 * 128 * 9) + (5L * 5 * 128 * 128 * 9) + (512L * 128 * 25) + (512L * 10);

    internal static void Report(Experiment run)
    {
        run.Claim("eq3-bit-serial", BitSerialDeviation());
        run.Claim("table1-costs", Table1.CostsThatAgree());
        run.Claim("sec3-model-a", 2 * ModelAMacs() / 1e6);
        var plan = NetworkPlan.LeNet5;
        run.Table(new(
            "Size of the weights that have few bits, by W", ["W", "Of float32 (%)", "LeNet-5, inner layers (bytes)"],
            [.. new[] { 1, 2, 4, 8, 32 }.Select(w => (string[])[$"{w}", $"{100.0 * w / 32:0.0}", $"{((20L * plan.Inner[0].Filters * 25) + (50L * plan.Inner[1].Filters * 16)) * w / 8:#,0}"])],
            "A layer has one factor besides, or none."));
    }
}
