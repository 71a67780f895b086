using ResearchKit.Experiments;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>What the paper claims, with the place of each number (arXiv:1312.6184), and what its authors' group wrote later.</summary>
static class Claims
{
    const string Correction = "Urban et al. 2017", Timit8k = "table1-mimic-8k", Timit400k = "table1-mimic-400k", Pooling = "table2-single-layer-features";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        new("table1-stand-in", "Table 1", "Stand-in on MNIST for a claim on speech: a shallow net that mimics closes part of the gap that it has on labels to the ensemble.", ClaimKind.Trained, "%", 32.6)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 16.3, BandHigh = 120,
            Because = "At least half of the paper's share, (23.1 - 21.6) of (23.1 - 18.5) points of phones, for 8,000 units; digits are an easier task.",
        },
        new("table2-mimic-gain", "Table 2", "On CIFAR-10 the shallow net with one convolution has 6.7 points less error when it mimics than on labels: 15.1 against 21.8 %.", ClaimKind.Trained, "points", 6.7)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 2.2, BandHigh = 20.1,
            Because = "From a third of the paper's gain to three times it: our images without labels are thousands, the paper's a million.",
        },
        new("table2-ensemble-gain", "Table 2", "On CIFAR-10 it has 0.9 points less error when it mimics an ensemble and not a single net: 14.2 against 15.1 %.", ClaimKind.Trained, "points", 0.9)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 0.3, BandHigh = 2.7,
            Because = "From a third of the paper's gain to three times it.",
        },
        new("table2-parity", "Table 2", "On CIFAR-10 the shallow net with one convolution comes within 3.1 points of its deep teacher: 15.1 against 12.0 %.", ClaimKind.Trained, "points", 3.1)
        {
            NoEffect = 9.8, Direction = Direction.Below, BandHigh = 6.2,
            Because = "No effect is the same net's distance on labels, 21.8 less 12.0; the band ends at twice the paper's distance.",
        },
        new("correction-no-convolution", Correction, "Later correction: without convolution a student of any size stays 19.5 points behind its deep teachers on CIFAR-10: 74.3 against 93.8 % right.", ClaimKind.Trained, "points", 19.5)
        {
            NoEffect = 3.1, Direction = Direction.Above, BandLow = 9.75,
            Because = "No effect is the distance that the first paper calls parity; at least half of what the later one found.",
        },
        new("correction-one-convolution", Correction, "Later correction: with one convolution a student stays 6.1 points behind its deep teachers on CIFAR-10: 87.7 against 93.8 % right.", ClaimKind.Trained, "points", 6.1)
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 3.05, BandHigh = 18.3,
            Because = "From half of the later paper's distance to three times it.",
        },
        new(Timit8k, "Table 1", "On TIMIT a shallow net of 8,000 units that mimics has 21.6 % of phones wrong; on labels 23.1 %.", ClaimKind.Trained, "%", 21.6) { NoEffect = 23.1, Direction = Direction.Below },
        new(Timit400k, "Table 1", "On TIMIT one of 400,000 units that mimics has 20.0 % of phones wrong; on labels 23.6 %.", ClaimKind.Trained, "%", 20.0) { NoEffect = 23.6, Direction = Direction.Below },
        new(Pooling, "Table 2", "On CIFAR-10, 4,000 learned filters, pooled, and a linear classifier have 18.4 % error.", ClaimKind.Trained, "%", 18.4) { NoEffect = 21.8, Direction = Direction.Below },
        Exact("eq1-gradient", "Eq. 1", "The gradient of the loss is (g - z) / T: largest deviation of autograd's.", "", 0, 1e-12),
        Exact("eq2-collapse", "Eq. 2", "The linear bottleneck adds no depth: largest change of a logit when U V is multiplied out.", "", 0, 1e-10),
        Exact("table1-snn-50k", "Table 1", "The shallow net of 50,000 units has about 100 million parameters.", "million", 100, 5),
        Exact("table1-snn-400k", "Table 1", "250L-400k has about 180 million parameters.", "million", 180, 10),
        Exact("table1-dnn", "Table 1", "2k-2k-2k has about 12 million parameters.", "million", 12, 0.5),
        Exact("table2-dnn", "Table 2", "2000-2000 has about 10 million parameters.", "million", 10, 0.5),
        Exact("table2-mimic-64c", "Table 2", "64c-p-1200L-30k has about 54 million parameters.", "million", 54, 0.5),
        Exact("table2-mimic-128c", "Table 2", "128c-p-1200L-30k has about 70 million parameters.", "million", 70, 1),
        Exact("correction-times-teacher", Correction, "Later correction: the shallow student needs about 30 times the parameters of its teacher, which has 2.1 million and not 35 thousand.", "x", 30, 5),
    ];

    /// <summary>Says why some claims are not tested at all.</summary>
    internal static void NotTested(Experiment run)
    {
        const string speech = "TIMIT is licensed and cannot be shipped; table1-stand-in asks the same of digits";
        run.NotTested(Timit8k, speech);
        run.NotTested(Timit400k, speech);
        run.NotTested(Pooling, "another paper's method, which this one only cites");
    }

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };
}
