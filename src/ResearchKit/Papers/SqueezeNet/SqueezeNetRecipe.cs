using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>SqueezeNet (arXiv:1602.07360): fire modules, the space of networks made of them, bypasses, and how small the file becomes.</summary>
public sealed class SqueezeNetRecipe : Recipe<SqueezeNetParameters>
{
    /// <inheritdoc/>
    public override string Name => "squeezenet";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
        "Forrest N. Iandola, Song Han, Matthew W. Moskewicz, Khalid Ashraf, William J. Dally, Kurt Keutzer", "arXiv 2016", "1602.07360");

    /// <inheritdoc/>
    public override string Technique => "compact layers";

    /// <inheritdoc/>
    public override string Idea =>
        "Replace 3x3 filters by 1x1 ones, let few channels come to those that stay, pool late: as accurate as AlexNet with a fiftieth of its parameters.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => SqueezeNet.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 20 seconds, drawn shapes",
        Scale.Quick => "about 20 minutes, 8,000 images of CIFAR-10",
        Scale.Full => "several hours, CIFAR-10, and v1.1 itself on part of Imagenette",
        _ => "days: all of CIFAR-10 and Imagenette; ImageNet is licensed, and its accuracies are tested on the authors' released file alone",
    };

    /// <inheritdoc/>
    public override SqueezeNetParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Data = "shapes-rgb",
            Images = 600,
            BaseExpand = 16,
            StemFilters = 16,
            Modules = 4,
            Epochs = 3,
            RetrainEpochs = 1,
            BatchSize = 32,
            ReleasedFile = false,
            TimingRounds = 0,
        },
        Scale.Quick => new(),
        Scale.Full => new()
        {
            Images = 45_000,
            BaseExpand = 64,
            StemFilters = 64,
            SqueezeRatios = [0.125, 0.25, 0.5, 0.75, 1],
            Shares3x3 = [0.01, 0.125, 0.25, 0.75, 0.99],
            Epochs = 30,
            RetrainEpochs = 10,
            CentroidEpochs = 2,
            Large = "imagenette-subset",
        },
        _ => new()
        {
            Images = 45_000,
            BaseExpand = 128,
            StemFilters = 64,
            SqueezeRatios = [0.125, 0.25, 0.375, 0.5, 0.75, 1],
            Shares3x3 = [0.01, 0.125, 0.25, 0.375, 0.625, 0.75, 0.875, 0.99],
            Epochs = 100,
            RetrainEpochs = 20,
            CentroidEpochs = 5,
            Large = "imagenette",
            TimingRounds = 41,
        },
    };

    /// <inheritdoc/>
    public override void Run(SqueezeNetParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        WorkedExamples.Report(run);
        SqueezeNet.Claims.NotTested(run);
        BatchOne.Report(parameters.TimingRounds, run);
        ReleasedFile.Report(parameters.ReleasedFile, run);
        Space(parameters, run);
        if (parameters.Large.Length > 0)
        {
            LargeImages(parameters, run);
        }
    }

    // Figure 3 and Table 3 on small images: what SR, pct3x3 and the bypasses do to the error.
    static void Space(SqueezeNetParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        using var study = new Study("small", p, p.Epochs, run, run.Load(p.Data));
        var (net, vanilla, trainer) = study.Train("SR 0.125", study.Small);
        using (net)
        {
            study.Compress(net, vanilla, trainer);
        }

        var ratios = p.SqueezeRatios.Where(r => r != 0.125).ToDictionary(r => r, r => study.Result($"SR {r}", study.Small with { SqueezeRatio = r }));
        var shares = p.Shares3x3.ToDictionary(s => s, s => study.Result($"{100 * s:0.#} % 3x3", study.Small with { SqueezeRatio = 0.5, Share3x3 = s }));
        var simple = study.Result("simple bypass", study.Small with { Bypass = Bypass.Simple });
        var complex = study.Result("complex bypass", study.Small with { Bypass = Bypass.Complex });

        var half = ratios[0.5];
        run.Claim("fig3a-squeeze-ratio", vanilla.Test - half.Test);
        run.Claim("fig3a-saturates", vanilla.Test - half.Test - (half.Test - ratios[1].Test));
        run.Claim("fig3b-share", shares[0.01].Test - half.Test);
        run.Claim("fig3b-saturates", half.Test - shares[0.99].Test);
        run.Claim("table3-simple", vanilla.Test - simple.Test);
        run.Claim("table3-complex", vanilla.Test - complex.Test);
        run.Claim("table3-simple-beats-complex", complex.Test - simple.Test);
        study.Report("All with the same seed, order of images and plan. The paper's differences are of top-5 error (Fig. 3) and top-1 error (Table 3) on ImageNet.");
    }

    // v1.1 as it is, for ten classes: no number of the paper is about it.
    static void LargeImages(SqueezeNetParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        using var study = new Study("large", p with { Images = int.MaxValue }, p.LargeEpochs, run, run.Load(p.Large));
        foreach (var bypass in Enum.GetValues<Bypass>())
        {
            study.Result($"v1.1, {bypass.ToString().ToLowerInvariant()} bypass", study.Large with { Bypass = bypass });
        }

        study.Report("SqueezeNet v1.1 with ten outputs, trained from nothing on images of 224x224.");
    }
}
