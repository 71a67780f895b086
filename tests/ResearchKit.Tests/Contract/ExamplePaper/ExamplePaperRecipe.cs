using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.ExamplePaper;

/// <summary>The paper's title (arXiv:0000.00000).</summary>
public sealed class ExamplePaperRecipe : Recipe<ExamplePaperParameters>
{
    /// <inheritdoc/>
    public override string Name => "example-paper";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new("The paper's title", "Its authors", "Its venue and year", "0000.00000");

    /// <inheritdoc/>
    public override string Idea => "The idea in one sentence.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => ExamplePaper.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "a few seconds, drawn shapes",
        Scale.Quick => "a few minutes, MNIST",
        _ => "to be measured",
    };

    /// <inheritdoc/>
    public override ExamplePaperParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes", Epochs = 2 },
        Scale.Quick => new(),
        _ => new() { Epochs = 60 },
    };

    /// <inheritdoc/>
    public override void Run(ExamplePaperParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        var data = run.Load(parameters.Data);
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(data.Train, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);

        manual_seed(run.Seed);
        using var baseline = new LeNet5();
        var training = new Trainer
        {
            What = "the baseline",
            Model = baseline,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan { Epochs = parameters.Epochs, LearningRate = parameters.Rate, Schedule = Schedule.Cosine },
            Origin = $"seed {run.Seed}",
        };
        run.Train("baseline", "default initialisation", training);
        run.Value("error/baseline", Evaluation.Of(baseline, test, run.Cancellation).Error, "%");

        throw new NotImplementedException("The paper's technique comes here, and then run.Claim or run.NotTested for each of its claims.");
    }
}
