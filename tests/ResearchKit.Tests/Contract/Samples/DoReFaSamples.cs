using ResearchKit.Models;
using ResearchKit.Papers.DoReFaNet;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class CodesSample : AutogradSample<Codes>
{
    int _bits;

    public override Use Draw(Random random)
    {
        int bits = _bits = random.Next(1, 9);
        return new(x => Codes.apply(x[0], bits), [rand(random.Next(2, 5), 3)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [gradient * ((1 << _bits) - 1)];
}

sealed class LayerSignSample : AutogradSample<LayerSign>
{
    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random)
    {
        double scale = 0.5 + random.NextDouble();
        return new(x => LayerSign.apply(x[0], full([], scale, x[0].dtype)), [randn(random.Next(2, 5), 3)], new Holder(scale));
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [gradient / ((Holder)use.Layer!).Scale];

    sealed class Holder(double scale) : nn.Module(nameof(Holder))
    {
        internal double Scale { get; } = scale;
    }
}

/// <summary>Without noise, which no closed form knows; noise has tests of its own.</summary>
sealed class GradientQuantizerSample : AutogradSample<GradientQuantizer>
{
    int _bits;

    public override Use Draw(Random random)
    {
        int bits = _bits = random.Next(1, 9);
        return new(x => GradientQuantizer.apply(x[0], bits, false), [randn(random.Next(2, 5), random.Next(1, 4), 3, 2)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient)
    {
        double levels = (1 << _bits) - 1;
        var greatest = gradient.abs().amax([1, 2, 3], keepdim: true);
        return [2 * greatest * (((levels * ((gradient / (2 * greatest)) + 0.5)).round() / levels) - 0.5)];
    }
}

sealed class QuantizedGradientSample : FunctionSample
{
    protected override Delegate Function => GradientQuantizer.Of;

    public override string NoGradient => "it is what the backward pass makes of a gradient";

    public override Use Draw(Random random)
    {
        int bits = random.Next(2, 9);
        return new(x => GradientQuantizer.Of(x[0], bits, false), [randn(random.Next(2, 5), 4)]);
    }
}

sealed class QuantizeSample : FunctionSample
{
    protected override Delegate Function => Quantizers.Quantize;

    public override Use Draw(Random random)
    {
        int bits = random.Next(1, 9);
        return new(x => Quantizers.Quantize(x[0], bits), [rand(random.Next(2, 5), 3)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [gradient];
}

sealed class ActivationSample : FunctionSample
{
    protected override Delegate Function => Quantizers.Activation;

    public override Use Draw(Random random)
    {
        int bits = random.Next(1, 9);
        return new(x => Quantizers.Activation(x[0], bits), [randn(random.Next(2, 5), 3)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) =>
        [where(use.Inputs[0].ge(0) & use.Inputs[0].le(1), gradient, zeros_like(gradient))];
}

/// <summary>What the layer's scale is divided out of: the paper's gradient of 2 quantize_k(...) - 1, or of E sign(w).</summary>
sealed class WeightCodesSample : FunctionSample
{
    int _bits;

    protected override Delegate Function => Quantizers.WeightCodes;

    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random)
    {
        int bits = _bits = random.Next(1, 9);
        return new(x => Quantizers.WeightCodes(x[0], bits), [randn(random.Next(2, 5), 3, 2, 2)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [Of(use.Inputs[0], gradient, _bits)];

    internal static Tensor Of(Tensor weight, Tensor gradient, int bits)
    {
        using var noGrad = no_grad();
        var tanh = weight.tanh();
        return bits == 1 ? gradient / weight.abs().mean() : gradient * ((1 << bits) - 1) * (1 - tanh.square()) / tanh.abs().max();
    }
}

sealed class WeightScaleSample : FunctionSample
{
    protected override Delegate Function => Quantizers.Scale;

    public override string NoGradient => "a constant to the gradient";

    public override string NotANumber => "from two bits on it does not depend on the weights";

    public override Use Draw(Random random)
    {
        int bits = random.Next(1, 4);
        return new(x => Quantizers.Scale(x[0], bits), [randn(random.Next(2, 5), 3)]);
    }
}

sealed class QuantizedWeightSample : FunctionSample
{
    int _bits;

    protected override Delegate Function => Quantizers.Weight;

    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random)
    {
        int bits = _bits = random.Next(1, 9);
        return new(x => Quantizers.Weight(x[0], bits), [randn(random.Next(2, 5), 3, 2, 2)]);
    }

    // For one bit the identity; else 2 tanh'(w) / (2 max |tanh|).
    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient)
    {
        using var noGrad = no_grad();
        var tanh = use.Inputs[0].tanh();
        return [_bits == 1 ? gradient : gradient * (1 - tanh.square()) / tanh.abs().max()];
    }
}

sealed class DoReFaConv2dSample : LayerSample<DoReFaConv2d>
{
    long _padding;

    public override string NotANumber => "codes of weights are whole numbers, and NaN has none";

    protected override (DoReFaConv2d, Tensor[]) DrawLayer(Random random)
    {
        _padding = random.Next(2);
        int channels = random.Next(1, 5), bits = random.Next(1, 4);
        var layer = new DoReFaConv2d(channels, random.Next(1, 5), random.Next(1, 4), _padding, new(random.Next(1, 5), bits, random.Next(2) == 0 ? 32 : 4), noise: false);
        long[] shape = [random.Next(2, 4), channels, random.Next(3, 6), random.Next(3, 6)];
        return (layer, [Quantizers.Quantize(rand(shape), bits)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient)
    {
        var (layer, x) = ((DoReFaConv2d)use.Layer!, use.Inputs[0].detach().requires_grad_());
        var g = layer.Bits.Gradients == 32 ? gradient : GradientQuantizer.Of(gradient, layer.Bits.Gradients, false);
        var weight = layer.Weight.detach();
        var filters = Quantizers.Weight(weight, layer.Bits.Weights).detach().requires_grad_();
        (nn.functional.conv2d(x, filters, null, padding: [_padding, _padding]) * g).sum().backward();
        using var noGrad = no_grad();
        var tanh = weight.tanh();
        return [x.grad!, layer.Bits.Weights == 1 ? filters.grad! : filters.grad! * (1 - tanh.square()) / tanh.abs().max()];
    }
}

/// <summary>The float twin, whose gradients are true ones; those of quantised layers are in their own sample.</summary>
sealed class DoReFaNetworkSample : LayerSample<DoReFaNetwork>
{
    protected override (DoReFaNetwork, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 3);
        var plan = new NetworkPlan("small", channels, new(random.Next(1, 4), 3, 1, new(2, 2)), [new(random.Next(1, 4), 3, 1, new(2, 2)), new(random.Next(1, 4), 2)]);
        return (new(plan, new(32, 32, 32), classes: random.Next(2, 5)), [randn([random.Next(3, 6), channels, 8, 8])]);
    }
}
