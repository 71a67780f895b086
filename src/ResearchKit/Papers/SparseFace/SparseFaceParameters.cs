using ResearchKit.Experiments;

namespace ResearchKit.Papers.SparseFace;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record SparseFaceParameters
{
    /// <summary>The faces; empty for none.</summary>
    public string Faces { get; init; } = "orl";

    /// <summary>Filters of each convolution for faces.</summary>
    public IReadOnlyList<int> FaceWidths { get; init; } = [8, 16, 32, 48];

    /// <summary>Filters at each place of the locally connected layers for faces.</summary>
    public int FaceLocal { get; init; } = 48;

    /// <summary>Epochs of the dense network on faces.</summary>
    public int FaceEpochs { get; init; } = 40;

    /// <summary>Epochs after each step on faces.</summary>
    public int FaceRetrainEpochs { get; init; } = 20;

    /// <summary>What stays of f, 5b and 5a for faces, in the order in which they are made sparse.</summary>
    public IReadOnlyList<double> FaceShares { get; init; } = [1 / 8.0, 1 / 16.0, 1 / 8.0];

    /// <summary>Images in a batch of faces, of which there are few.</summary>
    public int FaceBatchSize { get; init; } = 8;

    /// <summary>The control: 28x28 grey digits, or the drawn shapes.</summary>
    public string Control { get; init; } = "mnist";

    /// <summary>Training images of the control, drawn with the seed.</summary>
    public int ControlImages { get; init; } = 10_000;

    /// <summary>Filters of each convolution for the control.</summary>
    public IReadOnlyList<int> ControlWidths { get; init; } = [16, 32];

    /// <summary>Filters at each place of the locally connected layers for the control.</summary>
    public int ControlLocal { get; init; } = 32;

    /// <summary>Epochs of the dense network of the control.</summary>
    public int ControlEpochs { get; init; } = 6;

    /// <summary>Epochs after each step of the control.</summary>
    public int ControlRetrainEpochs { get; init; } = 3;

    /// <summary>What stays of f, 5b and 5a in the control.</summary>
    public IReadOnlyList<double> ControlShares { get; init; } = [1 / 16.0, 1 / 8.0, 1 / 4.0];

    /// <summary>Units of the full layer: the length of a feature.</summary>
    public int Features { get; init; } = 128;

    /// <summary>Images in a batch of the control.</summary>
    public int ControlBatchSize { get; init; } = 32;

    /// <summary>The learning rate of dense training; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The learning rate after a step.</summary>
    public double RetrainRate { get; init; } = 0.01;

    /// <summary>The factor of the L2 penalty.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Images over which correlations are taken, at most.</summary>
    public int CorrelationImages { get; init; } = 2000;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        foreach (double share in FaceShares.Concat(ControlShares))
        {
            Require("a share", share, share is > 0 and <= 1, "in (0, 1]");
        }

        Require("the number of shares", FaceShares.Count, FaceShares.Count == 3 && ControlShares.Count == 3, "3: of f, 5b and 5a");
        foreach (int epochs in new[] { FaceEpochs, FaceRetrainEpochs, ControlEpochs, ControlRetrainEpochs })
        {
            Require("epochs", epochs, epochs > 0, "more than 0");
        }

        Require("widths", 0, FaceWidths.Concat(ControlWidths).Append(FaceLocal).Append(ControlLocal).Append(Features).All(w => w > 0), "more than 0");
        Require("controlImages", ControlImages, ControlImages > 0, "more than 0");
        Require("batch sizes", Math.Min(FaceBatchSize, ControlBatchSize), Math.Min(FaceBatchSize, ControlBatchSize) > 0, "more than 0");
        Require("learningRate", LearningRate, LearningRate > 0, "more than 0");
        Require("retrainRate", RetrainRate, RetrainRate > 0, "more than 0");
        Require("correlationImages", CorrelationImages, CorrelationImages > 1, "more than 1");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{name} is {value}, but has to be {range}.");
        }
    }
}
