using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorReductionTests
{
    static Tensor A => tensor(new[] { 1f, -2f, 3f, 0.5f, 5f, -6f }, [2, 3]);

    [Fact]
    public void Sums_and_means()
    {
        Expect.Floats(A.sum(), 1.5);
        Expect.Floats(A.sum(dim: 0), 1.5, 3, -3);
        Expect.Floats(A.prod(dim: 0), 0.5, -10, -18);
        Expect.Floats(sum(A, 1), 2, -0.5);
        Expect.Shape(A.sum(1, keepdim: true), 2, 1);
        Expect.Floats(A.sum([0, 1]), 1.5);
        Assert.Equal(ScalarType.Float64, A.sum(float64).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1, 2 }).sum().dtype);
        Expect.Floats(A.mean(), 0.25);
        Expect.Floats(A.mean([1]), 0.66666669, -0.16666667);
        Expect.Shape(A.mean([0, 1], keepdim: true), 1, 1);
        Expect.Floats(A.prod(), 90);
        Expect.Floats(A.cumsum(1), 1, -1, 2, 0.5, 5.5, -0.5);
    }

    [Fact]
    public void Moments_and_norms()
    {
        Expect.Floats(A.std(), 3.8697545528411865);
        Expect.Floats(A.var(1), 6.333333492279053, 30.58333396911621);
        Expect.Floats(A.var([0], unbiased: false), 0.0625, 12.25, 20.25);
        Expect.Floats(A.std([0], unbiased: false, keepdim: true), 0.25, 3.5, 4.5);
        Expect.Floats(A.norm(), 8.674675941467285);
        Expect.Floats(A.norm(1f), 17.5);
        Expect.Floats(A.norm(1, keepdim: false, p: 2f), 3.7416574954986572, 7.82623815536499);
    }

    [Fact]
    public void Extremes()
    {
        Expect.Floats(A.max(), 5);
        Expect.Floats(A.min(), -6);
        var (values, indexes) = A.max(1);
        Expect.Floats(values, 3, 5);
        Expect.Longs(indexes, 2, 1);
        var (least, places) = A.min(0, keepdim: true);
        Expect.Floats(least, 0.5, -2, -6);
        Expect.Longs(places, 1, 0, 1);
        Expect.Longs(A.argmax(), 4);
        Expect.Longs(A.argmax(1), 2, 1);
        Expect.Longs(A.argmin(0), 1, 0, 1);
        Expect.Floats(A.amax([0]), 1, 5, 3);
        Expect.Floats(A.amin([0, 1]), -6);
    }

    [Fact]
    public void Order_statistics()
    {
        var (values, indexes) = A.topk(2, 1);
        Expect.Floats(values, 3, 1, 5, 0.5);
        Expect.Longs(indexes, 2, 0, 1, 0);
        Expect.Floats(A.flatten().topk(2, largest: false).values, -6, -2);
        var (sorted, order) = A.sort(1, descending: true);
        Expect.Floats(sorted, 3, 1, -2, 5, 0.5, -6);
        Expect.Longs(order, 2, 0, 1, 1, 0, 2);
        Expect.Longs(A.argsort(1), 1, 0, 2, 2, 0, 1);
        Expect.Floats(A.kthvalue(2, 1).values, 1, 0.5);
        Expect.Floats(A.median(), 0.5);
        Expect.Floats(A.flatten().quantile(tensor(new[] { 0.1f, 0.5f, 0.9f }), 0), -4, 0.75, 4);
    }

    [Fact]
    public void Sorting_equal_elements_stably_keeps_their_order()
    {
        var t = tensor(new[] { 1L, 0, 1, 0, 1, 0 });
        Expect.Longs(t.sort(stable: true).Indices, 1, 3, 5, 0, 2, 4);
    }

    [Fact]
    public void Counts()
    {
        var t = tensor(new[] { 3L, 1, 1, 0, 3, 3 });
        Expect.Longs(t.bincount(), 1, 2, 0, 3);
        Expect.Longs(t.bincount(minlength: 6), 1, 2, 0, 3, 0, 0);
        var (output, inverse, counts) = t.unique(return_inverse: true, return_counts: true);
        Expect.Longs(output, 0, 1, 3);
        Expect.Longs(inverse!, 2, 1, 1, 0, 2, 2);
        Expect.Longs(counts!, 1, 2, 3);
        Expect.Floats(A.histc(4, -6, 6), 1, 1, 2, 2);
        Assert.Equal(5, t.count_nonzero().ToInt32());
        Expect.Bools(A.gt(0).any(1), true, true);
        Assert.False(A.gt(0).all().ToBoolean());
        Assert.True(any(A.gt(4)).ToBoolean());
    }
}
