using ResearchKit.Models;
using ResearchKit.Papers.NoisyTeachers;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Contract.Samples;

sealed class PlannedNetSample : LayerSample<PlannedNet>
{
    protected override (PlannedNet, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4);
        var plan = new NetPlan("sample", [new(random.Next(1, 4), 3, 1, new(2, 2)), new(random.Next(1, 4), 1, Dropout: 0.5)], random.Next(0, 4), 0.5);
        return (new(plan, channels, 8, random.Next(2, 6)), [randn([random.Next(2, 5), channels, 8, 8])]);
    }
}
