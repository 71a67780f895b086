using ResearchKit.Experiments;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>What the paper claims, with the place of each number (arXiv:1603.09382v1).</summary>
static class Claims
{
    /// <summary>The depth of the paper's network for CIFAR.</summary>
    internal const int PaperDepth = 110;

    const string Cifar10 = "table1-cifar10", Cifar100 = "table1-cifar100", Svhn = "table1-svhn", Layers1202 = "sec4-1202";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Exact("eq5-depth-110", "Eq. 5", "With linear decay to p_L = 0.5, 110 layers (54 blocks) have an expected depth of (3 x 54 - 1) / 4 blocks.", "blocks", 40.25, 0),
        Exact("eq5-depth-1202", "Eq. 5", "With linear decay to p_L = 0.5, 1202 layers (600 blocks) have an expected depth of (3 x 600 - 1) / 4 blocks.", "blocks", 449.75, 0),
        Exact("sec3-cost-110", "Sec. 3", "About 25 % of the arithmetic of 110 layers is saved in training.", "%", 25, 0.5),
        Exact("sec3-cost-1202", "Sec. 3", "About 25 % of the arithmetic of 1202 layers is saved in training.", "%", 25, 0.5),
        Exact("sec4-parameters-110", "Sec. 4", "110 layers have 1.7 million parameters.", "million", 1.7, 0.05),
        Exact("sec4-parameters-1202", "Sec. 4", "1202 layers have 19.4 million parameters.", "million", 19.4, 0.05),
        new("table2-cifar10-time", "Table 2", "On CIFAR-10, 110 layers of stochastic depth train in 0.73 of the time (15 h 07 min of 20 h 42 min).", ClaimKind.Measured, "x", 0.73)
        {
            NoEffect = 1, Direction = Direction.Below, BandHigh = 1 - (0.9 * 0.2541),
            Because = "The blocks left out hold 25.41 % of the multiply-accumulates; at least 0.9 of that has to be saved in time.",
        },
        new("sec3-saving-110", "Sec. 3", "110 layers: the time saved over the multiply-accumulates saved.", ClaimKind.Measured, "x", Math.Round((1 - (907.0 / 1242)) / 0.2541, 2))
        {
            NoEffect = 0, BandLow = 0.9,
            Because = "The paper's is 27.0 % of the time over 25.41 %; a mask in the place of a skipped block would save nothing.",
        },
        new("sec3-saving-20", "Sec. 3", "20 layers, which the paper does not time: the time saved over the multiply-accumulates saved.", ClaimKind.Measured, "x", Math.Round((1 - (907.0 / 1242)) / 0.2541, 2))
        {
            NoEffect = 0, BandLow = 0.9, Because = "As for 110 layers.",
        },
        new("sec5-time-0.2", "Sec. 5", "With p_L = 0.2, 110 layers train in 0.6 of the time.", ClaimKind.Measured, "x", 0.6)
        {
            NoEffect = 1, Direction = Direction.Below, BandHigh = 1 - (0.9 * 0.4),
            Because = "At least 0.9 of the 40 % that the paper saves.",
        },
        new("fig6-gradient", "Fig. 6", "The gradient of the first block's first convolution is larger with stochastic depth; the paper gives a figure and no number.", ClaimKind.Trained, "x", 1)
        {
            NoEffect = 1, Because = "Any factor above 1, at the end of training, where the paper sees it most.",
        },
        Error(Cifar10, "110 layers on CIFAR-10 with augmentation: the test error falls from 6.41 to 5.23 %.", -1.18),
        Error("table1-stand-in", "Stand-in for Table 1 at our depth, images and epochs: the test error falls with stochastic depth.", -1.18),
        Error(Cifar100, "110 layers on CIFAR-100 with augmentation: the test error falls from 27.22 to 24.58 %.", -2.64),
        Error(Svhn, "152 layers on SVHN: the test error falls from 2.01 to 1.75 %.", -0.26),
        Error(Layers1202, "1202 layers on CIFAR-10: the test error falls from 6.72 to 4.91 %.", -1.81) with { Where = "Sec. 4" },
    ];

    /// <summary>The gain in test error at the paper's depth, or why it is not tested.</summary>
    internal static void Gain(int depth, bool allImages, double points, Experiment run)
    {
        run.Claim("table1-stand-in", points);
        if (depth == PaperDepth && allImages)
        {
            run.Claim(Cifar10, points);
        }
        else
        {
            run.NotTested(Cifar10, "needs 110 layers, 45,000 images and hundreds of epochs: --scale paper");
        }
    }

    internal static void NotTested(Experiment run)
    {
        run.NotTested(Cifar100, "needs 110 layers and 500 epochs: --scale paper --set data=cifar100");
        run.NotTested(Svhn, "needs 152 layers on 600,000 images that the catalog does not hold");
        run.NotTested(Layers1202, "needs 1202 layers and 300 epochs, months on a processor; depth, cost and size are claims of their own");
    }

    static Claim Error(string id, string statement, double paper) => new(id, "Table 1", statement, ClaimKind.Trained, "points", paper)
    {
        NoEffect = 0,
        Direction = Direction.Below,
        BandHigh = paper / 2,
        Because = "At least half of the paper's gain.",
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };
}
