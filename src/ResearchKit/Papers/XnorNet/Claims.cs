using ResearchKit.Experiments;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// What the paper claims, with the place of each number (arXiv:1603.05279v4, which is the ECCV version; v1 had other numbers for BWN). Accuracies
/// are ImageNet's; what they say about one network beside another is asked of small ones on MNIST and CIFAR-10.
/// </summary>
static class Claims
{
    internal const string Fig4 = "Fig. 4, Sec. 4.1";
    const string Table1 = "Table 1", Table2 = "Table 2", Table3 = "Table 3", Sec41 = "Sec. 4.1", Sec42 = "Sec. 4.2";
    const double FloatError = 100 - 56.6, BwnError = 100 - 56.8, XnorError = 100 - 44.2;

    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("eq6-alpha", "Eq. 6", "Signs and mean magnitudes are the best binary filters: their error is the least possible one.", ClaimKind.Exact, "of ||W||^2", 0) { Rounding = 1e-9 },
        new("eq11-k", "Eq. 11", "One box filter over the channels' mean magnitude gives the factors of all windows.", ClaimKind.Exact, "", 0) { Rounding = 1e-12 },
        new("sec4.1-formula", Sec41, "By count of operations a 3x3 layer of 256 channels is 62.27 times quicker.", ClaimKind.Exact, "x", 62.27) { Rounding = 0.005 },
        new("sec4.1-memory", Sec41, "Binary filters with their factors take 32 times less memory than float32.", ClaimKind.Exact, "x", 32) { Rounding = 0.5 },
        new("sec4.1-file", Sec41, "So do the binary layers of a trained network in a file, names, factors and checksums included.", ClaimKind.Measured, "x", 32)
        {
            NoEffect = 1, BandLow = 28.8, Because = "At least nine tenths: a factor of 32 bits for each filter of some hundred weights takes the rest.",
        },
        new("fig4-plain", Fig4, "That layer is 58 times quicker than a plain float loop, signs, packing and scaling included.", ClaimKind.Measured, "x", 58)
        {
            NoEffect = 1, BandLow = 58, Because = "The paper times a CPU kernel against unoptimised float code, and leaves memory access out.",
        },
        new("fig4-engine", Fig4, "That layer is 58 times quicker than the best float convolution on the machine (oneDNN, channels last).", ClaimKind.Measured, "x", 58)
        {
            NoEffect = 1, BandLow = 58, Because = "What a reader takes the abstract for. A core with two 512-bit multiply-adds a cycle leaves room for 21 times at most.",
        },
        new("sec4.1-additions", Sec41, "Binary weights alone make a convolution about twice as quick, as nothing is multiplied.", ClaimKind.Measured, "x", 2) { NoEffect = 1 },
        Gap("table1-bwn", Table1, "Binary weights cost nothing: error of BWN less that of the float network.", BwnError - FloatError, Quarter, Direction.Below, double.NegativeInfinity, Quarter,
            "'Nothing' is tested as less than a quarter of what XNOR-Net loses in the paper."),
        Gap("table1-xnor", Table1, "Binary inputs cost 12.4 points: error of XNOR-Net less that of the float network.", XnorError - FloatError, 0, Direction.Above, 6.2, 24.8, HalfToTwice),
        Gap("table1-xnor-bwn", Table1, "They cost 12.6 points more than binary weights alone.", XnorError - BwnError, 0, Direction.Above, 6.3, 25.2, HalfToTwice),
        Gap("table3-order", Table3, "The usual order of a block, in which signs are pooled, costs 13.9 points.", 44.2 - 30.3, 0, Direction.Above, 6.9, 27.8, HalfToTwice),
        Gap("table3-alpha", Table3, "A learned factor for each filter instead of alpha costs BWN 10.6 points.", 56.8 - 46.2, 0, Direction.Above, 5.3, 21.2, HalfToTwice),
        Times("table1-binaryconnect", Table1, "BinaryConnect (no factors) makes 1.5 times BWN's errors.", 64.6 / BwnError),
        Times("table1-bnn", Table1, "BNN (no factors, the usual order) makes 1.29 times XNOR-Net's errors.", 72.1 / XnorError),
        new("sec4.2-k", Sec42, "Leaving K out costs less than a point.", ClaimKind.Trained, "points", 1)
        {
            NoEffect = 0.5, Direction = Direction.Below, BandHigh = 0.5, Because = "Less than a fifth of what the digits' XNOR network gets wrong, or 50 of 10,000 images.",
        },
        new("sec4.2-gradient", "Sec. 3.2", "Binary gradients too cost little, 1.4 points: 1.03 times the errors.", ClaimKind.Trained, "x", Math.Round((XnorError + 1.4) / XnorError, 2))
        {
            NoEffect = 1.1,
            Direction = Direction.Below,
            BandHigh = 1.1,
            Because = "'Little' is tested as less than a tenth more errors.",
        },
        .. ImageNet,
        new("sec4.2-cifar-bwn", Sec42, "On CIFAR-10, BWN has an error of 9.88 %.", ClaimKind.Trained, "%", 9.88) { NoEffect = 90, Direction = Direction.Below, BandHigh = 14.8, Because = Cifar },
        new("sec4.2-cifar-xnor", Sec42, "On CIFAR-10, XNOR-Net has an error of 10.17 %.", ClaimKind.Trained, "%", 10.17) { NoEffect = 90, Direction = Direction.Below, BandHigh = 15.3, Because = Cifar },
    ];

    const double Quarter = 3.1;
    const string HalfToTwice = "Half to twice the paper's number.";
    const string Cifar = "No effect is guessing; up to one and a half times the paper's error, as network in network is smaller than the paper's network.";

    static IEnumerable<Claim> ImageNet =>
    [
        Accuracy("table1-alexnet-float", Table1, "AlexNet with batch normalisation has a top-1 accuracy of 56.6 %.", 56.6),
        Accuracy("table1-alexnet-bwn", Table1, "As BWN it has 56.8 %.", 56.8),
        Accuracy("table1-alexnet-xnor", Table1, "As XNOR-Net it has 44.2 %.", 44.2),
        Accuracy("table2-resnet-18-bwn", Table2, "ResNet-18 as BWN has 60.8 %, of 69.3 %.", 60.8),
        Accuracy("table2-resnet-18-xnor", Table2, "As XNOR-Net it has 51.2 %.", 51.2),
        Accuracy("table2-googlenet-bwn", Table2, "A variant of GoogLeNet as BWN has 65.5 %, of 71.3 %.", 65.5),
    ];

    /// <summary>What no scale of this recipe tests.</summary>
    internal static void NotTested(Experiment run)
    {
        foreach (var claim in ImageNet)
        {
            run.NotTested(claim.Id, "needs ImageNet, 1.2 million images and weeks on two cores; the claims on MNIST and CIFAR-10 ask what the numbers say about one another");
        }

        run.NotTested("sec4.1-additions", "an addition takes as long as a fused multiply-add here, so there is nothing to gain and no such kernel in the kit");
    }

    static Claim Gap(string id, string where, string statement, double paper, double noEffect, Direction direction, double low, double high, string because) =>
        new(id, where, statement, ClaimKind.Trained, "points", Math.Round(paper, 1)) { NoEffect = noEffect, Direction = direction, BandLow = low, BandHigh = high, Because = because };

    static Claim Times(string id, string where, string statement, double paper) => new(id, where, statement, ClaimKind.Trained, "x", Math.Round(paper, 2))
    {
        NoEffect = 1,
        BandLow = 1 + ((paper - 1) / 2),
        BandHigh = 1 + (2 * (paper - 1)),
        Because = "Half to twice what is more than 1 in the paper's ratio of errors; on digits points are too few.",
    };

    static Claim Accuracy(string id, string where, string statement, double paper) => new(id, where, statement, ClaimKind.Trained, "%", paper) { NoEffect = 0.1, Because = "No effect is guessing." };
}
