using ResearchKit.Experiments;

namespace ResearchKit.Papers.D2nn;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record D2nnParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Training images, drawn with the seed; 0 takes all.</summary>
    public int Images { get; init; } = 10_000;

    /// <summary>Epochs of each network.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Weights of accuracy against cost in the reward of the high-low network, each with a network of its own.</summary>
    public IReadOnlyList<double> Lambdas { get; init; } = [0.8, 0.9, 0.93, 0.95, 0.97, 1];

    /// <summary>Lambdas of the chain and of the hierarchy; none leaves them out.</summary>
    public IReadOnlyList<double> OtherLambdas { get; init; } = [0.9, 0.97];

    /// <summary>Lambda of the cascade, whose reward is F1 of bags or the accuracy of single images; 0 leaves it out.</summary>
    public double CascadeLambda { get; init; } = 0.9;

    /// <summary>The class that the cascade looks for.</summary>
    public int Positive { get; init; }

    /// <summary>Images in a mini-bag of the cascade.</summary>
    public int BagSize { get; init; } = 32;

    /// <summary>Images in a batch: whole bags.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's learning rate at the start; it falls to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Share of the training in which random actions fall from all to <see cref="LastEpsilon"/>.</summary>
    public double Exploration { get; init; } = 0.6;

    /// <summary>The share of random actions from then on.</summary>
    public double LastEpsilon { get; init; } = 0.1;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(Images), Images, Images >= 0, "0 or more");
        Require(nameof(Epochs), Epochs, Epochs > 0, "more than 0");
        Require("the length of lambdas", Lambdas.Count, Lambdas.Count > 0, "more than 0");
        foreach (double lambda in Lambdas.Concat(OtherLambdas).Append(CascadeLambda))
        {
            Require(nameof(Lambdas), lambda, lambda is >= 0 and <= 1, "in [0, 1]");
        }

        Require(nameof(Positive), Positive, Positive >= 0, "0 or more");
        Require(nameof(BagSize), BagSize, BagSize > 0, "more than 0");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0 && BatchSize % BagSize == 0, $"a multiple of bagSize, {BagSize}");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
        Require(nameof(Exploration), Exploration, Exploration is >= 0 and <= 1, "in [0, 1]");
        Require(nameof(LastEpsilon), LastEpsilon, LastEpsilon is >= 0 and <= 1, "in [0, 1]");
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{char.ToLowerInvariant(name[0])}{name[1..]} is {value}, but has to be {range}.");
        }
    }
}
