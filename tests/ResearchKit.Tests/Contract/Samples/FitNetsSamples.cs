using ResearchKit.Papers.FitNets;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

// A 1x1 filter on padding sees nothing but zeros: all its pieces tie there, on a kink.
sealed class MaxoutConv2dSample : LayerSample<MaxoutConv2d>
{
    protected override (MaxoutConv2d, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4), kernel = random.Next(1, 4);
        return (new(channels, random.Next(1, 4), kernel, kernel > 1 ? random.Next(0, 2) : 0, 0.5, random.Next(1, 4)), [randn([random.Next(2, 5), channels, 5, 5])]);
    }
}

sealed class MaxoutLinearSample : LayerSample<MaxoutLinear>
{
    protected override (MaxoutLinear, Tensor[]) DrawLayer(Random random)
    {
        int inputs = random.Next(1, 6);
        return (new(inputs, random.Next(1, 5), 0.5, random.Next(1, 4)), [randn([random.Next(2, 5), inputs])]);
    }
}

sealed class MaxoutSample : FunctionSample
{
    protected override Delegate Function => Maxout.Of;

    public override Use Draw(Random random)
    {
        int outputs = random.Next(1, 5), count = random.Next(1, 4);
        return new(x => Maxout.Of(x[0], outputs, count), [randn([random.Next(2, 5), outputs * count, 3, 3])]);
    }
}

sealed class MaxoutNetSample : LayerSample<MaxoutNet>
{
    internal static MaxoutNet Net(Random random) =>
        new(new("small", 2, 8, [new(3, 3, 1, 2, 2), new(random.Next(1, 4), 3, 1), new(2, 3, 0, 2, 2)], 2, random.Next(0, 4)), 0.5, random.Next(2, 5));

    protected override (MaxoutNet, Tensor[]) DrawLayer(Random random) => (Net(random), [randn([random.Next(2, 5), 2, 8, 8])]);
}

sealed class HintedStudentSample : LayerSample<HintedStudent>
{
    protected override (HintedStudent, Tensor[]) DrawLayer(Random random) =>
        (new(MaxoutNetSample.Net(random), (random.Next(1, 4), random.Next(2, 5)), 0.5), [randn([random.Next(2, 5), 2, 8, 8])]);
}

sealed class HintLossSample : FunctionSample
{
    protected override Delegate Function => Losses.Hint;

    public override Use Draw(Random random)
    {
        long[] shape = [random.Next(2, 5), random.Next(2, 11)];
        return new(x => Losses.Hint(x[0], x[1]), [randn(shape), randn(shape)]);
    }
}

sealed class FitNetsDistillationSample : FunctionSample
{
    protected override Delegate Function => Losses.Distillation;

    // The teacher's logits are constants of the loss.
    public override Use Draw(Random random)
    {
        int cases = random.Next(2, 5), classes = random.Next(2, 11);
        var teacher = 3 * randn([cases, classes], float64);
        var labels = tensor([.. Enumerable.Range(0, cases).Select(_ => (long)random.Next(classes))]);
        return new(
            x => Losses.Distillation(x[0], teacher.narrow(0, 0, x[0].shape[0]).to(x[0].dtype), labels.narrow(0, 0, x[0].shape[0]), 3, 4),
            [3 * randn([cases, classes])]);
    }
}
