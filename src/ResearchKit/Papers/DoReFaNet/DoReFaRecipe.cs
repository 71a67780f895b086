using ResearchKit.Experiments;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>DoReFa-Net: few bits for weights, activations and gradients (arXiv:1606.06160).</summary>
public sealed class DoReFaRecipe : Recipe<DoReFaParameters>
{
    /// <inheritdoc/>
    public override string Name => "dorefa-net";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "DoReFa-Net: Training Low Bitwidth Convolutional Neural Networks with Low Bitwidth Gradients",
        "Shuchang Zhou, Yuxin Wu, Zekun Ni, Xinyu Zhou, He Wen, Yuheng Zou", "arXiv 2016", "1606.06160");

    /// <inheritdoc/>
    public override string Technique => "binarisation";

    /// <inheritdoc/>
    public override string Idea =>
        "Give weights, activations and gradients a few bits each: products become counts of bits, forward and backward, and noise keeps rounded gradients honest.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => DoReFaNet.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 5 seconds, drawn shapes",
        Scale.Quick => "about 6 minutes, a part of MNIST",
        Scale.Full => "about two days, CIFAR-10 with the paper's model A",
        _ => "a week and more: CIFAR-10 with model A at full length; SVHN and ImageNet are not covered",
    };

    /// <inheritdoc/>
    public override DoReFaParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes", Images = 300, Epochs = 1, EvaluationImages = 100, BatchSize = 20, LearningRate = 2e-3, TimingRounds = 0 },
        Scale.Quick => new(),
        Scale.Full => new() { Data = "cifar10", Network = "model-a", Images = 0, Epochs = 30, Augment = true, TimingRounds = 31 },
        _ => new() { Data = "cifar10", Network = "model-a", Images = 0, Epochs = 200, Augment = true, TimingRounds = 31 },
    };

    /// <inheritdoc/>
    public override void Run(DoReFaParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        WorkedExamples.Report(run);
        DoReFaNet.Claims.NotTested(run);
        using var grid = new Grid(parameters, run);

        // Floats; two bits for one of the three alone; forward widths; gradient widths; no noise; few channels.
        Cell floats = Cell.Of(32, 32, 32), weights = Cell.Of(2, 32, 32), activations = Cell.Of(32, 2, 32), gradients = Cell.Of(32, 32, 2);
        Cell oneByOne = Cell.Of(1, 1, 32), oneByTwo = Cell.Of(1, 2, 32), twoByTwo = Cell.Of(2, 2, 32), g4 = Cell.Of(1, 2, 4), g2 = Cell.Of(1, 2, 2);
        Cell[] cells =
        [
            floats, weights, activations, gradients, Cell.Of(1, 32, 32), oneByOne, oneByTwo, twoByTwo, Cell.Of(1, 2, 8), Cell.Of(1, 2, 6), g4, g2,
            g4 with { Noise = false }, floats with { IsNarrow = true }, g2 with { IsNarrow = true },
        ];
        foreach (var cell in cells)
        {
            grid.Train(cell);
        }

        grid.Report();
        run.Claim("table1-forward", grid.Lost(oneByTwo, than: floats));
        run.Claim("table1-g8", grid.Lost(Cell.Of(1, 2, 8), than: oneByTwo));
        run.Claim("table1-g2", grid.Lost(g2, than: oneByTwo));
        run.Claim("table1-width", grid.Lost(g2 with { IsNarrow = true }, than: floats with { IsNarrow = true }) - grid.Lost(g2, than: floats));
        run.Claim("sec3-activations-weights", grid.Times(activations, than: weights));
        run.Claim("sec3-gradients-activations", grid.Times(gradients, than: activations));
        run.Claim("eq12-noise", grid.Times(g4 with { Noise = false }, than: g4));

        BitInference.Report(grid, [oneByOne, oneByTwo, twoByTwo], floats, parameters.TimingRounds, run);
        BitInference.Costs(parameters.TimingRounds, run);
    }
}
