using ResearchKit.Data;
using ResearchKit.Papers.Distillation;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class TeacherSample : LayerSample<Teacher>
{
    protected override (Teacher, Tensor[]) DrawLayer(Random random)
    {
        int side = random.Next(2, 5);
        return (new(side * side, random.Next(3, 8), random.Next(2, 6), 0.2, 0.5), [randn([random.Next(2, 5), 1, side, side])]);
    }
}

sealed class SoftenSample : FunctionSample
{
    protected override Delegate Function => SoftTargets.Soften;

    public override Use Draw(Random random)
    {
        double temperature = 1 + (random.NextDouble() * 20);
        return new(x => SoftTargets.Soften(x[0], temperature), [3 * randn([random.Next(2, 5), random.Next(2, 11)])]);
    }
}

sealed class SoftCrossEntropySample : FunctionSample
{
    protected override Delegate Function => SoftTargets.CrossEntropy;

    // The teacher's logits are constants of the loss.
    public override Use Draw(Random random)
    {
        double temperature = 1 + (random.NextDouble() * 20);
        long[] shape = [random.Next(2, 5), random.Next(2, 11)];
        var teacher = 3 * randn(shape, float64);
        return new(x => SoftTargets.CrossEntropy(x[0], teacher.narrow(0, 0, x[0].shape[0]).to(x[0].dtype), temperature), [3 * randn(shape)]);
    }
}

sealed class SoftGradientSample : FunctionSample
{
    protected override Delegate Function => SoftTargets.Gradient;

    public override Use Draw(Random random)
    {
        double temperature = 1 + (random.NextDouble() * 20);
        long[] shape = [random.Next(2, 5), random.Next(2, 11)];
        return new(x => SoftTargets.Gradient(x[0], x[1], temperature), [3 * randn(shape), 3 * randn(shape)]);
    }
}

sealed class LogitMatchingGradientSample : FunctionSample
{
    protected override Delegate Function => SoftTargets.LogitMatchingGradient;

    public override Use Draw(Random random)
    {
        double temperature = 1 + (random.NextDouble() * 20);
        long[] shape = [random.Next(2, 5), random.Next(2, 11)];
        return new(x => SoftTargets.LogitMatchingGradient(x[0], x[1], temperature), [randn(shape), randn(shape)]);
    }
}

sealed class ZeroMeanedSample : FunctionSample
{
    protected override Delegate Function => SoftTargets.ZeroMeaned;

    public override Use Draw(Random random) => new(x => SoftTargets.ZeroMeaned(x[0]), [randn([random.Next(2, 5), random.Next(2, 11)])]);
}

sealed class MovedBiasSample : FunctionSample
{
    protected override Delegate Function => BiasCorrection.Moved;

    public override Use Draw(Random random)
    {
        int classes = random.Next(3, 11);
        double offset = random.NextDouble() * 10;
        return new(x => BiasCorrection.Moved(x[0], [1, 2], offset), [randn([random.Next(2, 5), classes])]);
    }
}

/// <summary>Made of a network and a set of images: there is no tensor that odd values could come in by.</summary>
sealed class LogitsSample : FunctionSample
{
    protected override Delegate Function => Evaluation.Logits;

    public override string NoGradient => "logits for counting errors are taken without gradients";

    public override Use Draw(Random random)
    {
        var images = Shapes.Draw(20, 10, (ulong)random.Next()).Train;
        var teacher = new Teacher(images.ImageBytes, 5, 10, 0.2, 0.5);
        return new(_ => Evaluation.Logits(teacher, new Batches(images, 7, images.ChannelStatistics()), default), [], teacher);
    }
}
