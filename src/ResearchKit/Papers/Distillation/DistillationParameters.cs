using ResearchKit.Experiments;

namespace ResearchKit.Papers.Distillation;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record DistillationParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Hidden units of each of the teacher's two layers.</summary>
    public int TeacherUnits { get; init; } = 1200;

    /// <summary>Epochs of the teacher.</summary>
    public int TeacherEpochs { get; init; } = 30;

    /// <summary>Share of the teacher's pixels that are dropped (arXiv:1207.0580).</summary>
    public double InputDropout { get; init; } = 0.1;

    /// <summary>Share of the teacher's hidden units that are dropped (arXiv:1207.0580).</summary>
    public double HiddenDropout { get; init; } = 0.3;

    /// <summary>The longest vector of weights that may come into a hidden unit of the teacher.</summary>
    public double MaxNorm { get; init; } = 3;

    /// <summary>The teacher's images are moved by up to so many pixels in each direction.</summary>
    public int Jitter { get; init; } = 2;

    /// <summary>Hidden units of each of the student's two layers.</summary>
    public int StudentUnits { get; init; } = 800;

    /// <summary>Epochs of each student on all training images, or on all but one class.</summary>
    public int StudentEpochs { get; init; } = 30;

    /// <summary>Epochs of each student on two classes.</summary>
    public int PairEpochs { get; init; } = 20;

    /// <summary>The temperature of the soft targets.</summary>
    public double Temperature { get; init; } = 20;

    /// <summary>Weight of the hard labels where both targets are used, in [0, 1]; the soft ones have the rest.</summary>
    public double HardWeight { get; init; } = 0.1;

    /// <summary>Per cent of the training images in the small transfer set.</summary>
    public double SubsetPercent { get; init; } = 3;

    /// <summary>Epochs of each student on it.</summary>
    public int SubsetEpochs { get; init; } = 60;

    /// <summary>Temperatures of the sweep.</summary>
    public IReadOnlyList<double> Temperatures { get; init; } = [1, 2.5, 4, 10, 20, 40];

    /// <summary>Hidden units of each layer in the sweep: a net with room, and one without.</summary>
    public IReadOnlyList<int> SweepUnits { get; init; } = [300, 30];

    /// <summary>Epochs of the students of each size of the sweep: small nets need more and cost less.</summary>
    public IReadOnlyList<int> SweepEpochs { get; init; } = [10, 20];

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 1.5e-3;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(Temperature), Temperature, Temperature > 0, "more than 0");
        foreach (double temperature in Temperatures)
        {
            Require(nameof(Temperatures), temperature, temperature > 0, "more than 0");
        }

        foreach (int units in SweepUnits.Append(TeacherUnits).Append(StudentUnits))
        {
            Require("units", units, units > 0, "more than 0");
        }

        foreach (int epochs in SweepEpochs.Concat([TeacherEpochs, StudentEpochs, PairEpochs, SubsetEpochs]))
        {
            Require("epochs", epochs, epochs > 0, "more than 0");
        }

        Require("the length of sweepEpochs", SweepEpochs.Count, SweepEpochs.Count == SweepUnits.Count, $"that of sweepUnits, {SweepUnits.Count}");

        Require(nameof(HardWeight), HardWeight, HardWeight is >= 0 and <= 1, "in [0, 1]");
        Require(nameof(InputDropout), InputDropout, InputDropout is >= 0 and < 1, "in [0, 1)");
        Require(nameof(HiddenDropout), HiddenDropout, HiddenDropout is >= 0 and < 1, "in [0, 1)");
        Require(nameof(MaxNorm), MaxNorm, MaxNorm > 0, "more than 0");
        Require(nameof(Jitter), Jitter, Jitter >= 0, "0 or more");
        Require(nameof(SubsetPercent), SubsetPercent, SubsetPercent is > 0 and <= 100, "in (0, 100]");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{char.ToLowerInvariant(name[0])}{name[1..]} is {value}, but has to be {range}.");
        }
    }
}
