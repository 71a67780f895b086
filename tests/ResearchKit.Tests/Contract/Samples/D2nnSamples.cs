using ResearchKit.Papers.D2nn;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Contract.Samples;

/// <summary>Two paths, of which the controller sends some images to each.</summary>
sealed class DynamicNetworkSample : LayerSample<DynamicNetwork>
{
    protected override (DynamicNetwork, Tensor[]) DrawLayer(Random random)
    {
        int side = random.Next(2, 4), channels = random.Next(1, 3);
        int features = channels * side * side;
        var network = new DynamicNetwork(
            "tiny", [channels, side, side],
            new GraphNode("stem", Sequential(Flatten(), Linear(features, 5), Tanh()), new DataEdge(DynamicNetwork.Input)),
            new GraphNode("control", Sequential(Linear(5, 2)), new DataEdge("stem")) { IsControl = true },
            new GraphNode("low", Sequential(Linear(5, 3)), new DataEdge("stem")) { Controls = [new("control", 0)] },
            new GraphNode("high", Sequential(Linear(5, 4), Tanh(), Linear(4, 3)), new DataEdge("stem")) { Controls = [new("control", 1)] },
            new GraphNode("logits", Sequential(Identity()), new DataEdge("low", 0), new DataEdge("high", 0)));
        return (network, [randn([random.Next(3, 6), channels, side, side])]);
    }
}

sealed class ConstantLogitsSample : LayerSample<ConstantLogits>
{
    protected override (ConstantLogits, Tensor[]) DrawLayer(Random random) => (new(1, -1, 0.5f), [randn([random.Next(2, 5), 2, 3, 3])]);
}
