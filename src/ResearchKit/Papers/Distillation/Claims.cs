using ResearchKit.Experiments;

namespace ResearchKit.Papers.Distillation;

/// <summary>What the paper claims, with the place of each number (arXiv:1503.02531v1). MNIST numbers are errors of 10,000 test images.</summary>
static class Claims
{
    const string Table5 = "table5-speech", Table1 = "table1-speech", Table3 = "table3-specialists";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Errors("teacher-errors", "The teacher, two layers of 1200 units with dropout, weight constraints and jitter, makes 67 errors.", 67, 146, high: 106,
            "No effect is what the paper's small unregularised net makes; the band ends half way there, as epochs are few."),
        new("sec3-hard-errors", "Sec. 3", "The small net, two layers of 800 units, makes 146 errors when trained on labels alone.", ClaimKind.Trained, "errors", 146)
        {
            NoEffect = 67, Direction = Direction.Above, BandLow = 106, BandHigh = 190,
            Because = "No effect is what the paper's teacher makes; the band begins half way from there and ends as far on the other side.",
        },
        Errors("distilled-errors", "The same small net makes 74 errors when it also matches the teacher's soft targets at T = 20.", 74, 146, high: 110,
            "No effect is what the paper's small net makes on labels alone; at least half of the paper's gain."),
        new("sec3-gap-closed", "Sec. 3", "Soft targets close most of the gap between small net and teacher: (146 - 74) of (146 - 67) errors.", ClaimKind.Trained, "%", Math.Round(100.0 * (146 - 74) / (146 - 67), 1))
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 50, BandHigh = 120,
            Because = "More than half; above 120 % the student would be better than its teacher by more than seeds explain.",
        },
        new("sec3-student-behind-teacher", "Sec. 3", "The teacher stays ahead of the distilled student: 74 less 67 errors.", ClaimKind.Trained, "errors", 7)
        {
            NoEffect = 0, Direction = Direction.Above, BandHigh = 40,
            Because = "Any lead that three seeds can tell from none, up to half of the paper's gap between small net and teacher.",
        },
        Errors("no-threes-errors", "Distilled without a single 3 in the transfer set, the student makes 206 errors.", 206, 1010, high: 412,
            "No effect is every 3 wrong; the band ends at twice the paper's number."),
        Errors("no-threes-wrong-threes", "Distilled without a single 3, it gets 133 of the 1010 threes wrong.", 133, 1010, high: 266,
            "No effect is every 3 wrong; the band ends at twice the paper's number."),
        Errors("no-threes-bias-errors", "With the bias of class 3 raised, the student that never saw a 3 makes 109 errors.", 109, 206, high: 158,
            "No effect is the paper's number without the correction; at least half of its gain. Our offset is chosen on the validation split."),
        Errors("no-threes-bias-wrong-threes", "With the bias of class 3 raised, it gets 14 of the 1010 threes wrong.", 14, 133, high: 50,
            "No effect is the paper's number without the correction; the band ends at 95 % of the threes right."),
        Rate("sevens-and-eights-error", "Distilled with 7s and 8s alone, the student has an error of 47.3 % on all ten digits.", 47.3, 80, low: 30, high: 65,
            "No effect is never answering with one of the eight other digits; the band is about the paper's number, give or take 17 points."),
        Rate("sevens-and-eights-bias-error", "With the biases of 7 and 8 lowered, the student that saw 7s and 8s alone has an error of 13.2 %.", 13.2, 47.3, low: 6, high: 26.4,
            "No effect is the paper's number without the correction; half to twice the corrected one. Our offset is chosen on the validation split."),
        Errors("wide-temperatures", "With 300 units or more in each layer, all temperatures above 8 do about alike: most less fewest errors among them.", 0, 24, high: 24,
            "'Alike' is tested as less than 24 errors apart, a third of what distillation gains in the paper."),
        new("sec3-narrow-temperatures", "Sec. 3", "With 30 units in each layer, temperatures of 2.5 to 4 do better than all lower and higher ones.", ClaimKind.Trained, "% of them", 100)
        {
            NoEffect = 50, Direction = Direction.Above, BandLow = 75,
            Because = "The share of the other temperatures that make more errors than 2.5 and 4 do on average; by chance half of them would.",
        },
        new("table5-stand-in", "Table 5", "Stand-in on MNIST for a claim on speech: of the accuracy that is lost with 3 % of the data, soft targets bring most back.", ClaimKind.Trained, "%", Math.Round(100 * (57.0 - 44.5) / (58.9 - 44.5), 1))
        {
            NoEffect = 0, Direction = Direction.Above, BandLow = 43,
            Because = "At least half of the paper's share, which is (57.0 - 44.5) of (58.9 - 44.5) points on speech; digits are another task.",
        },
        new(Table5, "Table 5", "On speech, soft targets for 3 % of the data give 57.0 % of frames right; labels give 44.5 %.", ClaimKind.Trained, "%", 57.0) { NoEffect = 44.5 },
        new(Table1, "Table 1", "On speech, one distilled net gets 60.8 % of frames right; ten nets together 61.1 %, one on labels 58.9 %.", ClaimKind.Trained, "%", 60.8) { NoEffect = 58.9 },
        new(Table3, "Table 3", "On JFT, 61 specialists raise the accuracy from 25.0 % to 26.1 %.", ClaimKind.Trained, "%", 26.1) { NoEffect = 25.0 },
        Exact("eq2-gradient", "Eq. 2", "The gradient of the soft cross-entropy is (q - p) / T: largest deviation of autograd's.", "", 0, 1e-12),
        Exact("eq4-limit", "Eq. 4", "At high temperature the gradient is that of matching zero-meaned logits, over N T²: their ratio at T = 1000.", "", 1, 0.01),
        Exact("sec2-t-squared", "Sec. 2", "The gradient of the soft cross-entropy falls with 1/T²: the power of T, from T = 100 to 1000.", "", -2, 0.01),
        Exact("sec3-test-threes", "Sec. 3", "There are 1010 threes among the test images.", "images", 1010, 0),
        Exact("sec3-threes-right", "Sec. 3", "14 errors on 1010 threes are 98.6 % right.", "%", 98.6, 0.05),
        Exact("sec4-parameters", "Sec. 4", "The speech network has about 85 million parameters.", "million", 85, 1),
        Exact("table3-relative", "Table 3", "From 25.0 % to 26.1 % is a relative gain of 4.4 %.", "%", 4.4, 0.05),
    ];

    /// <summary>Says why the claims on data that nobody outside has are not tested.</summary>
    internal static void NotTested(Experiment run)
    {
        const string speech = "needs 2000 hours of transcribed speech that were never published";
        run.NotTested(Table5, $"{speech}; table5-stand-in asks the same of digits");
        run.NotTested(Table1, speech);
        run.NotTested(Table3, "needs JFT, 100 million images that were never published");
    }

    static Claim Errors(string id, string statement, double paper, double noEffect, double high, string because) => new(
        "sec3-" + id, "Sec. 3", statement, ClaimKind.Trained, "errors", paper)
    {
        NoEffect = noEffect,
        Direction = Direction.Below,
        BandHigh = high,
        Because = because,
    };

    static Claim Rate(string id, string statement, double paper, double noEffect, double low, double high, string because) => new(
        "sec3-" + id, "Sec. 3", statement, ClaimKind.Trained, "%", paper)
    {
        NoEffect = noEffect,
        Direction = Direction.Below,
        BandLow = low,
        BandHigh = high,
        Because = because,
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };
}
