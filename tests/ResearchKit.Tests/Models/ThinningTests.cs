using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Tests.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public sealed class ThinningTests
{
    [Theory]
    [InlineData("lenet-300-100")]
    [InlineData("lenet-5")]
    [InlineData("mlp-800-800")]
    [InlineData("resnet-20")]
    [InlineData("squeezenet-1.0")]
    [InlineData("squeezenet-1.0-caffe")]
    public void Thinned_networks_give_the_same_and_are_smaller(string name)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        var entry = ModelCatalog.All.Single(m => m.Name == name);
        using var net = entry.Create(10);
        MaskedNetworks.KillGroups(net, new Random(1), 0.5);
        net.eval();
        using var thin = Thinning.Of(net);
        // A SqueezeNet takes smaller images too.
        var x = name.StartsWith("squeezenet", StringComparison.Ordinal) ? randn([2, 3, 67, 67]) : randn([3, .. entry.InputShape]);
        var (expected, actual) = (net.call(x), thin.call(x));
        Assert.InRange((expected - actual).abs().max().ToDouble(), 0, 1e-5 * Math.Max(1, expected.abs().max().ToDouble()));
        long[] shape = [.. x.shape[1..]];
        var (wide, narrow) = (ModelSummary.Of(net, shape), ModelSummary.Of(thin, shape));
        Assert.True(narrow.Parameters < 0.8 * wide.Parameters, $"{narrow.Parameters} of {wide.Parameters} parameters");
        Assert.True(narrow.Macs < 0.8 * wide.Macs, $"{narrow.Macs} of {wide.Macs} MACs");
    }

    [Fact]
    public void A_dead_filters_bias_flows_on()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(2);
        using var net = new LeNet5();
        var conv1 = net.modules().OfType<Conv2d>().First();
        conv1.weight.narrow(0, 0, 19).zero_();
        conv1.bias!.fill_(3);
        using var thin = Thinning.Of(net);
        Assert.Equal(1, thin.modules().OfType<Conv2d>().First().weight.shape[0]);
        var x = randn([2, 1, 28, 28]);
        Assert.True(net.call(x).allclose(thin.call(x), atol: 1e-5));
        conv1.bias.fill_(0); // without the bias it is another network
        Assert.False(net.call(x).allclose(thin.call(x), atol: 1e-2));
    }

    [Fact]
    public void A_residual_block_without_weights_is_a_shift_or_nothing()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(3);
        using var net = new CifarResNet(14);
        MaskedNetworks.DrawNorms(net);
        var blocks = net.Blocks;
        foreach (int l in new[] { 0, 1, 2, 3 })
        {
            blocks[l].get_parameter("conv2.weight")!.zero_();
        }

        // Block 1 gives nothing at all: its norm has no bias left for what is not there.
        blocks[0].get_parameter("bn2.weight")!.zero_();
        blocks[0].get_parameter("bn2.bias")!.zero_();
        net.eval();
        using var thin = Thinning.Of(net);
        Assert.Equal(2, thin.modules().OfType<CifarResNet.BasicBlock>().Count());
        Assert.DoesNotContain("block1", thin.named_children().Select(m => m.name));
        Assert.Contains("block3", thin.named_children().Select(m => m.name));
        var x = randn([2, 3, 32, 32]);
        Assert.True(net.call(x).allclose(thin.call(x), atol: 1e-5));
    }

    [Fact]
    public void A_network_without_zeros_stays_as_it_is()
    {
        using var net = new LeNet5();
        using var thin = Thinning.Of(net);
        Assert.Equal(net.parameters().Sum(p => p.numel()), thin.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void A_network_without_any_weights_gives_its_constant()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var net = new Mlp(20, 10, 5);
        foreach (var (name, parameter) in net.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            parameter.zero_();
        }

        using var thin = Thinning.Of(net);
        var x = randn([2, 20]);
        Assert.True(net.call(x).allclose(thin.call(x), atol: 1e-6));
    }

    [Fact]
    public void Other_networks_are_refused()
    {
        using var other = Sequential(Linear(3, 2));
        Assert.Contains("ResearchKit.Models", Assert.Throws<NotSupportedException>(() => Thinning.Of(other)).Message, StringComparison.Ordinal);
    }
}

/// <summary>Kills filters, channels, shapes and blocks of a network at random.</summary>
static class MaskedNetworks
{
    internal static void KillGroups(Module net, Random random, double share)
    {
        using var noGrad = no_grad();
        DrawNorms(net);
        foreach (var weight in net.parameters().Where(p => p.dim() > 1))
        {
            // Rows and columns of the lowered matrix; the first row stays, so that something is left.
            var rows = rand(weight.shape[0]).gt(share).to(weight.dtype);
            rows.narrow(0, 0, 1).fill_(1);
            weight.mul_(rows.view([weight.shape[0], .. Enumerable.Repeat(1L, (int)weight.dim() - 1)]));
            var columns = rand(weight.shape[1]).gt(share).to(weight.dtype);
            weight.mul_(columns.view([1, weight.shape[1], .. Enumerable.Repeat(1L, (int)weight.dim() - 2)]));
            if (weight.dim() == 4 && random.Next(2) == 0)
            {
                weight.mul_(rand([1, .. weight.shape[1..]]).gt(share).to(weight.dtype));
            }
        }

        foreach (var bias in net.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal)).Select(p => p.parameter))
        {
            bias.copy_(0.1 * randn_like(bias));
        }
    }

    /// <summary>Statistics and parameters of norms that are not those of a fresh network.</summary>
    internal static void DrawNorms(Module net)
    {
        using var noGrad = no_grad();
        foreach (var norm in net.modules().OfType<BatchNorm2d>())
        {
            norm.running_mean!.copy_(0.1 * randn_like(norm.running_mean));
            norm.running_var!.copy_(0.5 + rand_like(norm.running_var));
            norm.bias!.copy_(0.1 * randn_like(norm.bias));
        }
    }
}

sealed class ThinningSample : NetworkSample
{
    protected override Delegate Function => Thinning.Of;

    // An input that no weight reads is not read.
    public override string NotANumber => "numbers, where the input with the NaN is dead";

    public override (Module<Tensor, Tensor> Masked, Module<Tensor, Tensor> Thinned, Tensor Input) DrawNetworks(Random random)
    {
        (Module<Tensor, Tensor> net, Tensor input) = random.Next(3) switch
        {
            0 => ((Module<Tensor, Tensor>)new LeNet5(4), randn([3, 1, 28, 28])),
            1 => (new Mlp(30, random.Next(5, 30), random.Next(5, 30), 4), randn([3, 30])),
            _ => (new CifarResNet(8, 4), randn([3, 3, 8, 8])),
        };
        MaskedNetworks.KillGroups(net, random, random.NextDouble() * 0.8);
        return (net, Thinning.Of(net), input);
    }
}

sealed class OptionASample : FunctionSample
{
    protected override Delegate Function => CifarResNet.BasicBlock.OptionA;

    public override Use Draw(Random random)
    {
        long stride = random.Next(1, 3), channels = random.Next(1, 4);
        return new(x => CifarResNet.BasicBlock.OptionA(x[0], stride, stride == 1 ? 0 : channels), [randn([random.Next(2, 4), channels, 4, 6])]);
    }
}

sealed class ShapedConv2dSample : LayerSample<ShapedConv2d>
{
    // A place of the window that no filter reads is not read.
    public override string NotANumber => "numbers, where no place of the window reads the NaN";

    protected override (ShapedConv2d, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4), filters = random.Next(1, 4), padding = random.Next(2), stride = random.Next(1, 3);
        var weight = randn([filters, channels, 3, 2]) * rand([1, channels, 3, 2]).gt(0.6);
        return (new(weight, randn(filters), stride, padding), [randn([random.Next(2, 4), channels, 5, 6])]);
    }
}
