using ResearchKit.Experiments;

namespace ResearchKit.Papers.Sact;

/// <summary>Spatially adaptive computation time (arXiv:1612.02297): residual units are computed where an image still needs them.</summary>
public sealed class SactRecipe : Recipe<SactParameters>
{
    /// <inheritdoc/>
    public override string Name => "sact";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Spatially Adaptive Computation Time for Residual Networks",
        "Michael Figurnov, Maxwell D. Collins, Yukun Zhu, Li Zhang, Jonathan Huang, Dmitry Vetrov, Ruslan Salakhutdinov", "CVPR 2017", "1612.02297");

    /// <inheritdoc/>
    public override string Technique => "conditional computation";

    /// <inheritdoc/>
    public override string Idea => "Let each position of an image decide after each residual unit whether it has seen enough; the loss charges it for going on.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => Sact.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 4 seconds, drawn shapes",
        Scale.Quick => "about 10 minutes, 4,000 images of CIFAR-10",
        Scale.Full => "several hours, CIFAR-10, ResNet-32",
        _ => "days: CIFAR-10, ResNet-110 for 250 epochs; ImageNet and COCO are not included",
    };

    /// <inheritdoc/>
    public override SactParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes-rgb", Images = 500, Units = 2, Epochs = 2, FineTuneEpochs = 1, Taus = [0.2], ActTaus = [0.2], BatchSize = 32, TimingRounds = 0 },
        Scale.Quick => new(),
        Scale.Full => new() { Images = 0, Units = 5, StemStride = 1, Epochs = 60, FineTuneEpochs = 30, HaltingBias = -3, Taus = [0.001, 0.005, 0.01, 0.02, 0.05], ActTaus = [0.001, 0.005, 0.01, 0.02, 0.05] },
        _ => new() { Images = 0, Units = 18, StemStride = 1, Epochs = 250, FineTuneEpochs = 100, HaltingBias = -3, Taus = [0.001, 0.005, 0.01, 0.02, 0.05], ActTaus = [0.001, 0.005, 0.01, 0.02, 0.05] },
    };

    /// <inheritdoc/>
    public override void Run(SactParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        WorkedExamples.Report(run);
        Sact.Claims.NotTested(run);

        var data = run.Load(parameters.Data);
        using var networks = new Networks(parameters, data, run);
        var first = networks.Plain();
        var plain = networks.TrainOn(Adaptivity.None, 0);
        Adapted[] sact = [.. parameters.Taus.Select(tau => networks.TrainOn(Adaptivity.Position, tau))];
        Adapted[] act = [.. parameters.ActTaus.Select(tau => networks.TrainOn(Adaptivity.Image, tau))];
        new Results(parameters, data, run).Report(first, plain, sact, act);
    }
}
