using ResearchKit.Experiments;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// What the paper and its authors' released code claim (arXiv:1612.02297). The paper's own tables could not be had: numbers are those of
/// the code's README and tests.
/// </summary>
static class Claims
{
    const string ImageNet = "imagenet-top1", Coco = "coco", Cat2000 = "cat2000";

    internal static IReadOnlyList<Claim> All { get; } =
    [
        Exact("act-soon-ponder", "act_test.py", "Halted at the first of five units: ponder cost.", 2.0),
        Exact("act-middle-ponder", "act_test.py", "Scores of .01, .50, .60, .70: ponder cost.", 3.49),
        Exact("act-middle-output", "act_test.py", "The same: average of unit outputs 0 to 4.", 1.48),
        Exact("act-late-ponder", "act_test.py", "Scores of .01 throughout: ponder cost.", 5.96),
        Exact("act-late-output", "act_test.py", "The same: average of unit outputs 0 to 4.", 3.9),
        Exact("sact-output-1", "act_test.py", "Two positions, three units: output where it halts at the second.", 1.2),
        Exact("sact-output-2", "act_test.py", "The same: output where it goes on.", 5.4),
        Exact("sact-ponder-1", "act_test.py", "The same: ponder cost where it halts at the second.", 2.1),
        Exact("sact-ponder-2", "act_test.py", "The same: ponder cost where it goes on.", 3.8),
        new("flops-resnet-110", "cifar_model_test.py", "Operations of the plain ResNet-110.", ClaimKind.Exact, "FLOPs", 505_775_360),
        new("flops-resnet-32", "README", "Operations of the plain ResNet-32, by the same counter.", ClaimKind.Exact, "FLOPs", 137_725_184),
        new("readme-cifar10-share", "README", "82,393,168 operations on CIFAR-10 are 59.8 % of the plain ResNet-32's.", ClaimKind.Exact, "%", 59.8) { Rounding = 0.05 },
        new("readme-imagenet-share", "README", "1.110e10 operations on ImageNet are 71.1 % of the plain ResNet-101's.", ClaimKind.Exact, "%", 71.1) { Rounding = 0.05 },
        new("readme-cifar10-flops", "README", "On CIFAR-10 SACT takes 59.8 % of the plain network's operations.", ClaimKind.Trained, "%", 59.8)
        {
            NoEffect = 100, Direction = Direction.Below, BandHigh = 75, Because = "At least a quarter less, of the network that is chosen on the validation split; half of that is a smaller effect.",
        },
        new("readme-cifar10-accuracy", "README", "SACT at that cost loses nothing: accuracy less that of the plain network, trained as long.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = -1, Because = "The plain network's accuracy is not in the README, so 'nothing' is tested as 'less than a point'.",
        },
        new("abstract-sact-act", "Abstract", "At equal cost SACT is more accurate than ACT; the paper shows curves.", ClaimKind.Trained, "points", 0)
        {
            NoEffect = 0, Because = "No number could be had; any difference that seeds can tell from none counts. ACT's accuracy is interpolated at SACT's mean cost.",
        },
        new("ponder-varies", "Abstract", "Positions of an image get different numbers of units: standard deviation of the ponder map within an image.", ClaimKind.Trained, "units", 0)
        {
            NoEffect = 0.05, Because = "The paper shows maps. Less than 0.05 units would be a constant map.",
        },
        new("active-speed", "authors' remark", "Computing active positions only should reach some 80 % of the saving in operations: 1.34 times as fast at 59.8 %.", ClaimKind.Measured, "x", 1.34)
        {
            NoEffect = 1, BandLow = 1.17, Because = "At least half of it. The released code masks and saves no time; the 80 % are from the first author's earlier PerforatedCNNs.",
        },
        new(ImageNet, "README", "On ImageNet SACT ResNet-101 has a top-1 accuracy of 75.61 % at 71.1 % of the operations.", ClaimKind.Trained, "%", 75.61),
        new(Coco, "Abstract", "SACT is better than ACT in detection on COCO.", ClaimKind.Trained, "points", 0),
        new(Cat2000, "Abstract", "Ponder maps go with where people look.", ClaimKind.Trained, "AUC", 0),
    ];

    /// <summary>Says why the claims on large data are not tested.</summary>
    internal static void NotTested(Experiment run)
    {
        run.NotTested(ImageNet, "needs ImageNet and a ResNet-101, days on two cores");
        run.NotTested(Coco, "needs COCO and a Faster R-CNN; the paper's number could not be had");
        run.NotTested(Cat2000, "needs the eye fixations of cat2000; the paper's number could not be had");
    }

    static Claim Exact(string id, string where, string statement, double value) => new(id, where, statement, ClaimKind.Exact, "", value) { Rounding = 1e-9 };
}
