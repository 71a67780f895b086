using ResearchKit.Experiments;
using ResearchKit.Models;

namespace ResearchKit.Papers.XnorNet;

/// <summary>XNOR-Net and Binary-Weight-Networks (arXiv:1603.05279).</summary>
public sealed class XnorNetRecipe : Recipe<XnorNetParameters>
{
    /// <inheritdoc/>
    public override string Name => "xnor-net";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "XNOR-Net: ImageNet Classification Using Binary Convolutional Neural Networks",
        "Mohammad Rastegari, Vicente Ordonez, Joseph Redmon, Ali Farhadi", "ECCV 2016", "1603.05279");

    /// <inheritdoc/>
    public override string Technique => "binarisation";

    /// <inheritdoc/>
    public override string Idea =>
        "Let weights, and inputs too, be signs times a factor: a filter takes a bit for each weight, and products are counts of bits that agree.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => XnorNet.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 5 seconds, drawn shapes",
        Scale.Quick => "about 7 minutes, parts of MNIST and CIFAR-10",
        Scale.Full => "about a day, MNIST and CIFAR-10 with network in network",
        _ => "several days: MNIST, and network in network on CIFAR-10 at full length; ImageNet is not covered",
    };

    /// <inheritdoc/>
    public override XnorNetParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Digits = "shapes", DigitImages = 200, DigitEpochs = 1, Colour = "shapes-rgb", ColourImages = 60, ColourEpochs = 1, EvaluationImages = 100, BatchSize = 20, TimingRounds = 0 },
        Scale.Quick => new(),
        Scale.Full => new() { DigitImages = 0, DigitEpochs = 20, ColourImages = 0, ColourEpochs = 40, ColourNetwork = "nin", Augment = true, TimingRounds = 31 },
        _ => new() { DigitImages = 0, DigitEpochs = 60, ColourImages = 0, ColourEpochs = 320, ColourNetwork = "nin", Augment = true, TimingRounds = 31 },
    };

    /// <inheritdoc/>
    public override void Run(XnorNetParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        var (p, plan) = (parameters, parameters.ColourPlan());
        WorkedExamples.Report(run);
        XnorNet.Claims.NotTested(run);

        // LeNet-5: every choice that the paper makes, taken back one at a time.
        using (var digits = new Runs(NetworkPlan.LeNet5, run.Load(p.Digits), p.DigitImages, p.DigitEpochs, augment: false, p, run))
        {
            digits.Train(Variant.Float, Variant.Bwn, Variant.BwnLearned, Variant.BinaryConnect);
            digits.Train(Variant.Xnor, Variant.WithoutK, Variant.WithoutAlpha, Variant.ConvolvedFirst, Variant.Bnn);
            digits.Train(Variant.ChainRule, Variant.PaperText, Variant.BinaryGradient);
            digits.Report(
                "All from the same initial weights. A normalisation follows every binary layer, directly or behind ReLU and pooling, and takes up any factor of a filter: "
                + "that is why alpha matters little here.");
            run.Claim("table1-binaryconnect", Errors(Variant.BinaryConnect, Variant.Bwn));
            run.Claim("table1-bnn", Errors(Variant.Bnn, Variant.Xnor));
            run.Claim("sec4.2-k", digits.Lost(Variant.WithoutK, than: Variant.Xnor));
            run.Claim("sec4.2-gradient", Errors(Variant.BinaryGradient, Variant.Xnor));
            run.Claim("sec4.1-file", PackedNetwork.Report(digits, p.TimingRounds, run));

            double Errors(Variant variant, Variant than) => (double)digits[variant].Test.Wrong / digits[than].Test.Wrong;
        }

        // Colour images, which are hard enough for differences in points.
        using (var colour = new Runs(plan, run.Load(p.Colour), p.ColourImages, p.ColourEpochs, p.Augment, p, run))
        {
            colour.Train(Variant.Float, Variant.Bwn, Variant.BwnLearned, Variant.Xnor, Variant.ConvolvedFirst);
            colour.Report("All from the same initial weights and with the images in the same order.");
            run.Claim("table1-bwn", colour.Lost(Variant.Bwn, than: Variant.Float));
            run.Claim("table1-xnor", colour.Lost(Variant.Xnor, than: Variant.Float));
            run.Claim("table1-xnor-bwn", colour.Lost(Variant.Xnor, than: Variant.Bwn));
            run.Claim("table3-order", colour.Lost(Variant.ConvolvedFirst, than: Variant.Xnor));
            run.Claim("table3-alpha", colour.Lost(Variant.BwnLearned, than: Variant.Bwn));
            foreach (var (claim, variant) in new[] { ("sec4.2-cifar-bwn", Variant.Bwn), ("sec4.2-cifar-xnor", Variant.Xnor) })
            {
                if (plan == NetworkPlan.Nin && p.ColourImages == 0)
                {
                    run.Claim(claim, colour[variant].Test.Error);
                }
                else
                {
                    run.NotTested(claim, "needs all images, a network of that size, and hours: scale full");
                }
            }

            PackedNetwork.Report(colour, p.TimingRounds, run);
        }

        LayerSpeed.Report(p.TimingRounds, run);
    }
}
