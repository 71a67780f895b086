using ResearchKit.Experiments;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record StochasticDepthParameters
{
    /// <summary>The data set: 32x32 in colour.</summary>
    public string Data { get; init; } = "cifar10";

    /// <summary>Layers of the trained networks, 6n+2.</summary>
    public int Depth { get; init; } = 20;

    /// <summary>Training images, drawn with the seed; 0 takes all.</summary>
    public int TrainImages { get; init; } = 2500;

    /// <summary>Validation images, always the same ones; 0 takes all.</summary>
    public int ValidationImages { get; init; } = 1000;

    /// <summary>Epochs of each network.</summary>
    public int Epochs { get; init; } = 16;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The learning rate at the start; a tenth after half of the epochs, a hundredth after three quarters.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Whether images are moved by up to 4 pixels and mirrored.</summary>
    public bool Augment { get; init; }

    /// <summary>p_L of the networks of stochastic depth.</summary>
    public IReadOnlyList<double> LastSurvivals { get; init; } = [0.5, 0.2];

    /// <summary>Layers of the networks whose epochs are timed.</summary>
    public IReadOnlyList<int> TimedDepths { get; init; } = [20, 110];

    /// <summary>Images in a timed epoch.</summary>
    public int TimedImages { get; init; } = 256;

    /// <summary>Images in a batch of a timed epoch.</summary>
    public int TimedBatchSize { get; init; } = 64;

    /// <summary>Rounds of timed epochs; 0 leaves timings out.</summary>
    public int TimingRounds { get; init; } = 5;

    /// <summary>Rounds in which epochs without the blocks of a stage are timed.</summary>
    public int BlockTimingRounds { get; init; } = 3;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        foreach (int depth in TimedDepths.Append(Depth))
        {
            Require("a depth", depth, depth >= 8 && (depth - 2) % 6 == 0, "6n+2, such as 20, 32, 56, 110");
        }

        foreach (double last in LastSurvivals)
        {
            Require("lastSurvivals", last, last is > 0 and < 1, "in (0, 1)");
        }

        Require("trainImages", TrainImages, TrainImages >= 0, "0 or more");
        Require("validationImages", ValidationImages, ValidationImages >= 0, "0 or more");
        Require("epochs", Epochs, Epochs > 0, "more than 0");
        Require("batchSize", BatchSize, BatchSize > 1, "more than 1, as batch norm needs");
        Require("learningRate", LearningRate, LearningRate > 0, "more than 0");
        Require("timedImages", TimedImages, TimedImages >= TimedBatchSize, $"at least one batch, {TimedBatchSize}");
        Require("timedBatchSize", TimedBatchSize, TimedBatchSize > 1, "more than 1, as batch norm needs");
        Require("timingRounds", TimingRounds, TimingRounds >= 0, "0 or more");
        Require("blockTimingRounds", BlockTimingRounds, BlockTimingRounds > 0, "more than 0");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{name} is {value}, but has to be {range}.");
        }
    }
}
