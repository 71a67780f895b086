using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.D2nn;

/// <summary>Dynamic deep neural networks (arXiv:1701.00299): control nodes decide, by Q-learning, which parts of a network an image needs.</summary>
public sealed class D2nnRecipe : Recipe<D2nnParameters>
{
    /// <inheritdoc/>
    public override string Name => "d2nn";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Dynamic Deep Neural Networks: Optimizing Accuracy-Efficiency Trade-offs by Selective Execution", "Lanlan Liu, Jia Deng", "AAAI 2018", "1701.00299");

    /// <inheritdoc/>
    public override string Technique => "conditional computation";

    /// <inheritdoc/>
    public override string Idea => "Make a network a graph with controllers in it, and let them learn by reward, accuracy against cost, which nodes to run for an image.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => D2nn.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 4 seconds, drawn shapes",
        Scale.Quick => "about 4 minutes, 10,000 images of MNIST",
        _ => "an hour or two, MNIST; LFW-B and ILSVRC-10 are not included",
    };

    /// <inheritdoc/>
    public override D2nnParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes", Images = 600, Epochs = 2, Lambdas = [0.5, 0.93], OtherLambdas = [0.9], BatchSize = 32, BagSize = 16, LearningRate = 5e-3 },
        Scale.Quick => new(),
        _ => new() { Images = 0, Epochs = 40, Lambdas = [0, 0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.97, 0.99, 1], OtherLambdas = [0.8, 0.9, 0.95, 0.97, 1] },
    };

    /// <inheritdoc/>
    public override void Run(D2nnParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        D2nn.Claims.NotTested(run);
        var data = run.Load(parameters.Data);
        var images = parameters.Images == 0 || parameters.Images >= data.Train.Count
            ? data.Train
            : data.Train.Select([.. SplitMix64.Permutation(data.Train.Count, (ulong)run.Seed, 0).Take(parameters.Images).Order()], $"{data.Name} train, {parameters.Images} with seed {run.Seed}");
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(images, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, statistics);
        new HighLowCurve(parameters, data, train, validation, run).Report();
        new OtherGraphs(parameters, data, images, run).Report(train, validation);
    }
}
