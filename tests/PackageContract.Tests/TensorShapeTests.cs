using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorShapeTests
{
    static Tensor B => arange(24).reshape(2, 3, 4);

    [Fact]
    public void Inspection()
    {
        Assert.Equal(new long[] { 2, 3, 4 }, B.shape);
        Assert.Equal((3L, 4L, 24L, 24L), (B.size(1), B.size(-1), B.numel(), B.NumberOfElements));
        Assert.Equal((3L, 3L), (B.dim(), B.ndim));
        Assert.Equal(8, B.ElementSize);
        Assert.Equal(DeviceType.CPU, B.device_type);
        Assert.False(B.is_floating_point());
        Assert.Equal(new long[] { 12, 4, 1 }, B.stride());
        Assert.ThrowsAny<Exception>(() => B.size(3));
    }

    [Fact]
    public void Reshaping()
    {
        Expect.Shape(B.view(6, 4), 6, 4);
        Expect.Shape(B.reshape(-1, 8), 3, 8);
        Expect.Shape(B.flatten(), 24);
        Expect.Shape(B.flatten(1), 2, 12);
        Expect.Shape(flatten(B, 0, 1), 6, 4);
        Expect.Shape(B.permute(2, 0, 1), 4, 2, 3);
        Expect.Shape(B.transpose(0, 2), 4, 3, 2);
        Expect.Shape(B[0].t(), 4, 3);
        Expect.Shape(B[0].T, 4, 3);
        Expect.Shape(B.unsqueeze(0).unsqueeze(-1), 1, 2, 3, 4, 1);
        Expect.Shape(B.unsqueeze(0).squeeze(0), 2, 3, 4);
        Expect.Shape(B.unsqueeze(0).squeeze(), 2, 3, 4);
        Expect.Shape(B.view_as(zeros(4, 6)), 4, 6);
        Assert.ThrowsAny<Exception>(() => B.permute(2, 0, 1).view(24));
    }

    [Fact]
    public void Repetition()
    {
        var row = tensor(new[] { 1, 2 });
        Expect.Longs(row.expand(2, 2), 1, 2, 1, 2);
        Expect.Longs(row.repeat(2, 2), 1, 2, 1, 2, 1, 2, 1, 2);
        Expect.Longs(row.repeat_interleave(2), 1, 1, 2, 2);
        Expect.Shape(row.expand_as(zeros(3, 2)), 3, 2);
    }

    [Fact]
    public void Parts()
    {
        Expect.Longs(B.narrow(2, 1, 2).select(0, 1).select(0, 0), 13, 14);
        Expect.Longs(B[0].index_select(1, tensor(new[] { 3L, 0 })), 3, 0, 7, 4, 11, 8);
        var parts = arange(5).split(2);
        Assert.Equal(new long[] { 2, 2, 1 }, parts.Select(p => p.numel()));
        Assert.Equal(new long[] { 1, 4 }, arange(5).split([1, 4]).Select(p => p.numel()));
        Assert.Equal(new long[] { 3, 2 }, arange(5).chunk(2).Select(p => p.numel()));
        Assert.Equal(3, B.unbind(1).Length);
        Expect.Longs(arange(6).unfold(0, 3, 2), 0, 1, 2, 2, 3, 4);
    }

    [Fact]
    public void Rearrangement()
    {
        Expect.Longs(arange(4).flip(0), 3, 2, 1, 0);
        Expect.Longs(arange(4).roll(1, 0), 3, 0, 1, 2);
        Expect.Longs(ones(2, 2).triu(), 1, 1, 0, 1);
        Expect.Longs(ones(2, 2).tril(-1), 0, 0, 1, 0);
        Expect.Longs(arange(2).diag(), 0, 0, 0, 1);
        Expect.Longs(B[0, ..2, ..2].diag(), 0, 5);
    }

    [Fact]
    public void Joining()
    {
        var a = tensor(new[] { 1, 2 });
        Expect.Longs(cat([a, a]), 1, 2, 1, 2);
        Expect.Shape(stack([a, a], 1), 2, 2);
        Expect.Longs(stack([a, a], 1), 1, 1, 2, 2);
        Expect.Longs(where(a > 1, a, zeros_like(a)), 0, 2);
        Expect.Shape(cat([.. Enumerable.Repeat(a, 500)]), 1000);
        var grid = meshgrid([arange(2), arange(3)]).ToArray();
        Expect.Longs(grid[0], 0, 0, 0, 1, 1, 1);
    }

    [Fact]
    public void Views_share_memory_and_clones_do_not()
    {
        var t = zeros(2, 2);
        using (var view = t.view(4))
        {
            view[0] = tensor(5f);
        }

        Expect.Floats(t, 5, 0, 0, 0);
        var copy = t.clone();
        copy.fill_(1);
        Expect.Floats(t, 5, 0, 0, 0);
    }

    [Fact]
    public void Results_are_handles_of_their_own()
    {
        var t = ones(2);
        foreach (var same in new[] { t.to(float32), t.cpu(), t.contiguous(), t.alias(), t.reshape(2), t.@float(), t.to(CPU) })
        {
            Assert.NotSame(t, same);
            same.Dispose();
        }

        Expect.Floats(t, 1, 1);
    }
}
