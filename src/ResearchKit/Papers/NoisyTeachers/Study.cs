using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>A trained net.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Learned">From what.</param>
/// <param name="Validation">Error in per cent.</param>
/// <param name="Test">Error in per cent.</param>
/// <param name="Loss">Of the last epoch of training.</param>
/// <param name="Offset">What the noise adds to that in expectation.</param>
/// <param name="Paper">The paper's error in per cent, or null where it gives none.</param>
sealed record Outcome(string Name, string Learned, double Validation, double Test, double Loss, double Offset, double? Paper);

/// <summary>
/// A teacher and its students on one data set. The teacher may see more images than they do. Its logits are taken once. Students of one form start from
/// the same weights and see the images in the same order; they differ in what they learn.
/// </summary>
sealed class Study : IDisposable
{
    readonly string _name;
    readonly NoisyTeachersParameters _p;
    readonly Experiment _run;
    readonly DataSet _data;
    readonly ImageSet _lessons, _images, _transfer;
    readonly ChannelStatistics _statistics;
    readonly Batches _validation, _test;
    readonly List<Outcome> _outcomes = [];
    Tensor? _logits;
    string _lineage = "";

    internal Study(string name, NoisyTeachersParameters parameters, Experiment run, DataSet data, int images, int lessons = 0, bool mirrored = false)
    {
        (_name, _p, _run, _data) = (name, parameters, run, data);
        lessons = Math.Max(lessons, images);
        _lessons = data.Train.Draw(lessons, run.Seed, $"{data.Name} train, {lessons} drawn");
        _images = data.Train.Draw(images, run.Seed, $"{data.Name} train, {images} drawn");
        _transfer = mirrored ? _images.Concat(Mirror(_images), $"{_images.Name}, and mirrored") : _images;
        _statistics = data.Train.ChannelStatistics();
        _validation = new(data.Validation, 500, _statistics);
        _test = new(data.Test, 500, _statistics);
    }

    /// <summary>All that was trained, in its order.</summary>
    internal IReadOnlyList<Outcome> Outcomes => _outcomes;

    /// <summary>Trains the teacher on labels and takes its logits, in evaluation mode.</summary>
    internal Outcome Teacher(Func<Module<Tensor, Tensor>> form, string architecture, int epochs, Augmentation augmentation, double? paper)
    {
        manual_seed(_run.Seed);
        using var teacher = form();
        using var batches = new Batches(_lessons, _p.BatchSize, _statistics, shuffle: true, seed: _run.Seed, augmentation: augmentation);
        using var inOrder = new Batches(_transfer, 500, _statistics);
        var trainer = Trainer("teacher", teacher, batches, epochs) with { Validation = _validation };
        var history = _run.Train($"{_name}/teacher", $"{architecture}, default initialisation", trainer);
        _lineage = $"{architecture}, {trainer.Signature}";
        _logits = Evaluation.Logits(teacher, inOrder, _run.Cancellation);
        return Add("teacher", teacher, "labels", history, 0, paper);
    }

    /// <summary>A student on labels, as it is without a teacher.</summary>
    internal Outcome OnLabels(string name, Func<Module<Tensor, Tensor>> form, string architecture, int epochs) =>
        Student(name, form, architecture, epochs, "labels", null);

    /// <summary>A student that learns the teacher's logits as they are: the baseline.</summary>
    internal Outcome Regression(string name, Func<Module<Tensor, Tensor>> form, string architecture, int epochs, double? paper = null) =>
        Student(name, form, architecture, epochs, "logits", LogitRegression.Loss, 0, paper);

    /// <summary>A student that learns the teacher's logits with noise.</summary>
    internal Outcome Noisy(string name, Func<Module<Tensor, Tensor>> form, string architecture, int epochs, LogitNoise noise, double? paper = null) =>
        Student(name, form, architecture, epochs, $"logits, {noise}", (g, z) => LogitRegression.Loss(g, noise.Perturb(z)), noise.ExpectedOffset(_logits!), paper);

    /// <summary>The control: a student whose own logits get the noise. This is a regulariser, as the added term, alpha sigma^2 / 2 ||g||^2, holds its weights.</summary>
    internal Outcome NoiseOnStudent(string name, Func<Module<Tensor, Tensor>> form, string architecture, int epochs, LogitNoise noise) =>
        Student(name, form, architecture, epochs, $"logits, its own with {noise}", (g, z) => LogitRegression.Loss(noise.Perturb(g), z));

    /// <summary>Takes values, table and figure of all that was trained.</summary>
    internal void Report(string note)
    {
        foreach (var outcome in _outcomes)
        {
            _run.Value($"{_name}/{outcome.Name}/test error", outcome.Test, "%");
        }

        _run.Value($"{_name}/mean squared length of the teacher's logits", 2 * new LogitNoise(1, 1).ExpectedOffset(_logits!), "");
        _run.Table(new(
            $"A teacher of {_lessons.Count:N0} images and its students of {_images.Count:N0}, {_data.Name}",
            ["Net", "Learned from", "Validation error (%)", "Test error (%)", "Paper (%)", "Training loss at the end", "of it by the noise, in expectation"],
            [.. _outcomes.Select(o => (string[])[o.Name, o.Learned, $"{o.Validation:0.00}", $"{o.Test:0.00}", $"{o.Paper:0.00}", $"{o.Loss:0.00}", o.Offset > 0 ? $"{o.Offset:0.00}" : ""])],
            note));
        _run.Figure(new(
            $"Test errors on {_data.Name}", FigureKind.Bar, "net", "test error, %",
            [new("test error", null, [.. _outcomes.Select(o => o.Name)], [.. _outcomes.Select(o => o.Test)])], note));
    }

    public void Dispose()
    {
        _validation.Dispose();
        _test.Dispose();
    }

    Outcome Student(string name, Func<Module<Tensor, Tensor>> form, string architecture, int epochs, string learned, Func<Tensor, Tensor, Tensor>? loss, double offset = 0, double? paper = null)
    {
        var targets = _logits ?? throw new InvalidOperationException("Students need a teacher: train it first.");
        manual_seed(_run.Seed);
        using var net = form();
        using var batches = new Batches(_transfer, _p.BatchSize, _statistics, shuffle: true, seed: _run.Seed);
        var trainer = Trainer(name, net, batches, epochs) with
        {
            Loss = loss is null ? null : (logits, batch) => loss(logits, targets.index_select(0, batch.Members)),
        };
        var history = _run.Train($"{_name}/{name}", $"{architecture}, default initialisation, {learned}{(loss is null ? "" : $", {_lineage}")}", trainer);
        return Add(name, net, learned, history, offset, paper);
    }

    Outcome Add(string name, Module<Tensor, Tensor> net, string learned, IReadOnlyList<EpochResult> history, double offset, double? paper)
    {
        var outcome = new Outcome(
            name, learned, Evaluation.Of(net, _validation, _run.Cancellation).Error, Evaluation.Of(net, _test, _run.Cancellation).Error, history[^1].TrainLoss, offset, paper);
        _outcomes.Add(outcome);
        return outcome;
    }

    Trainer Trainer(string what, Module<Tensor, Tensor> net, Batches batches, int epochs) => new()
    {
        What = $"{_name}, {what}",
        Model = net,
        Train = batches,
        Plan = new TrainingPlan { Epochs = epochs, LearningRate = _p.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine },
        Origin = $"seed {_run.Seed}",
    };

    static ImageSet Mirror(ImageSet images)
    {
        byte[] pixels = [.. images.Pixels];
        for (int row = 0; row < pixels.Length; row += images.Width)
        {
            Array.Reverse(pixels, row, images.Width);
        }

        return images with { Name = $"{images.Name}, mirrored", Pixels = pixels };
    }
}
