using ResearchKit.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>Do Deep Nets Really Need to be Deep? (arXiv:1312.6184): shallow nets that learn the logits of deep ones.</summary>
public sealed class ShallowMimicRecipe : Recipe<ShallowMimicParameters>
{
    /// <inheritdoc/>
    public override string Name => "shallow-mimic";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new("Do Deep Nets Really Need to be Deep?", "Lei Jimmy Ba, Rich Caruana", "NIPS 2014", "1312.6184");

    /// <inheritdoc/>
    public override string Technique => "distillation";

    /// <inheritdoc/>
    public override string Idea =>
        "Train a wide net with a single hidden layer to give a deep net's logits, for images with and without labels: it comes out better than it could be made on labels.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => ShallowMimic.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 20 seconds, drawn shapes",
        Scale.Quick => "about 10 minutes, MNIST and CIFAR-10, 10,000 labelled images of each",
        Scale.Full => "several hours, MNIST and CIFAR-10, 20,000 labelled images of each",
        _ => "days: nets as wide as the paper's; its million images without labels are no longer offered, and TIMIT is licensed",
    };

    /// <inheritdoc/>
    public override ShallowMimicParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Digits = "shapes",
            Photos = "shapes-rgb",
            Labelled = 1000,
            Transfer = 1500,
            Members = 2,
            TeacherWidth = 12,
            TeacherEpochs = 6,
            Dropout = 0.1,
            LearningRate = 4e-3,
            DigitUnits = 100,
            DigitBottleneck = 20,
            PhotoUnits = 100,
            PhotoBottleneck = 20,
            PhotoMaps = 8,
            StudentEpochs = 2,
            BatchSize = 50,
        },
        Scale.Quick => new(),
        Scale.Full => new() { Labelled = 20_000, Transfer = 45_000, Members = 4, TeacherWidth = 64, TeacherEpochs = 40, DigitUnits = 4000, PhotoUnits = 8000, PhotoBottleneck = 600, PhotoMaps = 64, StudentEpochs = 30 },
        _ => new() { Labelled = 20_000, Transfer = 45_000, Members = 4, TeacherWidth = 128, TeacherEpochs = 100, DigitUnits = 8000, DigitBottleneck = 250, PhotoUnits = 30_000, PhotoBottleneck = 1200, PhotoMaps = 128, StudentEpochs = 100 },
    };

    /// <inheritdoc/>
    public override void Run(ShallowMimicParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        WorkedExamples.Report(run);
        ShallowMimic.Claims.NotTested(run);
        Digits(parameters, run);
        Photos(parameters, run);
    }

    // In the place of speech: images on which a net without convolution does well, but less so than a deep one.
    static void Digits(ShallowMimicParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        using var study = new Study("digits", p, run, run.Load(p.Digits));
        var wide = study.Plan(p.DigitUnits);
        var (_, ensemble) = study.Teachers();
        var labels = study.OnLabels("shallow, labels", wide);
        var mimic = study.Mimic("shallow, mimic", wide, ensemble: true);
        study.Mimic("logits as they are", wide, ensemble: true, standardised: false);
        study.Mimic("labelled images only", wide, ensemble: true, unlabelled: false);
        study.Mimic("linear bottleneck", study.Plan(p.DigitUnits, p.DigitBottleneck), ensemble: true);
        if (labels.Test > ensemble.Test)
        {
            run.Claim("table1-stand-in", 100 * (labels.Test - mimic.Test) / (labels.Test - ensemble.Test));
        }
        else
        {
            run.NotTested("table1-stand-in", "the ensemble is no better than the shallow net on labels, so there is no gap to close");
        }

        study.Report("Students that mimic see no label. 'Labelled images only' has the same number of steps, on the teachers' own training images.");
    }

    static void Photos(ShallowMimicParameters p, Experiment run)
    {
        using var scope = NewDisposeScope();
        using var study = new Study("photos", p, run, run.Load(p.Photos));
        var one = study.Plan(p.PhotoUnits, p.PhotoBottleneck, p.PhotoMaps);
        var (teacher, ensemble) = study.Teachers();
        var labels = study.OnLabels("one convolution, labels", one);
        var single = study.Mimic("one convolution, mimics the teacher", one, ensemble: false);
        var several = study.Mimic("one convolution, mimics the ensemble", one, ensemble: true);
        var none = study.Mimic("no convolution, mimics the ensemble", study.Plan(p.PhotoUnits, p.PhotoBottleneck), ensemble: true);
        run.Claim("table2-mimic-gain", labels.Test - single.Test);
        run.Claim("table2-ensemble-gain", single.Test - several.Test);
        run.Claim("table2-parity", single.Test - teacher.Test);
        run.Claim("correction-no-convolution", none.Test - ensemble.Test);
        run.Claim("correction-one-convolution", several.Test - ensemble.Test);
        study.Report("The paper: 21.8 % on labels, 15.1 % with one teacher of 12.0 %, 14.2 % with an ensemble of 11.0 %. Later the same group found 25.7 % at best without convolution, "
            + "12.3 % with one, for an ensemble of 6.2 %.");
    }
}
