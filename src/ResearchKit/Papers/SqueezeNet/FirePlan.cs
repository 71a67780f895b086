namespace ResearchKit.Papers.SqueezeNet;

/// <summary>What leads around fire modules (arXiv:1602.07360, Sec. 6).</summary>
public enum Bypass
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The input is added to the output of each module that has as many channels at both ends; no parameters.</summary>
    Simple,

    /// <summary>In addition a 1x1 convolution leads around each of the other modules.</summary>
    Complex,
}

/// <summary>Filters of a fire module.</summary>
/// <param name="Squeeze">1x1 filters of the squeeze layer, s_1x1.</param>
/// <param name="Expand1x1">1x1 filters of the expand layer, e_1x1.</param>
/// <param name="Expand3x3">3x3 filters of the expand layer, e_3x3.</param>
public sealed record FireSize(int Squeeze, int Expand1x1, int Expand3x3)
{
    /// <summary>Channels that come out, e.</summary>
    public int Expand => Expand1x1 + Expand3x3;
}

/// <summary>A convolution of a network, as it is counted.</summary>
/// <param name="Name">Of the module in <see cref="FireNet"/>, such as <c>fire2.squeeze</c>.</param>
/// <param name="Weights">Entries of its filters.</param>
/// <param name="Biases">One for each filter.</param>
public sealed record PlannedLayer(string Name, long Weights, long Biases);

/// <summary>
/// A point of the paper's space of architectures (arXiv:1602.07360, Sec. 5.1): fire module i, counted from 0, has
/// e = base_e + incr_e floor(i / freq) filters that expand, of which a share pct_3x3 is 3x3, and s = SR e that squeeze.
/// </summary>
public sealed record FirePlan
{
    /// <summary>base_e: filters that expand in the first modules.</summary>
    public int BaseExpand { get; init; } = 128;

    /// <summary>incr_e: by how many they grow.</summary>
    public int ExpandStep { get; init; } = 128;

    /// <summary>freq: after how many modules they grow.</summary>
    public int Frequency { get; init; } = 2;

    /// <summary>pct_3x3: the share of 3x3 filters among those that expand, 0 to 1. At least one filter of each kind stays.</summary>
    public double Share3x3 { get; init; } = 0.5;

    /// <summary>SR: filters that squeeze by those that expand.</summary>
    public double SqueezeRatio { get; init; } = 0.125;

    /// <summary>Number of fire modules, fire2 and up.</summary>
    public int Modules { get; init; } = 8;

    /// <summary>What leads around them.</summary>
    public Bypass Bypass { get; init; }

    /// <summary>Channels of the images.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Filters of conv1.</summary>
    public int StemFilters { get; init; } = 96;

    /// <summary>Side of its filters.</summary>
    public int StemSide { get; init; } = 7;

    /// <summary>Its stride.</summary>
    public int StemStride { get; init; } = 2;

    /// <summary>Its padding.</summary>
    public int StemPadding { get; init; }

    /// <summary>Before which modules, counted from 0, 3x3 maxima with stride 2 are taken.</summary>
    public IReadOnlyList<int> PoolBefore { get; init; } = [0, 3, 7];

    /// <summary>Padding of conv10: 1 in the authors' v1.0.</summary>
    public int FinalPadding { get; init; }

    /// <summary>Whether a ReLU follows conv10, as in the authors' files.</summary>
    public bool FinalRelu { get; init; } = true;

    /// <summary>Outputs.</summary>
    public int Classes { get; init; } = 1000;

    /// <summary>Share of what fire9 gives that is dropped in training.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Whether each squeeze and each expand layer, and each convolution around them, is batch-normalised; the paper has no such thing.</summary>
    public bool Normalised { get; init; }

    /// <summary>The paper's Table 1.</summary>
    public static FirePlan Version10 { get; } = new();

    /// <summary>The authors' later one: conv1 of 64 filters of 3x3, earlier pooling.</summary>
    public static FirePlan Version11 { get; } = new() { StemFilters = 64, StemSide = 3, PoolBefore = [0, 2, 4] };

    /// <summary>Trainable numbers.</summary>
    public long Parameters => Layers.Sum(l => l.Weights + l.Biases) + (Normalised ? 2 * (StemFilters + Enumerable.Range(0, Modules).Sum(i => SizeOf(i).Squeeze + ((HasShortcut(i) ? 2 : 1) * SizeOf(i).Expand))) : 0);

    /// <summary>All convolutions, in order.</summary>
    public IEnumerable<PlannedLayer> Layers
    {
        get
        {
            // Where a normalisation follows, its shift is the bias.
            long Biases(long filters) => Normalised ? 0 : filters;
            yield return new("conv1", (long)Channels * StemSide * StemSide * StemFilters, Biases(StemFilters));
            for (int i = 0; i < Modules; i++)
            {
                var (size, inputs) = (SizeOf(i), InputsOf(i));
                yield return new($"{NameOf(i)}.squeeze", (long)inputs * size.Squeeze, Biases(size.Squeeze));
                yield return new($"{NameOf(i)}.expand1x1", (long)size.Squeeze * size.Expand1x1, Biases(size.Expand1x1));
                yield return new($"{NameOf(i)}.expand3x3", 9L * size.Squeeze * size.Expand3x3, Biases(size.Expand3x3));
                if (HasShortcut(i))
                {
                    yield return new($"{NameOf(i)}.shortcut", (long)inputs * size.Expand, Biases(size.Expand));
                }
            }

            yield return new("conv10", (long)InputsOf(Modules) * Classes, Classes);
        }
    }

    /// <summary>The filters of module i, counted from 0.</summary>
    public FireSize SizeOf(int i)
    {
        int expand = BaseExpand + (ExpandStep * (i / Frequency));
        int of3x3 = Math.Clamp((int)Math.Round(Share3x3 * expand), 1, expand - 1);
        return new(Math.Max(1, (int)Math.Round(SqueezeRatio * expand)), expand - of3x3, of3x3);
    }

    /// <summary>The channels that come into module i; for i past the last those that come into conv10.</summary>
    public int InputsOf(int i) => i == 0 ? StemFilters : SizeOf(i - 1).Expand;

    /// <summary>Whether the input of module i is added to its output as it is.</summary>
    public bool HasIdentity(int i) => Bypass != Bypass.None && InputsOf(i) == SizeOf(i).Expand;

    /// <summary>Whether a 1x1 convolution leads around module i.</summary>
    public bool HasShortcut(int i) => Bypass == Bypass.Complex && InputsOf(i) != SizeOf(i).Expand;

    /// <summary>The paper's name of module i: the first is fire2.</summary>
    public static string NameOf(int i) => $"fire{i + 2}";

    /// <summary>Refuses what makes no network.</summary>
    /// <exception cref="ArgumentException">A number is out of range; the message names it.</exception>
    public void Check()
    {
        Require(nameof(BaseExpand), BaseExpand, BaseExpand > 1, "more than 1, as filters of both kinds are needed");
        Require(nameof(ExpandStep), ExpandStep, ExpandStep >= 0, "0 or more");
        Require(nameof(Frequency), Frequency, Frequency > 0, "more than 0");
        Require(nameof(Share3x3), Share3x3, Share3x3 is >= 0 and <= 1, "from 0 to 1");
        Require(nameof(SqueezeRatio), SqueezeRatio, SqueezeRatio is > 0 and <= 1, "more than 0 and at most 1, as a squeeze layer that grows squeezes nothing");
        Require(nameof(Modules), Modules, Modules > 0, "more than 0");
        Require(nameof(Dropout), Dropout, Dropout is >= 0 and < 1, "in [0, 1)");
        Require(nameof(Classes), Classes, Classes > 0, "more than 0");
        Require(nameof(StemFilters), StemFilters, StemFilters > 0, "more than 0");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"base_e {BaseExpand}, incr_e {ExpandStep}, freq {Frequency}, pct3x3 {Share3x3}, SR {SqueezeRatio}, {Modules} modules, {Bypass} bypass, conv1 {StemFilters} of {StemSide}x{StemSide}/{StemStride} "
        + $"padded by {StemPadding}, pools before {string.Join(" ", PoolBefore)}, conv10 padded by {FinalPadding}{(FinalRelu ? " with ReLU" : "")}, dropout {Dropout}, {Classes} classes{(Normalised ? ", normalised" : "")}";

    static void Require(string name, double value, bool holds, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}, but has to be {range}.");
        }
    }
}
