using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class AutogradTests
{
    [Fact]
    public void Gradients_accumulate_in_leaves()
    {
        using var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        Assert.True(x.is_leaf);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        Expect.Floats(x.grad!, 2, 4, 6);
        (x * x).sum().backward();
        Expect.Floats(x.grad!, 4, 8, 12);
        x.grad!.zero_();
        Expect.Floats(x.grad!, 0, 0, 0);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Gradients_agree_with_finite_differences()
    {
        var functions = new (string Name, Func<Tensor, Tensor> F)[]
        {
            ("sigmoid", x => x.sigmoid()), ("tanh", x => x.tanh()), ("exp", x => x.exp()), ("log", x => (x * x + 1).log()),
            ("softmax", x => x.softmax(0).pow(2)), ("norm", x => x.norm()), ("std", x => x.std()), ("logsumexp", x => x.logsumexp(0)),
            ("clamp", x => x.clamp(-0.7, 0.9)), ("matmul", x => x.unsqueeze(0).matmul(x.unsqueeze(1))), ("index", x => x[1..3] * x[0]),
        };
        var at = new[] { 0.3, -1.2, 0.8, 2.1 };
        foreach (var (name, f) in functions)
        {
            using var scope = NewDisposeScope();
            var x = tensor(at, requires_grad: true);
            f(x).sum().backward();
            var gradient = x.grad!.data<double>().ToArray();
            for (int k = 0; k < at.Length; k++)
            {
                double Moved(double h)
                {
                    var p = (double[])at.Clone();
                    p[k] += h;
                    return f(tensor(p)).sum().ToDouble();
                }

                double difference = (Moved(1e-5) - Moved(-1e-5)) / 2e-5;
                Assert.True(Math.Abs(difference - gradient[k]) < 1e-7 * Math.Max(1, Math.Abs(difference)) + 1e-8, $"{name}[{k}]: {gradient[k]} and {difference}");
            }
        }
    }

    [Fact]
    public void Second_derivatives()
    {
        using var x = tensor(new[] { 1.0, 2.0 }, requires_grad: true);
        var first = autograd.grad([x.pow(3).sum()], [x], create_graph: true)[0];
        Expect.Floats(first, 3, 12);
        var second = autograd.grad([first.sum()], [x])[0];
        Expect.Floats(second, 6, 12);
    }

    [Fact]
    public void Gradient_modes_nest_and_end()
    {
        using var x = ones([1], requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False((x + 1).requires_grad);
            using (enable_grad())
            {
                Assert.True((x + 1).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        using (inference_mode())
        {
            Assert.False((x + 1).requires_grad);
        }

        using (set_grad_enabled(false))
        {
            Assert.False(is_grad_enabled());
        }

        Assert.True((x + 1).requires_grad);
    }

    [Fact]
    public void Gradient_modes_belong_to_their_thread()
    {
        using var off = no_grad();
        bool other = false;
        var thread = new Thread(() => other = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(other);
    }

    [Fact]
    public void Detached_tensors_have_no_history()
    {
        using var x = ones([2], requires_grad: true);
        var y = x * 2;
        Assert.False(y.is_leaf);
        Assert.False(y.detach().requires_grad);
        (y + (y.sign() - y).detach()).sum().backward();
        Expect.Floats(x.grad!, 2, 2);
    }

    [Fact]
    public void Hooks_see_and_replace_gradients()
    {
        using var x = ones([2], requires_grad: true);
        double seen = 0;
        x.register_hook(g =>
        {
            seen = g.sum().ToDouble();
            return g * 10;
        });
        (x * 3).sum().backward();
        Assert.Equal(6, seen);
        Expect.Floats(x.grad!, 30, 30);
    }

    [Fact]
    public void A_graph_runs_twice_only_when_retained()
    {
        using var x = ones([2], requires_grad: true);
        var y = (x * x).sum();
        y.backward(retain_graph: true);
        y.backward();
        Expect.Floats(x.grad!, 4, 4);
        Assert.ThrowsAny<Exception>(() => y.backward());
    }

    [Fact]
    public void Leaves_that_need_gradients_refuse_in_place_changes_outside_of_no_grad()
    {
        using var x = ones([2], requires_grad: true);
        Assert.ThrowsAny<Exception>(() => x.add_(1));
        using (no_grad())
        {
            x.add_(1);
        }

        Expect.Floats(x, 2, 2);
    }
}
