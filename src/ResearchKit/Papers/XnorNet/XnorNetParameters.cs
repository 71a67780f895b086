using ResearchKit.Experiments;
using ResearchKit.Models;

namespace ResearchKit.Papers.XnorNet;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record XnorNetParameters
{
    /// <summary>The data set of LeNet-5: 28x28 grey images.</summary>
    public string Digits { get; init; } = "mnist";

    /// <summary>Training images of it, drawn with the seed; 0 for all.</summary>
    public int DigitImages { get; init; } = 8_000;

    /// <summary>Epochs of each LeNet-5.</summary>
    public int DigitEpochs { get; init; } = 3;

    /// <summary>The data set of the other network: 32x32 colour images.</summary>
    public string Colour { get; init; } = "cifar10";

    /// <summary>Training images of it, drawn with the seed; 0 for all.</summary>
    public int ColourImages { get; init; } = 10_000;

    /// <summary>Epochs of each such network.</summary>
    public int ColourEpochs { get; init; } = 4;

    /// <summary>The network for colour images: <c>small-nin</c> or <c>nin</c>.</summary>
    public string ColourNetwork { get; init; } = "small-nin";

    /// <summary>Whether colour images are shifted by up to 4 pixels and mirrored.</summary>
    public bool Augment { get; init; }

    /// <summary>The first so many validation and test images are looked at; 0 for all.</summary>
    public int EvaluationImages { get; init; }

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Adam's learning rate at the start; it falls to 0 in a straight line.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Paired rounds of each timing; 0 leaves timings out.</summary>
    public int TimingRounds { get; init; } = 7;

    /// <summary>The plan that <see cref="ColourNetwork"/> names.</summary>
    internal NetworkPlan ColourPlan() => NetworkPlan.All.FirstOrDefault(p => p.Channels == 3 && p.Name == ColourNetwork)
        ?? throw new UsageException(Data.Spelling.Unknown("network", ColourNetwork, [.. NetworkPlan.All.Where(p => p.Channels == 3).Select(p => p.Name)]));
}
