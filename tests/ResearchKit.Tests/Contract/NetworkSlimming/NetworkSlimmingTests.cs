using ResearchKit.Papers.NetworkSlimming;
using ResearchKit.Tests.Contract;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public class NetworkSlimmingTests
{
    [Fact]
    public void The_penalty_is_the_sum_of_magnitudes_of_equation_1()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.5 * 5.5, Slimming.Penalty(Net(), 0.5).ToDouble(), 6);
    }

    [Fact]
    public void The_least_channels_of_the_whole_network_are_masked()
    {
        using var scope = NewDisposeScope();
        var net = Net();
        Slimming.Mask(net, 0.6);
        Assert.Equal([0, -2f], net.get_parameter("norms.0.weight")!.data<float>().ToArray());
        Assert.Equal([0, 0, 3f], net.get_parameter("norms.1.weight")!.data<float>().ToArray());
        Assert.Equal([1L, 1L], Slimming.Thin(net).Widths);
    }

    static SlimNet Net()
    {
        var net = new SlimNet([2, 3]);
        using var noGrad = no_grad();
        net.get_parameter("norms.0.weight")!.copy_(tensor(new[] { 0.25f, -2 }));
        net.get_parameter("norms.1.weight")!.copy_(tensor(new[] { 0.125f, 0.125f, 3 }));
        return net;
    }
}

sealed class SlimNetSample : LayerSample<SlimNet>
{
    protected override (SlimNet, Tensor[]) DrawLayer(Random random) => (Net(random), [randn(3, 1, 8, 8)]);

    internal static SlimNet Net(Random random)
    {
        var net = new SlimNet([random.Next(2, 5), random.Next(2, 5)], classes: 3);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in net.named_parameters().Where(p => p.name.StartsWith("norms", StringComparison.Ordinal)))
        {
            parameter.normal_();
        }

        return net;
    }
}

sealed class PenaltySample : FunctionSample
{
    protected override Delegate Function => Slimming.Penalty;

    public override Use Draw(Random random)
    {
        var net = SlimNetSample.Net(random);
        return new(_ => Slimming.Penalty(net, 0.1), [], net);
    }
}

sealed class ThinSample : NetworkSample
{
    protected override Delegate Function => Slimming.Thin;

    public override (Module<Tensor, Tensor> Masked, Module<Tensor, Tensor> Thinned, Tensor Input) DrawNetworks(Random random)
    {
        var net = SlimNetSample.Net(random);
        Slimming.Mask(net, random.NextDouble());
        return (net, Slimming.Thin(net), randn(5, 1, 8, 8));
    }
}
