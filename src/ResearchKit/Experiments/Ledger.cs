using System.Text.Json;

namespace ResearchKit.Experiments;

/// <summary>The claim ledger: every claim of every paper, each with the verdict that the run records give it.</summary>
public static class Ledger
{
    /// <summary>
    /// The rows of the given recipes. For each claim the records of one group are pooled: same scale, parameters and data, and
    /// alike in all that <see cref="Provenance.Comparable"/> names. Of several groups that have a value for the claim, real data
    /// comes before drawn, the recipe's own parameters before changed ones, a larger scale before a smaller, enough seeds
    /// for an interval before fewer, and then the newest.
    /// </summary>
    /// <param name="recipes">The recipes, in the order of the ledger.</param>
    /// <param name="records">All records that there are, of any recipe.</param>
    public static IReadOnlyList<LedgerRow> Rows(IEnumerable<Recipe> recipes, IEnumerable<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        var byRecipe = records.ToLookup(r => r.Recipe);
        return [.. recipes.SelectMany(recipe =>
        {
            var groups = Groups(recipe, byRecipe[recipe.Name]);
            return recipe.Claims.Select(claim => Row(recipe, claim, groups));
        })];
    }

    /// <summary>True if two records may be pooled: all but the seed is alike that their numbers depend on.</summary>
    public static bool Poolable(RunRecord a, RunRecord b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Recipe == b.Recipe && KeyOf(a) == KeyOf(b);
    }

    /// <summary>The rows as a JSON array.</summary>
    public static string ToJson(IEnumerable<LedgerRow> rows) => JsonSerializer.Serialize(rows, RunJson.Options);

    static LedgerRow Row(Recipe recipe, Claim claim, IReadOnlyList<Group> groups)
    {
        var group = groups.FirstOrDefault(g => g.Values(claim).Count > 0) ?? groups.FirstOrDefault(g => g.WhyNotTested(claim) is not null);
        if (group is null)
        {
            var because = groups.Count == 0 ? $"no run yet; type: ./kit reproduce {recipe.Name}"
                : $"the runs say nothing about it; type: ./kit reproduce {recipe.Name} --again";
            return Make(new(Verdict.NotTested, because), [], null, null);
        }
        var values = group.Values(claim);
        if (values.Count == 0)
            return Make(new(Verdict.NotTestedAtThisScale, group.WhyNotTested(claim)!), group.Seeds, group.Scale, group.Newest.Id);
        var judged = Judgement.Of(claim, [.. values.Select(v => v.Value)], group.Scale, group.Synthetic);
        if (group.Changed.Count > 0)
            judged = judged with { Reason = $"{judged.Reason}; with other parameters than the recipe's: {string.Join(", ", group.Changed)}" };
        return Make(judged, [.. values.Select(v => v.Seed)], group.Scale, group.Newest.Id);

        LedgerRow Make(Judgement judged, IReadOnlyList<int> seeds, Scale? scale, string? run) => new(
            recipe.Name, claim.Id, claim.Where, claim.Statement, claim.Kind, claim.Unit, claim.PaperValue,
            judged.Mean, judged.Low, judged.High, seeds, scale, judged.Verdict, judged.Reason, run);
    }

    static IReadOnlyList<Group> Groups(Recipe recipe, IEnumerable<RunRecord> records) =>
        [.. records.GroupBy(KeyOf).Select(g => new Group(recipe, g))
            .OrderBy(g => g.Synthetic)
            .ThenBy(g => g.Changed.Count > 0)
            .ThenByDescending(g => g.Scale)
            .ThenByDescending(g => g.Seeds.Count >= Judgement.SeedsNeeded)
            .ThenByDescending(g => g.Newest.Started)];

    static string KeyOf(RunRecord record) => string.Join('\n', [
        record.Scale.Word(),
        RunJson.Canonical(record.Parameters),
        .. Provenance.Comparable.Select(name => record.Environment.GetValueOrDefault(name, "")),
        .. record.Data.SelectMany(d => d.Checksums.Select(c => $"{d.Name}/{c.Key} {c.Value}")).Order(StringComparer.Ordinal),
    ]);

    sealed class Group
    {
        readonly IReadOnlyList<RunRecord> _records;

        public Group(Recipe recipe, IEnumerable<RunRecord> records)
        {
            // A seed that was run again counts once.
            _records = [.. records.GroupBy(r => r.Seed).Select(g => g.MaxBy(r => r.Started)!).OrderBy(r => r.Seed)];
            Newest = _records.MaxBy(r => r.Started)!;
            Synthetic = _records.Any(r => r.Data.Any(d => d.Synthetic));
            var own = RunJson.Parameters(recipe.Parameters(Scale));
            Changed = [.. own.Select(p => p.Key).Union(Newest.Parameters.Select(p => p.Key))
                .Where(name => RunJson.Canonical(own[name]) != RunJson.Canonical(Newest.Parameters[name]))];
        }

        public RunRecord Newest { get; }

        public Scale Scale => Newest.Scale;

        public bool Synthetic { get; }

        public IReadOnlyList<string> Changed { get; }

        public IReadOnlyList<int> Seeds => [.. _records.Select(r => r.Seed)];

        public IReadOnlyList<(int Seed, double Value)> Values(Claim claim) =>
            [.. from record in _records
                from result in record.Claims
                where result.Claim == claim.Id && result.Value is not null
                select (record.Seed, result.Value!.Value)];

        public string? WhyNotTested(Claim claim) => _records.SelectMany(r => r.Claims)
            .FirstOrDefault(c => c.Claim == claim.Id && c.Value is null)?.NotTestedBecause;
    }
}
