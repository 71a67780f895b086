using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class BasicBlockSample : LayerSample<CifarResNet.BasicBlock>
{
    protected override (CifarResNet.BasicBlock, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 5), side = 2 * random.Next(2, 5);
        bool strides = random.Next(2) == 1;
        return (new(channels, strides ? 2 * channels : channels, strides ? 2 : 1), [randn([random.Next(2, 4), channels, side, side])]);
    }
}
