using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorIndexingTests
{
    static Tensor B => arange(24).reshape(2, 3, 4);

    [Fact]
    public void Numbers_and_slices()
    {
        Assert.Equal(23, B[1, 2, 3].ToInt32());
        Assert.Equal(23, B[-1, -1, -1].ToInt32());
        Expect.Longs(B[1, 0], 12, 13, 14, 15);
        Expect.Longs(B[0, .., 1], 1, 5, 9);
        Expect.Longs(B[0, 1.., 0], 4, 8);
        Expect.Longs(B[0, 0, ..^1], 0, 1, 2);
        Expect.Longs(B[0, 0, 1..3], 1, 2);
        Expect.Longs(B[0, 0, TensorIndex.Slice(0, 4, 2)], 0, 2);
        Expect.Longs(B[TensorIndex.Ellipsis, 0], 0, 4, 8, 12, 16, 20);
        Expect.Shape(B[TensorIndex.Colon, TensorIndex.Null], 2, 1, 3, 4);
        Expect.Shape(B[TensorIndex.Ellipsis, TensorIndex.Null], 2, 3, 4, 1);
        Assert.ThrowsAny<Exception>(() => B[2]);
    }

    [Fact]
    public void Masks_and_index_tensors()
    {
        var t = B;
        Expect.Longs(t[t > 20], 21, 22, 23);
        Expect.Longs(t[0, tensor(new[] { 0L, 2 }), tensor(new[] { 1L, 3 })], 1, 11);
        Expect.Shape(t[TensorIndex.Colon, tensor(new[] { 0L, 2, 1, 1 })], 2, 4, 4);
        Expect.Longs(t[0, tensor(new[] { true, false, true }), 0], 0, 8);
        Expect.Longs(t.masked_select(t < 2), 0, 1);
        Expect.Longs(t.nonzero().max(), 3);
        Expect.Longs(t[0].gather(1, tensor(new[] { 0L, 1, 2 }, [3, 1])), 0, 5, 10);
        Expect.Longs(t.take(tensor(new[] { 5L, 7 })), 5, 7);
    }

    [Fact]
    public void Assignment_writes_through()
    {
        var t = zeros(2, 3);
        t[0, 1] = tensor(5f);
        t[1] = ones(3);
        t[TensorIndex.Colon, 2] = tensor(new[] { 7f, 8f });
        Expect.Floats(t, 0, 5, 7, 1, 1, 8);
        t[t > 4] = tensor(-1f);
        Expect.Floats(t, 0, -1, -1, 1, 1, -1);
        t[tensor(new[] { 0L, 1 }), tensor(new[] { 0L, 0 })] = tensor(new[] { 3f, 4f });
        Expect.Floats(t, 3, -1, -1, 4, 1, -1);
    }

    [Fact]
    public void Masked_indexed_and_scattered_writes()
    {
        var t = arange(4, dtype: float32);
        Expect.Floats(t.masked_fill(t > 1, 9), 0, 1, 9, 9);
        t.masked_fill_(t < 1, -1);
        Expect.Floats(t, -1, 1, 2, 3);
        t.index_put_(tensor(8f), tensor(new[] { 3L }));
        Expect.Floats(t, -1, 1, 2, 8);
        t.index_add_(0, tensor(new[] { 0L, 0 }), ones(2), 1);
        Expect.Floats(t, 1, 1, 2, 8);
        t.index_copy_(0, tensor(new[] { 2L }), tensor(new[] { 6f }));
        t.index_fill_(0, tensor(new[] { 1L }), 4);
        Expect.Floats(t, 1, 4, 6, 8);
        t.scatter_(0, tensor(new[] { 3L, 2 }), tensor(new[] { 30f, 20f }));
        Expect.Floats(t, 1, 4, 20, 30);
        t.scatter_add_(0, tensor(new[] { 0L, 0 }), ones(2));
        Expect.Floats(t, 3, 4, 20, 30);
    }
}
