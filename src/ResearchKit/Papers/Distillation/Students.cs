using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Distillation;

/// <summary>
/// Trains students: perceptrons without dropout, weight decay or jitter, so that what they know of translations comes through soft
/// targets alone. All of a seed and a size start from the same weights and see their images in the same order.
/// </summary>
sealed class Students(DistillationParameters parameters, DataSet data, Experiment run) : IDisposable
{
    readonly Batches _validation = new(data.Validation, 500, data.Train.ChannelStatistics());
    readonly Batches _test = new(data.Test, 500, data.Train.ChannelStatistics());

    /// <summary>What the trained teacher depends on, for the names of what its students are trained from.</summary>
    internal required string Teacher { get; init; }

    /// <summary>Trains one.</summary>
    /// <param name="name">Of the stage and its metrics.</param>
    /// <param name="what">For the progress line.</param>
    /// <param name="units">Of each hidden layer.</param>
    /// <param name="set">What it sees.</param>
    /// <param name="objective">What it minimises.</param>
    /// <param name="epochs">Passes over the set.</param>
    internal Student Train(string name, string what, int units, TransferSet set, Objective objective, int epochs)
    {
        manual_seed(run.Seed);
        var images = set.Images;
        var model = new Mlp(images.ImageBytes, units, units, images.ClassNames.Length);
        using var batches = new Batches(images, parameters.BatchSize, data.Train.ChannelStatistics(), shuffle: true, seed: run.Seed);
        var trainer = new Trainer
        {
            What = what,
            Model = model,
            Train = batches,
            Validation = _validation,
            Plan = new TrainingPlan
            {
                Epochs = epochs,
                LearningRate = parameters.LearningRate,
                Optimizer = OptimizerKind.Adam,
                Schedule = Schedule.Cosine,
            },
            Origin = $"seed {run.Seed}",
            Loss = (logits, batch) => objective.Of(logits, objective.IsSoft ? set.TeacherLogits.index_select(0, batch.Members) : null, batch.Target),
        };
        run.Train(name, $"{units} units, default initialisation, {objective}{(objective.IsSoft ? $" of: {Teacher}" : "")}", trainer);
        return new(model, Errors(model, _validation, data.Validation), Errors(model, _test, data.Test));
    }

    /// <summary>Raises or lowers the biases of some classes by the offset that is best on the validation split.</summary>
    /// <returns>The corrected student, whose network is the same one, and the errors on the validation split for each offset.</returns>
    internal (Student Corrected, double Offset, IReadOnlyList<int> Errors) Correct(Student student, int[] classes, IReadOnlyList<double> offsets)
    {
        using var logits = Evaluation.Logits(student.Model, _validation, run.Cancellation);
        var errors = BiasCorrection.Errors(logits, data.Validation.Labels, classes, offsets);
        double offset = BiasCorrection.Best(offsets, errors);
        BiasCorrection.Apply(student.Model, classes, offset);
        return (new(student.Model, Errors(student.Model, _validation, data.Validation), Errors(student.Model, _test, data.Test)), offset, errors);
    }

    public void Dispose()
    {
        _validation.Dispose();
        _test.Dispose();
    }

    ClassErrors Errors(Mlp model, Batches batches, ImageSet images)
    {
        using var logits = Evaluation.Logits(model, batches, run.Cancellation);
        return ClassErrors.Of(logits, images.Labels);
    }
}

/// <summary>A trained student.</summary>
/// <param name="Model">The network.</param>
/// <param name="Validation">Its errors on the validation split.</param>
/// <param name="Test">Its errors on the test images.</param>
sealed record Student(Mlp Model, ClassErrors Validation, ClassErrors Test);
