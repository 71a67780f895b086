using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class ModuleLayerTests
{
    static readonly long[] s_image = [2, 4, 6, 5];

    static readonly Dictionary<string, (Func<Module<Tensor, Tensor>> Make, long[] Shape)> s_layers = new()
    {
        ["Linear"] = (() => Linear(5, 3), [2, 4, 5]),
        ["Linear.plain"] = (() => Linear(5, 3, hasBias: false), [2, 5]),
        ["Conv2d"] = (() => Conv2d(4, 3, 3), s_image),
        ["Conv2d.strided"] = (() => Conv2d(4, 2, (3, 2), stride: (2, 1), padding: (1, 0), dilation: (1, 2)), s_image),
        ["Conv2d.groups"] = (() => Conv2d(in_channels: 4, out_channels: 4, kernel_size: 3, padding: 1, groups: 4, bias: false), s_image),
        ["Conv2d.same"] = (() => Conv2d(4, 2, 3, padding: Padding.Same), s_image),
        ["Conv1d"] = (() => Conv1d(3, 2, 3, stride: 2, padding: 1), [2, 3, 7]),
        ["ConvTranspose2d"] = (() => ConvTranspose2d(4, 2, 3, stride: 2, padding: 1, output_padding: 1), [1, 4, 3, 2]),
        ["BatchNorm2d"] = (() => BatchNorm2d(4), s_image),
        ["BatchNorm1d"] = (() => BatchNorm1d(3), [5, 3]),
        ["LayerNorm"] = (() => LayerNorm([6, 5]), s_image),
        ["GroupNorm"] = (() => GroupNorm(2, 4), s_image),
        ["LocalResponseNorm"] = (() => LocalResponseNorm(3, alpha: 0.5, beta: 0.75, k: 2.0), s_image),
        ["ReLU"] = (() => ReLU(), [10]),
        ["ReLU6"] = (() => ReLU6(), [10]),
        ["LeakyReLU"] = (() => LeakyReLU(0.2), [10]),
        ["PReLU"] = (() => PReLU(4), [2, 4, 3]),
        ["ELU"] = (() => ELU(0.7), [10]),
        ["GELU"] = (() => GELU(), [10]),
        ["SiLU"] = (() => SiLU(), [10]),
        ["Mish"] = (() => Mish(), [10]),
        ["Hardswish"] = (() => Hardswish(), [10]),
        ["Hardsigmoid"] = (() => Hardsigmoid(), [10]),
        ["Hardtanh"] = (() => Hardtanh(-0.2, 0.3), [10]),
        ["Softplus"] = (() => Softplus(2.0), [10]),
        ["Sigmoid"] = (() => Sigmoid(), [10]),
        ["Tanh"] = (() => Tanh(), [10]),
        ["Softmax"] = (() => Softmax(1), [2, 5]),
        ["LogSoftmax"] = (() => LogSoftmax(1), [2, 5]),
        ["MaxPool2d"] = (() => MaxPool2d(2), s_image),
        ["MaxPool2d.ceil"] = (() => MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true), s_image),
        ["AvgPool2d"] = (() => AvgPool2d(2, stride: 1, padding: 1, count_include_pad: false), s_image),
        ["AvgPool2d.pair"] = (() => AvgPool2d((3, 2), ceil_mode: true, divisor_override: 2), s_image),
        ["AdaptiveAvgPool2d"] = (() => AdaptiveAvgPool2d((3, 2)), s_image),
        ["AdaptiveMaxPool2d"] = (() => AdaptiveMaxPool2d(2), s_image),
        ["Flatten"] = (() => Flatten(), [2, 2, 3]),
        ["Unflatten"] = (() => Unflatten(1, 2, 3), [2, 6]),
        ["Identity"] = (() => Identity(), [4]),
        ["ZeroPad2d"] = (() => ZeroPad2d((1, 0, 2, 1)), [1, 1, 2, 2]),
        ["PixelShuffle"] = (() => PixelShuffle(2), [1, 4, 2, 2]),
    };

    public static TheoryData<string> Layers => [.. s_layers.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_gives_what_PyTorch_gives(string name)
    {
        var (make, shape) = s_layers[name];
        using var layer = make().@double();
        Fill(layer);
        using var input = Ramp(shape);
        using var output = layer.call(input);
        Same("layer." + name, Numbers(output));
        Assert.False(input.IsInvalid);
    }

    [Theory]
    [InlineData("BatchNorm2d")]
    [InlineData("BatchNorm1d")]
    public void Batch_normalisation_keeps_running_statistics_as_PyTorch_does(string name)
    {
        var (make, shape) = s_layers[name];
        using var layer = make().@double();
        Fill(layer);
        using var first = layer.call(Ramp(shape));
        var state = layer.state_dict();
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], state.Keys);
        Same("running." + name, [.. Numbers(state["running_mean"]), .. Numbers(state["running_var"])]);
        Assert.Equal(ScalarType.Int64, state["num_batches_tracked"].dtype);
        Assert.Equal(1, state["num_batches_tracked"].ToInt64());
        layer.eval();
        Same("layer." + name + ".eval", Numbers(layer.call(Ramp(shape, 3))));
        Assert.Equal(1, state["num_batches_tracked"].ToInt64());
    }

    public static TheoryData<string> Differentiable => [.. s_layers.Keys.Where(n => n is not ("Hardsigmoid" or "Identity"))];

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void The_gradient_of_a_layer_is_its_slope(string name)
    {
        var (make, shape) = s_layers[name];
        using var layer = make().@double();
        Fill(layer);
        // Away from the kinks at round numbers.
        var input = (Ramp(shape) + 0.00037).detach().requires_grad_();
        using var probe = layer.call(input);
        using var factors = Ramp(probe.shape, 41);
        Tensor Loss() => (layer.call(input) * factors).sum();
        Assert.InRange(GradientError(Loss, input), 0, 1e-6);
        foreach (var p in layer.parameters())
        {
            Assert.InRange(GradientError(Loss, p), 0, 1e-6);
        }
    }

    [Fact]
    public void In_place_activations_change_their_input()
    {
        foreach (var layer in new Module<Tensor, Tensor>[] { ReLU(true), ReLU6(true), LeakyReLU(0.1, true), ELU(1.0, true), Hardtanh(-0.1, 0.1, true) })
        {
            using var input = Ramp([5]);
            using var output = layer.call(input);
            Assert.Equal(Numbers(output), Numbers(input));
        }
    }

    [Theory]
    [InlineData("dropout")]
    [InlineData("dropout2d")]
    [InlineData("alpha_dropout")]
    public void Dropout_draws_what_PyTorch_draws(string name)
    {
        using Module<Tensor, Tensor> layer = name switch
        {
            "dropout" => Dropout(0.3),
            "dropout2d" => Dropout2d(0.4),
            _ => AlphaDropout(0.2),
        };
        using var input = Ramp([2, 4, 3, 3]);
        manual_seed(13);
        Same("random." + name, Numbers(layer.call(input)));
        layer.eval();
        Assert.Equal(Numbers(input), Numbers(layer.call(input)));
    }

    [Fact]
    public void Batch_normalisation_without_running_statistics_uses_the_batch_in_evaluation()
    {
        using var layer = BatchNorm2d(4, affine: false, track_running_stats: false).@double();
        layer.eval();
        Assert.Empty(layer.state_dict());
        using var output = layer.call(Ramp(s_image));
        Assert.InRange(output.mean().ToDouble(), -1e-12, 1e-12);
    }

    [Fact]
    public void Batch_normalisation_refuses_other_dimensions()
    {
        using var layer = BatchNorm2d(4);
        using var input = zeros(2, 4);
        Assert.ThrowsAny<Exception>(() => layer.call(input));
    }

    [Fact]
    public void An_embedding_looks_rows_up()
    {
        using var table = Embedding(5, 3);
        using var rows = table.call(tensor(new long[] { 4, 0, 4 }));
        Assert.Equal([3, 3], rows.shape);
        using var weight = table.weight!.detach();
        Assert.Equal(Numbers(weight[4]), Numbers(rows[2]));
    }
}
