using ResearchKit.Papers.SqueezeNet;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class FireModuleSample : LayerSample<FireModule>
{
    protected override (FireModule, Tensor[]) DrawLayer(Random random)
    {
        var bypass = (Bypass)random.Next(3);
        var size = new FireSize(random.Next(1, 4), random.Next(1, 4), random.Next(1, 4));
        int channels = random.Next(2) == 0 ? size.Expand : random.Next(1, 6);
        return (Biased(new FireModule(channels, size, bypass, normalised: random.Next(2) == 0)), [randn([random.Next(2, 4), channels, random.Next(3, 6), random.Next(3, 6)])]);
    }

    /// <summary>Biases away from 0: there, a filter whose inputs are all 0 would sit on ReLU's kink, where differences give half of a slope.</summary>
    internal static TModule Biased<TModule>(TModule module)
        where TModule : nn.Module
    {
        using var noGrad = no_grad();
        foreach (var parameter in module.parameters().Where(p => p.dim() == 1))
        {
            parameter.add_(rand_like(parameter) - 0.3);
        }

        return module;
    }
}

sealed class FireNetSample : LayerSample<FireNet>
{
    protected override (FireNet, Tensor[]) DrawLayer(Random random)
    {
        var plan = new FirePlan
        {
            BaseExpand = random.Next(2, 6),
            ExpandStep = random.Next(0, 3),
            Modules = random.Next(1, 4),
            SqueezeRatio = 0.5,
            Bypass = (Bypass)random.Next(3),
            StemFilters = random.Next(2, 5),
            StemSide = 3,
            StemStride = random.Next(1, 3),
            StemPadding = random.Next(2),
            PoolBefore = [0, 2],
            Classes = random.Next(2, 5),
            Channels = random.Next(1, 4),
            Dropout = 0.2,
            FinalRelu = random.Next(2) == 0,
            Normalised = random.Next(2) == 0,
        };
        return (FireModuleSample.Biased(new FireNet(plan)), [randn([random.Next(2, 4), plan.Channels, random.Next(9, 13), random.Next(9, 13)])]);
    }
}
