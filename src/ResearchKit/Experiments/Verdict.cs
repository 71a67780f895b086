namespace ResearchKit.Experiments;

/// <summary>What our numbers say about a claim. Computed by <see cref="Judgement.Of"/>, never typed in.</summary>
public enum Verdict
{
    /// <summary>The paper's effect, in the paper's size.</summary>
    Reproduced,

    /// <summary>The paper's direction, in another size.</summary>
    Partly,

    /// <summary>No effect that could be told from none.</summary>
    NotReproduced,

    /// <summary>The opposite effect, or arithmetic that does not hold.</summary>
    Contradicted,

    /// <summary>The run could not test it: smoke scale, drawn data, or a reason that the recipe gives.</summary>
    NotTestedAtThisScale,

    /// <summary>A trained claim with fewer seeds than an interval needs.</summary>
    NeedsSeeds,

    /// <summary>There is no run yet.</summary>
    NotTested,
}

/// <summary>The words for a verdict.</summary>
public static class VerdictWords
{
    /// <summary>The verdict as reports, the ledger and the command line print it.</summary>
    public static string Words(this Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Partly => "partly",
        Verdict.NotReproduced => "not reproduced",
        Verdict.Contradicted => "contradicted",
        Verdict.NotTestedAtThisScale => "not tested at this scale",
        Verdict.NeedsSeeds => $"needs {Judgement.SeedsNeeded} seeds",
        Verdict.NotTested => "not tested",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
