using ResearchKit.Experiments;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>What the paper claims, with the place of each number (arXiv:1602.07360v4), and what its authors' repository says of v1.1.</summary>
static class Claims
{
    internal const string Timed = "timed", Table2 = "Table 2", Table3 = "Table 3", Fig3a = "Fig. 3a", Fig3b = "Fig. 3b", Version11 = "v1.1, authors' README";
    const string ThirdToThree = "From a third of the paper's difference to three times it: ours are ten classes, top-1, and a network of a twentieth of the parameters.";

    // Sizes that the paper prints beside its curves, in MB, by SR and by pct3x3.
    internal static IReadOnlyList<(double Ratio, double Printed, double Unit)> SizesOfFigure3a { get; } = [(0.125, 4.8, 0.1), (0.25, 7.6, 0.1), (0.5, 13, 1), (0.75, 19, 1), (1, 24, 1)];

    internal static IReadOnlyList<(double Share, double Printed, double Unit)> SizesOfFigure3b { get; } =
        [(0.01, 5.7, 0.1), (0.125, 7.4, 0.1), (0.25, 9.3, 0.1), (0.375, 11, 1), (0.5, 13, 1), (0.625, 15, 1), (0.75, 17, 1), (0.875, 19, 1), (0.99, 21, 1)];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Trained("fig3a-squeeze-ratio", Fig3a, "Stand-in on CIFAR-10: SR 0.5 has less error than SR 0.125. The paper's top-5 error falls from 19.7 to 14.7 %.", 5.0, 0.5, 15),
        Trained("fig3a-saturates", Fig3a, "Stand-in on CIFAR-10: from SR 0.125 to 0.5 more is gained than from 0.5 to 1: 5.0 against 0.7 points of top-5 error.", 4.3, 0.3, 15),
        Trained("fig3b-share", Fig3b, "Stand-in on CIFAR-10: with half of the expanding filters 3x3 there is less error than with 1 %. The paper's top-5 error falls from 23.7 to 14.7 %.", 9.0, 3.0, 27),
        new("fig3b-saturates", Fig3b, "Stand-in on CIFAR-10: 99 % of 3x3 filters gain nothing over 50 %.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 1, Direction = Direction.Below, BandHigh = 1, Because = "'Nothing' is tested as 'less than a point': twice the spread that seeds have on 10,000 test images.",
        },
        Trained("table3-simple", Table3, "Stand-in on CIFAR-10: the simple bypass has less error than none. The paper's top-1 error falls from 42.5 to 39.6 %.", 2.9, 1, 8.7),
        Trained("table3-complex", Table3, "Stand-in on CIFAR-10: the complex bypass has less error than none. The paper's top-1 error falls from 42.5 to 41.2 %.", 1.3, 0.4, 3.9),
        Trained("table3-simple-beats-complex", Table3, "Stand-in on CIFAR-10: the simple bypass has less error than the complex one, which has more parameters: 39.6 against 41.2 %.", 1.6, 0.5, 4.8),
        new("table2-compression-error", Table2, "Stand-in on CIFAR-10: Deep Compression to 6 bits, at Table 1's densities, costs no accuracy.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 1, Direction = Direction.Below, BandHigh = 1, Because = "'No accuracy' is tested as 'less than a point more error', as narrow layers have less to spare.",
        },
        new("table2-compression-ratio", Table2, "Stand-in on CIFAR-10: the decoded file, everything counted, is 10 times smaller than float32: 4.8 of 0.47 MB.", ClaimKind.Trained, "x", Math.Round(4.8 / 0.47, 1))
        {
            NoEffect = 1, Direction = Direction.Above, BandLow = 5.1, Because = "Half of the paper's ratio: codebooks, biases and names weigh more in a network of some thousand weights.",
        },
        .. Table1.Rows.Select(r => Exact($"table1-{r.Name}", "Table 1", $"{r.Name} has {r.Parameters:N0} parameters.", "parameters", r.Parameters)),
        Exact("table1-total", "Table 1", $"SqueezeNet has {Table1.Parameters:N0} parameters.", "parameters", Table1.Parameters),
        .. Table1.Rows.Select(r => Exact(
            $"table1-{r.Name}-pruned", "Table 1", $"Pruned to its densities, {r.Name} keeps {r.Pruned:N0} parameters.{(r.Name == "fire8" ? " That takes 30 % of its 3x3 filters, not the printed 33 %." : "")}", "parameters", r.Pruned)),
        Exact("table1-total-pruned", "Table 1", $"Pruned, SqueezeNet keeps {Table1.Pruned:N0} parameters.", "parameters", Table1.Pruned),
        Exact("table2-alexnet-size", Table2, "AlexNet takes 240 MB as float32 (MB of 1,000,000 bytes).", "MB", 240, 5),
        Exact("table2-squeezenet-size", Table2, "SqueezeNet takes 4.8 MB as float32 (MiB of 1,048,576 bytes).", "MiB", 4.8, 0.05),
        Exact("table2-50x", Table2, "It has 50 times fewer parameters than AlexNet; the same unit on both sides.", "x", 50, 5),
        Exact("table2-50x-printed", Table2, "The printed sizes give 50 times: 240 by 4.8.", "x", 50, 0.5),
        Exact("table2-363x-printed", Table2, "The printed sizes give 363 times, not rounded but cut off: 240 by 0.66.", "x", 363, 1),
        Exact("table2-510x-printed", Table2, "The printed sizes give 510 times, cut off: 240 by 0.47.", "x", 510, 1),
        Exact("table2-eight-bits-size", Table2, "The released file of 8-bit codes takes 0.66 MB (a thousand KiB, of 1,024 bytes, to the MB).", "MB", 0.66, 0.005),
        Measured("table2-eight-bits-ratio", Table2, "AlexNet as float32 is 363 times as large as the released file; bytes on both sides.", "x", 363, 1, 0.98 * 363, 1.02 * 363, "Two per cent: the paper mixes units of MB."),
        Measured("table2-six-bits-size", Table2, "The released network, its values shared by 6-bit codes and Huffman-coded by us, takes a file of 0.47 MB (MB as above).", "MB", 0.47, 0, 0.42, 0.52, "Ten per cent: the authors' 6-bit network is not released, and how much of it is Huffman-coded is not said."),
        new("title-half-megabyte", "title", "With 6-bit codes the model takes less than 0.5 MB (MB as above).", ClaimKind.Measured, "MB", 0.5) { NoEffect = 0.5, Direction = Direction.Below, BandHigh = 0.5, Because = "What the title says." },
        new("table2-six-bits-error", Table2, "With 6-bit codes it classifies as well as with 8: error with 6 less error with 8 on ImageNet's validation images.", ClaimKind.Measured, "points", 0)
        {
            NoEffect = 2, Direction = Direction.Below, BandHigh = 2, Because = "'As well' within 2 points: images are hundreds.",
        },
        Accuracy("top1", "top-1", 57.5, chance: 0.1),
        Accuracy("top5", "top-5", 80.3, chance: 0.5),
        .. SizesOfFigure3a.Select(s => Size($"fig3a-size-{100 * s.Ratio:0.#}", Fig3a, $"With SR {s.Ratio} the network takes {s.Printed} MB.", s.Printed, s.Unit)),
        .. SizesOfFigure3b.Select(s => Size($"fig3b-size-{100 * s.Share:0.#}", Fig3b, $"With {100 * s.Share:0.#} % of 3x3 filters, at SR 0.5, it takes {s.Printed} MB.", s.Printed, s.Unit)),
        Exact("table3-simple-parameters", Table3, "The simple bypass adds no parameters.", "parameters", 0),
        Measured("table3-complex-size", Table3, "The complex bypass makes the model 1.6 times as large: 7.7 of 4.8 MB.", "x", Math.Round(7.7 / 4.8, 2), 1, 1.57, 1.64, "The digits that are printed."),
        Exact("readme-gflops", "v1.0, authors' README", "One image of 227x227 takes v1.0 1.72 GFLOP, two to a multiply-accumulate, with conv10 padded by 1.", "GFLOP", 1.72, 0.005),
        Measured("readme-v11-operations", Version11, "v1.1 takes 2.4 times fewer operations than v1.0, both for 227x227 with Caffe's sizes.", "x", 2.4, 1, 2.35, 2.45, "The digits that are printed."),
        Measured($"{Timed}-v11", Version11, "v1.1 is as much quicker at batch 1 as it has fewer operations: 2.4 times.", "x", 2.4, 1, 1.92, double.PositiveInfinity, "At least eight tenths of the saving in operations."),
        Measured($"{Timed}-alexnet", "title, read for time", "Our question, as the paper claims no speed: at batch 1 SqueezeNet v1.0 takes no longer than AlexNet.", "x", 1, 1, 1, double.PositiveInfinity, "Any gain counts. It has fifty times fewer parameters, and more multiply-accumulates."),
        Measured("memory-alexnet", "title, read for memory", "Our question: at batch 1, weights and the two largest maps that are needed at once take 50 times less memory than AlexNet's.", "x", 50, 1, 45, double.PositiveInfinity, "Nine tenths of the ratio of parameters."),
        new("section4-ristretto", "Sec. 4", "8-bit linear values cost less than a point of accuracy (Ristretto).", ClaimKind.Trained, "points", 1) { NoEffect = 1, Direction = Direction.Below },
        new("section7-dsd", "Sec. 7", "Dense, sparse and dense training gains 4.3 points of top-1 accuracy.", ClaimKind.Trained, "points", 4.3) { NoEffect = 0, Direction = Direction.Above },
    ];

    /// <summary>Says why some claims are not tested at all.</summary>
    internal static void NotTested(Experiment run)
    {
        run.NotTested("section4-ristretto", "another paper's method, which this one only cites");
        run.NotTested("section7-dsd", "it needs the float32 network trained on ImageNet, which is not at hand");
    }

    static Claim Trained(string id, string where, string statement, double paper, double low, double high) => new(id, where, statement, ClaimKind.Trained, "points", paper)
    {
        NoEffect = 0,
        Direction = Direction.Above,
        BandLow = low,
        BandHigh = high,
        Because = ThirdToThree,
    };

    static Claim Measured(string id, string where, string statement, string unit, double paper, double noEffect, double low, double high, string because) =>
        new(id, where, statement, ClaimKind.Measured, unit, paper) { NoEffect = noEffect, Direction = Direction.Above, BandLow = low, BandHigh = high, Because = because };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding = 0) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };

    // The paper does not say whether its MB have 1,000,000 or 1,048,576 bytes, and some labels fit only the one, some only the other.
    static Claim Size(string id, string where, string statement, double printed, double unit) => new(id, where, statement, ClaimKind.Exact, "MiB", printed)
    {
        Rounding = (0.5 * unit) + (printed * ((1.048576 - 1) / 1.048576)),
        Because = "Half a unit of the last digit, and the 4.6 % between MB and MiB, as the paper does not say which it prints.",
    };

    static Claim Accuracy(string id, string name, double paper, double chance)
    {
        const int images = 500;
        double error = 2 * Math.Sqrt(paper * (100 - paper) / images);
        return new($"table2-eight-bits-{id}", Table2, $"The released file, decoded, has {name} accuracy as printed on ImageNet's validation images.", ClaimKind.Measured, "%", paper)
        {
            NoEffect = chance,
            BandLow = Math.Round(paper - error, 1),
            BandHigh = Math.Round(paper + error, 1),
            Because = $"Two standard errors of {images} images, which are what is at hand: of ten of the thousand classes.",
        };
    }
}
