using ResearchKit.Experiments;

namespace ResearchKit.Papers.Ssl;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record SslParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Epochs of the dense network.</summary>
    public int BaselineEpochs { get; init; } = 5;

    /// <summary>Epochs with the penalty, from the dense network on.</summary>
    public int SparseEpochs { get; init; } = 3;

    /// <summary>Epochs of fine-tuning with masks and without the penalty.</summary>
    public int FineTuneEpochs { get; init; } = 2;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The learning rate; a tenth in the last quarter.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The factor of the L2 penalty outside the sparse phase.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Strengths for filters and channels (Table 1).</summary>
    public IReadOnlyList<double> FilterStrengths { get; init; } = [0.005, 0.015];

    /// <summary>Strengths for filter shapes (Table 2).</summary>
    public IReadOnlyList<double> ShapeStrengths { get; init; } = [0.005, 0.015];

    /// <summary>Strengths of the l1 control; the one whose validation error is nearest counts.</summary>
    public IReadOnlyList<double> L1Strengths { get; init; } = [1e-3];

    /// <summary>Strength of the control with squared norms.</summary>
    public double SquaredStrength { get; init; } = 0.015;

    /// <summary>Images whose columns stand side by side in a timed matrix product.</summary>
    public int TimedImages { get; init; } = 16;

    /// <summary>Rounds of paired timings; 0 leaves them out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        foreach (double strength in FilterStrengths.Concat(ShapeStrengths).Concat(L1Strengths).Append(SquaredStrength))
        {
            Require("a strength", strength, strength > 0, "more than 0");
        }

        Require("the number of filterStrengths, shapeStrengths and l1Strengths", 0, FilterStrengths.Count > 0 && ShapeStrengths.Count > 0 && L1Strengths.Count > 0, "one or more each");
        foreach (int epochs in new[] { BaselineEpochs, SparseEpochs, FineTuneEpochs })
        {
            Require("epochs", epochs, epochs > 0, "more than 0");
        }

        Require("batchSize", BatchSize, BatchSize > 0, "more than 0");
        Require("learningRate", LearningRate, LearningRate > 0, "more than 0");
        Require("timedImages", TimedImages, TimedImages > 0, "more than 0");
        Require("timingRounds", TimingRounds, TimingRounds >= 0, "0 or more");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{name} is {value}, but has to be {range}.");
        }
    }
}
