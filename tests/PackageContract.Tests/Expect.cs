using static TorchSharp.torch;

namespace PackageContract.Tests;

/// <summary>Comparisons of tensors with plain numbers.</summary>
static class Expect
{
    internal static void Floats(Tensor actual, params double[] expected) => Floats(actual, 1e-6, expected);

    internal static void Floats(Tensor actual, double tolerance, double[] expected)
    {
        using var plain = actual.detach().to_type(ScalarType.Float64);
        var numbers = plain.data<double>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.True(
                Math.Abs(expected[k] - numbers[k]) <= tolerance * Math.Max(1, Math.Abs(expected[k])),
                $"Element {k} is {numbers[k]:R}, not {expected[k]:R}.");
        }
    }

    internal static void Longs(Tensor actual, params long[] expected)
    {
        using var plain = actual.to_type(ScalarType.Int64);
        Assert.Equal(expected, plain.data<long>().ToArray());
    }

    internal static void Bools(Tensor actual, params bool[] expected) => Assert.Equal(expected, actual.data<bool>().ToArray());

    /// <summary>Handles alive once the dropped ones are gone.</summary>
    internal static long LiveTensors()
    {
        for (int k = 0; k < 3; k++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }

    internal static void Shape(Tensor actual, params long[] expected) => Assert.Equal(expected, actual.shape);
}

/// <summary>Tests that look at counts or generators of the whole process run alone.</summary>
[CollectionDefinition("process-wide state", DisableParallelization = true)]
public sealed class ProcessWideState;
