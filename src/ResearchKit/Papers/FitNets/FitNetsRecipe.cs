using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.FitNets;

/// <summary>FitNets (arXiv:1412.6550): a student deeper and thinner than its teacher, led by the teacher's middle layer.</summary>
public sealed class FitNetsRecipe : Recipe<FitNetsParameters>
{
    /// <summary>A net is trained if its validation error is so many points below that of guessing.</summary>
    const double Trained = 20;

    /// <inheritdoc/>
    public override string Name => "fitnets";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "FitNets: Hints for Thin Deep Nets", "Adriana Romero, Nicolas Ballas, Samira Ebrahimi Kahou, Antoine Chassang, Carlo Gatta, Yoshua Bengio", "ICLR 2015", "1412.6550");

    /// <inheritdoc/>
    public override string Technique => "distillation";

    /// <inheritdoc/>
    public override string Idea =>
        "A net that is deeper and thinner than its teacher is hard to train: first its lower half learns to give what the teacher's middle layer gives, then all of it is distilled.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => FitNets.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 20 seconds, drawn shapes",
        Scale.Quick => "about 20 minutes, 6,000 images of MNIST and 3,000 of CIFAR-10",
        Scale.Full => "a day, MNIST and CIFAR-10, a small teacher on CIFAR-10",
        _ => "weeks: the paper's teachers, students and 500 epochs; the hints of CIFAR-10 take 2 GB of memory",
    };

    /// <inheritdoc/>
    public override FitNetsParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Digits = "shapes",
            Photos = "shapes-rgb",
            DigitImages = 500,
            PhotoImages = 300,
            DigitTeacherEpochs = 4,
            PhotoTeacherEpochs = 2,
            TeacherRate = 4e-3,
            DigitHintEpochs = 1,
            DigitEpochs = 2,
            PhotoHintEpochs = 1,
            PhotoEpochs = 1,
            DigitRate = 5e-3,
            Range = 0.05,
            BatchSize = 25,
            DigitDivisor = 4,
            PhotoDivisor = 8,
            PhotoTeacherDivisor = 8,
            Depths = [5, 11],
            TimedImages = 1,
            Rounds = 1,
        },
        Scale.Quick => new(),
        Scale.Full => AllImages with { DigitTeacherEpochs = 20, PhotoTeacherEpochs = 30, DigitHintEpochs = 20, DigitEpochs = 60, PhotoHintEpochs = 20, PhotoEpochs = 40 },
        _ => AllImages with { DigitTeacherEpochs = 100, PhotoTeacherEpochs = 200, DigitHintEpochs = 500, DigitEpochs = 500, PhotoHintEpochs = 500, PhotoEpochs = 500, PhotoRate = 5e-3, LargeTeacher = true },
    };

    static FitNetsParameters AllImages => new() { DigitImages = 0, PhotoImages = 0, ValidationImages = 0, BatchSize = 128, PhotoDivisor = 1, Depths = [5, 7, 9, 11] };

    /// <inheritdoc/>
    public override void Run(FitNetsParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        FitNets.Claims.NotTested(run);
        Counts.Report(run);
        Counts.Speed(parameters.TimedImages, parameters.Rounds, run);
        Digits(parameters, run);
        Photos(parameters, run);
    }

    // Sec. 3.3: the same student in three ways.
    static void Digits(FitNetsParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        var course = new Course(p.DigitTeacherEpochs, p.DigitHintEpochs, p.DigitEpochs, p.DigitRate, p.DigitAnnealing);
        using var study = new Study("digits", p, course, p.DigitImages, run, run.Load(p.Digits));
        var (teacher, lessons) = study.Teacher(MaxoutPlan.MnistTeacher.Narrowed(p.DigitDivisor));
        var plan = MaxoutPlan.MnistStudent.Narrowed(p.DigitDivisor);
        var labels = study.Student(plan, Way.Labels, lessons);
        var distilled = study.Student(plan, Way.Distillation, lessons);
        var hinted = study.Student(plan, Way.Hints, lessons);
        run.Claim("table4-kd-gain", labels.Test - distilled.Test);
        run.Claim("table4-hint-gain", distilled.Test - hinted.Test);
        run.Claim("table4-teacher", hinted.Test - teacher.Test);
        study.Report("The paper: teacher 0.55 %, student on labels 1.9 %, distilled 0.65 %, with hints 0.51 %. All students see the images equally often, both stages together.");
    }

    // Sec. 4.1: how deep a net can be trained, in three ways.
    static void Photos(FitNetsParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        var course = new Course(p.PhotoTeacherEpochs, p.PhotoHintEpochs, p.PhotoEpochs, p.PhotoRate, p.PhotoAnnealing);
        var data = run.Load(p.Photos);
        using var study = new Study("photos", p, course, p.PhotoImages, run, data);
        var (_, lessons) = study.Teacher((p.LargeTeacher ? MaxoutPlan.CifarTeacher : MaxoutPlan.SmallTeacher).Narrowed(p.PhotoTeacherDivisor));
        int[] depths = [.. p.Depths.Distinct().Order()];
        var nets = new Dictionary<(int Depth, Way Way), Outcome>();
        foreach (int depth in depths)
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                nets[(depth, way)] = study.Student(MaxoutPlan.Depths[depth].Narrowed(p.PhotoDivisor), way, lessons);
            }
        }

        // On the validation split, as a choice is made. The shallowest counts as trained in any way.
        double guessing = 100 - (100.0 / data.Train.ClassNames.Length);
        int Deepest(Way way) => depths.Where(d => nets[(d, way)].Validation <= guessing - Trained).DefaultIfEmpty(depths[0]).Max();
        if (depths.Length > 1)
        {
            run.Claim("sec4-hints-gain", nets[(depths[0], Way.Hints)].Test - nets[(depths[^1], Way.Hints)].Test);
            run.Claim("sec4-depth-hints", Deepest(Way.Hints) - Deepest(Way.Labels));
            run.Claim("sec4-depth-kd", Deepest(Way.Distillation) - Deepest(Way.Labels));
        }
        else
        {
            foreach (string id in new[] { "sec4-hints-gain", "sec4-depth-hints", "sec4-depth-kd" })
            {
                run.NotTested(id, "nets of one depth only were trained");
            }
        }

        study.Report("The paper: with 30 million multiplications labels train at most 5 layers, distillation 7, hints 13.");
        run.Figure(new("Depth", FigureKind.Line, "layers", "test error, %",
            [.. Enum.GetValues<Way>().Select(way => new FigureSeries(Study.Words(way), null, [.. depths.Select(d => $"{d}")], [.. depths.Select(d => nets[(d, way)].Test)]))],
            "Nets of about the same number of multiplications."));
    }
}
