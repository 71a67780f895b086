using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class SummedGradientSample : FunctionSample
{
    protected override Delegate Function => WeightSharing.SummedGradient;

    public override Use Draw(Random random)
    {
        long clusters = random.Next(2, 6);
        long[] shape = [random.Next(1, 5), random.Next(2, 6)];
        return new(x => WeightSharing.SummedGradient(x[0], x[1], clusters), [randn(shape), randint(0, clusters, [shape[0] * shape[1]], int64)]);
    }
}
