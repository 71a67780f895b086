using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Distillation;

/// <summary>Distilling the Knowledge in a Neural Network (arXiv:1503.02531): soft targets at a high temperature.</summary>
public sealed class DistillationRecipe : Recipe<DistillationParameters>
{
    /// <summary>The digit that is left out, and those that are left alone.</summary>
    const int Mythical = 3;
    static readonly int[] s_pair = [7, 8];

    /// <summary>Of the longer sweeps.</summary>
    static readonly double[] s_temperatures = [1, 2, 2.5, 3, 4, 6, 8, 10, 14, 20, 30, 40];

    /// <inheritdoc/>
    public override string Name => "distillation";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Distilling the Knowledge in a Neural Network", "Geoffrey Hinton, Oriol Vinyals, Jeff Dean", "NIPS 2014 Deep Learning Workshop", "1503.02531");

    /// <inheritdoc/>
    public override string Technique => "distillation";

    /// <inheritdoc/>
    public override string Idea =>
        "Train a small net to give a large net's softened probabilities, not only the labels: it learns most of what the large one knows, even about digits that it never saw.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => Distillation.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 5 seconds, drawn shapes",
        Scale.Quick => "about 10 minutes, MNIST",
        Scale.Full => "about an hour, MNIST, longer training",
        _ => "several hours: MNIST as in section 3; speech and JFT were never published",
    };

    /// <inheritdoc/>
    public override DistillationParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Data = "shapes",
            TeacherUnits = 200,
            TeacherEpochs = 3,
            StudentUnits = 100,
            StudentEpochs = 2,
            PairEpochs = 2,
            SubsetEpochs = 2,
            SweepEpochs = [1, 1],
        },
        Scale.Quick => new(),
        Scale.Full => new() { TeacherEpochs = 150, StudentEpochs = 100, PairEpochs = 80, SubsetEpochs = 240, SweepEpochs = [40, 80], Temperatures = s_temperatures },
        _ => new() { TeacherEpochs = 500, StudentEpochs = 200, PairEpochs = 300, SubsetEpochs = 500, SweepEpochs = [100, 200], Temperatures = s_temperatures },
    };

    /// <inheritdoc/>
    public override void Run(DistillationParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        WorkedExamples.Report(run);
        Distillation.Claims.NotTested(run);

        var p = parameters;
        var data = run.Load(p.Data);
        var results = new Results(data, run);
        var statistics = data.Train.ChannelStatistics();

        // The teacher is trained with all that keeps a large net from learning the images by heart.
        manual_seed(run.Seed);
        using var teacher = new Teacher(data.Train.ImageBytes, p.TeacherUnits, data.Train.ClassNames.Length, p.InputDropout, p.HiddenDropout);
        using var jittered = new Batches(data.Train, p.BatchSize, statistics, shuffle: true, seed: run.Seed, augmentation: new(Shift: p.Jitter));
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);
        using var plain = new Batches(data.Train, 500, statistics);
        var training = new Trainer
        {
            What = "teacher",
            Model = teacher,
            Train = jittered,
            Validation = validation,
            Plan = new TrainingPlan { Epochs = p.TeacherEpochs, LearningRate = p.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Cosine },
            Origin = $"seed {run.Seed}",
            AfterStep = () => teacher.ConstrainWeights(p.MaxNorm),
        };
        var teacherFrom = $"{p.TeacherUnits} units, dropout {p.InputDropout} and {p.HiddenDropout}, weights into a unit up to {p.MaxNorm} long";
        run.Train("teacher", $"default initialisation, {teacherFrom}", training);
        ClassErrors Of(Batches batches, ImageSet images)
        {
            using var logits = Evaluation.Logits(teacher, batches, run.Cancellation);
            return ClassErrors.Of(logits, images.Labels);
        }

        results.Teacher(Of(validation, data.Validation), Of(test, data.Test));

        // Soft targets come from the images as they are, by the teacher without dropout.
        using var scope = NewDisposeScope();
        var all = new TransferSet(data.Train, Evaluation.Logits(teacher, plain, run.Cancellation));
        using var students = new Students(p, data, run) { Teacher = $"{teacherFrom}; {training.Signature}" };
        var both = new Objective(p.Temperature, p.HardWeight);

        // One small net, on labels alone and with soft targets.
        results.Hard(students.Train("student/hard", "student on labels", p.StudentUnits, all, Objective.Hard, p.StudentEpochs));
        results.Distilled(students.Train("student/distilled", "student on soft targets", p.StudentUnits, all, both, p.StudentEpochs));

        // A digit that the student has never seen, and its bias.
        var withoutThrees = all.Where(label => label != Mythical, $"{data.Name} train without 3s");
        var noThrees = students.Train("no-threes", "distilled without 3s", p.StudentUnits, withoutThrees, both, p.StudentEpochs);
        double[] upwards = Offsets(1), downwards = Offsets(-1);
        results.WithoutThrees(noThrees, students.Correct(noThrees, [Mythical], upwards), upwards);

        // Two digits only.
        var pair = all.Where(label => s_pair.Contains(label), $"{data.Name} train, 7s and 8s");
        results.SevensAndEightsSoftOnly(
            students.Train("sevens-and-eights/soft", "soft targets of 7s and 8s", p.StudentUnits, pair, new Objective(p.Temperature, 0), p.PairEpochs));
        var sevensAndEights = students.Train("sevens-and-eights/distilled", "distilled with 7s and 8s", p.StudentUnits, pair, both, p.PairEpochs);
        results.SevensAndEights(sevensAndEights, students.Correct(sevensAndEights, s_pair, downwards), downwards);

        // A few per cent of the images, on labels and on soft targets: the stand-in for Table 5.
        var few = all.Draw(p.SubsetPercent / 100, run.Seed, $"{data.Name} train, {p.SubsetPercent} % with seed {run.Seed}");
        results.Few(
            p.SubsetPercent,
            students.Train("few/hard", "labels of a few", p.StudentUnits, few, Objective.Hard, p.SubsetEpochs),
            students.Train("few/distilled", "soft targets of a few", p.StudentUnits, few, both, p.SubsetEpochs));

        results.Report();
        TemperatureSweep.Report(p, all, students, run);
    }

    static double[] Offsets(int sign) => [.. Enumerable.Range(0, 201).Select(k => sign * k / 10.0)];
}
