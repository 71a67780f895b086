using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>BranchyNet (arXiv:1709.01686): side branches by which sure images leave a network early.</summary>
public sealed class BranchyNetRecipe : Recipe<BranchyNetParameters>
{
    /// <inheritdoc/>
    public override string Name => "branchynet";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "BranchyNet: Fast Inference via Early Exiting from Deep Neural Networks", "Surat Teerapittayanon, Bradley McDanel, H. T. Kung", "ICPR 2016", "1709.01686");

    /// <inheritdoc/>
    public override string Technique => "conditional computation";

    /// <inheritdoc/>
    public override string Idea => "Give a network side branches with classifiers: an image that a branch is sure about leaves there, and the rest of the network is not computed.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => BranchyNet.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 3 seconds, drawn shapes",
        Scale.Quick => "about 7 minutes, MNIST and 10,000 images of CIFAR-10",
        Scale.Full => "a day, MNIST and CIFAR-10, with B-ResNet-110",
        _ => "many days: 50 and 100 epochs, 100 and 100 of B-ResNet-110",
    };

    /// <inheritdoc/>
    public override BranchyNetParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Digits = "shapes",
            Images = "shapes-rgb",
            LeNetTrunkEpochs = 3,
            LeNetJointEpochs = 3,
            AlexNetTrunkEpochs = 1,
            AlexNetJointEpochs = 1,
            AlexNetImages = 200,
            BatchSize = 32,
            LearningRate = 3e-3,
            TimingRounds = 0,
        },
        Scale.Quick => new(),
        Scale.Full => new() { LeNetTrunkEpochs = 20, LeNetJointEpochs = 40, AlexNetTrunkEpochs = 20, AlexNetJointEpochs = 40, AlexNetImages = 0, ResNetTrunkEpochs = 20, ResNetJointEpochs = 20 },
        _ => new() { LeNetTrunkEpochs = 50, LeNetJointEpochs = 100, AlexNetTrunkEpochs = 50, AlexNetJointEpochs = 100, AlexNetImages = 0, ResNetTrunkEpochs = 100, ResNetJointEpochs = 100, BatchSize = 512 },
    };

    /// <inheritdoc/>
    public override void Run(BranchyNetParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        Reproduce(Subject.LeNet, parameters.Digits, parameters.LeNetTrunkEpochs, parameters.LeNetJointEpochs, 0, parameters, run);
        Reproduce(Subject.AlexNet, parameters.Images, parameters.AlexNetTrunkEpochs, parameters.AlexNetJointEpochs, parameters.AlexNetImages, parameters, run);
        Reproduce(Subject.ResNet, parameters.Images, parameters.ResNetTrunkEpochs, parameters.ResNetJointEpochs, 0, parameters, run);
        BranchyNet.Claims.Exact(run);
    }

    static void Reproduce(Subject subject, string dataName, int trunkEpochs, int jointEpochs, int images, BranchyNetParameters parameters, Experiment run)
    {
        if (trunkEpochs == 0)
        {
            BranchyNet.Claims.NotTested(subject, "this network is left out at this scale", run);
            return;
        }

        var data = run.Load(dataName);
        var chosen = images == 0 || images >= data.Train.Count
            ? data.Train
            : data.Train.Select([.. SplitMix64.Permutation(data.Train.Count, (ulong)run.Seed, 0).Take(images).Order()], $"{data.Name} train, {images} with seed {run.Seed}");
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(chosen, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, statistics);
        var (trunk, longer, branchy) = new TwoStageTraining(subject, parameters, train, validation, run).Train(trunkEpochs, jointEpochs);
        new Results(subject, parameters, data, run).Report(trunk, longer, branchy);
    }
}
