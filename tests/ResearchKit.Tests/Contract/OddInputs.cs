using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract;

/// <summary>The check of inputs that nobody thinks of: other strides, one image, none, NaN.</summary>
static class OddInputs
{
    const double Tolerance = 1e-9, SingleTolerance = 1e-4;

    internal static void Check(Sample sample)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            manual_seed(seed);
            var use = sample.Draw(new Random(seed));
            CheckOne(use, sample.NotANumber, isDouble: sample.NoGradient is null, $"{sample}, seed {seed}");
        }
    }

    /// <summary>Each odd input gives a result or an error of a kind that a caller can expect; the process survives.</summary>
    internal static void CheckOne(Use use, string? notANumber, bool isDouble, string what)
    {
        use.Layer?.eval();
        if (isDouble)
        {
            use.Layer?.to(ScalarType.Float64);
        }

        Tensor[] inputs = [.. use.Inputs.Select(x => isDouble && x.is_floating_point() ? x.detach().to(ScalarType.Float64) : x.detach())];
        var expected = use.Call(inputs);
        CheckStrides(use, inputs, expected, isDouble ? Tolerance : SingleTolerance, what);
        long batch = inputs.Length == 0 || inputs[0].dim() == 0 ? -1 : inputs[0].shape[0];
        foreach (long size in batch < 0 ? [] : new long[] { 1, 0 })
        {
            var part = Attempt(() => use.Call([.. inputs.Select(x => x.dim() > 0 && x.shape[0] == batch ? x.narrow(0, 0, size) : x)]), $"{what}, batch {size}");
            if (part is not null && use.Layer is not null && part.dim() > 1 && expected.shape[0] == batch)
            {
                Assert.Equal([size, .. expected.shape[1..]], part.shape);
                AssertEqual(expected.narrow(0, 0, size), part, isDouble ? Tolerance : SingleTolerance, $"{what}: an image alone gives other numbers than among others");
            }
        }

        CheckNotANumber(use, inputs, expected, batch, notANumber, isDouble ? Tolerance : SingleTolerance, what);
    }

    static void CheckStrides(Use use, Tensor[] inputs, Tensor expected, double tolerance, string what)
    {
        AssertEqual(expected, use.Call([.. inputs.Select(Transposed)]), tolerance, $"{what}: transposed strides give other numbers");
        AssertEqual(expected, use.Call([.. inputs.Select(Spread)]), tolerance, $"{what}: strides with gaps give other numbers");
    }

    // The same numbers, the first dimension running fastest.
    static Tensor Transposed(Tensor x) => x.dim() < 2 ? Spread(x) : x.transpose(0, -1).contiguous().transpose(0, -1);

    // The same numbers with as many others between them.
    static Tensor Spread(Tensor x) => stack([x, x.is_floating_point() ? x * double.NaN : x], -1).select(-1, 0);

    static void CheckNotANumber(Use use, Tensor[] inputs, Tensor expected, long batch, string? notANumber, double tolerance, string what)
    {
        int first = Array.FindIndex(inputs, x => x.is_floating_point() && x.numel() > 0);
        if (first < 0)
        {
            return;
        }

        var poisoned = inputs[first].contiguous().clone();
        poisoned.view(-1).narrow(0, 0, 1).fill_(double.NaN);
        Tensor[] all = [.. inputs];
        all[first] = poisoned;
        var result = Attempt(() => use.Call(all), $"{what}, NaN");
        if (result is null || notANumber is not null)
        {
            return;
        }

        Assert.True(result.isnan().any().ToBoolean(), $"{what}: a NaN goes in and only numbers come out. If the paper wants that, say so in the sample: NotANumber.");
        if (use.Layer is not null && result.dim() > 1 && result.shape[0] == batch && batch > 1)
        {
            AssertEqual(expected.narrow(0, 1, batch - 1), result.narrow(0, 1, batch - 1), tolerance, $"{what}: a NaN in one image changes another");
        }
    }

    static Tensor? Attempt(Func<Tensor> call, string what)
    {
        try
        {
            return call();
        }
        catch (Exception e)
        {
            Assert.True(IsExpected(e), $"{what}: {e.GetType().Name} ({e.Message}) is not an error that tells a caller what was wrong with the input.");
            return null;
        }
    }

    /// <summary>Errors that say what was wrong. The others, such as an index out of range, are accidents.</summary>
    internal static bool IsExpected(Exception e) =>
        e is ArgumentException or InvalidDataException or NotSupportedException or ExternalException or NotFiniteNumberException
        || (e is InvalidOperationException and not ObjectDisposedException);

    static void AssertEqual(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        if (expected.numel() == 0)
        {
            return;
        }

        double error = ((expected - actual).abs() / expected.abs().clamp_min(1)).max().ToDouble();
        Assert.True(error <= tolerance, $"{what}: by {error}.");
    }
}
