using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SparseFace;

/// <summary>Sparsifying Neural Network Connections for Face Recognition (arXiv:1512.01891): connections between neurons that go together stay.</summary>
public sealed class SparseFaceRecipe : Recipe<SparseFaceParameters>
{
    /// <summary>The first people are for training, the others for verification only.</summary>
    const int TrainingPeople = 30;

    /// <inheritdoc/>
    public override string Name => "sparse-face";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Sparsifying Neural Network Connections for Face Recognition", "Yi Sun, Xiaogang Wang, Xiaoou Tang", "CVPR 2016", "1512.01891");

    /// <inheritdoc/>
    public override string Technique => "pruning and sparsity";

    /// <inheritdoc/>
    public override string Idea =>
        "From the top layer down, keep the connections whose two neurons correlate, retrain, and go on: an eighth of the weights do as well as all.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => SparseFace.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 4 seconds, drawn shapes",
        Scale.Quick => "about 3 minutes, faces of ORL and digits of MNIST",
        Scale.Full => "about half an hour, faces of ORL and digits of MNIST, longer training",
        _ => "an hour: ORL and MNIST; the authors' faces were never published",
    };

    /// <inheritdoc/>
    public override SparseFaceParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new()
        {
            Faces = "",
            Control = "shapes",
            ControlImages = 1200,
            ControlWidths = [8, 8],
            ControlLocal = 8,
            ControlEpochs = 4,
            ControlRetrainEpochs = 1,
            Features = 32,
            CorrelationImages = 400,
        },
        Scale.Quick => new(),
        _ => new() { FaceEpochs = 120, FaceRetrainEpochs = 80, ControlImages = 55_000, ControlEpochs = 15, ControlRetrainEpochs = 10, CorrelationImages = 5000 },
    };

    /// <inheritdoc/>
    public override void Run(SparseFaceParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        parameters.Check();
        PaperNetwork.Report(run);
        SparseFace.Claims.NotTested(run);
        Faces(parameters, run);
        Control(parameters, run);
    }

    /// <summary>Verification of people who were not trained on.</summary>
    static void Faces(SparseFaceParameters p, Experiment run)
    {
        if (p.Faces.Length == 0)
        {
            SparseFace.Claims.NotTested("faces", "left out at this scale", run);
            return;
        }

        DataSet data;
        try
        {
            data = run.Load(p.Faces);
        }
        catch (DataUnavailableException e)
        {
            SparseFace.Claims.NotTested("faces", $"the faces could not be had: {e.Message.Split('\n')[0]}", run);
            return;
        }

        ImageSet Of(ImageSet images, Func<int, bool> person, string name) =>
            images.Select([.. Enumerable.Range(0, images.Count).Where(i => person(images.Labels[i]))], $"{images.Name}, {name}");
        var train = Of(data.Train, l => l < TrainingPeople, $"{TrainingPeople} people");
        var others = Of(data.TrainAndValidation().Concat(data.Test, data.Name), l => l >= TrainingPeople, "the other people");
        var pairs = Verification.Pairs(others.Labels, 0);
        using var validation = new Batches(Of(data.Validation, l => l < TrainingPeople, $"{TrainingPeople} people"), 50, train.ChannelStatistics());
        using var unseen = new Batches(others, 50, train.ChannelStatistics());

        double Accuracy(FaceNet net)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            net.eval();
            var features = cat([.. Enumerable.Range(0, unseen.Count).Select(k => net.Features(unseen.Get(0, k).Input))], 0);
            return Verification.TenFold(Verification.Similarities(features, pairs), [.. pairs.Select(q => q.Same)]);
        }

        var study = new Study(
            "faces", p, train, validation, () => new FaceNet(1, train.Height, train.Width, p.FaceWidths, p.FaceLocal, p.Features, TrainingPeople), Accuracy, run)
        {
            Budget = (p.FaceEpochs, p.FaceRetrainEpochs, p.FaceBatchSize, p.FaceShares),
        };
        SparseFace.Claims.Report("faces", study.Run(), run);
    }

    /// <summary>The same on other images, in classification.</summary>
    static void Control(SparseFaceParameters p, Experiment run)
    {
        var data = run.Load(p.Control);
        int count = Math.Min(p.ControlImages, data.Train.Count);
        var images = data.Train.Select([.. SplitMix64.Permutation(data.Train.Count, (ulong)run.Seed, 0).Take(count).Order()], $"{data.Name}, {count} with seed {run.Seed}");
        using var validation = new Batches(data.Validation, 500, images.ChannelStatistics());
        using var test = new Batches(data.Test, 500, images.ChannelStatistics());
        var study = new Study(
            "mnist", p, images, validation,
            () => new FaceNet(images.Channels, images.Height, images.Width, p.ControlWidths, p.ControlLocal, p.Features, images.ClassNames.Length),
            net => 100 - Evaluation.Of(net, test, run.Cancellation).Error, run)
        {
            Budget = (p.ControlEpochs, p.ControlRetrainEpochs, p.ControlBatchSize, p.ControlShares),
        };
        SparseFace.Claims.Report("mnist", study.Run(), run);
    }
}
