using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Ssl;

/// <summary>Learning Structured Sparsity in Deep Neural Networks (arXiv:1608.03665): filters, channels, shapes and layers that vanish as a whole.</summary>
public sealed class SslRecipe : Recipe<SslParameters>
{
    /// <inheritdoc/>
    public override string Name => "ssl";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Learning Structured Sparsity in Deep Neural Networks", "Wei Wen, Chunpeng Wu, Yandan Wang, Yiran Chen, Hai Li", "NIPS 2016", "1608.03665");

    /// <inheritdoc/>
    public override string Technique => "pruning and sparsity";

    /// <inheritdoc/>
    public override string Idea =>
        "Penalise the norms of whole filters, channels, filter shapes or layers: what vanishes leaves a smaller dense network, which is faster on any machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => Ssl.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 5 seconds, drawn shapes",
        Scale.Quick => "about 9 minutes, LeNet on MNIST",
        Scale.Full => "about an hour, LeNet on MNIST, longer training",
        _ => "a few hours: LeNet as in Tables 1 and 2; ResNet, ConvNet and AlexNet are not trained",
    };

    /// <inheritdoc/>
    public override SslParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Data = "shapes",
            BaselineEpochs = 4,
            SparseEpochs = 1,
            FineTuneEpochs = 1,
            BatchSize = 32,
            FilterStrengths = [0.015],
            ShapeStrengths = [0.015],
            L1Strengths = [1e-3],
            TimingRounds = 0,
        },
        Scale.Quick => new(),
        Scale.Full => new() { BaselineEpochs = 20, SparseEpochs = 20, FineTuneEpochs = 10, FilterStrengths = [0.002, 0.005, 0.01, 0.015], ShapeStrengths = [0.005, 0.01, 0.015], L1Strengths = [3e-4, 1e-3] },
        _ => new() { BaselineEpochs = 60, SparseEpochs = 60, FineTuneEpochs = 30, FilterStrengths = [0.002, 0.005, 0.01, 0.015], ShapeStrengths = [0.005, 0.01, 0.015], L1Strengths = [3e-4, 1e-3], TimingRounds = 41 },
    };

    /// <inheritdoc/>
    public override void Run(SslParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        var p = parameters;
        PrintedArithmetic.Report(run);
        AlexNetTable.Report(p.TimingRounds, run);
        Ssl.Claims.NotTested(run);

        var data = run.Load(p.Data);
        // Pixels from 0 to 1, as in the authors' example: the strengths are meant for weights of that scale.
        var pixels = new ChannelStatistics([0], [1]);
        using var train = new Batches(data.Train, p.BatchSize, pixels, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, pixels);
        using var test = new Batches(data.Test, 500, pixels);
        var results = new Results(p, run);

        manual_seed(run.Seed);
        using var dense = new LeNet5(data.Train.ClassNames.Length);
        var baseline = new Trainer
        {
            What = "dense LeNet",
            Model = dense,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan
            {
                Epochs = p.BaselineEpochs,
                LearningRate = p.LearningRate,
                Schedule = Schedule.Step(0.1, 0.75),
                WeightDecay = p.WeightDecay,
            },
            Origin = $"seed {run.Seed}",
        };
        run.Train("dense", "default initialisation", baseline);
        results.Dense(Evaluation.Of(dense, test, run.Cancellation), Evaluation.Of(dense, validation, run.Cancellation), ModelSummary.Of(dense, 1, 28, 28).Parameters);

        Outcome Learn(Variant variant)
        {
            using var net = new LeNet5(data.Train.ClassNames.Length);
            net.load_state_dict(dense.state_dict());
            Conv2d[] convolutions = [.. net.modules().OfType<Conv2d>()];
            Parameter[] weights = [.. convolutions.Select(c => c.weight)];

            // From the dense network on, with the penalty in the place of weight decay.
            var sparse = baseline with
            {
                What = variant.Name,
                Model = net,
                Plan = baseline.Plan with { Epochs = p.SparseEpochs, WeightDecay = 0 },
                Loss = (logits, batch) => nn.functional.cross_entropy(logits, batch.Target) + variant.Of(weights),
                AfterStep = () => GroupLasso.Threshold(weights),
            };
            run.Train($"{variant.Slug}/sparse", $"{variant.Name}, after: {baseline.Signature}", sparse);
            var after = Evaluation.Of(net, test, run.Cancellation);

            // What vanished stays away; the penalty goes.
            using var masks = variant.Masks(weights);
            var tune = baseline with
            {
                What = $"{variant.Name}: fine-tuning",
                Model = net,
                Plan = baseline.Plan with { Epochs = p.FineTuneEpochs, LearningRate = p.LearningRate / 10 },
                AfterBackward = masks.MaskGradients,
                AfterStep = masks.Apply,
            };
            run.Train($"{variant.Slug}/tuned", $"masked as it was after: {variant.Name}; {sparse.Signature}; {baseline.Signature}", tune);

            using var thin = Thinning.Of(net);
            return new(
                variant.Name, after, Evaluation.Of(net, test, run.Cancellation), Evaluation.Of(thin, test, run.Cancellation),
                Evaluation.Of(net, validation, run.Cancellation), [.. convolutions.Select(Survivors.Of)], thin.parameters().Sum(w => w.numel()));
        }

        results.Filters([.. p.FilterStrengths.Order().Select(s => Learn(new(Penalty.FilterAndChannel, s)))]);
        results.Shapes([.. p.ShapeStrengths.Order().Select(s => Learn(new(Penalty.Shape, s)))]);
        results.Unstructured([.. p.L1Strengths.Order().Select(s => Learn(new(Penalty.L1, s)))]);
        results.Squared(Learn(new(Penalty.Squared, p.SquaredStrength)));
        results.Report();
    }
}
