using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class FireSample : LayerSample<SqueezeNet.Fire>
{
    protected override (SqueezeNet.Fire, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 5);
        return (new(channels, random.Next(1, 4), random.Next(1, 4), random.Next(1, 4)), [randn([random.Next(2, 4), channels, random.Next(3, 6), random.Next(3, 6)])]);
    }
}

/// <summary>
/// Parameters: arXiv:1602.07360, Table 1, less 990 of its thousand filters of 512 weights and a bias. MACs: outputs by filter size, with
/// 15x15, 13x13, 14x14 and 13x13 places of the last convolution.
/// </summary>
sealed class SqueezeNetCounts : ModelCounts
{
    public override IEnumerable<(string Model, long Parameters, long Macs)> Counts =>
    [
        ("squeezenet-1.0-caffe", 1_248_424 - (990 * 513), 861_339_936 - (990 * 512 * 15 * 15)),
        ("squeezenet-1.0", 1_248_424 - (990 * 513), 733_261_856), // 224x224: maps of 109, 54, 27 and 13
        ("squeezenet-1.1-caffe", 1_235_496 - (990 * 513), 387_747_520 - (990 * 512 * 14 * 14)),
        ("squeezenet-1.1", 1_235_496 - (990 * 513), 349_151_936 - (990 * 512 * 13 * 13)),
    ];
}
