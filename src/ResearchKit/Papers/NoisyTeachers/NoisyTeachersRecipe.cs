using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>Deep Model Compression: Distilling Knowledge from Noisy Teachers (arXiv:1610.09650): logit regression on logits with noise.</summary>
public sealed class NoisyTeachersRecipe : Recipe<NoisyTeachersParameters>
{
    static readonly double[] s_tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

    /// <inheritdoc/>
    public override string Name => "noisy-teachers";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Deep Model Compression: Distilling Knowledge from Noisy Teachers", "Bharat Bhusan Sau, Vineeth N. Balasubramanian", "arXiv 2016", "1610.09650");

    /// <inheritdoc/>
    public override string Technique => "distillation";

    /// <inheritdoc/>
    public override string Idea =>
        "Multiply a teacher's logits by noise around 1, for a share of the images and anew in each step, while a small net learns them: one teacher stands for many.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => NoisyTeachers.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 15 seconds, drawn shapes",
        Scale.Quick => "about 10 minutes, students of 4,000 images of MNIST and of CIFAR-10",
        Scale.Full => "days: the paper's nets and grid on all of MNIST and CIFAR-10",
        _ => "as full, for longer",
    };

    /// <inheritdoc/>
    public override NoisyTeachersParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Digits = "shapes",
            Photos = "shapes-rgb",
            DigitImages = 600,
            DigitUnits = 100,
            DigitTeacherEpochs = 4,
            DigitEpochs = 3,
            DigitSigmas = [0.3, 0.8],
            PhotoImages = 400,
            PhotoTeacherImages = 800,
            PhotoTeacherWidth = 8,
            PhotoTeacherEpochs = 4,
            PhotoEpochs = 2,
            PhotoSigmas = [0.6],
            PhotoAlphas = [1.0],
            DropoutRatios = [0.5],
            BatchSize = 32,
        },
        Scale.Quick => new(),
        Scale.Full => Whole(30),
        _ => Whole(100),
    };

    /// <inheritdoc/>
    public override void Run(NoisyTeachersParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        WorkedExamples.Report(run);
        Digits(parameters, run);
        Photos(parameters, run);
        NoisyTeachers.Claims.NotTested(run);
    }

    // The paper's own nets: LeNet, and a student of two full layers.
    static void Digits(NoisyTeachersParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        var data = run.Load(p.Digits);
        int classes = data.Train.ClassNames.Length;
        using var study = new Study("digits", p, run, data, p.DigitImages);
        study.Teacher(() => new LeNet5(classes), "C5@20-MP2-C5@50-MP2-FC500", p.DigitTeacherEpochs, Augmentation.None, 0.68);
        Mlp Form() => new(data.Train.ImageBytes, p.DigitUnits, p.DigitUnits, classes);
        string architecture = $"FC{p.DigitUnits}-FC{p.DigitUnits}";
        study.OnLabels("labels", Form, architecture, p.DigitEpochs);
        var clean = study.Regression("logits", Form, architecture, p.DigitEpochs, NoisyTeachers.Claims.Digits);
        var noisy = new List<(LogitNoise Noise, Outcome Outcome)>();
        foreach (double sigma in p.DigitSigmas)
        {
            var noise = new LogitNoise(sigma, p.DigitAlpha);
            double? paper = p.DigitAlpha == 0.15 && NoisyTeachers.Claims.DigitsBySigma.TryGetValue(sigma, out double error) ? error : null;
            var outcome = study.Noisy($"noise {sigma:0.0}", Form, architecture, p.DigitEpochs, noise, paper);
            noisy.Add((noise, outcome));
            if (paper is not null)
            {
                run.Claim(NoisyTeachers.Claims.DigitsAt(sigma), clean.Test - outcome.Test);
            }
        }

        var (best, chosen) = noisy.MinBy(n => n.Outcome.Validation);
        run.Claim("mnist-chosen", clean.Test - chosen.Test);
        study.Noisy("one xi for a batch", Form, architecture, p.DigitEpochs, best with { OnePerBatch = true });
        study.NoiseOnStudent("noise on the student", Form, architecture, p.DigitEpochs, best);
        study.Report($"Chosen on the validation split: {best}; the last two lines have it too. The paper's numbers are of all images, and its sigma is the best on the test set.");
    }

    // A teacher with convolutions and dropout, and a student that learns its images by heart.
    static void Photos(NoisyTeachersParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        var data = run.Load(p.Photos);
        var images = data.Train;
        int classes = images.ClassNames.Length;
        using var study = new Study("photos", p, run, data, p.PhotoImages, p.PhotoTeacherImages, p.Mirrored);
        var teacher = p.PhotoTeacherWidth == 0 ? NetPlan.NetworkInNetwork : NetPlan.SmallTeacher(p.PhotoTeacherWidth);
        study.Teacher(() => new PlannedNet(teacher, images.Channels, images.Height, classes), $"{teacher}", p.PhotoTeacherEpochs, new(Flip: true), 8.4);
        foreach (string name in p.PhotoStudents)
        {
            var plan = NetPlan.Students.Single(s => s.Name == name);
            bool first = name == p.PhotoStudents[0];
            Func<Module<Tensor, Tensor>> Form(double dropout = 0) => () => new PlannedNet(plan with { Dropout = dropout }, images.Channels, images.Height, classes);
            // Only one student goes through all; the others' results carry their names.
            string Of(string what) => first ? what : $"{name}, {what}";
            var table6 = NoisyTeachers.Claims.Students.Where(s => s.Plan.Name == name).ToArray();
            study.OnLabels(Of("labels"), Form(), $"{plan}", p.PhotoEpochs);
            var clean = study.Regression(Of("logits"), Form(), $"{plan}", p.PhotoEpochs, table6.Length > 0 ? table6[0].Without : NoisyTeachers.Claims.Photos);
            var noisy = new List<(LogitNoise Noise, Outcome Outcome)>();
            Outcome Noisy(double sigma, double alpha, double? paper)
            {
                var noise = new LogitNoise(sigma, alpha);
                var outcome = study.Noisy(Of($"noise {sigma:0.0} on {100 * alpha:0} %"), Form(), $"{plan}", p.PhotoEpochs, noise, first ? paper : null);
                noisy.Add((noise, outcome));
                return outcome;
            }

            foreach (double sigma in p.PhotoSigmas)
            {
                double? paper = p.PhotoAlpha == 0.5 && NoisyTeachers.Claims.PhotosBySigma.TryGetValue(sigma, out double error) ? error : null;
                var outcome = Noisy(sigma, p.PhotoAlpha, paper);
                if (first && paper is not null)
                {
                    run.Claim(NoisyTeachers.Claims.PhotosAt(sigma), clean.Test - outcome.Test);
                }
            }

            if (table6.Length > 0)
            {
                run.Claim($"table6-{name}", clean.Test - noisy.MinBy(n => n.Outcome.Validation).Outcome.Test);
            }

            if (!first)
            {
                continue;
            }

            foreach (double alpha in p.PhotoAlphas.Where(a => a != p.PhotoAlpha || !p.PhotoSigmas.Contains(p.PhotoSigma)))
            {
                double? paper = p.PhotoSigma == 0.6 && NoisyTeachers.Claims.PhotosByAlpha.TryGetValue(alpha, out double error) ? error : null;
                var outcome = Noisy(p.PhotoSigma, alpha, paper);
                if (paper is not null && alpha != 0.5)
                {
                    run.Claim(NoisyTeachers.Claims.PhotosWith(alpha), clean.Test - outcome.Test);
                }
            }

            var (best, chosen) = noisy.MinBy(n => n.Outcome.Validation);
            run.Claim("cifar-chosen", clean.Test - chosen.Test);
            run.Claim("random-sigma", clean.Test
                - study.Noisy("random sigma", Form(), $"{plan}", p.PhotoEpochs, new(0.01, p.PhotoAlpha) { SigmaTo = 1 }, NoisyTeachers.Claims.Photos - 2.86).Test);
            study.Noisy("one xi for a batch", Form(), $"{plan}", p.PhotoEpochs, best with { OnePerBatch = true });
            run.Claim("fig2-student-noise", study.NoiseOnStudent("noise on the student", Form(), $"{plan}", p.PhotoEpochs, best).Test - chosen.Test);
            foreach (double ratio in p.DropoutRatios)
            {
                double? paper = NoisyTeachers.Claims.PhotosByDropout.TryGetValue(ratio, out double error) ? error : null;
                var outcome = study.Regression($"dropout {ratio:0.0}", Form(ratio), $"{plan}, dropout {ratio}", p.PhotoEpochs, paper);
                if (paper is not null)
                {
                    run.Claim(NoisyTeachers.Claims.Dropping(ratio), clean.Test - outcome.Test);
                }
            }

            run.Value("photos/chosen/sigma", best.Sigma, "");
            run.Value("photos/chosen/alpha", best.Alpha, "");
        }

        study.Report("Sigma and alpha are chosen on the validation split, for one xi for a batch and for noise on the student too. The paper's numbers are of all images, a larger student and a "
            + "larger teacher, and its sigma is the best on the test set.");
    }

    static NoisyTeachersParameters Whole(int epochs) => new()
    {
        DigitImages = 50_000,
        DigitSigmas = s_tenths,
        DigitTeacherEpochs = epochs,
        DigitEpochs = epochs,
        PhotoImages = 50_000,
        PhotoTeacherImages = 50_000,
        Mirrored = true,
        PhotoTeacherWidth = 0,
        PhotoTeacherEpochs = 2 * epochs,
        PhotoEpochs = epochs,
        PhotoStudents = ["student", "student1", "student2", "student3"],
        PhotoSigmas = s_tenths,
        PhotoAlphas = s_tenths,
        DropoutRatios = s_tenths[..9],
    };
}
