using ResearchKit.Experiments;
using ResearchKit.Models;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record DoReFaParameters
{
    /// <summary>The data set: 28x28 grey images for <c>lenet-5</c>, 32x32 colour images for the other networks.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>The network: <c>lenet-5</c>, or <c>model-a</c>, the paper's.</summary>
    public string Network { get; init; } = "lenet-5";

    /// <summary>Training images, drawn with the seed; 0 for all.</summary>
    public int Images { get; init; } = 10_000;

    /// <summary>Epochs of each network.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Share of the channels that the narrow network has: model D's.</summary>
    public double Narrow { get; init; } = 0.125;

    /// <summary>Whether images are shifted by up to 4 pixels and mirrored.</summary>
    public bool Augment { get; init; }

    /// <summary>The first so many validation and test images are looked at; 0 for all.</summary>
    public int EvaluationImages { get; init; }

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Adam's learning rate at the start; it falls to 0 in a straight line.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Paired rounds of each timing; 0 leaves timings out.</summary>
    public int TimingRounds { get; init; } = 11;

    /// <summary>The plan that <see cref="Network"/> names.</summary>
    internal NetworkPlan Plan() => NetworkPlan.All.FirstOrDefault(p => p.Name == Network)
        ?? throw new UsageException(ResearchKit.Data.Spelling.Unknown("network", Network, [.. NetworkPlan.All.Select(p => p.Name)]));
}
