using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

/// <summary>What only the stand-in promises: the text of errors, and memory that is bounded without scopes.</summary>
[Collection("process-wide state")]
public class StandInTensorTests
{
    [Fact]
    public void Errors_name_the_operator_the_shapes_and_the_dtypes()
    {
        var e = Assert.ThrowsAny<Exception>(() => zeros(2, 3).matmul(zeros([4, 5])));
        Assert.Contains("aten::matmul(Float32[2, 3], Float32[4, 5])", e.Message);
        Assert.Contains("cannot be multiplied", e.Message);
        var mixed = Assert.ThrowsAny<Exception>(() => cat([zeros(2, 3), zeros([2, 4], float64)]));
        Assert.Contains("aten::cat([Float32[2, 3], Float64[2, 4]]", mixed.Message);
        var backward = Assert.ThrowsAny<Exception>(() => zeros(2, 3).backward());
        Assert.Contains("Float32[2, 3]", backward.Message);
    }

    [Fact]
    public void A_literal_zero_is_a_dimension_and_not_an_element_type()
    {
        Expect.Shape(ones(2, 3).sum(0), 3);
        Expect.Shape(ones(2, 3).prod(0), 3);
        Expect.Shape(sum(ones(2, 3), 0), 3);
    }

    [Fact]
    public void A_disposed_tensor_throws_ObjectDisposedException()
    {
        var t = ones(2);
        var data = t.data<float>();
        t.Dispose();
        Assert.Throws<ObjectDisposedException>(() => t.add(1));
        Assert.Throws<ObjectDisposedException>(() => ones(2).add(t));
        Assert.Throws<ObjectDisposedException>(() => t.requires_grad);
        Assert.Throws<ObjectDisposedException>(() => t.backward());
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
        Assert.Throws<ObjectDisposedException>(() => data[0]);
    }

    [Fact]
    public void The_exception_of_a_managed_backward_is_the_inner_exception()
    {
        using var x = ones([1], requires_grad: true);
        x.register_hook(_ => throw new InvalidDataException("the hook broke"));
        var e = Assert.ThrowsAny<Exception>(() => (x * 2).sum().backward());
        Assert.IsType<InvalidDataException>(e.InnerException);
    }

    [Fact]
    public void A_saved_tensor_that_was_changed_since_is_an_error_and_not_a_wrong_gradient()
    {
        using var x = ones([1], requires_grad: true);
        var y = x * 2;
        var z = Squared.apply(y);
        using (no_grad())
        {
            y.add_(1);
        }

        var e = Assert.ThrowsAny<Exception>(() => z.sum().backward());
        Assert.Contains("changed in place", e.Message);
    }

    [Fact]
    public void A_managed_function_runs_backward_once_unless_the_graph_is_retained()
    {
        using var x = ones([1], requires_grad: true);
        var y = Squared.apply(x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Expect.Floats(x.grad!, 4);
        Assert.Contains("retain_graph", Assert.ThrowsAny<Exception>(() => y.backward()).Message);
    }

    [Fact]
    public void Ten_thousand_operators_without_scopes_keep_memory_bounded()
    {
        var x = ones(256, 1024);
        for (int k = 0; k < 10_000; k++)
        {
            // One megabyte each: ten gigabytes in all.
            _ = x + k;
        }

        Assert.True(Environment.WorkingSet < 4L << 30, $"The working set is {Environment.WorkingSet >> 20} MB.");
    }

    [Fact]
    public void A_tensor_in_another_scope_moves_out_of_the_scope_that_owns_it()
    {
        Tensor t;
        using var outer = NewDisposeScope();
        using (var inner = NewDisposeScope())
        {
            t = ones(1);
            outer.Attach(t);
            Assert.Equal(0, inner.DisposablesCount);
        }

        Assert.False(t.IsInvalid);
        outer.DisposeEverythingBut([ones(1)]);
        Assert.True(t.IsInvalid);
    }

    sealed class Squared : autograd.SingleTensorFunction<Squared>
    {
        public override string Name => nameof(Squared);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            return x * x;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0] * 2];
    }
}
