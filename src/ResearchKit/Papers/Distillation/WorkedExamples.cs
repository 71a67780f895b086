using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Distillation;

/// <summary>What the paper derives or works out on paper, worked out by the code that the experiment uses, in double precision.</summary>
public static class WorkedExamples
{
    /// <summary>The largest difference between autograd's gradient of the soft cross-entropy and Eq. 2, over temperatures from 1 to 20.</summary>
    public static double GradientDeviation() => new[] { 1, 2.5, 4, 20.0 }.Max(temperature =>
    {
        using var scope = NewDisposeScope();
        var (z, v) = Logits(3);
        return (Autograd(z, v, temperature) - SoftTargets.Gradient(z, v, temperature)).abs().max().ToDouble();
    });

    /// <summary>
    /// How much of the gradient of logit matching (Eq. 4) there is in the true gradient (Eq. 2): 1 in the limit of high temperatures, if
    /// both logits are zero-meaned.
    /// </summary>
    /// <param name="temperature">T; the logits are of size 1.</param>
    /// <param name="mean">Added to the student's logits and taken away again only if <paramref name="zeroMeaned"/>.</param>
    /// <param name="zeroMeaned">Whether the limit is taken of zero-meaned logits, as Eq. 4 says.</param>
    public static double LimitRatio(double temperature, double mean = 1, bool zeroMeaned = true)
    {
        using var scope = NewDisposeScope();
        var (z, v) = Logits(1);
        z = z + mean;
        var limit = zeroMeaned ? SoftTargets.LogitMatchingGradient(z, v, temperature) : (z - v) / (10 * temperature * temperature);
        return ((Autograd(z, v, temperature) * limit).sum() / limit.pow(2).sum()).ToDouble();
    }

    /// <summary>Norm of the soft targets' gradient at a temperature, for logits of size 1.</summary>
    public static double GradientNorm(double temperature)
    {
        using var scope = NewDisposeScope();
        var (z, v) = Logits(1);
        return Autograd(z, v, temperature).norm().ToDouble();
    }

    /// <summary>The power of T with which that norm changes between two temperatures.</summary>
    public static double GradientPower(double from = 100, double to = 1000) => Math.Log(GradientNorm(to) / GradientNorm(from)) / Math.Log(to / from);

    /// <summary>Parameters of the speech network: 26 frames of 40 filters, eight layers of 2560 units, 14,000 labels, with biases.</summary>
    public static long SpeechParameters() => (26L * 40 * 2560) + (7L * 2560 * 2560) + (2560L * 14_000) + (8 * 2560) + 14_000;

    internal static void Report(Experiment run)
    {
        run.Claim("eq2-gradient", GradientDeviation());
        run.Claim("eq4-limit", LimitRatio(1000));
        run.Claim("sec2-t-squared", GradientPower());
        run.Claim("sec3-threes-right", 100.0 * (1010 - 14) / 1010);
        run.Claim("sec4-parameters", SpeechParameters() / 1e6);
        run.Claim("table3-relative", 100 * (26.1 - 25.0) / 25.0);
        double[] temperatures = [1, 2.5, 4, 10, 20, 100, 1000];
        run.Table(new(
            "What temperature does to the gradient of the soft targets",
            ["T", "Gradient, over that at T = 1", "The same times T²", "Part of logit matching, zero-meaned", "Part of it, not zero-meaned"],
            [.. temperatures.Select(t =>
            {
                double fall = GradientNorm(t) / GradientNorm(1);
                return (string[])[$"{t}", $"{fall:0.00e0}", $"{fall * t * t:0.00}", $"{LimitRatio(t):0.000}", $"{LimitRatio(t, zeroMeaned: false):0.000}"];
            })],
            "Random logits of unit variance, the student's moved by 1. Eq. 4 is a limit: it holds where T is large and both logits are zero-meaned."));
    }

    /// <summary>Gradient of the cross-entropy of each case with respect to the student's logits, by autograd.</summary>
    static Tensor Autograd(Tensor student, Tensor teacher, double temperature)
    {
        var z = student.detach().clone().requires_grad_(true);
        (SoftTargets.CrossEntropy(z, teacher, temperature) * student.shape[0]).backward();
        return z.grad!;
    }

    /// <summary>16 cases of student's and teacher's logits, [16, 10], from a generator of their own.</summary>
    static (Tensor Student, Tensor Teacher) Logits(double size)
    {
        var random = new Data.SplitMix64(1503, 2531);
        Tensor Draw()
        {
            // Uniform with unit variance, times the size.
            var values = new double[160];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = size * random.NextDouble(-Math.Sqrt(3), Math.Sqrt(3));
            }

            return tensor(values, new long[] { 16, 10 });
        }

        return (Draw(), Draw());
    }
}
