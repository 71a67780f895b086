using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>Deep Compression: pruning, trained quantisation, Huffman coding (arXiv:1510.00149).</summary>
public sealed class DeepCompressionRecipe : Recipe<DeepCompressionParameters>
{
    /// <inheritdoc/>
    public override string Name => "deep-compression";

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "Deep Compression: Compressing Deep Neural Networks with Pruning, Trained Quantization and Huffman Coding",
        "Song Han, Huizi Mao, William J. Dally", "ICLR 2016", "1510.00149");

    /// <inheritdoc/>
    public override string Technique => "pruning and sparsity";

    /// <inheritdoc/>
    public override string Idea =>
        "Remove the small weights, let the rest share a few values, code what remains without loss: LeNets shrink about forty times at the same error.";

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims => DeepCompression.Claims.All;

    /// <inheritdoc/>
    public override string Budget(Scale scale) => scale switch
    {
        Scale.Smoke => "about 15 seconds, drawn shapes",
        Scale.Quick => "about 5 minutes, MNIST",
        Scale.Full => "about half an hour, MNIST, longer training",
        _ => "about half an hour: the LeNets of Tables 2 and 3 at full length; AlexNet and VGG-16 are covered by arithmetic",
    };

    /// <inheritdoc/>
    public override DeepCompressionParameters ParametersOf(Scale scale) => scale switch
    {
        Scale.Smoke => new() { Data = "shapes", DenseEpochs = 2, RetrainEpochs = 1, CentroidEpochs = 1, TimingRounds = 0, ReleasedAccuracy = false },
        Scale.Quick => new(),
        _ => new() { DenseEpochs = 60, RetrainEpochs = 60, CentroidEpochs = 5, TimingRounds = 41 },
    };

    /// <inheritdoc/>
    public override void Run(DeepCompressionParameters parameters, Experiment run)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(run);
        var data = run.Load(parameters.Data);
        Compress(Subject.LeNet300100, parameters.LeNet300100Rate, parameters, data, run);
        Compress(Subject.LeNet5, parameters.LeNet5Rate, parameters, data, run);
        WorkedExamples.Report(run);
        SparseInference.Report(parameters.TimingRounds, run);
        ReleasedFile.Report(parameters.ReleasedAccuracy, run);
    }

    /// <summary>The three stages on one network: train, prune and retrain, share and train shared values, code, decode again.</summary>
    static void Compress(Subject subject, double rate, DeepCompressionParameters p, DataSet data, Experiment run)
    {
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(data.Train, p.BatchSize, statistics, shuffle: true, seed: run.Seed);
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);
        var results = new StageResults(subject, run);

        manual_seed(run.Seed);
        using var model = subject.Create();
        var dense = new Trainer
        {
            What = $"{subject.Printed.Name}: dense training",
            Model = model,
            Train = train,
            Validation = validation,
            Plan = new TrainingPlan
            {
                Epochs = p.DenseEpochs,
                LearningRate = rate,
                Schedule = Schedule.Step(0.1, 0.7),
                WeightDecay = p.WeightDecay,
            },
            Origin = $"seed {run.Seed}",
        };
        run.Train($"{subject.Slug}/dense", "default initialisation", dense);
        results.Add("dense", Evaluation.Of(model, test, run.Cancellation), subject.DenseBits);

        // Stage 1: per-layer thresholds at the densities of the paper's table, then retraining with masks at a tenth of the rate.
        using var pruning = new Pruning(model, subject.Densities);
        results.Add("pruned, not retrained", Evaluation.Of(model, test, run.Cancellation), null);
        var retrain = dense with
        {
            What = $"{subject.Printed.Name}: retraining the survivors",
            Plan = dense.Plan with { Epochs = p.RetrainEpochs, LearningRate = rate / 10 },
            AfterBackward = pruning.MaskGradients,
            AfterStep = pruning.Apply,
        };
        run.Train($"{subject.Slug}/retrained", $"pruned to {subject.DensityText} after: {dense.Signature}", retrain);
        results.Add("pruned", Evaluation.Of(model, test, run.Cancellation), PrunedBits(model, subject));
        results.Thresholds(pruning.Thresholds);

        // How far each start of k-means is from the optimum, and what it costs, before any training of shared values.
        ClusteringSweep.Report(subject, model, test, run);

        // Stage 2: weights share the values of a codebook; the shared values are trained with summed gradients.
        using var sharing = new WeightSharing(model, subject.CodeBits, KMeansStart.Linear);
        results.Add("shared values, not trained", Evaluation.Of(model, test, run.Cancellation), null);
        var centroids = dense with
        {
            What = $"{subject.Printed.Name}: training the shared values",
            Plan = new TrainingPlan { Epochs = p.CentroidEpochs, LearningRate = p.CentroidRate, Momentum = 0.9 },
            AfterBackward = () => sharing.ShareGradients(model),
            AfterStep = sharing.Apply,
        };
        run.Train($"{subject.Slug}/shared", $"linear start, {subject.CodeBitsText}, after: {retrain.Signature}", centroids);
        sharing.TakeUp();

        // Stage 3: the file, with and without Huffman coding, and what comes back from it.
        var shared = Evaluation.Of(model, test, run.Cancellation);
        var quantised = CompressedFile.Write(model, sharing, subject, huffman: false, run);
        var coded = CompressedFile.Write(model, sharing, subject, huffman: true, run);
        results.Add("pruned and quantised", shared, quantised.PaperBits);
        results.Add("Huffman coded", CompressedFile.EvaluateDecoded(coded.Path, subject, test, run), coded.PaperHuffmanBits);
        results.Report(coded);
    }

    /// <summary>Bits of the pruned layers as the paper counts them: float32 values and relative indices.</summary>
    static long PrunedBits(Module model, Subject subject) => subject.Printed.Layers.Sum(layer =>
    {
        var weight = model.get_parameter(layer.Layer + ".weight")!;
        using var flat = weight.detach().flatten();
        var tensor = PrunedTensor.FromDense(layer.Layer, weight.shape, flat.data<float>().ToArray(), layer.IndexBits);
        return (long)tensor.Values.Length * (32 + layer.IndexBits);
    });
}
