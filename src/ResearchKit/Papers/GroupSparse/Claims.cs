using ResearchKit.Experiments;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>
/// What the paper claims (arXiv:1607.00485). Its tables were not at hand, so claims on training are those of its abstract, which have a
/// direction and no number: the paper's value stands at "no effect".
/// </summary>
static class Claims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        Exact("fig1-group", "Of two inputs and five outputs, group lasso frees an input: half of the connections are gone.", 50),
        Exact("fig1-sparse-group", "Of two inputs and five outputs, sparse group lasso frees an input and two outputs: 70 % of the connections are gone.", 70),
        .. Of("digits", "digits", 3),
        .. Of("mnist", "MNIST", 1),
    ];

    /// <summary>Puts four penalties of one strength to the claims on a data set.</summary>
    internal static void Report(string set, IReadOnlyDictionary<Penalty, Outcome> at, IReadOnlyList<int> sizes, Experiment run)
    {
        var (l2, l1, group, sparse) = (at[Penalty.L2], at[Penalty.L1], at[Penalty.GroupLasso], at[Penalty.SparseGroupLasso]);
        run.Claim($"{set}-error", sparse.Test.Error - l2.Test.Error);
        run.Claim($"{set}-sparsity", sparse.Sparsity(sizes) - l2.Sparsity(sizes));
        run.Claim($"{set}-inputs", sparse.Units[0].Left - l1.Units[0].Left);
        run.Claim($"{set}-neurons", sparse.HiddenLeft - l1.HiddenLeft);
        run.Claim($"{set}-group-neurons", group.HiddenLeft - l2.HiddenLeft);
        run.Claim($"{set}-group-weights", group.Sparsity(sizes) - l1.Sparsity(sizes));
    }

    internal static void NotTested(string set, string because, Experiment run)
    {
        foreach (var claim in All.Where(c => c.Id.StartsWith(set + "-", StringComparison.Ordinal)))
        {
            run.NotTested(claim.Id, because);
        }
    }

    static IEnumerable<Claim> Of(string set, string name, double margin) =>
    [
        new($"{set}-error", "Abstract", $"{name}: sparse group lasso has an error equal to or slightly above that of weight decay.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = margin, Direction = Direction.Below, BandHigh = margin / 2, Because = $"'Slightly' is tested as less than {margin} points; half of it counts as the paper's size.",
        },
        Trained($"{set}-sparsity", $"{name}: sparse group lasso sets more weights to zero than weight decay does.", "points", Direction.Above),
        Trained($"{set}-inputs", $"{name}: sparse group lasso reads fewer inputs than lasso.", "inputs", Direction.Below),
        Trained($"{set}-neurons", $"{name}: sparse group lasso keeps fewer hidden neurons than lasso.", "neurons", Direction.Below),
        Trained($"{set}-group-neurons", $"{name}: group lasso keeps fewer hidden neurons than weight decay.", "neurons", Direction.Below),
        Trained($"{set}-group-weights", $"{name}: group lasso sets fewer single weights to zero than lasso does.", "points", Direction.Below),
    ];

    static Claim Trained(string id, string statement, string unit, Direction direction) =>
        new(id, "Abstract", statement, ClaimKind.Trained, unit, 0) { NoEffect = 0, Direction = direction, Because = "Any difference that three seeds can tell from none." };

    static Claim Exact(string id, string statement, double paper) => new(id, "Fig. 1", statement, ClaimKind.Exact, "%", paper);
}
