using ResearchKit.Papers.Sact;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class PreActivationUnitSample : LayerSample<PreActivationUnit>
{
    protected override (PreActivationUnit, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4), side = 2 * random.Next(2, 4);
        bool strides = random.Next(2) == 1;
        return (new(channels, strides ? 2 * channels : channels, strides ? 2 : 1), [randn([random.Next(2, 4), channels, side, side])]);
    }
}

sealed class HaltingScoreSample : LayerSample<HaltingScore>
{
    protected override (HaltingScore, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4);
        return (new(channels, random.Next(2) == 0 ? Adaptivity.Image : Adaptivity.Position, -1), [randn([random.Next(3, 5), channels, random.Next(3, 6), random.Next(3, 6)])]);
    }
}

/// <summary>Images or positions halt after a different number of units.</summary>
sealed class AdaptiveBlockSample : LayerSample<AdaptiveBlock>
{
    protected override (AdaptiveBlock, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 3);
        return (new(channels, 2 * channels, 3, 2, (Adaptivity)random.Next(3), bias: 0), [randn([random.Next(3, 5), channels, 6, 6])]);
    }
}

sealed class SactResNetSample : LayerSample<SactResNet>
{
    protected override (SactResNet, Tensor[]) DrawLayer(Random random) =>
        (new(2, (Adaptivity)random.Next(3), 3, width: 2, bias: 0), [randn([3, 3, 8, 8])]);
}
