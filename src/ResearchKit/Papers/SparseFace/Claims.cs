using ResearchKit.Experiments;

namespace ResearchKit.Papers.SparseFace;

/// <summary>What the paper claims, with the place of each number (arXiv:1512.01891). Its numbers are of Labeled Faces in the Wild; ours are stand-ins on other images.</summary>
static class Claims
{
    const string Lfw = "table2-lfw";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Exact("table1-5a", "Table 1", "Locally connected layer 5a has 11.8 million weights.", "million", 11.8, 0.05),
        Exact("table1-5b", "Table 1", "Locally connected layer 5b has 3.5 million weights.", "million", 3.5, 0.05),
        Exact("table1-f", "Table 1", "The full layer f has 786 thousand weights.", "thousand", 786, 0.5),
        Exact("table1-conv4b", "Table 1", "The convolution 4b has 590 thousand weights.", "thousand", 590, 0.5),
        Exact("table2-left-f", "Table 2", "1/256 of f leaves 0.96 of all weights.", "x", 0.96, 0.005),
        Exact("table2-left-5b", "Table 2", "1/256 of f and 1/128 of 5b leave 0.76 of all weights.", "x", 0.76, 0.005),
        Exact("table2-left-4b", "Table 2", "1/256 of f, 1/128 of 5b and half of 4b leave 0.74 of all weights.", "x", 0.74, 0.005),
        Exact("table2-left-5a-half", "Table 2", "1/256 of f, 1/128 of 5b and half of 5a leave 0.43 of all weights.", "x", 0.43, 0.005),
        Exact("table2-left-5a", "Table 2", "1/256 of f, 1/128 of 5b and 1/32 of 5a leave 0.12 of all weights.", "x", 0.12, 0.005),
        Exact("error-reduced", "Abstract", "From 98.95 to 99.30 % the error falls by 33 %.", "%", 33, 0.5),
        new(Lfw, "Table 2", "Sparse in f, 5b and 4b, one network verifies 99.30 % of pairs of Labeled Faces in the Wild, dense 98.95 %.", ClaimKind.Trained, "%", 99.30) { NoEffect = 98.95 },
        .. Of("faces", "faces of ORL"),
        .. Of("mnist", "digits of MNIST"),
    ];

    internal static void Report(string set, Outcome outcome, Experiment run)
    {
        run.Claim($"{set}-f", outcome.Steps[0] - outcome.Dense);
        run.Claim($"{set}-5b", outcome.Steps[1] - outcome.Dense);
        run.Claim($"{set}-5a", outcome.Steps[2] - outcome.Dense);
        run.Claim($"{set}-random", outcome.Steps[0] - outcome.Random);
        run.Claim($"{set}-highest", outcome.Steps[0] - outcome.Highest);
        run.Claim($"{set}-magnitude", outcome.Steps[0] - outcome.Magnitude);
        run.Claim($"{set}-scratch", outcome.Steps[0] - outcome.Scratch);
    }

    internal static void NotTested(string set, string because, Experiment run)
    {
        foreach (var claim in All.Where(c => c.Id.StartsWith(set + "-", StringComparison.Ordinal)))
        {
            run.NotTested(claim.Id, because);
        }
    }

    internal static void NotTested(Experiment run) =>
        run.NotTested(Lfw, "needs the authors' training faces, which were never published");

    static IEnumerable<Claim> Of(string set, string name) =>
    [
        Kept($"{set}-f", $"Stand-in on {name}: sparse in f, the accuracy is kept (98.98 against 98.95 % in the paper).", 0.03),
        new($"{set}-5b", "Table 2", $"Stand-in on {name}: sparse in f and 5b, the accuracy rises (99.23 against 98.95 % in the paper).", ClaimKind.Trained, "points", 0.28)
        {
            NoEffect = 0, BandLow = 0.14, Because = "At least half of the paper's gain.",
        },
        Kept($"{set}-5a", $"Stand-in on {name}: sparse in f, 5b and 5a, the accuracy is kept (98.98 against 98.95 % in the paper).", 0.03),
        Better($"{set}-random", "Table 3", $"Stand-in on {name}: f chosen by correlation is better than at random.", 0.05),
        Better($"{set}-highest", "Table 3", $"Stand-in on {name}: f chosen with some low correlations is better than with the highest only.", 0.05),
        Better($"{set}-magnitude", "Sec. 4", $"Stand-in on {name}: f chosen by correlation is better than by the weights' magnitudes; the paper's number was not at hand.", 0),
        Better($"{set}-scratch", "Table 4", $"Stand-in on {name}: weights of the dense network are a better start than new ones, with the same connections.", 0.11),
    ];

    static Claim Kept(string id, string statement, double paper) => new(id, "Table 2", statement, ClaimKind.Trained, "points", paper)
    {
        NoEffect = -2,
        BandLow = -1,
        Because = "'Kept' is tested as a loss of less than two points, of one point for the paper's size: our networks are small.",
    };

    static Claim Better(string id, string where, string statement, double paper) => new(id, where, statement, ClaimKind.Trained, "points", paper)
    {
        NoEffect = 0,
        BandLow = paper / 2,
        Because = "At least half of the paper's difference.",
    };

    static Claim Exact(string id, string where, string statement, string unit, double paper, double rounding) =>
        new(id, where, statement, ClaimKind.Exact, unit, paper) { Rounding = rounding };
}
