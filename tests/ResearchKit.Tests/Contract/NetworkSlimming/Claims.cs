using ResearchKit.Experiments;

namespace ResearchKit.Papers.NetworkSlimming;

/// <summary>What the paper claims, with the place of each number (arXiv:1708.06519).</summary>
static class Claims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("table1-vgg-parameters", "Table 1", "VGGNet's printed parameters, 20.04 and 2.30 million, give the printed saving.", ClaimKind.Exact, "%", 88.5)
        {
            Rounding = 0.05,
        },
        new("table1-error", "Table 1", "Without 70 % of its channels, and fine-tuned, the network loses nothing.", ClaimKind.Trained, "points", -0.14)
        {
            NoEffect = 0.3,
            Direction = Direction.Below,
            BandHigh = 0.3,
            Because = "'Loses nothing' is tested as 'less than 0.3 points more': 30 of 10,000 test images.",
        },
        new("table1-macs", "Table 1", "It saves half of the operations.", ClaimKind.Trained, "%", 51)
        {
            BandLow = 40,
            Because = "Another network: about as much counts.",
        },
    ];
}
