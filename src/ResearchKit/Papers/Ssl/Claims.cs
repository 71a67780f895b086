using ResearchKit.Experiments;

namespace ResearchKit.Papers.Ssl;

/// <summary>What the paper claims, with the place of each number (arXiv:1608.03665). Speed-ups are of a layer's matrix product.</summary>
static class Claims
{
    internal const string Depth = "resnet-depth", ConvNet = "table3-convnet", AlexNetError = "table4-alexnet-error";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Exact("table4-cpu-mean", "Table 4", "AlexNet's layers are 5.1 times faster on a processor: the mean of five printed speed-ups.", "x", 5.1, 0.05),
        Exact("table4-gpu-mean", "Table 4", "AlexNet's layers are 3.1 times faster on a graphics card: the mean of five printed speed-ups.", "x", 3.1, 0.05),
        Exact("table4-lossless-mean", "Table 4", "Without loss they are 1.4 times faster: the mean of five printed speed-ups.", "x", 1.4, 0.05),
        Exact("table1-lenet2-flop", "Table 1", "19 filters that read 4 channels leave conv2 of LeNet 7.6 % of its operations.", "%", 7.6, 0.05),
        Exact("table1-lenet3-flop", "Table 1", "12 filters that read 3 channels leave conv2 of LeNet 3.6 % of its operations.", "%", 3.6, 0.05),
        Exact("table2-lenet4-flop", "Table 2", "41 of 500 columns leave conv2 of LeNet 8.2 % of its operations.", "%", 8.2, 0.05),
        Exact("table2-lenet5-flop", "Table 2", "7 of 25 columns and 1 of 20 filters that are read leave conv1 of LeNet 1.4 % of its operations.", "%", 1.4, 0.05),
        Exact("mlp3-flop", "poster, MLP table", "434 inputs and 174 neurons leave the first layer of 784 by 500 19.26 % of its operations.", "%", 19.26, 0.005),
        new("table1-filters-left", "Table 1", "conv2 of LeNet keeps 3.6 % of its operations when filters and channels are learned.", ClaimKind.Trained, "%", 3.6)
        {
            NoEffect = 100, Direction = Direction.Below, BandHigh = 10, Because = "A tenth or less; the paper's other network has 7.6 %.",
        },
        new("table1-filters-error", "Table 1", "The test error then is 0.1 points above the dense network's (1.0 against 0.9 %).", ClaimKind.Trained, "points", 0.1)
        {
            NoEffect = 0.7, Direction = Direction.Below, BandHigh = 0.4, Because = "Less than 70 more of 10,000 images wrong counts, 40 as the paper's size: our training is a fifth of the authors'.",
        },
        new("table2-shapes-left", "Table 2", "conv2 of LeNet keeps 14 of its 500 columns, 2.8 %, when filter shapes are learned.", ClaimKind.Trained, "%", 2.8)
        {
            NoEffect = 100, Direction = Direction.Below, BandHigh = 10, Because = "A tenth or less; the paper's other network has 8.2 %.",
        },
        new("table2-shapes-error", "Table 2", "The test error then is 0.1 points above the dense network's (1.0 against 0.9 %).", ClaimKind.Trained, "points", 0.1)
        {
            NoEffect = 0.7, Direction = Direction.Below, BandHigh = 0.4, Because = "As for Table 1.",
        },
        Speed("table1-lenet3-conv2", "Table 1", "conv2 of LeNet with 12 filters that read 3 channels is 7.44 times faster.", 7.44, 0.5, "Half of the paper's: products this small spend their time on being called."),
        Speed("table2-lenet5-conv2", "Table 2", "conv2 of LeNet with 14 columns is 10.82 times faster.", 10.82, 0.5, "Half of the paper's, as for Table 1."),
        .. AlexNetTable.Layers.Skip(1).Select(l => Speed(
            $"table4-{l.Name}", "Table 4", $"{l.Name} of AlexNet without {l.Columns} % of its columns and {l.Rows} % of its rows is {l.Cpu} times faster.", l.Cpu, 0.8,
            $"0.8 of the paper's; the operations alone give {l.MacRatio:0.00}.")),
        Speed("table4-mean", "Table 4", "The mean speed-up of AlexNet's five convolutions is 5.1.", 5.07, 0.8, "0.8 of the paper's."),
        Speed("table4-structured-over-l1", "Table 4", "At about equal error, structured sparsity gives 1.67 times the speed-up of l1 on a processor (means 5.07 and 3.03).", 1.67, 0.8,
            "0.8 of the paper's; our sparse product is not the one that the paper timed."),
        new("lenet-structured-over-l1", "Sec. 4.1", "Stand-in on LeNet: at the nearest error, conv2 thinned is faster than with as much unstructured sparsity as l1 gives.", ClaimKind.Measured, "x", 1.67)
        {
            NoEffect = 1, BandLow = 1.34, Because = "0.8 of the ratio of the means of Table 4.",
        },
        new(Depth, "Sec. 4.2", "SSL-ResNet-14, learned from ResNet-20 on CIFAR-10, has an error of 8.54 % against 8.82 %.", ClaimKind.Trained, "points", -0.28) { NoEffect = 0, Direction = Direction.Below },
        new(ConvNet, "Table 3", "The ConvNet for CIFAR-10 loses a point of error (17.9 to 16.9 %) while its layers get up to twice as fast.", ClaimKind.Trained, "points", -1.0) { NoEffect = 0, Direction = Direction.Below },
        new(AlexNetError, "Table 4", "AlexNet has a top-1 error of 44.66 % with SSL at 5.1 times the speed.", ClaimKind.Trained, "%", 44.66) { NoEffect = 100, Direction = Direction.Below },
    ];

    internal static void NotTested(Experiment run)
    {
        run.NotTested(Depth, "needs 64,000 iterations of ResNet-20 and as many with the penalty; the penalty on layers and the removal of blocks are tested without training");
        run.NotTested(ConvNet, "needs a network with local response normalisation and 200,000 iterations");
        run.NotTested(AlexNetError, "needs ImageNet; its speed-ups are claims of their own");
    }

    static Claim Speed(string id, string where, string statement, double paper, double share, string because) => new(id, where, statement, ClaimKind.Measured, "x", paper)
    {
        NoEffect = 1,
        BandLow = Math.Round(share * paper, 2),
        Because = because,
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };
}
