namespace ResearchKit.Experiments;

/// <summary>How a claim is put to the test, which decides what its verdict needs.</summary>
public enum ClaimKind
{
    /// <summary>Arithmetic (parameter counts, MACs, storage): must be equal to the digits that the paper prints.</summary>
    Exact,

    /// <summary>A ratio measured on this machine, both sides in one run, medians of paired rounds.</summary>
    Measured,

    /// <summary>An effect of training, across seeds, with a confidence interval.</summary>
    Trained,
}

/// <summary>Which side of <see cref="Claim.NoEffect"/> the paper says the value lies on.</summary>
public enum Direction
{
    /// <summary>The paper claims a value above <see cref="Claim.NoEffect"/>.</summary>
    Above,

    /// <summary>The paper claims a value below <see cref="Claim.NoEffect"/>.</summary>
    Below,
}

/// <summary>One headline claim of a paper: what it says, where it says so, and what a reproduction has to show.</summary>
/// <param name="Id">Short and stable within the paper, such as <c>table1-lenet5-ratio</c>.</param>
/// <param name="Where">Where it stands in the paper, such as <c>Table 1</c> or <c>Eq. 1</c>.</param>
/// <param name="Statement">The claim in one plain sentence of our own.</param>
/// <param name="Kind">How it is tested.</param>
/// <param name="Unit">The unit of all its values: <c>x</c>, <c>%</c>, <c>points</c>, <c>bytes</c>, <c>bits</c>.</param>
/// <param name="PaperValue">The number that the paper prints.</param>
public sealed record Claim(string Id, string Where, string Statement, ClaimKind Kind, string Unit, double PaperValue)
{
    /// <summary>For an exact claim: half a unit of the last digit that the paper prints; 0 where it prints all of them.</summary>
    public double Rounding { get; init; }

    /// <summary>The value that would mean "no effect": 1 for a ratio, 0 for a difference, or the margin of a "no loss" claim.</summary>
    public double NoEffect { get; init; }

    /// <summary>On which side of <see cref="NoEffect"/> the paper's effect lies.</summary>
    public Direction Direction { get; init; } = Direction.Above;

    /// <summary>The least value (inclusive) that still counts as the paper's size of effect.</summary>
    public double BandLow { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value (inclusive) that still counts as the paper's size of effect.</summary>
    public double BandHigh { get; init; } = double.PositiveInfinity;

    /// <summary>What the band and margin were chosen for, said before the first run.</summary>
    public string Because { get; init; } = "";
}
