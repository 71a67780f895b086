using ResearchKit.Experiments;

namespace ResearchKit.Papers.D2nn;

/// <summary>
/// What the paper claims (arXiv:1701.00299). Its claims are curves; the body of the paper could not be had, and no number of it was verified,
/// so 0 stands for "a curve" where a number would be.
/// </summary>
static class Claims
{
    /// <summary>The operating points that are judged.</summary>
    internal static readonly double[] Points = [0.93, 0.95];

    const string Lfw = "lfw-b", Ilsvrc = "ilsvrc-10";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        .. Points.Select(lambda => new Claim(
            $"line-{lambda}", "Abstract", $"High-low at lambda = {lambda}: accuracy above the line between its two static paths, at the same cost.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0, Because = "Static networks trained as long; a mixture of the two at random would lie on the line.",
        }),
        .. Points.Select(lambda => new Claim(
            $"random-{lambda}", "Abstract", $"High-low at lambda = {lambda}: accuracy above that of a random controller in its own network, as often on the high path.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0, Because = "What the learned choice is worth, paths being the same.",
        }),
        new("confidence", "Abstract", "At equal cost the learned controller does at least as well as a threshold on the low path's confidence, on average over lambda.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = -0.3, Because = "The threshold has to run the low path first, and knows its answer; the controller sees the stem only. 'As well' is tested as 'not 0.3 points less'.",
        },
        new("lambda-cost", "Abstract", "Lambda trades accuracy for cost: normalised cost at the largest lambda less that at the smallest.", ClaimKind.Trained, "% of the full cost", 0)
        {
            NoEffect = 10, Because = "Less than a tenth of the full cost would be no control.",
        },
        new("bags-f1", "Abstract", "Rewarding F1 of bags finds more positives than rewarding single images: F1 of the cascade, difference.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0, Because = "Same lambda, same epochs; costs stand beside in the table.",
        },
        new(Lfw, "Sec. 4", "High-low, cascade and chain beat static networks on LFW-B by F1 at equal cost.", ClaimKind.Trained, "points", 0),
        new(Ilsvrc, "Sec. 4", "The hierarchy beats static networks on ILSVRC-10 at equal cost.", ClaimKind.Trained, "points", 0),
    ];

    /// <summary>Says why the claims on large data are not tested.</summary>
    internal static void NotTested(Experiment run)
    {
        run.NotTested(Lfw, "the split of LFW and the architectures could not be had; the graphs are tried on digits instead");
        run.NotTested(Ilsvrc, "needs ImageNet's images of 65 classes; the graph is tried on digits instead");
    }
}
