using ResearchKit.Experiments;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>
/// What the paper claims, with the place of each number (arXiv:1606.06160v3). Its accuracies are those of SVHN and ImageNet, the best of all epochs;
/// what they say about one width beside another is asked of smaller networks.
/// </summary>
static class Claims
{
    const string Table1 = "Table 1", Table2 = "Table 2", Table3 = "Table 3", Eq3 = "Eq. 3";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("eq3-bit-serial", Eq3, "Products of numbers of few bits are sums of counts of bits, exactly.", ClaimKind.Exact, "", 0),
        new("table1-costs", Table1, "Costs are W A for inference and W A + W G for training, in all 16 rows that print them.", ClaimKind.Exact, "rows", 16),
        new("sec3-model-a", "Sec. 3.1", "Model A takes about 80 million operations for an image of 40x40 (the text lacks the 'million').", ClaimKind.Exact, "MFLOP", 80) { Rounding = 5 },
        Cost("eq3-cost-12", "A layer of one bit by two takes twice as long as one of one by one.", 2),
        Cost("eq3-cost-22", "A layer of two bits by two takes four times as long as one of one by one.", 4),
        new("table1-forward", Table1, "One bit for weights and two for activations cost nothing: error of (1, 2, 32) less that of (32, 32, 32).", ClaimKind.Trained, "points", -0.1)
        {
            NoEffect = 0.3,
            Direction = Direction.Below,
            BandHigh = 0.3,
            Because = "'Nothing' is tested as 30 of 10,000 digits, as for the other recipes.",
        },
        new("table1-g8", Table1, "Eight bits are enough for gradients: error of (1, 2, 8) less that of (1, 2, 32).", ClaimKind.Trained, "points", 0.1)
        {
            NoEffect = 0.5, Direction = Direction.Below, BandHigh = 0.5, Because = "'Enough' is tested as 50 of 10,000 images.",
        },
        new("table1-g2", Table1, "Two bits are not: error of (1, 2, 2) less that of (1, 2, 32).", ClaimKind.Trained, "points", 6.7)
        {
            NoEffect = 0, BandLow = 3.3, BandHigh = 13.4, Because = "Half to twice the paper's number.",
        },
        new("table1-width", Table1, "Narrow networks lose more: what (1, 2, 2) costs with an eighth of the channels, less what it costs with all.", ClaimKind.Trained, "points", 7.6)
        {
            NoEffect = 0, BandLow = 3.8, BandHigh = 15.2, Because = "Half to twice the paper's number: 14.2 points for model D, 6.6 for model A.",
        },
        Order("sec3-activations-weights", "Activations bear few bits less than weights: errors with two bits of A alone, by those with two bits of W alone."),
        Order("sec3-gradients-activations", "Gradients bear few bits less than activations: errors with two bits of G alone, by those with two bits of A alone."),
        Order("eq12-noise", "Noise before gradients are rounded is needed: errors of (1, 2, 4) without it, by those with it.", "Eq. 12"),
        .. Untested,
    ];

    static IEnumerable<Claim> Untested =>
    [
        Accuracy("table1-svhn-124", Table1, "Model A with (1, 2, 4) has an accuracy of 97.5 % on SVHN, as with floats.", 97.5),
        Accuracy("table1-svhn-128", Table1, "Model A with (1, 2, 8) has 97.5 % on SVHN.", 97.5),
        Accuracy("table2-alexnet-126", Table2, "AlexNet with (1, 2, 6) has a top-1 accuracy of 46.1 % on ImageNet.", 46.1),
        Accuracy("table2-alexnet-1232", Table2, "AlexNet with (1, 2, 32), initialised from floats, has 49.8 %.", 49.8),
        Accuracy("table2-alexnet-1132", Table2, "AlexNet with (1, 1, 32), initialised from floats, has 43.6 %.", 43.6),
        Accuracy("table2-alexnet-888", Table2, "AlexNet with (8, 8, 8) has 53.0 %, of 55.9 %.", 53.0),
        new("table3-ends", Table3, "Quantising first and last layer too costs model A 0.4 points.", ClaimKind.Trained, "points", 0.4) { Direction = Direction.Below, NoEffect = 1 },
    ];

    /// <summary>What no scale of this recipe tests.</summary>
    internal static void NotTested(Experiment run)
    {
        foreach (var claim in Untested)
        {
            run.NotTested(claim.Id, claim.Where switch
            {
                Table1 => "needs SVHN, which the catalog does not have; the other claims of the table are asked of MNIST or CIFAR-10",
                Table2 => "needs ImageNet, 1.2 million images and weeks on two cores",
                _ => "first and last layer stay real in this recipe, as in the paper's main tables",
            });
        }
    }

    static Claim Cost(string id, string statement, double paper) => new(id, Eq3, statement, ClaimKind.Measured, "x", paper)
    {
        NoEffect = 1,
        BandLow = 0.5 * paper,
        BandHigh = 1.25 * paper,
        Because = "Half to five quarters: packing and lowering are there once for each bit of A only.",
    };

    static Claim Order(string id, string statement, string where = "Sec. 3.1") => new(id, where, $"{statement} The paper gives no number.", ClaimKind.Trained, "x", 1)
    {
        NoEffect = 1,
        Because = "Any excess that three seeds can tell from none.",
    };

    static Claim Accuracy(string id, string where, string statement, double paper) => new(id, where, statement, ClaimKind.Trained, "%", paper) { NoEffect = 10 };
}
