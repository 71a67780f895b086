using ResearchKit.Experiments;

namespace ResearchKit.Papers.Sact;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record SactParameters
{
    /// <summary>The data set: 32x32 colour images, or the drawn shapes.</summary>
    public string Data { get; init; } = "cifar10";

    /// <summary>Training images, drawn with the seed; 0 takes all.</summary>
    public int Images { get; init; } = 4_000;

    /// <summary>Residual units of each of the three blocks: n of a ResNet-(6n+2).</summary>
    public int Units { get; init; } = 4;

    /// <summary>Channels of the first block; a multiple of 16.</summary>
    public int Width { get; init; } = 16;

    /// <summary>Stride of the first convolution: 1 in the paper, 2 for a quarter of the work.</summary>
    public int StemStride { get; init; } = 2;

    /// <summary>Epochs of the plain network that the adaptive ones begin as.</summary>
    public int Epochs { get; init; } = 24;

    /// <summary>Epochs of each adaptive network, and of the plain one that is trained on for as long.</summary>
    public int FineTuneEpochs { get; init; } = 12;

    /// <summary>Factors of the ponder cost of the spatially adaptive networks.</summary>
    public IReadOnlyList<double> Taus { get; init; } = [0.07, 0.085, 0.1];

    /// <summary>Factors of the ponder cost of the networks that adapt for whole images.</summary>
    public IReadOnlyList<double> ActTaus { get; init; } = [0.07, 0.15];

    /// <summary>First bias of the halting branches; -3 in the paper, whose training is a hundred times as long.</summary>
    public double HaltingBias { get; init; } = -1;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>SGD's learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The same where a trained network is trained on.</summary>
    public double FineTuneRate { get; init; } = 0.05;

    /// <summary>L2 penalty.</summary>
    public double WeightDecay { get; init; } = 2e-4;

    /// <summary>Points of validation accuracy that the chosen network may lose against the plain one.</summary>
    public double Tolerance { get; init; } = 0.75;

    /// <summary>Paired rounds of each timing; 0 leaves the timings out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Test images that each side of a timing classifies in a round.</summary>
    public int TimedImages { get; init; } = 50;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(Images), Images, Images >= 0, "0 or more");
        Require(nameof(Units), Units, Units > 1, "more than 1");
        Require(nameof(Width), Width, Width > 0 && Width % 16 == 0, "a multiple of 16");
        Require(nameof(StemStride), StemStride, StemStride is 1 or 2, "1 or 2");
        Require(nameof(Epochs), Epochs, Epochs > 0, "more than 0");
        Require(nameof(FineTuneEpochs), FineTuneEpochs, FineTuneEpochs > 0, "more than 0");
        Require("the length of taus", Taus.Count, Taus.Count > 0, "more than 0");
        foreach (double tau in Taus.Concat(ActTaus))
        {
            Require(nameof(Taus), tau, tau >= 0, "0 or more");
        }

        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
        Require(nameof(FineTuneRate), FineTuneRate, FineTuneRate > 0, "more than 0");
        Require(nameof(WeightDecay), WeightDecay, WeightDecay >= 0, "0 or more");
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
