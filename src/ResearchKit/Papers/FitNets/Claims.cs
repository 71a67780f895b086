using ResearchKit.Experiments;

namespace ResearchKit.Papers.FitNets;

/// <summary>What the paper claims, with the place of each number (arXiv:1412.6550).</summary>
static class Claims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("table4-kd-gain", "Table 4", "On MNIST the thin net distilled from its teacher has 1.25 points less error than on labels: 0.65 against 1.9 %.", ClaimKind.Trained, "points", 1.25)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 0.4, BandHigh = 3.75,
            Because = "From a third of the paper's gain to three times it.",
        },
        new("table4-hint-gain", "Table 4", "On MNIST hints take another 0.14 points off: 0.51 %, against 0.65 % of distillation alone.", ClaimKind.Trained, "points", 0.14)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 0.05,
            Because = "At least a third of the paper's gain; shorter trainings leave more to gain, so there is no upper end.",
        },
        new("table4-teacher", "Table 4", "On MNIST the hinted net, with a twelfth of the parameters, does no worse than its teacher: 0.51 against 0.55 %.", ClaimKind.Trained, "points", -0.04)
        {
            NoEffect = 0.25, Direction = Direction.Below, BandHigh = 0.25,
            Because = "'No worse' is tested as less than 0.25 points more: 25 of 10,000 test images.",
        },
        new("sec4-hints-gain", "Sec. 4.1", "On CIFAR-10, of nets with 30 million multiplications, the one of 11 layers has with hints 3.4 points less error than the one of 5.", ClaimKind.Trained, "points", 3.4)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 1.1, BandHigh = 10.2,
            Because = "From a third of the paper's gain to three times it; both nets with hints.",
        },
        new("sec4-depth-hints", "Sec. 4.1", "On CIFAR-10 hints train nets that are 8 layers deeper than labels alone do: 13 layers against 5.", ClaimKind.Trained, "layers", 8)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 2,
            Because = "Nets of 5, 7, 9 and 11 layers, so that 6 is the most; 2 is one net more. Trained is a net with 20 points less validation error than guessing has.",
        },
        new("sec4-depth-kd", "Sec. 4.1", "On CIFAR-10 distillation alone trains nets that are 2 layers deeper than labels alone do: 7 layers against 5.", ClaimKind.Trained, "layers", 2)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 1, BandHigh = 4,
            Because = "As with hints.",
        },
        NotTestedHere("table5-fitnet1", "Table 5", "On CIFAR-10 FitNet 1 comes within 1.17 points of a teacher of 36 times its parameters: 89.01 against 90.18 % right.", 1.17, 5, Direction.Below),
        NotTestedHere("table1-fitnet4", "Table 1", "On CIFAR-10 FitNet 4 is 1.43 points better than its teacher: 91.61 against 90.18 % right.", 1.43, 0, Direction.Above),
        NotTestedHere("table2-cifar100", "Table 2", "On CIFAR-100 FitNet 4 is 1.42 points better than its teacher: 64.96 against 63.54 % right.", 1.42, 0, Direction.Above),
        NotTestedHere("table3-svhn", "Table 3", "On SVHN the FitNet is 0.04 points worse than its teacher: 2.42 against 2.38 % wrong.", 0.04, 0.2, Direction.Below),
        NotTestedHere("sec34-aflw", "Sec. 3.4", "On AFLW hints give the smaller net 2.03 points less error than distillation alone: 2.55 against 4.58 %.", 2.03, 0, Direction.Above),
        NotTestedHere("sec4-107m", "Sec. 4.1", "On CIFAR-10, of nets with 107 million multiplications, one of 7 layers has with hints 0.65 points less error than without: 90.1 against 89.45 % right.", 0.65, 0, Direction.Above),
        Exact("table4-teacher-parameters", "Table 4", "The teacher on MNIST has about 361 thousand parameters.", "thousand", 361, 0.5),
        Exact("table4-student-parameters", "Table 4", "The student on MNIST has about 30 thousand.", "thousand", 30, 0.5),
        Exact("table5-teacher-parameters", "Table 5", "The teacher on CIFAR-10 has about 9 million.", "million", 9, 0.5),
        Exact("table5-fitnet1-parameters", "Table 5", "FitNet 1 has about 250 thousand.", "thousand", 250, 0.5),
        Exact("table5-fitnet2-parameters", "Table 5", "FitNet 2 has about 862 thousand.", "thousand", 862, 0.5),
        Exact("table5-fitnet3-parameters", "Table 5", "FitNet 3 has about 1.6 million.", "million", 1.6, 0.05),
        Exact("table5-fitnet4-parameters", "Table 5", "FitNet 4 has about 2.5 million.", "million", 2.5, 0.05),
        Exact("table5-teacher-multiplications", "Table 5", "The teacher on CIFAR-10 needs about 725 million multiplications.", "million", 725, 0.5),
        Exact("table5-fitnet1-multiplications", "Table 5", "FitNet 1 needs about 30 million.", "million", 30, 0.5),
        Exact("table5-fitnet2-multiplications", "Table 5", "FitNet 2 needs about 108 million.", "million", 108, 0.5),
        Exact("table5-fitnet3-multiplications", "Table 5", "FitNet 3 needs about 392 million.", "million", 392, 0.5),
        Exact("table5-fitnet4-multiplications", "Table 5", "FitNet 4 needs about 382 million.", "million", 382, 0.5),
        SpeedUp(1, 13.36),
        SpeedUp(2, 4.64),
        SpeedUp(3, 1.37),
        SpeedUp(4, 1.52),
    ];

    /// <summary>Says why some claims are not tested at all.</summary>
    internal static void NotTested(Experiment run)
    {
        const string days = "the paper's teacher on CIFAR, 725 million multiplications an image, and 500 epochs take a processor weeks";
        run.NotTested("table5-fitnet1", days);
        run.NotTested("table1-fitnet4", days);
        run.NotTested("table2-cifar100", days);
        run.NotTested("sec4-107m", days);
        run.NotTested("table3-svhn", "SVHN is not among the kit's data sets");
        run.NotTested("sec34-aflw", "AFLW is given to researchers on request only");
    }

    static Claim NotTestedHere(string id, string where, string statement, double paper, double noEffect, Direction direction) =>
        new(id, where, statement, ClaimKind.Trained, "points", paper) { NoEffect = noEffect, Direction = direction };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };

    static Claim SpeedUp(int number, double paper) =>
        new($"table5-fitnet{number}-speed", "Table 5", $"FitNet {number} is {paper} times as fast as the teacher.", ClaimKind.Measured, "x", paper)
        {
            NoEffect = 1,
            Direction = Direction.Above,
            BandLow = Math.Max(1, paper / 2),
            Because = "At least half of the paper's ratio, which was measured on a graphics card; ours is one thread of a processor.",
        };
}
