using ResearchKit.Experiments;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>What the paper claims, with the place of each number (arXiv:1610.09650). Its effects are differences of errors to logit regression without noise.</summary>
static class Claims
{
    /// <summary>Errors in per cent of students without noise.</summary>
    internal const double Digits = 0.97, Photos = 21.94;

    /// <summary>Errors in per cent with noise of each spread, alpha 0.15, MNIST.</summary>
    internal static IReadOnlyDictionary<double, double> DigitsBySigma { get; } = Line(0.96, 0.93, 0.94, 0.87, 0.87, 0.90, 0.90, 0.86, 0.86, 0.87);

    /// <summary>The same on CIFAR-10, alpha 0.5.</summary>
    internal static IReadOnlyDictionary<double, double> PhotosBySigma { get; } = Line(21.04, 20.28, 20.09, 19.79, 19.27, 19.15, 19.39, 18.72, 18.68, 18.96);

    /// <summary>For each share of images with noise, sigma 0.6, CIFAR-10.</summary>
    internal static IReadOnlyDictionary<double, double> PhotosByAlpha { get; } = Line(20.14, 19.73, 19.39, 19.42, 19.15, 19.05, 19.04, 18.93, 19.00, 19.00);

    /// <summary>For each share of the student's units dropped instead, CIFAR-10.</summary>
    internal static IReadOnlyDictionary<double, double> PhotosByDropout { get; } = Line(26.48, 25.34, 24.11, 23.25, 22.46, 21.15, 20.95, 20.41, 22.18);

    /// <summary>Of the students of Table 6: without noise and with the best sigma, in per cent; multiplications in millions, whole and by layer.</summary>
    internal static IReadOnlyList<(NetPlan Plan, double Without, double With, double Millions, double Times, double[] Layers)> Students { get; } =
    [
        (NetPlan.Student1, 19.36, 15.65, 61, 3.66, [5, 46, 8, 2]),
        (NetPlan.Student2, 22.36, 19.28, 11.2, 19.91, [2.5, 6.5, 1.2, 1]),
        (NetPlan.Student3, 23.83, 21.01, 6.7, 33.28, [1.25, 3.25, 1.2, 1]),
    ];

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Gain("mnist-chosen", "Sec. 5, MNIST", "On MNIST noise takes 0.11 points off the student's error, 0.97 %, with the best sigma; ours is chosen on the validation split.", 0.11),
        Gain("cifar-chosen", "Sec. 5, CIFAR-10", "On CIFAR-10 noise takes 3.26 points off the student's error, 21.94 %, with the best sigma; ours is chosen on the validation split.", 3.26),
        new("fig2-student-noise", "Fig. 2", "Noise on the student's logits is worse than the same noise on the teacher's; the paper gives a figure and no number.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0, Direction = Direction.Above, Because = "The figure tells the direction only.",
        },
        Gain("random-sigma", "Sec. 5, CIFAR-10", "On CIFAR-10 a sigma drawn between 0.01 and 1 for each batch takes 2.86 points off the error.", 2.86),
        Gain("sec5.4-two-teachers", "Sec. 5.4", "On CIFAR-10 the mean of the logits of two teachers takes 1.5 points off the error with one, 21.94 %.", 1.50),
        Gain("svhn", "Sec. 5, SVHN", "On SVHN noise of sigma 0.3 takes 0.15 points off the student's error, 4.6 %.", 0.15),
        new("svhn-strong", "Sec. 5, SVHN", "On SVHN noise of sigma 1 adds 0.21 points to the student's error, 4.6 %.", ClaimKind.Trained, "points", 0.21) { NoEffect = 0 },
        .. DigitsBySigma.Select(p => Gain(DigitsAt(p.Key), "Sec. 5, MNIST", $"On MNIST noise of sigma {p.Key:0.0} takes {Digits - p.Value:0.00} points off the student's error, 0.97 %.", Digits - p.Value)),
        .. PhotosBySigma.Select(p => Gain(PhotosAt(p.Key), "Sec. 5, CIFAR-10", $"On CIFAR-10 noise of sigma {p.Key:0.0} takes {Photos - p.Value:0.00} points off the student's error, 21.94 %.", Photos - p.Value)),
        .. PhotosByAlpha.Where(p => p.Key != 0.5).Select(p =>
            Gain(PhotosWith(p.Key), "Table 4", $"On CIFAR-10 noise of sigma 0.6 on {100 * p.Key:0} % of the images takes {Photos - p.Value:0.00} points off the student's error, 21.94 %.", Photos - p.Value)),
        .. PhotosByDropout.Select(p => p.Value < Photos
            ? Gain(Dropping(p.Key), "Table 5", $"On CIFAR-10 dropping {100 * p.Key:0} % of the student's units instead takes {Photos - p.Value:0.00} points off its error, 21.94 %.", Photos - p.Value)
            : new Claim(Dropping(p.Key), "Table 5", $"On CIFAR-10 dropping {100 * p.Key:0} % of the student's units instead adds {p.Value - Photos:0.00} points to its error, 21.94 %.", ClaimKind.Trained, "points", Round(Photos - p.Value))
            {
                NoEffect = 0, Direction = Direction.Below, BandLow = 3 * Round(Photos - p.Value), BandHigh = Round(Photos - p.Value) / 3, Because = Third,
            }),
        .. Students.Select(s => Gain($"table6-{s.Plan.Name}", "Table 6", $"On CIFAR-10 noise takes {s.Without - s.With:0.00} points off the error of {s.Plan.Name}, {s.Without} %, with the best sigma.", s.Without - s.With)),
        Exact("eq3-expansion", "Eq. 3", "The loss with noise is the one without plus ||xi.z||^2 + 2 <z - g, xi.z>: largest difference. The paper prints a product of norms for the inner product.", "", 0, 1e-10),
        Exact("sec3.4-expected-gradient", "Sec. 3.4", "Against the paper's reading as a regulariser: noise changes no expected gradient. Largest difference over xi and -xi.", "", 0, 1e-10),
        Exact("sec3.4-expected-offset", "Sec. 3.4", "What noise adds to the expected loss is alpha sigma^2 / 2 ||z||^2, whatever the student: largest difference.", "", 0, 1e-10),
        Exact("table6-teacher", "Table 6", "Network in network multiplies about 223 million times for an image.", "million", 223, 1),
        .. Students.Select(s => Exact($"table6-{s.Plan.Name}-multiplications", "Table 6", $"{s.Plan.Name} multiplies {s.Millions} million times for an image.", "million", s.Millions, s.Millions < 20 ? 0.05 : 0.5)),
        .. Students.Select(s => Exact($"table6-{s.Plan.Name}-times", "Table 6", $"The printed multiplications of {s.Plan.Name} give the printed saving, {s.Times} times.", "x", s.Times, 0.005)),
        Exact("table6-layers", "Table 6", "The students' layers multiply as often as printed, which is coarse: largest deviation of twelve.", "%", 0, 5),
        Exact("best-fixed", "Sec. 5, CIFAR-10", "The best fixed sigma gains 3.26 points.", "points", 3.26, 0.005),
    ];

    internal static string DigitsAt(double sigma) => $"mnist-sigma-{sigma:0.0}";

    internal static string PhotosAt(double sigma) => $"cifar-sigma-{sigma:0.0}";

    internal static string PhotosWith(double alpha) => $"table4-alpha-{alpha:0.0}";

    internal static string Dropping(double ratio) => $"table5-dropout-{ratio:0.0}";

    /// <summary>Says why claims were not tested: for lack of data, or as the parameters leave a row of the paper's tables out.</summary>
    internal static void NotTested(Experiment run)
    {
        run.NotTested("svhn", "SVHN is not in the kit's catalog");
        run.NotTested("svhn-strong", "SVHN is not in the kit's catalog");
        run.NotTested("sec5.4-two-teachers", "one teacher is trained here; the paper's second is an AlexNet, trained for hours");
        foreach (var claim in All.Where(c => run.Claims.All(r => r.Claim != c.Id)).ToArray())
        {
            run.NotTested(claim.Id, "this row of the paper's grid was not trained; the parameters of scale full have it");
        }
    }

    const string Third = "From a third of the paper's effect to three times it: our images are fewer.";

    static Claim Gain(string id, string where, string statement, double points) => new(id, where, statement, ClaimKind.Trained, "points", Round(points))
    {
        NoEffect = 0,
        Direction = Direction.Above,
        BandLow = Round(points) / 3,
        BandHigh = 3 * Round(points),
        Because = Third,
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };

    /// <summary>A difference of two printed decimals.</summary>
    static double Round(double points) => Math.Round(points, 2);

    /// <summary>By 0.1, 0.2 and so on.</summary>
    static Dictionary<double, double> Line(params double[] errors) => Enumerable.Range(1, errors.Length).ToDictionary(k => k / 10.0, k => errors[k - 1]);
}
