namespace ResearchKit.Experiments;

/// <summary>A verdict with what it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Mean">The mean over the seeds, in the claim's unit; null where nothing was measured.</param>
/// <param name="Low">The lower end of the two-sided 95 % t interval of the mean; null with fewer than two values and for exact claims.</param>
/// <param name="High">The upper end of that interval.</param>
public sealed record Judgement(Verdict Verdict, string Reason, double? Mean = null, double? Low = null, double? High = null)
{
    /// <summary>How many seeds a trained claim needs before it gets a verdict.</summary>
    public const int SeedsNeeded = 3;

    /// <summary>Share of "no effect" by which a single measurement must miss it before it contradicts the paper.</summary>
    const double DeadZone = 0.02;

    /// <summary>
    /// Sets the verdict on a claim.
    /// <list type="bullet">
    /// <item>Exact: every seed equals the paper's value within its rounding, or the paper is contradicted.</item>
    /// <item>Measured: reproduced if every value lies in the band and on the paper's side of no effect; partly if the mean
    /// lies on the paper's side; contradicted if the mean lies on the other side by more than 2 % of "no effect" and,
    /// with several values, so does the whole interval; else not reproduced.</item>
    /// <item>Trained: from three seeds on real data. Reproduced if the interval lies wholly on the paper's side and the mean
    /// in the band; partly if the mean lies outside the band, on whichever end (an effect much larger than the paper's
    /// is another effect; a claim of "at least" leaves the band open at the top); not reproduced if the interval
    /// includes no effect; contradicted if it lies wholly on the other side.</item>
    /// </list>
    /// A seed that gave no finite number (a training that diverged) rules out every verdict but "not reproduced".
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="values">Our number from each seed, in the claim's unit.</param>
    /// <param name="scale">The scale of the runs.</param>
    /// <param name="synthetic">True if drawn data was used.</param>
    public static Judgement Of(Claim claim, IReadOnlyList<double> values, Scale scale, bool synthetic)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            return new(Verdict.NotTestedAtThisScale, $"the runs at scale {scale.Word()} gave no value");
        var finite = values.Where(double.IsFinite).ToArray();
        var (mean, low, high) = Interval(finite);
        var (verdict, reason) = claim.Kind switch
        {
            ClaimKind.Trained when synthetic => (Verdict.NotTestedAtThisScale, "the data was drawn, not real"),
            ClaimKind.Trained when scale == Scale.Smoke => (Verdict.NotTestedAtThisScale, "a smoke run only shows that everything runs"),
            ClaimKind.Trained when values.Count < SeedsNeeded =>
                (Verdict.NeedsSeeds, $"{values.Count} of {SeedsNeeded} seeds: an interval needs more"),
            _ when finite.Length < values.Count =>
                (Verdict.NotReproduced, $"{values.Count - finite.Length} of {values.Count} seeds gave no finite number"),
            ClaimKind.Exact => Exact(claim, values),
            ClaimKind.Measured => Measured(claim, values, mean!.Value, low, high),
            _ => Trained(claim, mean!.Value, low!.Value, high!.Value),
        };
        return claim.Kind == ClaimKind.Exact ? new(verdict, reason, mean) : new(verdict, reason, mean, low, high);
    }

    /// <summary>The mean and the two-sided 95 % t interval of the mean; no interval for a single value.</summary>
    public static (double? Mean, double? Low, double? High) Interval(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            return (null, null, null);
        var mean = values.Average();
        if (values.Count == 1)
            return (mean, null, null);
        // The mean of equal values may round to a neighbour of theirs.
        if (values.All(v => v == values[0]))
            return (values[0], values[0], values[0]);
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
        var half = StudentT.TwoSided(values.Count - 1) * Math.Sqrt(variance / values.Count);
        return (mean, mean - half, mean + half);
    }

    static (Verdict, string) Exact(Claim claim, IReadOnlyList<double> values)
    {
        // A sum of decimals may miss the printed digits by a few units in the last place of a double.
        var tolerance = claim.Rounding + (1e-12 * Math.Abs(claim.PaperValue));
        var off = values.FirstOrDefault(v => Math.Abs(v - claim.PaperValue) > tolerance, double.NaN);
        return double.IsNaN(off)
            ? (Verdict.Reproduced, claim.Rounding == 0 ? "equal" : "equal in the digits that the paper prints")
            : (Verdict.Contradicted, $"the arithmetic gives {Number(off)}, not {Number(claim.PaperValue)}");
    }

    static (Verdict, string) Measured(Claim claim, IReadOnlyList<double> values, double mean, double? low, double? high)
    {
        if (values.All(v => OnPapersSide(claim, v) && InBand(claim, v)))
            return (Verdict.Reproduced, "within the band");
        if (OnPapersSide(claim, mean))
            return (Verdict.Partly, $"the paper's direction, but {OutsideBand(claim, values.First(v => !InBand(claim, v) || !OnPapersSide(claim, v)))}");
        var sign = claim.Direction == Direction.Above ? 1 : -1;
        var dead = Math.Max(DeadZone * Math.Abs(claim.NoEffect), DeadZone * Math.Min(1, Math.Abs(claim.PaperValue)));
        var beyond = sign * (claim.NoEffect - mean) > dead;
        var whole = low is null || (claim.Direction == Direction.Above ? high < claim.NoEffect : low > claim.NoEffect);
        return beyond && whole
            ? (Verdict.Contradicted, $"on the other side of {Number(claim.NoEffect)}")
            : (Verdict.NotReproduced, $"not to be told from {Number(claim.NoEffect)}, which means no effect");
    }

    static (Verdict, string) Trained(Claim claim, double mean, double low, double high)
    {
        var (near, far) = claim.Direction == Direction.Above ? (low, high) : (high, low);
        if (OnPapersSide(claim, near))
            return InBand(claim, mean)
                ? (Verdict.Reproduced, "the interval excludes no effect and the mean is within the band")
                : (Verdict.Partly, $"the paper's direction, but the mean is {OutsideBand(claim, mean)}");
        return far == claim.NoEffect || OnPapersSide(claim, far)
            ? (Verdict.NotReproduced, $"the interval includes {Number(claim.NoEffect)}, which means no effect")
            : (Verdict.Contradicted, $"the whole interval is on the other side of {Number(claim.NoEffect)}");
    }

    static bool OnPapersSide(Claim claim, double value) =>
        claim.Direction == Direction.Above ? value > claim.NoEffect : value < claim.NoEffect;

    static bool InBand(Claim claim, double value) => value >= claim.BandLow && value <= claim.BandHigh;

    static string OutsideBand(Claim claim, double value) =>
        value < claim.BandLow ? $"below the band, which begins at {Number(claim.BandLow)}"
        : value > claim.BandHigh ? $"above the band, which ends at {Number(claim.BandHigh)}"
        : "not in every round";

    static string Number(double value) => value.ToString("G6");
}
