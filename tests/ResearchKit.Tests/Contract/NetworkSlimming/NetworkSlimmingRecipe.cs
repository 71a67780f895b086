using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.NetworkSlimming;

/// <summary>Network Slimming: L1 on the scales of batch norm (arXiv:1708.06519).</summary>
public sealed class NetworkSlimmingRecipe : Recipe<NetworkSlimmingParameters>
{
    /// <inheritdoc/>
    public override string Name => "network-slimming";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Learning Efficient Convolutional Networks through Network Slimming",
        "Zhuang Liu, Jianguo Li, Zhiqiang Shen, Gao Huang, Shoumeng Yan, Changshui Zhang", "ICCV 2017", "1708.06519");

    /// <inheritdoc/>
    public override string Idea => "Push the scales of batch norm towards zero while training; channels whose scale ends there are taken out.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => NetworkSlimming.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "a few seconds, drawn shapes",
        Scale.Quick => "a few minutes, MNIST",
        _ => "half an hour, MNIST",
    };

    /// <inheritdoc/>
    public override NetworkSlimmingParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes", Widths = [8, 16, 16], Epochs = 2 },
        Scale.Quick => new(),
        _ => new() { Epochs = 40 },
    };

    /// <inheritdoc/>
    public override void Run(NetworkSlimmingParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        var data = run.Load(parameters.Data);
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(data.Train, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);

        manual_seed(run.Seed);
        using var net = new SlimNet(parameters.Widths);
        var sparse = new Trainer
        {
            What = "training with the penalty",
            Model = net,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan { Epochs = parameters.Epochs, LearningRate = parameters.Rate, Schedule = Schedule.Cosine },
            Loss = (logits, batch) => nn.functional.cross_entropy(logits, batch.Target) + Slimming.Penalty(net, parameters.Strength),
            Origin = $"seed {run.Seed}, penalty {parameters.Strength}",
        };
        run.Train("sparse", "default initialisation", sparse);
        var before = Evaluation.Of(net, test, run.Cancellation);

        Slimming.Mask(net, parameters.Share);
        using var thin = Slimming.Thin(net);
        var fine = sparse with
        {
            What = "fine-tuning without the masked channels",
            Model = thin,
            Plan = sparse.Plan with { LearningRate = parameters.Rate / 10 },
            Loss = null,
            Origin = $"seed {run.Seed}",
        };
        run.Train("thin", $"{parameters.Share} of the channels taken out after: {sparse.Signature}", fine);
        var after = Evaluation.Of(thin, test, run.Cancellation);
        ModelFile.Save(thin, Path.Combine(run.Folder, "thin.safetensors"));

        var (wide, slim) = (ModelSummary.Of(net, 1, 28, 28), ModelSummary.Of(thin, 1, 28, 28));
        run.Value("error/before", before.Error, "%");
        run.Value("error/after", after.Error, "%");
        run.Value("parameters/after", slim.Parameters, "");
        run.Claim("table1-vgg-parameters", 100 * (1 - (2.30 / 20.04)));
        run.Claim("table1-error", after.Error - before.Error);
        run.Claim("table1-macs", 100.0 * (wide.Macs - slim.Macs) / wide.Macs);
    }
}
