using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract;

/// <summary>The check that a seed decides everything that is drawn.</summary>
static class Seeding
{
    /// <summary>A layer or function gives the same weights and the same result when the generator starts alike.</summary>
    internal static void Check(Sample sample)
    {
        byte[] Once()
        {
            using var scope = NewDisposeScope();
            manual_seed(7);
            var use = sample.Draw(new Random(7));
            byte[] state = use.Layer is null ? [] : Networks.StateOf(use.Layer);
            return [.. state, .. use.Call(use.Inputs).detach().contiguous().bytes];
        }

        Assert.True(Once().AsSpan().SequenceEqual(Once()), $"{sample}: the same seed gives other bits. What it draws has to come from torch's generator.");
    }

    /// <summary>Batches follow from seed, epoch and index alone.</summary>
    /// <param name="create">Gives, for a seed, what gets a batch by epoch and index.</param>
    internal static void CheckBatches(Func<int, Func<int, int, (Tensor Input, Tensor Target)>> create)
    {
        byte[] first = All(create(1)), again = All(create(1)), other = All(create(2));
        Assert.True(first.AsSpan().SequenceEqual(again), "The same seed gave other batches.");
        Assert.False(first.AsSpan().SequenceEqual(other), "Another seed gave the same batches.");
        var get = create(1);
        get(0, 1);
        var late = BytesOf(get(1, 0));
        Assert.True(late.AsSpan().SequenceEqual(BytesOf(create(1)(1, 0))), "A batch depends on which ones were asked for before it.");
        Assert.False(late.AsSpan().SequenceEqual(BytesOf(get(0, 0))), "Two epochs have the same order.");
    }

    static byte[] All(Func<int, int, (Tensor Input, Tensor Target)> get) => [.. from epoch in Enumerable.Range(0, 2) from k in Enumerable.Range(0, 3) from b in BytesOf(get(epoch, k)) select b];

    static byte[] BytesOf((Tensor Input, Tensor Target) batch) => [.. batch.Input.contiguous().bytes, .. batch.Target.contiguous().bytes];
}
