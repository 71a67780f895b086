using ResearchKit.Experiments;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record SqueezeNetParameters
{
    /// <summary>Small images, for all points of the space.</summary>
    public string Data { get; init; } = "cifar10";

    /// <summary>Of its training images how many are used.</summary>
    public int Images { get; init; } = 8_000;

    /// <summary>Filters that expand in the first two fire modules, base_e; they grow by as many.</summary>
    public int BaseExpand { get; init; } = 32;

    /// <summary>Filters of the first convolution, 3x3 with stride 1.</summary>
    public int StemFilters { get; init; } = 32;

    /// <summary>Fire modules.</summary>
    public int Modules { get; init; } = 8;

    /// <summary>Squeeze ratios SR at half of 3x3 filters; 0.125, 0.5 and 1 have to be among them, as claims are about these.</summary>
    public IReadOnlyList<double> SqueezeRatios { get; init; } = [0.125, 0.5, 1];

    /// <summary>Shares pct3x3 at SR 0.5; 0.01 and 0.99 have to be among them.</summary>
    public IReadOnlyList<double> Shares3x3 { get; init; } = [0.01, 0.99];

    /// <summary>Epochs of each network.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>Epochs after pruning, at a tenth of the rate.</summary>
    public int RetrainEpochs { get; init; } = 3;

    /// <summary>Epochs of the shared values.</summary>
    public int CentroidEpochs { get; init; } = 1;

    /// <summary>Width of a shared value's code.</summary>
    public int CodeBits { get; init; } = 6;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Learning rate at the start; it falls to 0 along a line.</summary>
    public double LearningRate { get; init; } = 0.04;

    /// <summary>Learning rate of the shared values; their gradients are sums over many weights.</summary>
    public double CentroidRate { get; init; } = 1e-4;

    /// <summary>L2 penalty of the filters.</summary>
    public double WeightDecay { get; init; } = 2e-4;

    /// <summary>Share of what the last fire module gives that is dropped in training.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether a ReLU follows the last convolution, as in the authors' files.</summary>
    public bool FinalRelu { get; init; }

    /// <summary>Whether layers are batch-normalised.</summary>
    public bool Normalised { get; init; } = true;

    /// <summary>Large images, on which v1.1 is trained with each bypass; empty for none.</summary>
    public string Large { get; init; } = "";

    /// <summary>Epochs of each network on large images.</summary>
    public int LargeEpochs { get; init; } = 30;

    /// <summary>Whether the authors' released file is decoded, shared by 6-bit codes and scored, where it and the images are at hand.</summary>
    public bool ReleasedFile { get; init; } = true;

    /// <summary>Rounds of paired timings; 0 leaves them out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Refuses what makes no experiment.</summary>
    /// <exception cref="UsageException">A parameter is out of range; the message names it.</exception>
    internal void Check()
    {
        Require(nameof(Images), Images, Images > 0, "more than 0");
        Require(nameof(BaseExpand), BaseExpand, BaseExpand > 1, "more than 1, for filters of both sizes");
        Require(nameof(StemFilters), StemFilters, StemFilters > 0, "more than 0");
        Require(nameof(Modules), Modules, Modules is > 0 and <= 8, "from 1 to 8, the modules of Table 1");
        RequireAll(nameof(SqueezeRatios), SqueezeRatios, s => s is > 0 and <= 1, [0.125, 0.5, 1], "more than 0 and at most 1");
        RequireAll(nameof(Shares3x3), Shares3x3, s => s is >= 0 and <= 1, [0.01, 0.99], "from 0 to 1");
        Require(nameof(Epochs), Epochs, Epochs > 0, "more than 0");
        Require(nameof(RetrainEpochs), RetrainEpochs, RetrainEpochs > 0, "more than 0");
        Require(nameof(CentroidEpochs), CentroidEpochs, CentroidEpochs > 0, "more than 0");
        Require(nameof(CodeBits), CodeBits, CodeBits is >= 2 and <= 8, "from 2 to 8");
        Require(nameof(BatchSize), BatchSize, BatchSize > 0, "more than 0");
        Require(nameof(LearningRate), LearningRate, LearningRate > 0, "more than 0");
        Require(nameof(CentroidRate), CentroidRate, CentroidRate > 0, "more than 0");
        Require(nameof(WeightDecay), WeightDecay, WeightDecay >= 0, "0 or more");
        Require(nameof(Dropout), Dropout, Dropout is >= 0 and < 1, "in [0, 1)");
        Require(nameof(LargeEpochs), LargeEpochs, LargeEpochs > 0, "more than 0");
        Require(nameof(TimingRounds), TimingRounds, TimingRounds >= 0, "0 or more");
    }

    static void RequireAll(string name, IReadOnlyList<double> values, Func<double, bool> holds, double[] needed, string range)
    {
        foreach (double value in values)
        {
            Require(name, value, holds(value), range);
        }

        foreach (double value in needed.Where(n => !values.Contains(n)))
        {
            throw new UsageException($"{Text(name)} lacks {value}, which claims are about; it needs {string.Join(", ", needed)}.");
        }
    }

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new UsageException($"{Text(name)} is {value}, but has to be {range}.");
        }
    }

    static string Text(string name) => $"{char.ToLowerInvariant(name[0])}{name[1..]}";
}
