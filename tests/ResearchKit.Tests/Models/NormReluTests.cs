using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class NormReluTests
{
    [Theory]
    [InlineData(8, 16, 9, 7, false)]
    [InlineData(3, 16, 1, 1, true)]
    [InlineData(5, 48, 6, 5, true)]
    [InlineData(2, 64, 33, 31, false)]
    public void One_step_gives_values_gradients_and_running_statistics_of_the_ordinary_operators(int n, int c, int h, int w, bool withResidual)
    {
        using var scope = NewDisposeScope();
        manual_seed(n + c);
        // The ordinary operators compute in double: what they lose in float is not the measure.
        var (fused, plain) = (nn.BatchNorm2d(c), nn.BatchNorm2d(c, dtype: float64));
        nn.init.normal_(fused.weight!);
        nn.init.normal_(fused.bias!);
        using (no_grad())
        {
            plain.weight!.copy_(fused.weight!);
            plain.bias!.copy_(fused.bias!);
        }

        // A mean of fifty deviations: sums of squares of the bare values would lose half of their digits.
        var x = ChannelsLast(randn([n, c, h, w]) * 2 + 100);
        var residual = withResidual ? ChannelsLast(randn([n, c, h, w])) : null;
        var gradient = ChannelsLast(randn([n, c, h, w]));
        var (x1, x2) = (x.clone().requires_grad_(), x.to(float64).requires_grad_());
        var (r1, r2) = (residual?.clone().requires_grad_(), residual?.to(float64).requires_grad_());

        var y1 = NormRelu.Call(fused, x1, r1);
        var normed = plain.call(x2);
        var y2 = nn.functional.relu(r2 is null ? normed : normed + r2);
        y1.backward([gradient]);
        y2.backward([gradient.to(float64)]);

        Close(y2, y1);
        Close(x2.grad!, x1.grad!);
        Close(plain.weight!.grad!, fused.weight!.grad!);
        Close(plain.bias!.grad!, fused.bias!.grad!);
        Close(plain.running_mean!, fused.running_mean!);
        Close(plain.running_var!, fused.running_var!);
        Assert.Equal(1, fused.num_batches_tracked!.ToInt64());
        if (r1 is not null)
        {
            Close(r2!.grad!, r1.grad!);
        }
    }

    [Fact]
    public void What_the_one_step_cannot_do_goes_by_the_ordinary_operators()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var norm = nn.BatchNorm2d(10);
        var contiguous = randn([4, 10, 5, 5]);
        var expected = nn.functional.relu(nn.BatchNorm2d(10).call(contiguous));
        Close(expected, NormRelu.Call(norm, contiguous));
        norm.eval();
        Close(nn.functional.relu(norm.call(contiguous)), NormRelu.Call(norm, contiguous));
    }

    [Fact]
    public void The_one_step_is_taken_where_it_can_be_and_gives_the_same_bits_again()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = ChannelsLast(randn([64, 32, 17, 13])).requires_grad_();
        var (a, b) = (NormRelu.Call(nn.BatchNorm2d(32), x), NormRelu.Call(nn.BatchNorm2d(32), x));
        Assert.True(a.eq(b).all().ToBoolean());
        // Its output has the layout that the next convolution is quickest with.
        using var rows = a.permute(0, 2, 3, 1);
        Assert.True(rows.is_contiguous());
    }

    static Tensor ChannelsLast(Tensor x)
    {
        var rows = x.permute(0, 2, 3, 1);
        return empty(rows.shape).copy_(rows).permute(0, 3, 1, 2);
    }

    static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        double scale = Math.Max(1, expected.abs().max().ToDouble());
        Assert.InRange((expected - actual).abs().max().ToDouble() / scale, 0, 1e-5);
    }
}
