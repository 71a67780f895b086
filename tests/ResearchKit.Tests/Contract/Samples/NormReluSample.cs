using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

/// <summary>With 16 channels in single precision, training takes the one step; all else goes by the ordinary operators.</summary>
sealed class NormReluSample : FunctionSample
{
    protected override Delegate Function => NormRelu.Call;

    public override Use Draw(Random random)
    {
        int channels = random.Next(2) == 0 ? 16 : random.Next(1, 5);
        var norm = nn.BatchNorm2d(channels);
        nn.init.normal_(norm.weight!);
        nn.init.normal_(norm.bias!);
        long[] shape = [random.Next(3, 6), channels, random.Next(2, 5), random.Next(2, 5)];
        return random.Next(2) == 0
            ? new(x => NormRelu.Call(norm, x[0]), [randn(shape)], norm)
            : new(x => NormRelu.Call(norm, x[0], x[1]), [randn(shape), randn(shape)], norm);
    }
}
