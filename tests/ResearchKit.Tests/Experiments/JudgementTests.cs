using FsCheck;
using FsCheck.Fluent;
using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public class JudgementTests
{
    static readonly Claim Exact = new("params", "Table 1", "It has 431,000 weights.", ClaimKind.Exact, "", 431e3) { Rounding = 500 };

    static readonly Claim Speed = new("speed", "Fig. 4", "It is 58 times as fast.", ClaimKind.Measured, "x", 58)
    { NoEffect = 1, BandLow = 29 };

    static readonly Claim Ratio = new("ratio", "Table 1", "It shrinks 40x.", ClaimKind.Trained, "x", 40)
    { NoEffect = 1, BandLow = 36, BandHigh = 46 };

    static readonly Claim NoLoss = new("error", "Table 1", "It loses nothing.", ClaimKind.Trained, "points", -0.06)
    { NoEffect = 0.3, Direction = Direction.Below };

    static Verdict Of(Claim claim, params double[] values) => Judgement.Of(claim, values, Scale.Quick, false).Verdict;

    [Fact]
    public void An_exact_claim_holds_within_the_papers_rounding_for_every_seed()
    {
        Assert.Equal(Verdict.Reproduced, Of(Exact, 431080));
        Assert.Equal(Verdict.Reproduced, Of(Exact, 431080, 430500, 431500));
        Assert.Equal(Verdict.Contradicted, Of(Exact, 431080, 431501));
        Assert.Equal(Verdict.Contradicted, Of(Exact, 430499));
        Assert.Equal(Verdict.Contradicted, Of(Exact with { Rounding = 0 }, 431080));
        Assert.Equal(Verdict.Reproduced, Of(Exact with { Rounding = 0 }, 431000));
        Assert.Contains("431501", Judgement.Of(Exact, [431501], Scale.Quick, false).Reason);
    }

    [Fact]
    public void An_exact_claim_is_arithmetic_and_so_holds_at_any_scale_and_on_any_data() =>
        Assert.Equal(Verdict.Reproduced, Judgement.Of(Exact, [431080], Scale.Smoke, true).Verdict);

    [Fact]
    public void Decimals_that_doubles_cannot_hold_are_still_equal() =>
        Assert.Equal(Verdict.Reproduced, Of(Exact with { PaperValue = 0.3, Rounding = 0 }, 0.1 + 0.2));

    [Theory]
    [InlineData(Verdict.Reproduced, new[] { 58.0 })]
    [InlineData(Verdict.Reproduced, new[] { 29.0, 31, 700 })]
    [InlineData(Verdict.Partly, new[] { 28.9 })]
    [InlineData(Verdict.Partly, new[] { 1.01 })]
    [InlineData(Verdict.Partly, new[] { 28.0, 60, 70 })]
    [InlineData(Verdict.NotReproduced, new[] { 1.0 })]
    [InlineData(Verdict.NotReproduced, new[] { 0.99 })]
    [InlineData(Verdict.Contradicted, new[] { 0.97 })]
    [InlineData(Verdict.NotReproduced, new[] { 0.5, 1.2, 0.9 })]
    [InlineData(Verdict.Contradicted, new[] { 0.5, 0.52, 0.51 })]
    [InlineData(Verdict.NotReproduced, new[] { 0.99, 0.99, 0.99 })]
    public void A_measured_claim_is_judged_by_band_side_and_dead_zone(Verdict verdict, double[] values) =>
        Assert.Equal(verdict, Of(Speed, values));

    [Fact]
    public void A_measured_claim_without_a_band_still_needs_the_papers_side() =>
        Assert.Equal(Verdict.NotReproduced, Of(Speed with { BandLow = double.NegativeInfinity }, 0.99));

    [Theory]
    [InlineData(Verdict.NeedsSeeds, new[] { 40.0 })]
    [InlineData(Verdict.NeedsSeeds, new[] { 40.0, 41 })]
    [InlineData(Verdict.Reproduced, new[] { 39.0, 40, 41 })]
    [InlineData(Verdict.Partly, new[] { 29.0, 30, 31 })]
    [InlineData(Verdict.Partly, new[] { 59.0, 60, 61 })]
    [InlineData(Verdict.NotReproduced, new[] { 1.0, 40, 79 })]
    [InlineData(Verdict.NotReproduced, new[] { 1.0, 1, 1 })]
    [InlineData(Verdict.Contradicted, new[] { 0.5, 0.51, 0.52 })]
    public void A_trained_claim_is_judged_by_its_interval(Verdict verdict, double[] values) =>
        Assert.Equal(verdict, Of(Ratio, values));

    [Theory]
    [InlineData(Verdict.Reproduced, new[] { 0.1, 0.11, 0.09 })]
    [InlineData(Verdict.Reproduced, new[] { -0.5, -0.51, -0.52 })]
    [InlineData(Verdict.NotReproduced, new[] { 0.1, 0.3, 0.5 })]
    [InlineData(Verdict.Contradicted, new[] { 0.9, 0.91, 0.92 })]
    public void A_claim_of_no_loss_lies_below_its_margin(Verdict verdict, double[] values) => Assert.Equal(verdict, Of(NoLoss, values));

    [Fact]
    public void Drawn_data_and_smoke_runs_set_no_verdict_on_a_trained_claim()
    {
        Assert.Equal(Verdict.NotTestedAtThisScale, Judgement.Of(Ratio, [39, 40, 41], Scale.Smoke, false).Verdict);
        Assert.Equal(Verdict.NotTestedAtThisScale, Judgement.Of(Ratio, [39, 40, 41], Scale.Quick, true).Verdict);
        Assert.Equal(Verdict.NotTestedAtThisScale, Judgement.Of(Ratio, [], Scale.Quick, false).Verdict);
    }

    [Fact]
    public void A_seed_that_diverged_is_not_dropped()
    {
        Assert.Equal(Verdict.NotReproduced, Of(Ratio, 39, 40, 41, double.NaN));
        Assert.Equal(Verdict.NotReproduced, Of(Speed, double.PositiveInfinity));
        Assert.Equal(40, Judgement.Of(Ratio, [39, 40, 41, double.NaN], Scale.Quick, false).Mean);
    }

    [Fact]
    public void The_interval_is_that_of_a_worked_example()
    {
        // Mean 40, standard deviation 1, three values: 4.302653 / sqrt(3) on either side.
        var judged = Judgement.Of(Ratio, [39, 40, 41], Scale.Quick, false);
        Assert.Equal(40, judged.Mean!.Value, 12);
        Assert.Equal(40 - 2.484138, judged.Low!.Value, 6);
        Assert.Equal(40 + 2.484138, judged.High!.Value, 6);
        Assert.Null(Judgement.Of(Ratio, [40], Scale.Quick, false).Low);
    }

    [Fact]
    public void A_verdict_never_gets_better_when_no_effect_moves_against_the_paper() => Prop.ForAll(Cases(), c =>
    {
        var sign = c.Claim.Direction == Direction.Above ? 1 : -1;
        var harder = c.Claim with { NoEffect = c.Claim.NoEffect + (sign * c.Step) };
        return (int)Of(harder, c.Values) >= (int)Of(c.Claim, c.Values);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_verdict_never_gets_better_when_the_band_narrows() => Prop.ForAll(Cases(), c =>
    {
        var narrower = c.Claim with { BandLow = c.Claim.BandLow + c.Step, BandHigh = c.Claim.BandHigh - c.Step };
        return (int)Of(narrower, c.Values) >= (int)Of(c.Claim, c.Values);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Mirroring_claim_and_values_leaves_the_verdict_as_it_is() => Prop.ForAll(Cases(), c =>
    {
        var mirrored = c.Claim with
        {
            PaperValue = -c.Claim.PaperValue,
            NoEffect = -c.Claim.NoEffect,
            BandLow = -c.Claim.BandHigh,
            BandHigh = -c.Claim.BandLow,
            Direction = c.Claim.Direction == Direction.Above ? Direction.Below : Direction.Above,
        };
        return Of(mirrored, [.. c.Values.Select(v => -v)]) == Of(c.Claim, c.Values);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_seeds_does_not_matter() => Prop.ForAll(Cases(), c =>
        Of(c.Claim, [.. c.Values.Reverse()]) == Of(c.Claim, c.Values)).QuickCheckThrowOnFailure();

    [Fact]
    public void Words_are_those_of_the_ledger() => Assert.Equal(
        ["reproduced", "partly", "not reproduced", "contradicted", "not tested at this scale", "needs 3 seeds", "not tested"],
        Enum.GetValues<Verdict>().Select(v => v.Words()));

    sealed record Case(Claim Claim, double[] Values, double Step);

    // Eighths are exact in doubles, so that no case turns on the last bit of a sum.
    static Arbitrary<Case> Cases() => (
        from kind in Gen.Elements(ClaimKind.Measured, ClaimKind.Trained)
        from direction in Gen.Elements(Direction.Above, Direction.Below)
        from paper in Eighths()
        from noEffect in Eighths()
        from low in Eighths()
        from width in Eighths()
        from count in Gen.Elements(1, 3, 4)
        from values in Eighths().ArrayOf(count)
        from step in Eighths()
        select new Case(
            new Claim("c", "w", "s", kind, "x", paper)
            { NoEffect = noEffect, Direction = direction, BandLow = low, BandHigh = low + Math.Abs(width) },
            values,
            Math.Abs(step))).ToArbitrary();

    static Gen<double> Eighths() => Gen.Choose(-40, 40).Select(n => n / 8.0);
}
