using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract;

/// <summary>The check of gradients: against finite differences in double, or against the paper's closed form.</summary>
static class Gradients
{
    const double Tolerance = 1e-6, ClosedFormTolerance = 1e-12, SingleTolerance = 1e-3;

    // A step too large bends, one too small drowns in rounding, and one across a kink of ReLU is off: a right gradient fits at one of them.
    static readonly double[] s_steps = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];

    /// <summary>Checks some random uses of a sample.</summary>
    internal static void Check(Sample sample, int uses = 20)
    {
        for (int seed = 0; seed < uses; seed++)
        {
            using var scope = NewDisposeScope();
            manual_seed(seed);
            var use = sample.Draw(new Random(seed));
            if (sample.NoGradient is { } reason)
            {
                Assert.False(use.Call(use.Inputs).requires_grad, $"{sample} is said to have no gradient ({reason}), but its result asks for one.");
                continue;
            }

            CheckPrecision(use, $"{sample}, seed {seed}");
            CheckOne(use, sample, $"{sample}, seed {seed}", directions: 2);
        }
    }

    /// <summary>
    /// Single precision, channels last where there are channels, gives what double gives: a kernel that is taken there alone is checked too.
    /// Leaves the layer in double precision.
    /// </summary>
    internal static void CheckPrecision(Use use, string what)
    {
        Tensor[] singles = [.. use.Inputs.Select(x => x.dim() == 4 && x.is_floating_point() ? x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : x)];
        Tensor? weights = null;
        Tensor[] Results(ScalarType type)
        {
            use.Layer?.to(type);
            use.Layer?.zero_grad();
            Tensor[] inputs = [.. singles.Select(x => x.is_floating_point() ? x.detach().to(type).requires_grad_() : x)];
            manual_seed(1);
            var result = use.Call(inputs);
            weights ??= randn_like(result);
            (result * weights.to(type)).sum().backward();
            IEnumerable<Tensor> variables = [.. inputs.Where(x => x.requires_grad), .. use.Layer?.parameters() ?? []];
            return [.. variables.Select(v => (v.grad ?? zeros_like(v)).to(ScalarType.Float64)).Prepend(result.detach().to(ScalarType.Float64))];
        }

        foreach (var (k, (single, full)) in Results(ScalarType.Float32).Zip(Results(ScalarType.Float64)).Index())
        {
            double error = single.numel() == 0 ? 0 : (single - full).abs().max().ToDouble() / Math.Max(1, full.abs().max().ToDouble());
            Assert.True(error <= SingleTolerance, $"{what}: in single precision {(k == 0 ? "the result" : $"gradient {k - 1}")} is off by {error} of its largest entry.");
        }
    }

    /// <summary>Checks the gradient of one call, in directions drawn for each input and for each parameter apart, or for all parameters at once.</summary>
    internal static void CheckOne(Use use, Sample? sample, string what, int directions, bool parametersTogether = false)
    {
        use.Layer?.to(ScalarType.Float64);
        Tensor[] inputs = [.. use.Inputs.Select(x => x.is_floating_point() ? x.detach().to(ScalarType.Float64).requires_grad_() : x)];
        Tensor[] parameters = use.Layer is null ? [] : [.. use.Layer.parameters().Where(p => p.requires_grad)];
        Tensor[] variables = [.. inputs.Where(x => x.requires_grad), .. parameters];

        Tensor Result()
        {
            manual_seed(1); // what a layer draws, such as dropout, is drawn alike each time
            return use.Call(inputs);
        }

        use.Layer?.zero_grad();
        var result = Result();
        var weights = randn_like(result);
        var closed = sample?.ClosedForm(use with { Inputs = inputs }, weights);
        Assert.True(result.requires_grad, $"{what}: the result does not depend on any input or parameter in a way that autograd follows.");
        (result * weights).sum().backward();
        Tensor[] gradients = [.. variables.Select(v => v.grad ?? zeros_like(v))];
        if (closed is not null)
        {
            CompareWithClosedForm(closed, gradients, what);
            return;
        }

        using var noGrad = no_grad();
        double Value() => (Result() * weights).sum().ToDouble();
        double size = Math.Max(1, Math.Abs(Value()));
        IEnumerable<int[]> groups = parametersTogether
            ? [.. Enumerable.Range(0, variables.Length - parameters.Length).Select(k => new[] { k }),
               [.. Enumerable.Range(variables.Length - parameters.Length, parameters.Length)]]
            : Enumerable.Range(0, variables.Length).Select(k => new[] { k });
        foreach (int[] group in groups.Where(g => g.Length > 0))
        {
            for (int direction = 0; direction < directions; direction++)
            {
                Tensor[] steps = [.. group.Select(k => randn_like(variables[k]))];
                Tensor[] places = [.. group.Select(k => variables[k].detach().clone())];
                double expected = group.Zip(steps, (k, step) => (gradients[k] * step).sum().ToDouble()).Sum();
                double norm = Math.Sqrt(group.Sum(k => gradients[k].pow(2).sum().ToDouble()));
                var found = new List<double>();
                double At(double distance)
                {
                    foreach (var ((k, step), place) in group.Zip(steps).Zip(places))
                    {
                        variables[k].copy_(place + (step * distance));
                    }

                    return Value();
                }

                bool fits = false;
                foreach (double h in s_steps)
                {
                    double slope = (At(h) - At(-h)) / (2 * h);
                    found.Add(slope);
                    fits |= Math.Abs(slope - expected) <= (Tolerance * Math.Max(norm, Math.Abs(slope))) + (1e-9 * size);
                    if (fits)
                    {
                        break;
                    }
                }

                At(0);
                Assert.True(fits,
                    $"{what}: the gradient of {Name(use, variables, group)} is {expected:R} along a random direction, finite differences give {string.Join(", ", found)}.");
            }
        }
    }

    static void CompareWithClosedForm(IReadOnlyList<Tensor> closed, Tensor[] gradients, string what)
    {
        Assert.True(closed.Count == gradients.Length, $"{what}: the closed form has {closed.Count} gradients, autograd {gradients.Length}.");
        foreach (var (expected, gradient) in closed.Zip(gradients))
        {
            Assert.Equal(expected.shape, gradient.shape);
            double error = gradient.numel() == 0 ? 0 : ((expected - gradient).abs() / expected.abs().clamp_min(1)).max().ToDouble();
            Assert.True(error <= ClosedFormTolerance, $"{what}: a gradient differs by {error} from the paper's closed form.");
        }
    }

    static string Name(Use use, Tensor[] variables, int[] group)
    {
        if (group.Length > 1)
        {
            return "all parameters together";
        }

        var name = use.Layer?.named_parameters().FirstOrDefault(p => ReferenceEquals(p.parameter, variables[group[0]])).name;
        return name is null ? $"input {group[0]}" : $"parameter {name}";
    }
}
