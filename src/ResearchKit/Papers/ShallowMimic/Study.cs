using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>A trained net.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Architecture">As the paper writes it.</param>
/// <param name="Trained">On what.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Validation">Error in per cent.</param>
/// <param name="Test">Error in per cent.</param>
sealed record Outcome(string Name, string Architecture, string Trained, long Parameters, double Validation, double Test);

/// <summary>
/// Teachers and students on one data set. Teachers see a part of the images, with labels and without augmentation. Students that mimic see those and
/// others, with the teachers' logits and without any label. All students of one form start from the same weights.
/// </summary>
sealed class Study : IDisposable
{
    readonly ShallowMimicParameters _p;
    readonly Experiment _run;
    readonly DataSet _data;
    readonly ImageSet _labelled, _transfer;
    readonly ChannelStatistics _statistics;
    readonly Batches _validation, _test;
    readonly List<Outcome> _outcomes = [];
    readonly List<(Tensor Transfer, Tensor Validation, Tensor Test)> _teachers = [];
    readonly string _name;
    string _lineage = "";

    internal Study(string name, ShallowMimicParameters parameters, Experiment run, DataSet data)
    {
        (_name, _p, _run, _data) = (name, parameters, run, data);
        _transfer = data.Train.Draw(parameters.Transfer, run.Seed, $"{data.Name} train, {parameters.Transfer} drawn");
        _labelled = _transfer.Select([.. Enumerable.Range(0, Math.Min(parameters.Labelled, _transfer.Count))], $"{data.Name} train, {parameters.Labelled} drawn");
        _statistics = data.Train.ChannelStatistics();
        _validation = new(data.Validation, 500, _statistics);
        _test = new(data.Test, 500, _statistics);
    }

    /// <summary>A student's form for these images.</summary>
    internal ShallowPlan Plan(int units, int bottleneck = 0, int maps = 0) =>
        new(_labelled.Channels, _labelled.Height, _labelled.ClassNames.Length, units, bottleneck, maps);

    /// <summary>Trains the teachers, from different first weights and in different orders.</summary>
    /// <returns>The error of the first, of the whole ensemble.</returns>
    internal (Outcome Single, Outcome Ensemble) Teachers()
    {
        using var inOrder = new Batches(_transfer, 500, _statistics);
        string architecture = "";
        long parameters = 0;
        foreach (int member in Enumerable.Range(0, _p.Members))
        {
            // Seeds of members are far apart, so that runs with neighbouring seeds share none.
            int seed = _run.Seed + (1000 * member);
            manual_seed(seed);
            using var teacher = new DeepNet(_labelled.Channels, _labelled.Height, _labelled.ClassNames.Length, _p.TeacherWidth, _p.Dropout);
            using var batches = new Batches(_labelled, _p.BatchSize, _statistics, shuffle: true, seed: seed);
            var from = $"width {_p.TeacherWidth}, dropout {_p.Dropout}, default initialisation";
            var trainer = Trainer($"teacher {member + 1}", teacher, batches, _p.TeacherEpochs, $"seed {seed}");
            _run.Train($"{_name}/teacher-{member + 1}", from, trainer);
            _lineage += $"{from}; {trainer.Signature}; ";
            _teachers.Add((Logits(teacher, inOrder), Logits(teacher, _validation), Logits(teacher, _test)));
            architecture = $"{_p.TeacherWidth}c-p-{_p.TeacherWidth}c-p-{2 * _p.TeacherWidth}c-p-{8 * _p.TeacherWidth}fc";
            parameters = teacher.parameters().Sum(p => p.numel());
        }

        var ensemble = Ensemble();
        return (
            Add(new("teacher", architecture, "labels", parameters, Error(_teachers[0].Validation, _data.Validation), Error(_teachers[0].Test, _data.Test))),
            Add(new("ensemble", $"{_p.Members} of these", "labels", parameters * _p.Members, Error(ensemble.Validation, _data.Validation), Error(ensemble.Test, _data.Test))));
    }

    /// <summary>The shallow net as it is without a teacher: on labels, with dropout.</summary>
    internal Outcome OnLabels(string name, ShallowPlan plan)
    {
        int epochs = Math.Max(1, _p.StudentEpochs * _transfer.Count / _labelled.Count);
        plan = plan with { Dropout = _p.Dropout };
        manual_seed(_run.Seed);
        using var net = new ShallowNet(plan);
        using var batches = new Batches(_labelled, _p.BatchSize, _statistics, shuffle: true, seed: _run.Seed);
        _run.Train($"{_name}/{name}", $"{plan}, dropout {plan.Dropout}, default initialisation", Trainer(name, net, batches, epochs, $"seed {_run.Seed}"));
        return Add(name, net, "labels, dropout");
    }

    /// <summary>The shallow net on a teacher's logits, without labels, dropout or weight decay.</summary>
    /// <param name="name">Of the result.</param>
    /// <param name="plan">Its form.</param>
    /// <param name="ensemble">Whether the teacher is the ensemble, by the mean of its logits, or a single net.</param>
    /// <param name="standardised">Whether each logit is brought to mean 0 and spread 1 first.</param>
    /// <param name="unlabelled">Whether the images that the teacher was not trained on are among those it learns from.</param>
    internal Outcome Mimic(string name, ShallowPlan plan, bool ensemble, bool standardised = true, bool unlabelled = true)
    {
        var images = unlabelled ? _transfer : _labelled;
        int epochs = unlabelled ? _p.StudentEpochs : Math.Max(1, _p.StudentEpochs * _transfer.Count / _labelled.Count);
        var targets = (ensemble ? Ensemble() : _teachers[0]).Transfer.narrow(0, 0, images.Count);
        var scaling = standardised ? LogitScaling.Of(targets) : null;
        Tensor Scaled(Tensor logits) => scaling is null ? logits : scaling.Standardise(logits);
        manual_seed(_run.Seed);
        using var net = new ShallowNet(plan, scaling);
        using var batches = new Batches(images, _p.BatchSize, _statistics, shuffle: true, seed: _run.Seed);
        var trainer = Trainer(name, net, batches, epochs, $"seed {_run.Seed}") with
        {
            Loss = (logits, batch) => LogitRegression.Loss(Scaled(logits), Scaled(targets.index_select(0, batch.Members))),
        };
        string of = $"{(standardised ? "standardised " : "")}logits of the {(ensemble ? "ensemble" : "teacher")}";
        _run.Train($"{_name}/{name}", $"{plan}, default initialisation, {of}: {_lineage}", trainer);
        return Add(name, net, $"{of}, {images.Count:N0} images");
    }

    /// <summary>Takes table and values of all that was trained.</summary>
    internal void Report(string note)
    {
        foreach (var outcome in _outcomes)
        {
            _run.Value($"{_name}/{outcome.Name}/test error", outcome.Test, "%");
        }

        _run.Table(new(
            $"Deep teachers and shallow students on {_data.Name}", ["Net", "Architecture", "Trained on", "Parameters", "Validation error (%)", "Test error (%)"],
            [.. _outcomes.Select(o => (string[])[o.Name, o.Architecture, o.Trained, $"{o.Parameters:N0}", $"{o.Validation:0.00}", $"{o.Test:0.00}"])],
            note));
        _run.Figure(new($"Test errors on {_data.Name}", FigureKind.Bar, "net", "test error, %",
            [new("test error", null, [.. _outcomes.Select(o => o.Name)], [.. _outcomes.Select(o => o.Test)])], note));
    }

    public void Dispose()
    {
        _validation.Dispose();
        _test.Dispose();
    }

    (Tensor Transfer, Tensor Validation, Tensor Test) Ensemble()
    {
        Tensor Mean(Func<(Tensor Transfer, Tensor Validation, Tensor Test), Tensor> part) => stack([.. _teachers.Select(part)], 0).mean([0]);
        return (Mean(t => t.Transfer), Mean(t => t.Validation), Mean(t => t.Test));
    }

    Tensor Logits(Module<Tensor, Tensor> net, Batches batches) => Evaluation.Logits(net, batches, _run.Cancellation);

    Outcome Add(string name, ShallowNet net, string trained) => Add(new(
        name, $"{net.Plan}", trained, net.parameters().Sum(p => p.numel()),
        Evaluation.Of(net, _validation, _run.Cancellation).Error, Evaluation.Of(net, _test, _run.Cancellation).Error));

    Outcome Add(Outcome outcome)
    {
        _outcomes.Add(outcome);
        return outcome;
    }

    Trainer Trainer(string what, Module<Tensor, Tensor> net, Batches batches, int epochs, string origin) => new()
    {
        What = $"{_name}, {what}",
        Model = net,
        Train = batches,
        Validation = _validation,
        Plan = new TrainingPlan { Epochs = epochs, LearningRate = _p.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine },
        Origin = origin,
    };

    static double Error(Tensor logits, ImageSet images)
    {
        using var labels = tensor(Array.ConvertAll(images.Labels, l => (long)l));
        using var wrong = logits.argmax(1).ne(labels).sum();
        return 100.0 * wrong.ToInt64() / images.Count;
    }
}
