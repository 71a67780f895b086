using ResearchKit.Papers.ShallowMimic;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class ShallowNetSample : LayerSample<ShallowNet>
{
    protected override (ShallowNet, Tensor[]) DrawLayer(Random random)
    {
        var plan = new ShallowPlan(random.Next(1, 4), random.Next(5, 9), random.Next(2, 6), random.Next(3, 9), random.Next(0, 4), random.Next(0, 3));
        return (new(plan), [randn([random.Next(2, 5), plan.Channels, plan.Side, plan.Side])]);
    }
}

sealed class DeepNetSample : LayerSample<DeepNet>
{
    protected override (DeepNet, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4);
        return (new(channels, 8, random.Next(2, 6), random.Next(1, 4), 0.5), [randn([random.Next(2, 5), channels, 8, 8])]);
    }
}

sealed class LogitRegressionSample : FunctionSample
{
    protected override Delegate Function => LogitRegression.Loss;

    public override Use Draw(Random random)
    {
        long[] shape = [random.Next(2, 5), random.Next(2, 11)];
        return new(x => LogitRegression.Loss(x[0], x[1]), [3 * randn(shape), 3 * randn(shape)]);
    }
}
