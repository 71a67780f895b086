using ResearchKit.Measuring;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class ModelTests
{
    [Fact]
    public void A_residual_network_gives_logits_and_gradients_for_every_parameter()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new CifarResNet(20);
        model.call(randn([2, 3, 32, 32])).sum().backward();
        Assert.All(model.named_parameters(), p => Assert.NotNull(p.parameter.grad));
    }

    [Fact]
    public void The_option_a_shortcut_strides_and_pads_with_zero_channels()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = new CifarResNet(20);
        // With all convolutions at zero a block is its shortcut behind a ReLU, so a stage can be computed by hand.
        foreach (var (name, parameter) in model.named_parameters().Where(p => p.name.Contains("layer2", StringComparison.Ordinal)))
        {
            if (parameter.dim() == 4)
            {
                parameter.zero_();
            }
        }

        model.eval();
        var block = model.named_modules().Single(m => m.name == "layer2").module;
        var x = rand([1, 16, 8, 8]);
        var y = ((nn.Module<Tensor, Tensor>)block).call(x);
        Assert.Equal([1, 32, 4, 4], y.shape);
        Assert.True(y.narrow(1, 0, 8).eq(0).all().ToBoolean());
        Assert.True(y.narrow(1, 24, 8).eq(0).all().ToBoolean());
        Assert.Equal(x[0, 3, 4, 6].ToSingle(), y[0, 11, 2, 3].ToSingle());
    }

    [Theory]
    [InlineData(21)]
    [InlineData(2)]
    public void Depths_that_are_not_6n_plus_2_are_refused(int depth)
    {
        var error = Assert.Throws<ArgumentException>(() => new CifarResNet(depth));
        Assert.Contains("6n+2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sparsity_counts_zero_weights_and_no_biases()
    {
        using var model = new LeNet300100();
        using (no_grad())
        {
            model.get_parameter("ip2.weight")!.zero_();
            model.get_parameter("ip1.bias")!.zero_();
        }

        Assert.Equal(30_000.0 / 266_200, ModelSummary.Of(model, 1, 28, 28).Sparsity, 12);
    }
}
