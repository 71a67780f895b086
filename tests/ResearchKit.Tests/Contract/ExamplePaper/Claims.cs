using ResearchKit.Experiments;

namespace ResearchKit.Papers.ExamplePaper;

/// <summary>What the paper claims, with the place of each number (arXiv:0000.00000).</summary>
static class Claims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("table1-error", "Table 1", "One plain sentence of our own.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0.3,
            Direction = Direction.Below,
            BandHigh = 0.3,
            Because = "Why this margin, said before the first run.",
        },
    ];
}
