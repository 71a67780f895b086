using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class AutogradFunctionTests
{
    /// <summary>Binarisation with a straight-through gradient inside of [-1, 1].</summary>
    sealed class StraightThroughSign : autograd.SingleTensorFunction<StraightThroughSign>
    {
        public override string Name => nameof(StraightThroughSign);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            return x.sign();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var x = ctx.get_saved_variables()[0];
            return [grad_output * x.abs().le(1).to_type(x.dtype)];
        }
    }

    /// <summary>exp, whose derivative is made of its saved output.</summary>
    sealed class Exponential : autograd.SingleTensorFunction<Exponential>
    {
        public override string Name => nameof(Exponential);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var y = ((Tensor)vars[0]).exp();
            ctx.save_for_backward([y]);
            return y;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output * ctx.get_saved_variables()[0]];
    }

    sealed class ScaledPair : autograd.MultiTensorFunction<ScaledPair>
    {
        public override string Name => nameof(ScaledPair);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("scale", vars[1]);
            return [(Tensor)vars[0] * (double)vars[1], (Tensor)vars[2] + 1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs) =>
            [grad_outputs[0] * (double)ctx.get_data("scale")!, null!, grad_outputs[1].clone()];
    }

    sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] + 1;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidDataException("backward broke");
    }

    [Fact]
    public void Forward_and_backward_run_in_managed_code()
    {
        using var x = tensor(new[] { -2f, -0.5f, 0.5f, 2f }, requires_grad: true);
        var y = StraightThroughSign.apply(x);
        Expect.Floats(y, -1, -1, 1, 1);
        (y * tensor(new[] { 1f, 2f, 3f, 4f })).sum().backward();
        Expect.Floats(x.grad!, 0, 2, 3, 0);
    }

    [Fact]
    public void A_function_used_twice_in_one_graph_adds_up()
    {
        using var x = tensor(new[] { 0.25f }, requires_grad: true);
        (StraightThroughSign.apply(x) + StraightThroughSign.apply(x * 2) * 3).sum().backward();
        Expect.Floats(x.grad!, 7);
    }

    [Fact]
    public void Several_outputs_and_arguments_that_are_no_tensors()
    {
        using var a = ones([2], requires_grad: true);
        using var b = ones([2], requires_grad: true);
        var outputs = ScaledPair.apply(a, 3.0, b);
        (outputs[0] + outputs[1] * 2).sum().backward();
        Expect.Floats(a.grad!, 3, 3);
        Expect.Floats(b.grad!, 2, 2);
    }

    [Fact]
    public void An_output_nobody_used_brings_a_gradient_of_zeros()
    {
        using var a = ones([2], requires_grad: true);
        using var b = ones([2], requires_grad: true);
        ScaledPair.apply(a, 3.0, b)[0].sum().backward();
        Expect.Floats(a.grad!, 3, 3);
        Expect.Floats(b.grad!, 0, 0);
    }

    [Fact]
    public void A_saved_output_has_second_derivatives()
    {
        using var x = tensor(new[] { 0.5 }, requires_grad: true);
        var first = autograd.grad([Exponential.apply(x * 2).sum()], [x], create_graph: true)[0];
        Expect.Floats(first, 2 * Math.E);
        Expect.Floats(autograd.grad([first.sum()], [x])[0], 4 * Math.E);
    }

    [Fact]
    public void An_exception_in_backward_arrives_and_leaves_the_next_run_alone()
    {
        using var x = ones([1], requires_grad: true);
        var e = Assert.ThrowsAny<Exception>(() => Failing.apply(x).sum().backward());
        Assert.Contains("backward broke", e.ToString());
        StraightThroughSign.apply(x).sum().backward();
        Expect.Floats(x.grad!, 1);
    }

    [Fact]
    public void Without_gradients_nothing_is_recorded()
    {
        using var x = ones([1], requires_grad: true);
        using (no_grad())
        {
            Assert.False(StraightThroughSign.apply(x).requires_grad);
        }

        Assert.False(StraightThroughSign.apply(ones(1)).requires_grad);
    }

    [Fact]
    public void Ten_thousand_uses_leave_nothing_behind()
    {
        using var x = tensor(new[] { 0.5f }, requires_grad: true);
        void Step()
        {
            using var scope = NewDisposeScope();
            Exponential.apply(StraightThroughSign.apply(x)).sum().backward();
            x.grad = null;
        }

        Step();
        long before = Expect.LiveTensors();
        for (int k = 0; k < 10_000; k++)
        {
            Step();
        }

        Assert.Equal(before, Expect.LiveTensors());
    }
}
