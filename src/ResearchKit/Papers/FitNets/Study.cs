using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.FitNets;

/// <summary>How a student is trained.</summary>
enum Way
{
    /// <summary>On labels.</summary>
    Labels,

    /// <summary>Eq. 2 from the first weights on.</summary>
    Distillation,

    /// <summary>Eq. 3 up to the guided layer, then Eq. 2 (Alg. 1).</summary>
    Hints,
}

/// <summary>Epochs and rates on one data set.</summary>
/// <param name="TeacherEpochs">Of the teacher.</param>
/// <param name="HintEpochs">Of the first stage.</param>
/// <param name="Epochs">Of the second stage.</param>
/// <param name="Rate">RMSProp's first rate.</param>
/// <param name="Annealing">Share of the second stage in which lambda falls.</param>
sealed record Course(int TeacherEpochs, int HintEpochs, int Epochs, double Rate, double Annealing);

/// <summary>A trained net.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Way">How it was trained; null for the teacher.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Macs">Multiplications for one image.</param>
/// <param name="FirstLoss">Mean training loss of the first epoch of the last stage.</param>
/// <param name="Train">Training error of the last epoch in per cent.</param>
/// <param name="Validation">Error in per cent.</param>
/// <param name="Test">Error in per cent.</param>
sealed record Outcome(string Name, Way? Way, long Parameters, long Macs, double FirstLoss, double Train, double Validation, double Test);

/// <summary>What a teacher has to say about each training image, in the order of the set.</summary>
/// <param name="Logits">[N, classes].</param>
/// <param name="Hints">[N, maps x side x side].</param>
/// <param name="Shape">Maps of the hint, and their side.</param>
/// <param name="Lineage">How the teacher came about.</param>
sealed record Lessons(Tensor Logits, Tensor Hints, (long Maps, long Side) Shape, string Lineage);

/// <summary>A teacher and its students on one data set. Students of one form start from the same weights and see the images in the same order, for as many epochs.</summary>
sealed class Study : IDisposable
{
    readonly string _name;
    readonly FitNetsParameters _p;
    readonly Course _course;
    readonly Experiment _run;
    readonly ImageSet _images;
    readonly Batches _train, _inOrder, _validation, _test;
    readonly List<Outcome> _outcomes = [];

    internal Study(string name, FitNetsParameters parameters, Course course, int count, Experiment run, DataSet data)
    {
        (_name, _p, _course, _run) = (name, parameters, course, run);
        _images = count == 0 ? data.Train : data.Train.Draw(count, run.Seed, $"{data.Name} train, {count} drawn");
        var statistics = data.Train.ChannelStatistics();
        _train = new(_images, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed);
        _inOrder = new(_images, 250, statistics);
        _validation = new(
            parameters.ValidationImages == 0 ? data.Validation : data.Validation.Draw(parameters.ValidationImages, 0, $"{data.Name} validation, {parameters.ValidationImages} drawn"),
            500, statistics);
        _test = new(data.Test, 500, statistics);
    }

    /// <summary>Trains the teacher, then takes its logits and hints of all training images once. They belong to the scope around.</summary>
    internal (Outcome Outcome, Lessons Lessons) Teacher(MaxoutPlan plan)
    {
        manual_seed(_run.Seed);
        using var teacher = new MaxoutNet(plan, _p.TeacherRange, _images.ClassNames.Length);
        var from = $"{Text(plan)}, even in {_p.TeacherRange}";
        var trainer = Trainer("teacher", teacher, _course.TeacherEpochs) with
        {
            Plan = new TrainingPlan { Epochs = _course.TeacherEpochs, LearningRate = _p.TeacherRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine },
        };
        var history = _run.Train($"{_name}/teacher", from, trainer);
        var (maps, side) = teacher.MiddleShape;
        using var noGrad = no_grad();
        var hints = empty([_images.Count, maps * side * side]);
        for (int k = 0, at = 0; k < _inOrder.Count; k++)
        {
            using var scope = NewDisposeScope();
            var hint = teacher.UpToMiddle(_inOrder.Get(0, k).Input).flatten(1);
            hints.narrow(0, at, hint.shape[0]).copy_(hint);
            at += (int)hint.shape[0];
        }

        return (Add("teacher", null, teacher, history),
            new(Evaluation.Logits(teacher, _inOrder, _run.Cancellation), hints, teacher.MiddleShape, $"{from}; {trainer.Signature}"));
    }

    /// <summary>Trains one student.</summary>
    internal Outcome Student(MaxoutPlan plan, Way way, Lessons lessons)
    {
        string name = $"{plan.Name}, {Words(way)}", from = $"{Text(plan)}, even in {_p.Range}";
        manual_seed(_run.Seed);
        using var net = new MaxoutNet(plan, _p.Range, _images.ClassNames.Length);
        // All get as many epochs: those of the first stage are not a gift.
        int epochs = _course.HintEpochs + _course.Epochs;
        if (way == Way.Hints)
        {
            from = FirstStage(net, name, from, lessons);
            epochs = _course.Epochs;
        }

        var trainer = Trainer(name, net, epochs);
        if (way != Way.Labels)
        {
            trainer = trainer with
            {
                Loss = (logits, batch) => Losses.Distillation(
                    logits, lessons.Logits.index_select(0, batch.Members), batch.Target, _p.Tau, Losses.Lambda(_p.FirstLambda, batch.Epochs / (epochs * _course.Annealing))),
            };
            from += $"; tau {_p.Tau}, lambda {_p.FirstLambda} to 1 in {_course.Annealing}; teacher: {lessons.Lineage}";
        }

        return Add(name, way, net, _run.Train($"{_name}/{name}", from, trainer));
    }

    /// <summary>Minimises Eq. 3. The regressor is dropped afterwards.</summary>
    /// <returns>What the weights have come from.</returns>
    string FirstStage(MaxoutNet net, string name, string from, Lessons lessons)
    {
        // Not disposed of: the student, which is a part of it, would go as well.
        var hinted = new HintedStudent(net, lessons.Shape, _p.Range);
        var trainer = Trainer($"{name}, first stage", hinted, _course.HintEpochs) with
        {
            Validation = null,
            Classifies = false,
            Loss = (guided, batch) => Losses.Hint(guided, lessons.Hints.index_select(0, batch.Members)),
        };
        from += $"; hints of the teacher: {lessons.Lineage}";
        var history = _run.Train($"{_name}/{name}, first stage", from, trainer);
        _run.Value($"{_name}/{name}/hint loss, first epoch", history[0].TrainLoss, "");
        _run.Value($"{_name}/{name}/hint loss, last epoch", history[^1].TrainLoss, "");
        return $"{from}; {trainer.Signature}";
    }

    /// <summary>Takes table and values of all that was trained.</summary>
    internal void Report(string note)
    {
        foreach (var outcome in _outcomes)
        {
            _run.Value($"{_name}/{outcome.Name}/test error", outcome.Test, "%");
        }

        _run.Table(new(
            $"Teacher and thin students on {_images.Name}",
            ["Net", "Parameters", "Millions of multiplications", "Loss of the first epoch", "Training error (%)", "Validation error (%)", "Test error (%)"],
            [.. _outcomes.Select(o => (string[])[o.Name, $"{o.Parameters:N0}", $"{o.Macs / 1e6:0.0}", $"{o.FirstLoss:0.000}", $"{o.Train:0.00}", $"{o.Validation:0.00}", $"{o.Test:0.00}"])],
            note));
        _run.Figure(new($"Test errors, {_name}", FigureKind.Bar, "net", "test error, %",
            [new("test error", null, [.. _outcomes.Select(o => o.Name)], [.. _outcomes.Select(o => o.Test)])], note));
    }

    public void Dispose()
    {
        _train.Dispose();
        _inOrder.Dispose();
        _validation.Dispose();
        _test.Dispose();
    }

    internal static string Words(Way way) => way switch
    {
        Way.Labels => "labels",
        Way.Distillation => "distillation",
        _ => "hints",
    };

    Outcome Add(string name, Way? way, MaxoutNet net, IReadOnlyList<EpochResult> history)
    {
        var outcome = new Outcome(
            name, way, net.parameters().Sum(p => p.numel()), Counts.Multiplications(net.Plan), history[0].TrainLoss, history[^1].TrainError!.Value,
            Evaluation.Of(net, _validation, _run.Cancellation).Error, Evaluation.Of(net, _test, _run.Cancellation).Error);
        _outcomes.Add(outcome);
        return outcome;
    }

    Trainer Trainer(string what, nn.Module<Tensor, Tensor> net, int epochs) => new()
    {
        What = $"{_name}, {what}",
        Model = net,
        Train = _train,
        Validation = _validation,
        Plan = new TrainingPlan { Epochs = epochs, LearningRate = _course.Rate, Optimizer = OptimizerKind.RmsProp, Schedule = Schedule.Cosine },
        Origin = $"seed {_run.Seed}",
    };

    // A record's own text has no list's members.
    static string Text(MaxoutPlan plan) => $"{plan.Name}: {string.Join(" ", plan.Layers)}, middle {plan.Middle}, {plan.Units} units of {plan.Pieces}";
}
