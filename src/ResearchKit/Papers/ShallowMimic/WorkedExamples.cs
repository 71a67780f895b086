using ResearchKit.Experiments;
using ResearchKit.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>The paper's arithmetic, by the code that the experiment uses.</summary>
public static class WorkedExamples
{
    // TIMIT: 15 frames of 41 numbers with their first two differences come in, as D = 1845; 183 states of phones come out.
    const long Frames = 1845;
    const int States = 183;

    /// <summary>The teacher's parameters as the later paper gives them, in millions; this one prints 35 thousand.</summary>
    const double TeacherMillions = 2.1;

    /// <summary>A shallow net on TIMIT: no image, but as many numbers.</summary>
    static long Timit(long units, long bottleneck = 0) => new ShallowPlan(Frames, 1, States, units, bottleneck).Weights;

    /// <summary>One on CIFAR-10 with a convolution, a bottleneck of 1,200 and 30,000 units.</summary>
    static long Cifar(long maps) => new ShallowPlan(3, 32, 10, 30_000, 1200, maps).Weights;

    /// <summary>Weights of a perceptron, without biases.</summary>
    static long Perceptron(params long[] widths) => widths.Zip(widths.Skip(1), (a, b) => a * b).Sum();

    /// <summary>The largest difference between autograd's gradient of the loss and (g - z) / T.</summary>
    public static double GradientDeviation()
    {
        using var scope = NewDisposeScope();
        var random = new Data.SplitMix64(1312, 6184);
        Tensor Draw() => tensor([.. Enumerable.Range(0, 160).Select(_ => random.NextDouble(-5, 5))], new long[] { 16, 10 });
        Tensor g = Draw().requires_grad_(true), z = Draw();
        LogitRegression.Loss(g, z).backward();
        return (g.grad! - ((g.detach() - z) / 16)).abs().max().ToDouble();
    }

    /// <summary>The largest change of a logit when the bottleneck of a net with random weights is multiplied out, in double precision.</summary>
    public static double CollapseDeviation()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var net = new ShallowNet(new(3, 12, 10, 50, 7, 4));
        net.to(ScalarType.Float64);
        using var whole = net.Collapse();
        var input = randn([8, 3, 12, 12], float64);
        return (net.call(input) - whole.call(input)).abs().max().ToDouble();
    }

    internal static void Report(Experiment run)
    {
        manual_seed(run.Seed);
        run.Claim("eq1-gradient", GradientDeviation());
        run.Claim("eq2-collapse", CollapseDeviation());
        run.Claim("table1-snn-50k", Timit(50_000) / 1e6);
        run.Claim("table1-snn-400k", Timit(400_000, 250) / 1e6);
        run.Claim("table1-dnn", Perceptron(Frames, 2000, 2000, 2000, States) / 1e6);
        run.Claim("table2-dnn", Perceptron(3072, 2000, 2000, 10) / 1e6);
        run.Claim("table2-mimic-64c", Cifar(64) / 1e6);
        run.Claim("table2-mimic-128c", Cifar(128) / 1e6);
        run.Claim("correction-times-teacher", Cifar(128) / 1e6 / TeacherMillions);
        run.Table(new("Printed parameters, and what the layers have", ["Net", "Printed", "Weights"],
        [
            ["TIMIT, 8k", "~12M", $"{Timit(8000):N0}"],
            ["TIMIT, 250L-8k", "~12M", $"{Timit(8000, 250):N0}"],
            ["TIMIT, 50k", "~100M", $"{Timit(50_000):N0}"],
            ["TIMIT, 250L-400k", "~180M", $"{Timit(400_000, 250):N0}"],
            ["CIFAR-10, 64c-p-1200L-30k", "~54M", $"{Cifar(64):N0}"],
            ["CIFAR-10, 128c-p-1200L-30k", "~70M", $"{Cifar(128):N0}"],
            ["CIFAR-10, the same without bottleneck", "", $"{new ShallowPlan(3, 32, 10, 30_000, 0, 128).Weights:N0}"],
        ],
        "Without biases. Both nets of 8,000 units are printed as ~12M, which fits neither. The printed ~35k and ~140k of teacher and ensemble on CIFAR-10 are "
        + "2.1M and 8.6M in the later paper of the group."));
    }
}
