using ResearchKit.Data;
using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>What the paper derives, worked out by the code that the experiment uses.</summary>
public static class WorkedExamples
{
    /// <summary>J = ||W - alpha B||^2 with the layer's alpha and signs, less the least value, ||W||^2 - ||W||_1^2 / n, by ||W||^2 (Eq. 2 to 6).</summary>
    public static double ExcessError()
    {
        using var scope = NewDisposeScope();
        var weight = Filter();
        double error = (weight - (BinaryConv2d.Alpha(weight) * InputSign.Of(weight))).square().sum().ToDouble();
        double squares = weight.square().sum().ToDouble(), sizes = weight.abs().sum().ToDouble();
        return (error - (squares - (sizes * sizes / weight.numel()))) / squares;
    }

    /// <summary>The largest difference between K and the mean magnitudes of the windows, each taken by itself (Eq. 11).</summary>
    public static double WindowDeviation()
    {
        using var scope = NewDisposeScope();
        var x = Draw(2, 5, 7, 7);
        var k = BinaryConv2d.K(x, 3, 1, 0);
        double worst = 0;
        for (int row = 0; row < 5; row++)
        {
            for (int column = 0; column < 5; column++)
            {
                var window = x.narrow(2, row, 3).narrow(3, column, 3).abs().mean([1, 2, 3]);
                worst = Math.Max(worst, (window - k.select(3, column).select(2, row).flatten()).abs().max().ToDouble());
            }
        }

        return worst;
    }

    /// <summary>How many times fewer bits 256 filters of 256 x 3 x 3 take as signs and a factor each than as float32.</summary>
    public static double MemoryRatio() => 32.0 * 256 * 256 * 9 / ((256 * 256 * 9) + (32 * 256));

    internal static void Report(Experiment run)
    {
        run.Claim("eq6-alpha", ExcessError());
        run.Claim("eq11-k", WindowDeviation());
        run.Claim("sec4.1-formula", SpeedUp.Of(256, 9));
        run.Claim("sec4.1-memory", MemoryRatio());
        using var scope = NewDisposeScope();
        var weight = Filter();
        double size = weight.norm().ToDouble();
        double Error(Tensor factor) => (weight - (factor * InputSign.Of(weight))).norm().ToDouble() / size;
        var alpha = BinaryConv2d.Alpha(weight);
        run.Table(new(
            "How well signs stand for real weights", ["Factor", "||W - factor B|| / ||W||"],
            [
                ["alpha, the mean magnitude", $"{Error(alpha):0.000}"],
                ["half of it", $"{Error(alpha / 2):0.000}"],
                ["twice that", $"{Error(alpha * 2):0.000}"],
                ["1", $"{Error(ones_like(alpha)):0.0}"],
            ],
            "One filter of 576 weights, normal with deviation 0.05. What alpha mends here, a normalisation behind the layer mends as well: see the ablation."));
    }

    // Normal with deviation 0.05, from a generator of its own.
    static Tensor Filter() => 0.05 * Draw(1, 64, 3, 3);

    static Tensor Draw(params long[] shape)
    {
        var random = new SplitMix64(1603, 5279);
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return tensor(values, shape);
    }
}
