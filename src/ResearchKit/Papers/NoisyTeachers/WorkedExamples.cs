using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>The paper's arithmetic, and its claim that noise is a regulariser, by the code that the experiment uses.</summary>
public static class WorkedExamples
{
    const int Cases = 64, Classes = 10;
    const double Sigma = 0.6, Alpha = 0.5;

    /// <summary>
    /// The loss on noisy logits less the loss without noise and less its expansion, ||xi.z||^2 + 2 &lt;z - g, xi.z&gt;, as a share of the loss.
    /// </summary>
    /// <param name="asPrinted">With the product of norms that the paper prints (Sec. 3.4) for the inner product.</param>
    public static double ExpansionError(bool asPrinted)
    {
        using var scope = NewDisposeScope();
        var (g, z, xi) = Draw();
        var noise = xi * z;
        var cross = asPrinted ? (z - g).norm(1) * noise.norm(1) : ((z - g) * noise).sum(1);
        var expanded = LogitRegression.Loss(g, z) + (noise.square().sum(1) + (2 * cross)).sum() / (2 * Cases);
        var loss = LogitRegression.Loss(g, (1 + xi) * z);
        return Math.Abs((expanded / loss).ToDouble() - 1);
    }

    /// <summary>
    /// The largest difference between the gradient without noise and the mean of those with xi and with -xi, which are equally likely: the expected
    /// gradient does not know the noise.
    /// </summary>
    public static double GradientChange()
    {
        using var scope = NewDisposeScope();
        var (g, z, xi) = Draw();
        return (((Gradient(g, (1 + xi) * z) + Gradient(g, (1 - xi) * z)) / 2) - Gradient(g, z)).abs().max().ToDouble();
    }

    /// <summary>
    /// The largest difference between what the noise adds to the loss on average over xi and -xi, for xi = sigma in all classes of a share of the
    /// cases, and <see cref="LogitNoise.ExpectedOffset"/>, for several students. The loss is quadratic in xi, so the mean over all xi of this
    /// variance is the same.
    /// </summary>
    public static double OffsetError()
    {
        using var scope = NewDisposeScope();
        var (g, z, _) = Draw();
        // The cases are the same ones twice, once with noise and once without, so that alpha is met exactly.
        var both = cat([z, z], 0);
        var xi = cat([full_like(z, Sigma), zeros_like(z)], 0);
        double predicted = new LogitNoise(Sigma, Alpha).ExpectedOffset(z);
        return new[] { -1.0, 0, 1, 5 }.Max(scale =>
        {
            var student = cat([scale * g, scale * g], 0);
            double Loss(Tensor targets) => LogitRegression.Loss(student, targets).ToDouble();
            return Math.Abs(((Loss((1 + xi) * both) + Loss((1 - xi) * both)) / 2) - Loss(both) - predicted) / predicted;
        });
    }

    internal static void Report(Experiment run)
    {
        manual_seed(run.Seed);
        run.Claim("eq3-expansion", ExpansionError(asPrinted: false));
        run.Value("expansion error as printed", 100 * ExpansionError(asPrinted: true), "%");
        run.Claim("sec3.4-expected-gradient", GradientChange());
        run.Claim("sec3.4-expected-offset", OffsetError());
        double teacher = Millions(NetPlan.NetworkInNetwork);
        run.Claim("table6-teacher", teacher);
        foreach (var student in NoisyTeachers.Claims.Students)
        {
            run.Claim($"table6-{student.Plan.Name}-multiplications", Millions(student.Plan));
            run.Claim($"table6-{student.Plan.Name}-times", 223 / student.Millions);
        }

        // The classes' 10,240 multiplications are not printed.
        run.Claim("table6-layers", NoisyTeachers.Claims.Students.Max(s =>
            s.Layers.Zip(s.Plan.Multiplications(), (printed, ours) => 100 * Math.Abs((ours / 1e6 / printed) - 1)).Max()));
        run.Claim("best-fixed", NoisyTeachers.Claims.Photos - NoisyTeachers.Claims.PhotosBySigma.Values.Min());
        run.Table(new("Multiplications of Table 6, as printed and as the layers have them", ["Net", "Printed (million)", "By layer, printed", "Multiplications", "By layer"],
        [
            ["network in network", "223", "", $"{NetPlan.NetworkInNetwork.Multiplications().Sum():N0}", Layers(NetPlan.NetworkInNetwork)],
            .. NoisyTeachers.Claims.Students.Select(s => (string[])[s.Plan.Name, $"{s.Millions}", string.Join(", ", s.Layers), $"{s.Plan.Multiplications().Sum():N0}", Layers(s.Plan)]),
            ["student of Tables 4 and 5", "", "", $"{NetPlan.Student.Multiplications().Sum():N0}", Layers(NetPlan.Student)],
        ],
        "For one image, without biases and pooling. The last layer of each, to the classes, is not printed by itself."));
    }

    static double Millions(NetPlan plan) => plan.Multiplications().Sum() / 1e6;

    static string Layers(NetPlan plan) => string.Join(", ", plan.Multiplications().Select(m => $"{m / 1e6:0.00}"));

    static Tensor Gradient(Tensor student, Tensor targets)
    {
        var g = student.detach().requires_grad_(true);
        LogitRegression.Loss(g, targets).backward();
        return g.grad!;
    }

    /// <summary>A student's logits, a teacher's, and noise, in double precision.</summary>
    static (Tensor G, Tensor Z, Tensor Xi) Draw()
    {
        var z = 5 * randn([Cases, Classes], float64);
        return (z + randn([Cases, Classes], float64), z, new LogitNoise(Sigma, Alpha).Draw(Cases, Classes, float64));
    }
}
