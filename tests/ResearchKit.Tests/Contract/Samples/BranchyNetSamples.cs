using ResearchKit.Papers.BranchyNet;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Contract.Samples;

/// <summary>All exits side by side, so that every branch takes part.</summary>
sealed class BranchyNetworkSample : LayerSample<BranchyNetwork>
{
    protected override (BranchyNetwork, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4), width = random.Next(2, 5);
        var network = new BranchyNetwork(
            "B-Tiny",
            [Conv2d(channels, width, 3, padding: 1), Sequential(Tanh(), Conv2d(width, 3, 3), Flatten(), Linear(12, 4))],
            [Sequential(MaxPool2d(2, ceil_mode: true), Flatten(), Linear(4 * width, 4))]);
        return (network, [randn([random.Next(2, 4), channels, 4, 4])]);
    }

    protected override Tensor Call(BranchyNetwork layer, IReadOnlyList<Tensor> inputs) => cat([.. layer.Exits(inputs[0])], 1);
}

sealed class EntropySample : FunctionSample
{
    protected override Delegate Function => (Func<Tensor, Tensor>)Confidence.Entropy;

    public override Use Draw(Random random) => new(x => Confidence.Entropy(x[0]), [3 * randn([random.Next(2, 5), random.Next(2, 11)])]);
}

sealed class JointLossSample : FunctionSample
{
    protected override Delegate Function => JointLoss.Of;

    public override Use Draw(Random random)
    {
        int classes = random.Next(2, 6), images = random.Next(2, 5);
        var labels = randint(0, classes, [images]);
        return new(x => JointLoss.Of(x, labels.narrow(0, 0, x[0].shape[0]), 0.7, 0.3), [randn([images, classes]), randn([images, classes])]);
    }
}
