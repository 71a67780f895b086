using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>A claim at a glance: the paper's number, ours with its interval, the band that counts, and where no effect lies.</summary>
static class ClaimStrip
{
    const double Width = 170;
    const double Line = 14;
    const double Margin = 8;

    /// <summary>The strip; nothing for arithmetic, which is equal or is not, and where there is no number of ours.</summary>
    public static Html? Draw(Claim claim, LedgerRow row)
    {
        if (claim.Kind == ClaimKind.Exact || row.OurValue is not { } mean)
            return null;
        // The range is that of the points: an interval or a band without end runs off the strip.
        double[] points = [claim.PaperValue, claim.NoEffect, mean, claim.BandLow, claim.BandHigh];
        var finite = points.Where(double.IsFinite).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (low == high)
            return null;
        double X(double value) => Math.Clamp(Margin + ((value - low) / (high - low) * (Width - (2 * Margin))), 0, Width);

        var svg = new Html().Add($"""<svg class="strip" viewBox="0 0 {Width} 22" aria-hidden="true">""");
        if (double.IsFinite(claim.BandLow) || double.IsFinite(claim.BandHigh))
            svg.Add($"""<path class="strip-band" d="M{X(claim.BandLow)} 3H{X(claim.BandHigh)}v16H{X(claim.BandLow)}z"/>""");
        svg.Add($"""<path class="strip-axis" d="M0 {Line}H{Width}"/><path class="strip-none" d="M{X(claim.NoEffect)} 1v20"/>""");
        if (row is { Low: { } from, High: { } to })
            svg.Add($"""<path class="strip-interval" d="M{X(from)} {Line}H{X(to)}"/>""");
        return svg.Add($"""
            <path class="strip-paper" d="M{X(claim.PaperValue)} {Line - 4}l-5-8h10z"/><circle class="strip-ours" cx="{X(mean)}" cy="{Line}" r="4.5"/></svg>
            """);
    }
}
