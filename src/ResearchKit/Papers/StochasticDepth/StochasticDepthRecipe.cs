using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>Deep Networks with Stochastic Depth (arXiv:1603.09382): residual blocks left out at random in training.</summary>
public sealed class StochasticDepthRecipe : Recipe<StochasticDepthParameters>
{
    /// <inheritdoc/>
    public override string Name => "stochastic-depth";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Deep Networks with Stochastic Depth", "Gao Huang, Yu Sun, Zhuang Liu, Daniel Sedra, Kilian Weinberger", "ECCV 2016", "1603.09382");

    /// <inheritdoc/>
    public override string Technique => "pruning and sparsity";

    /// <inheritdoc/>
    public override string Idea =>
        "Train a short network and use a deep one: in each batch a random part of the residual blocks is left out, which saves a quarter of the time and regularises.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => StochasticDepth.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 3 seconds, drawn shapes",
        Scale.Quick => "about 8 minutes, 2,500 images of CIFAR-10, 20 layers",
        Scale.Full => "about 8 hours, CIFAR-10, 56 layers",
        _ => "weeks: 110 layers on CIFAR-10 for 500 epochs",
    };

    /// <inheritdoc/>
    public override StochasticDepthParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Data = "shapes-rgb",
            Depth = 8,
            TrainImages = 640,
            ValidationImages = 100,
            Epochs = 3,
            BatchSize = 32,
            TimingRounds = 0,
        },
        Scale.Quick => new(),
        Scale.Full => new() { Depth = 56, TrainImages = 0, ValidationImages = 0, Epochs = 60, BatchSize = 128, Augment = true, TimedImages = 512, TimedBatchSize = 128, TimingRounds = 15 },
        _ => new() { Depth = 110, TrainImages = 0, ValidationImages = 0, Epochs = 500, BatchSize = 128, Augment = true, TimedImages = 512, TimedBatchSize = 128, TimingRounds = 31 },
    };

    /// <inheritdoc/>
    public override void Run(StochasticDepthParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        var p = parameters;
        ArithmeticOfDepth.Report(run);
        StochasticDepth.Claims.NotTested(run);

        var data = run.Load(p.Data);
        var images = Part(data.Train, p.TrainImages, run.Seed);
        var statistics = images.ChannelStatistics();
        using var train = new Batches(
            images, p.BatchSize, statistics, shuffle: true, seed: run.Seed, augmentation: p.Augment ? new(Shift: 4, Flip: true) : null);
        using var validation = new Batches(Part(data.Validation, p.ValidationImages, 0), 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);
        var results = new Results(p, run);

        // All of a seed begin with the same weights and see the same batches.
        CifarResNet Fresh()
        {
            manual_seed(run.Seed);
            return new CifarResNet(p.Depth, images.ClassNames.Length);
        }

        void Train(string name, string from, Module<Tensor, Tensor> model) => run.Train(name, from, new Trainer
        {
            What = name,
            Model = model,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan
            {
                Epochs = p.Epochs,
                LearningRate = p.LearningRate,
                Schedule = Schedule.Step(0.1, 0.5, 0.75),
                Nesterov = true,
                WeightDecay = p.WeightDecay,
            },
            Origin = $"seed {run.Seed}",
        });

        using (var constant = Fresh())
        {
            Train("constant", "He initialisation", constant);
            results.Constant(
                Evaluation.Of(constant, train, run.Cancellation), Evaluation.Of(constant, test, run.Cancellation),
                GradientMagnitudes.Of(constant, constant.Blocks, train, 20));
        }

        foreach (double last in p.LastSurvivals)
        {
            using var net = new StochasticDepthNet(Fresh(), LinearDecay.Survival(LinearDecay.Blocks(p.Depth), last));
            Train($"stochastic-{last}", $"He initialisation, linear decay to {last}", net);
            results.Stochastic(
                last, Evaluation.Of(net, train, run.Cancellation), Evaluation.Of(net, test, run.Cancellation),
                Evaluation.Of(net.Net, test, run.Cancellation), GradientMagnitudes.Of(net, net.Net.Blocks, train, 20));
        }

        results.Report(data.Train.Count == images.Count);
        TrainingTime.Report(p, data.Train, statistics, run);
    }

    /// <summary>Some of the images, drawn with a seed, in their order; 0 gives all.</summary>
    static ImageSet Part(ImageSet images, int count, int seed) => count == 0 || count >= images.Count
        ? images
        : images.Select(
            [.. SplitMix64.Permutation(images.Count, (ulong)seed, 0).Take(count).Order()], $"{images.Name}, {count} with seed {seed}");
}
