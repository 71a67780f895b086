using ResearchKit.Models;
using ResearchKit.Papers.XnorNet;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class InputSignSample : AutogradSample<InputSign>
{
    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random) => new(x => InputSign.apply(x[0]), [1.5 * randn(random.Next(2, 5), random.Next(1, 5), 3)]);

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [where(use.Inputs[0].abs().lt(1), gradient, zeros_like(gradient))];
}

sealed class GradientSignSample : AutogradSample<GradientSign>
{
    public override Use Draw(Random random) => new(x => GradientSign.apply(x[0]), [randn(random.Next(2, 5), random.Next(1, 5), 3, 2)]);

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [gradient.sign() * gradient.abs().amax([1, 2, 3], keepdim: true)];
}

/// <summary>What the paper prints for a scaled weight, divided by alpha, as the layer multiplies by it later.</summary>
sealed class WeightSignSample : AutogradSample<WeightSign>
{
    FilterScale _scale;
    WeightGradient _gradient;

    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random)
    {
        (_scale, _gradient) = ((FilterScale)random.Next(3), (WeightGradient)random.Next(2));
        var (scale, gradient) = (_scale, _gradient);
        return new(x => WeightSign.apply(x[0], scale, gradient), [0.7 * randn(random.Next(2, 5), random.Next(1, 5), 3, 3)]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient) => [Of(use.Inputs[0], gradient, _scale, _gradient)];

    internal static Tensor Of(Tensor weight, Tensor gradient, FilterScale scale, WeightGradient kind)
    {
        using var noGrad = no_grad();
        var clipped = where(weight.abs().lt(1), gradient, zeros_like(gradient));
        if (scale != FilterScale.MeanMagnitude)
        {
            return clipped;
        }

        var alpha = weight.abs().mean([1, 2, 3], keepdim: true);
        double n = weight[0].numel();
        var scaled = gradient / alpha; // with respect to alpha B
        return kind == WeightGradient.Printed
            ? (scaled / n) + (alpha * (clipped / alpha))
            : (weight.sign() / n * (scaled * weight.sign()).sum([1, 2, 3], keepdim: true)) + clipped;
    }
}

sealed class BinaryConv2dSample : LayerSample<BinaryConv2d>
{
    long _padding, _stride;

    public override string NotANumber => "a sign has two values, so NaN counts as negative; only K, the mean magnitude, shows it";

    protected override (BinaryConv2d, Tensor[]) DrawLayer(Random random)
    {
        var options = new BinaryOptions
        {
            Binarisation = random.Next(2) == 0 ? Binarisation.Weights : Binarisation.WeightsAndInputs,
            Scale = (FilterScale)random.Next(3),
            InputScale = random.Next(2) == 0,
            Gradient = (WeightGradient)random.Next(2),
            BinaryGradient = random.Next(4) == 0,
        };
        int channels = random.Next(1, 5), kernel = random.Next(1, 4);
        (_padding, _stride) = (random.Next(2), random.Next(1, 3));
        var layer = new BinaryConv2d(channels, random.Next(1, 5), kernel, _padding, _stride, options);
        nn.init.normal_(layer.Weight, 0, 0.7);
        return (layer, [randn([random.Next(2, 4), channels, random.Next(3, 6), random.Next(3, 6)])]);
    }

    public override IReadOnlyList<Tensor> ClosedForm(Use use, Tensor gradient)
    {
        var (layer, x) = ((BinaryConv2d)use.Layer!, use.Inputs[0].detach());
        var options = layer.Options;
        var weight = layer.Weight.detach();
        bool isXnor = options.Binarisation == Binarisation.WeightsAndInputs;
        var g = options.BinaryGradient ? gradient.sign() * gradient.abs().amax([1, 2, 3], keepdim: true) : gradient;
        var alpha = options.Scale switch
        {
            FilterScale.One => ones_like(weight.abs().mean([1, 2, 3])),
            FilterScale.Learned => layer.get_parameter("scale")!.detach().flatten(),
            _ => weight.abs().mean([1, 2, 3]),
        };
        var k = isXnor && options.InputScale ? nn.functional.avg_pool2d(x.abs().mean([1], keepdim: true), weight.shape[2], _stride, _padding) : ones([], float64);

        // The convolution of signs and the gradients of both its sides, by the ordinary operators.
        var (input, signs) = ((isXnor ? x.sign() : x).requires_grad_(), weight.sign().requires_grad_());
        var dots = nn.functional.conv2d(input, signs, null, [_stride, _stride], [_padding, _padding]);
        (dots * (g * alpha.view(1, -1, 1, 1) * k)).sum().backward();
        List<Tensor> gradients =
        [
            isXnor ? where(x.abs().lt(1), input.grad!, zeros_like(x)) : input.grad!,
            WeightSignSample.Of(weight, signs.grad!, options.Scale, options.Gradient),
            g.sum([0, 2, 3]),
        ];
        if (options.Scale == FilterScale.Learned)
        {
            gradients.Add((g * dots.detach() * k).sum([0, 2, 3]).view(1, -1, 1, 1));
        }

        return gradients;
    }
}

sealed class AlphaSample : FunctionSample
{
    protected override Delegate Function => BinaryConv2d.Alpha;

    public override Use Draw(Random random) => new(x => BinaryConv2d.Alpha(x[0]), [randn(random.Next(2, 5), random.Next(1, 5), 3, 3)]);
}

sealed class WindowScaleSample : FunctionSample
{
    protected override Delegate Function => BinaryConv2d.K;

    public override string NoGradient => "the paper gives K none: it is a constant of the layer";

    public override Use Draw(Random random)
    {
        int kernel = random.Next(1, 4), stride = random.Next(1, 3);
        return new(x => BinaryConv2d.K(x[0], kernel, stride, 0), [randn(random.Next(2, 5), random.Next(1, 5), 5, 4)]);
    }
}

sealed class SignSample : FunctionSample
{
    protected override Delegate Function => InputSign.Of;

    public override string NoGradient => "a sign is flat; InputSign and WeightSign give it the paper's gradient";

    public override string NotANumber => "a sign has two values, so NaN counts as negative";

    public override Use Draw(Random random) => new(x => InputSign.Of(x[0]), [randn(random.Next(2, 5), 3)]);
}

/// <summary>The float twin, whose gradients are true ones; those of binary layers are in their own sample.</summary>
sealed class BinaryNetworkSample : LayerSample<BinaryNetwork>
{
    protected override (BinaryNetwork, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 3);
        var plan = new NetworkPlan("small", channels, new(random.Next(1, 4), 3, 1, new(2, 2)), [new(random.Next(1, 4), 3, 1, new(3, 2, 1, Mean: true)), new(random.Next(1, 4), 2)]);
        return (new(plan, new() { Binarisation = Binarisation.None }, classes: random.Next(2, 5)), [randn([random.Next(3, 6), channels, 8, 8])]);
    }
}
