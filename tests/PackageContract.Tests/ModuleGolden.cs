using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

/// <summary>Inputs that any program can make exactly, and comparison with what PyTorch gave for them.</summary>
static class ModuleGolden
{
    internal static Tensor Ramp(long[] shape, long offset = 0, ScalarType dtype = ScalarType.Float64)
    {
        long n = shape.Aggregate(1L, (a, b) => a * b);
        var values = new double[n];
        var singles = new float[n];
        for (long k = 0; k < n; k++)
        {
            long whole = (k + offset) * 7919 % 1000;
            values[k] = (whole / 1000.0) - 0.5;
            singles[k] = (whole / 1000f) - 0.5f;
        }

        return dtype == ScalarType.Float64 ? tensor(values).reshape(shape) : tensor(singles).reshape(shape);
    }

    internal static double[] Numbers(Tensor t)
    {
        using var flat = t.detach().to(ScalarType.Float64).contiguous();
        return flat.data<double>().ToArray();
    }

    /// <summary>Equal up to a relative difference, or exactly where it is 0.</summary>
    internal static void Same(string name, double[] actual, double relative = 1e-9)
    {
        var expected = ModuleGoldens.Values[name];
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            double allowed = relative * Math.Max(Math.Abs(expected[k]), relative == 0 ? 0 : 1e-3);
            Assert.True(Math.Abs(expected[k] - actual[k]) <= allowed, $"{name}[{k}]: PyTorch {expected[k]:R}, here {actual[k]:R}");
        }
    }

    /// <summary>Parameters from the formula, as the generator of the expectations fills them.</summary>
    internal static void Fill(nn.Module module)
    {
        using var mode = no_grad();
        long k = 0;
        foreach (var p in module.parameters())
        {
            using var values = Ramp(p.shape, (17 * k) + 5);
            p.copy_(values);
            k++;
        }
    }

    /// <summary>Largest difference between the gradient of <paramref name="loss"/> and central differences, relative to the largest element.</summary>
    internal static double GradientError(Func<Tensor> loss, Tensor at)
    {
        const double Step = 1e-5;
        at.grad = null;
        loss().backward();
        var exact = Numbers(at.grad!);
        var data = at.detach();
        double worst = 0, scale = exact.Max(v => Math.Abs(v)) + 1e-6;
        for (int k = 0; k < exact.Length; k++)
        {
            double Shifted(double by)
            {
                using var mode = no_grad();
                using var flat = data.view(-1);
                double before = flat[k].ToDouble();
                flat[k] = tensor(before + by, dtype: ScalarType.Float64);
                double value = loss().ToDouble();
                flat[k] = tensor(before, dtype: ScalarType.Float64);
                return value;
            }

            worst = Math.Max(worst, Math.Abs(((Shifted(Step) - Shifted(-Step)) / (2 * Step)) - exact[k]) / scale);
        }

        return worst;
    }
}
