using ResearchKit.Experiments;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record GroupSparseParameters
{
    /// <summary>The small data set, 8x8 digits; drawn shapes in a smoke run.</summary>
    public string SmallData { get; init; } = "digits";

    /// <summary>Hidden units of each layer on it.</summary>
    public IReadOnlyList<int> SmallUnits { get; init; } = [40, 20];

    /// <summary>Epochs on it.</summary>
    public int SmallEpochs { get; init; } = 360;

    /// <summary>Images in a batch of it.</summary>
    public int SmallBatchSize { get; init; } = 60;

    /// <summary>Strengths tried on it, the same ones for all penalties; claims are on the first.</summary>
    public IReadOnlyList<double> SmallStrengths { get; init; } = [3.162e-4, 1e-3];

    /// <summary>The large data set; empty for none.</summary>
    public string LargeData { get; init; } = "mnist";

    /// <summary>Hidden units of each layer on it.</summary>
    public IReadOnlyList<int> LargeUnits { get; init; } = [400, 300, 100];

    /// <summary>Epochs on it.</summary>
    public int LargeEpochs { get; init; } = 10;

    /// <summary>Images in a batch of it.</summary>
    public int LargeBatchSize { get; init; } = 256;

    /// <summary>The strength on it, the same one for all penalties.</summary>
    public double LargeStrength { get; init; } = 1e-4;

    /// <summary>Adam's learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weights below this magnitude are set to zero after training.</summary>
    public double Threshold { get; init; } = 1e-3;

    /// <summary>Images of a timed batch.</summary>
    public int TimedImages { get; init; } = 256;

    /// <summary>Rounds of paired timings; 0 leaves them out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        foreach (double strength in SmallStrengths.Append(LargeStrength))
        {
            Require("a strength", strength, strength > 0, "more than 0");
        }

        foreach (int units in SmallUnits.Concat(LargeUnits))
        {
            Require("units", units, units > 0, "more than 0");
        }

        Require("the number of smallStrengths", SmallStrengths.Count, SmallStrengths.Count > 0, "one or more");
        Require("epochs", Math.Min(SmallEpochs, LargeEpochs), Math.Min(SmallEpochs, LargeEpochs) > 0, "more than 0");
        Require("batch sizes", Math.Min(SmallBatchSize, LargeBatchSize), Math.Min(SmallBatchSize, LargeBatchSize) > 0, "more than 0");
        Require("learningRate", LearningRate, LearningRate > 0, "more than 0");
        Require("threshold", Threshold, Threshold >= 0, "0 or more");
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
