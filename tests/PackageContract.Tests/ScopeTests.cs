using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class ScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside;
        var outside = ones(1);
        using (var scope = NewDisposeScope())
        {
            inside = outside + 1;
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
    }

    [Fact]
    public void Tensors_move_outwards_one_scope_at_a_time()
    {
        Tensor t, free;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                t = ones(1).MoveToOuterDisposeScope();
                free = ones(1).DetachFromDisposeScope();
            }

            Assert.False(t.IsInvalid);
        }

        Assert.True(t.IsInvalid);
        Assert.False(free.IsInvalid);
        free.Dispose();
    }

    [Fact]
    public void An_exception_disposes_too()
    {
        Tensor? t = null;
        Assert.Throws<InvalidDataException>(new Action(() =>
        {
            using var scope = NewDisposeScope();
            t = ones(1);
            throw new InvalidDataException();
        }));
        Assert.True(t!.IsInvalid);
        using var next = ones(1);
        using (var scope = NewDisposeScope())
        {
            Assert.Equal(0, scope.DisposablesCount);
        }
    }

    [Fact]
    public void All_but_some_can_be_disposed_early()
    {
        using var scope = NewDisposeScope();
        var a = ones(1);
        var b = ones(1);
        scope.DisposeEverythingBut([b]);
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
        scope.DisposeEverything();
        Assert.True(b.IsInvalid);
    }

    [Fact]
    public void A_tensor_can_join_a_scope_later()
    {
        var t = ones(1);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(t);
        }

        Assert.True(t.IsInvalid);
    }

    [Fact]
    public void Scopes_belong_to_their_thread()
    {
        using var scope = NewDisposeScope();
        Tensor? other = null;
        var thread = new Thread(() => other = ones(1));
        thread.Start();
        thread.Join();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(other!.IsInvalid);
        other.Dispose();
    }

    [Fact]
    public void Live_handles_are_counted_and_scopes_leave_none()
    {
        long before = Expect.LiveTensors();
        for (int k = 0; k < 100; k++)
        {
            using var scope = NewDisposeScope();
            var t = ones(10, 10);
            Assert.Equal(1100, (t.matmul(t) + 1).sum().ToDouble());
        }

        Assert.Equal(before, Expect.LiveTensors());
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var t = ones(2);
        t.Dispose();
        t.Dispose();
        Assert.True(t.IsInvalid);
        Assert.ThrowsAny<InvalidOperationException>(() => t + 1);
        Assert.ThrowsAny<InvalidOperationException>(() => t.shape);
        Assert.ThrowsAny<InvalidOperationException>(() => cat([ones(1), t]));
    }

    [Fact]
    public void Threads_compute_side_by_side()
    {
        var a = rand(64, 64);
        double expected = a.matmul(a).sum().ToDouble();
        var results = new double[8];
        Parallel.For(0, 8, k =>
        {
            for (int r = 0; r < 50; r++)
            {
                using var scope = NewDisposeScope();
                results[k] = a.matmul(a).sum().ToDouble();
            }
        });
        Assert.All(results, r => Assert.Equal(expected, r, expected * 1e-5));
    }
}
