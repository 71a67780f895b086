using ResearchKit.Experiments;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record BranchyNetParameters
{
    /// <summary>The data set of B-LeNet: 28x28 grey digits, or the drawn shapes.</summary>
    public string Digits { get; init; } = "mnist";

    /// <summary>The data set of B-AlexNet and B-ResNet: 32x32 colour images, or the drawn shapes.</summary>
    public string Images { get; init; } = "cifar10";

    /// <summary>Epochs of LeNet's trunk alone.</summary>
    public int LeNetTrunkEpochs { get; init; } = 4;

    /// <summary>Epochs of B-LeNet, all exits together.</summary>
    public int LeNetJointEpochs { get; init; } = 8;

    /// <summary>Epochs of AlexNet's trunk alone; 0 leaves the network out.</summary>
    public int AlexNetTrunkEpochs { get; init; } = 8;

    /// <summary>Epochs of B-AlexNet, all exits together.</summary>
    public int AlexNetJointEpochs { get; init; } = 8;

    /// <summary>Training images of B-AlexNet, drawn with the seed; 0 takes all.</summary>
    public int AlexNetImages { get; init; } = 10_000;

    /// <summary>Epochs of ResNet-110's trunk alone; 0 leaves the network out.</summary>
    public int ResNetTrunkEpochs { get; init; }

    /// <summary>Epochs of B-ResNet-110, all exits together.</summary>
    public int ResNetJointEpochs { get; init; }

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate at the start of each stage; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight of the loss at each exit but the last, which has <see cref="LastWeight"/> (Sec. III-B).</summary>
    public double EarlyWeight { get; init; } = 1;

    /// <summary>Weight of the loss at the last exit.</summary>
    public double LastWeight { get; init; } = 1;

    /// <summary>Points of validation accuracy that the chosen thresholds may cost against the trunk alone.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>Paired rounds of each timing; 0 leaves the timings out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Test images that each side of a timing classifies in a round.</summary>
    public int TimedImages { get; init; } = 300;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(LeNetTrunkEpochs), LeNetTrunkEpochs, LeNetTrunkEpochs > 0, "more than 0");
        Require(nameof(LeNetJointEpochs), LeNetJointEpochs, LeNetJointEpochs > 0, "more than 0");
        Require(nameof(AlexNetTrunkEpochs), AlexNetTrunkEpochs, AlexNetTrunkEpochs >= 0, "0 or more");
        Require(nameof(AlexNetJointEpochs), AlexNetJointEpochs, AlexNetJointEpochs > 0 || AlexNetTrunkEpochs == 0, "more than 0");
        Require(nameof(AlexNetImages), AlexNetImages, AlexNetImages >= 0, "0 or more");
        Require(nameof(ResNetTrunkEpochs), ResNetTrunkEpochs, ResNetTrunkEpochs >= 0, "0 or more");
        Require(nameof(ResNetJointEpochs), ResNetJointEpochs, ResNetJointEpochs > 0 || ResNetTrunkEpochs == 0, "more than 0");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
        Require(nameof(EarlyWeight), EarlyWeight, EarlyWeight >= 0, "0 or more");
        Require(nameof(LastWeight), LastWeight, LastWeight >= 0, "0 or more");
        Require(nameof(Tolerance), Tolerance, Tolerance >= 0, "0 or more");
        Require(nameof(TimingRounds), TimingRounds, TimingRounds >= 0, "0 or more");
        Require(nameof(TimedImages), TimedImages, TimedImages > 0, "more than 0");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{char.ToLowerInvariant(name[0])}{name[1..]} is {value}, but has to be {range}.");
        }
    }
}
