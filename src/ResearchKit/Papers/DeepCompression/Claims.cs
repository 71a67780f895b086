using ResearchKit.Experiments;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>What the paper claims, with the place of each number (arXiv:1510.00149v5).</summary>
static class Claims
{
    const string NoLoss = "'No loss' is tested as 'less than 0.3 points more': 30 of 10,000 test images, about twice the spread between seeds.";
    const string NineTenths = "At least nine tenths of the paper's ratio.";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        .. Network("lenet-300-100", "LeNet-300-100", "Table 2", errorChange: -0.06, pruned: 12, quantised: 32, coded: 40),
        .. Network("lenet-5", "LeNet-5", "Table 3", errorChange: -0.06, pruned: 12, quantised: 33, coded: 39),
        Exact("eq1-example", "Eq. 1", "Sharing 4 values among 16 weights of 32 bits compresses 3.2 times.", "x", 3.2),
        .. new[] { -0.97, -0.04, 1.48, 1.96 }.Select((value, k) => Exact(
            $"figure3-centroid-{k}", "Figure 3", $"One step of centroid training with summed gradients moves shared value {k} as printed.", "weight", value, 0.005)),
        Exact("table1-lenet-300-100-size", "Table 1", "LeNet-300-100 takes 1070 KB as float32.", "KB", 1070, 5),
        Exact("table1-lenet-5-size", "Table 1", "LeNet-5 takes 1720 KB as float32.", "KB", 1720, 5),
        Exact("table1-lenet-300-100-coded-size", "Table 1", "LeNet-300-100's printed rate and size give 27 KB.", "KB", 27, 0.5),
        Exact("table1-lenet-5-coded-size", "Table 1", "LeNet-5's printed rate and size give 44 KB.", "KB", 44, 0.5),
        Exact("table1-alexnet-coded-size", "Table 1", "AlexNet's printed rate and size give 6.9 MB.", "MB", 6.9, 0.05),
        Exact("table1-vgg-16-coded-size", "Table 1", "VGG-16's printed rate and size give 11.3 MB.", "MB", 11.3, 0.05),
        .. Printed.Select(n => Exact(
            $"{Slug(n.Table)}-arithmetic", n.Table,
            $"{n.Name}'s printed densities and widths agree with its printed ratio without Huffman coding.",
            "x", n.Ratio, RoundingOf(n))),
        Speed("table8-alexnet-fc6", "AlexNet fc6", 7516.2 / 3066.5),
        Speed("table8-alexnet-fc7", "AlexNet fc7", 6187.1 / 1282.1),
        Speed("table8-alexnet-fc8", "AlexNet fc8", 1134.9 / 890.5),
        Speed("table8-vgg-fc6", "VGG-16 fc6", 35022.8 / 3774.3),
        Speed("table8-vgg-fc7", "VGG-16 fc7", 5372.8 / 545.1),
        new("table8-alexnet-fc7-batch-64", "Table 8", "At batch 64 the sparse AlexNet fc7 loses against the dense one.", ClaimKind.Measured, "x", Math.Round(188.9 / 682.1, 2))
        {
            NoEffect = 1, Direction = Direction.Below, BandHigh = 0.95, Because = "The claim is that it loses, so any clear loss counts.",
        },
        .. ReleasedFile.Claims,
    ];

    internal static IReadOnlyList<PrintedNetwork> Printed =>
        [StorageArithmetic.LeNet300100, StorageArithmetic.LeNet5, StorageArithmetic.AlexNet, StorageArithmetic.Vgg16];

    internal static string Slug(string table) => table.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);

    static IEnumerable<Claim> Network(string slug, string name, string table, double errorChange, double pruned, double quantised, double coded)
    {
        yield return new($"table1-{slug}-error", "Table 1", $"{name} loses no accuracy: error after all stages minus dense error.", ClaimKind.Trained, "points", errorChange)
        {
            NoEffect = 0.3,
            Direction = Direction.Below,
            BandHigh = 0.3,
            Because = NoLoss,
        };
        yield return Ratio($"{Slug(table)}-{slug}-pruned", table, $"Pruning leaves {name} one twelfth of its weights.", pruned);
        yield return Ratio($"{Slug(table)}-{slug}-quantised", table, $"Pruning and quantisation make {name} {quantised} times smaller.", quantised);
        yield return Ratio($"table1-{slug}-ratio", "Table 1", $"All three stages make {name} {coded} times smaller, as the paper counts.", coded);
        yield return Ratio($"table1-{slug}-file", "Table 1", $"Counted by the whole file, with tables, header, checksum and biases, {name} is {coded} times smaller.", coded);
        yield return new($"section4-{slug}-huffman", "Sec. 4", $"Huffman coding saves 20 to 30 % of {name}'s storage.", ClaimKind.Trained, "%", 25)
        {
            NoEffect = 0,
            Direction = Direction.Above,
            BandLow = 20,
            Because = "The lower end of the paper's range.",
        };
    }

    static Claim Ratio(string id, string where, string statement, double paper) => new(id, where, statement, ClaimKind.Trained, "x", paper)
    {
        NoEffect = 1,
        Direction = Direction.Above,
        BandLow = 0.9 * paper,
        Because = NineTenths,
    };

    static Claim Speed(string id, string layer, double paper) => new(
        id, "Table 8", $"Pruned to CSR, {layer} runs faster than dense at batch 1.", ClaimKind.Measured, "x", Math.Round(paper, 2))
    {
        NoEffect = 1,
        Direction = Direction.Above,
        BandLow = 0.8 * paper,
        Because = "At least eight tenths of the paper's ratio, against the best dense library here.",
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding = 1e-9) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };

    /// <summary>Half a unit of the printed ratio, and what rounded densities and better-lying zeros can do to it.</summary>
    static double RoundingOf(PrintedNetwork network)
    {
        var (ratio, low, high) = StorageArithmetic.Ratio(network);
        return 0.5 + Math.Max(ratio - low, high - ratio);
    }
}
