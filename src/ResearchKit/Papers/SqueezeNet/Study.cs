using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>A trained network.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Plan">Its form.</param>
/// <param name="Macs">Multiply-accumulates of one image.</param>
/// <param name="Validation">Error in per cent.</param>
/// <param name="Test">Error in per cent.</param>
sealed record Outcome(string Name, FirePlan Plan, long Macs, double Validation, double Test);

/// <summary>Networks of the space on one data set: all from the same seed, in the same order of images, by the same plan.</summary>
sealed class Study : IDisposable
{
    readonly SqueezeNetParameters _p;
    readonly Experiment _run;
    readonly string _name;
    readonly int _epochs;
    readonly DataSet _data;
    readonly Batches _train, _validation, _test;
    readonly List<Outcome> _outcomes = [];

    internal Study(string name, SqueezeNetParameters parameters, int epochs, Experiment run, DataSet data)
    {
        (_name, _p, _epochs, _run, _data) = (name, parameters, epochs, run, data);
        var images = data.Train.Draw(parameters.Images, run.Seed, $"{data.Name} train, {parameters.Images} drawn");
        var statistics = data.Train.ChannelStatistics();
        _train = new(images, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed, augmentation: new(Shift: Math.Max(1, images.Width / 16), Flip: true));
        _validation = new(data.Validation, 250, statistics);
        _test = new(data.Test, 250, statistics);
    }

    /// <summary>The point from which the others differ: for small images a first convolution without stride, and pools as early as in v1.1.</summary>
    internal FirePlan Small => FirePlan.Version11 with
    {
        BaseExpand = _p.BaseExpand,
        ExpandStep = _p.BaseExpand,
        Modules = _p.Modules,
        StemFilters = _p.StemFilters,
        StemStride = 1,
        StemPadding = 1,
        Channels = _data.Train.Channels,
        Classes = _data.Train.ClassNames.Length,
        Dropout = _p.Dropout,
        FinalRelu = _p.FinalRelu,
        Normalised = _p.Normalised,
    };

    /// <summary>v1.1 itself, for so many classes.</summary>
    internal FirePlan Large => FirePlan.Version11 with { Classes = _data.Train.ClassNames.Length, Dropout = _p.Dropout, FinalRelu = _p.FinalRelu, Normalised = _p.Normalised };

    /// <summary>Trains a network; the caller disposes it.</summary>
    internal (FireNet Net, Outcome Outcome, Trainer Trainer) Train(string name, FirePlan plan)
    {
        manual_seed(_run.Seed);
        var net = new FireNet(plan);
        var trainer = new Trainer
        {
            What = $"{_name}, {name}",
            Model = net,
            Train = _train,
            Validation = _validation,
            Plan = new TrainingPlan { Epochs = _epochs, LearningRate = _p.LearningRate, Schedule = Schedule.Linear, WeightDecay = _p.WeightDecay },
            Origin = $"{plan}; seed {_run.Seed}",
        };
        _run.Train($"{_name}/{name}", "Glorot-uniform", trainer);
        var outcome = Add(name, net, ModelSummary.Of(net, _data.Train.Channels, _data.Train.Height, _data.Train.Width).Macs);
        return (net, outcome, trainer);
    }

    /// <summary>Trains a network for its result alone.</summary>
    internal Outcome Result(string name, FirePlan plan)
    {
        var (net, outcome, _) = Train(name, plan);
        net.Dispose();
        return outcome;
    }

    /// <summary>
    /// Deep Compression (arXiv:1510.00149) of a trained network: Table 1's densities layer for layer, retraining, shared values, training of these, a file
    /// with Huffman's code, and the network that comes back from it.
    /// </summary>
    internal void Compress(FireNet net, Outcome before, Trainer trained)
    {
        const int indexBits = 4; // as in the authors' file
        string[] layers = [.. net.Plan.Layers.Select(l => l.Name)];
        using var pruning = new Pruning(net, layers.ToDictionary(l => l, l => Table1.DensityOf(l) / 100.0));
        var stages = new List<(string Stage, double Error)> { ("trained", before.Test), ("pruned", Error(net)) };
        var retrain = trained with
        {
            What = $"{_name}, retraining what is left",
            Plan = trained.Plan with { Epochs = _p.RetrainEpochs, LearningRate = _p.LearningRate / 10 },
            AfterBackward = pruning.MaskGradients,
            AfterStep = pruning.Apply,
        };
        _run.Train($"{_name}/retrained", $"pruned to Table 1's densities after: {trained.Signature}", retrain);
        stages.Add(("retrained", Error(net)));
        using var sharing = new WeightSharing(net, layers.ToDictionary(l => l, _ => _p.CodeBits), KMeansStart.Linear);
        stages.Add(("shared values", Error(net)));
        var centroids = trained with
        {
            What = $"{_name}, training the shared values",
            Plan = new TrainingPlan { Epochs = _p.CentroidEpochs, LearningRate = _p.CentroidRate, Momentum = 0.9 },
            AfterBackward = () => sharing.ShareGradients(net),
            AfterStep = sharing.Apply,
        };
        _run.Train($"{_name}/shared", $"{_p.CodeBits} bits, linear start, after: {retrain.Signature}; {trained.Signature}", centroids);
        sharing.TakeUp();

        string path = Path.Combine(_run.Folder, "squeezenet-small.rkdc");
        var storage = Compression.Write(net, path, sharing, indexBits);
        using var decoded = new FireNet(net.Plan);
        Weights.Load(decoded, path);
        double error = Error(decoded);
        stages.Add(("decoded from the file", error));
        long dense = 4 * Compression.Numbers(net);
        _run.Claim("table2-compression-error", error - before.Test);
        _run.Claim("table2-compression-ratio", (double)dense / storage.TotalBytes);
        var weights = storage.Tensors.Where(t => t.IndexBits > 0).ToArray();
        _run.Value("compression/density", 100.0 * weights.Sum(w => w.NonZeros) / weights.Sum(w => w.Weights), "%");
        _run.Value("compression/ratio of weights as Deep Compression counts", 32.0 * weights.Sum(w => w.Weights) / weights.Sum(w => w.PaperHuffmanBits), "x");
        _run.Value("compression/file", storage.TotalBytes, "bytes");
        foreach (var (stage, e) in stages)
        {
            _run.Value($"compression/error/{stage}", e, "%");
        }

        _run.Table(new($"{before.Name} compressed: error by stage", ["Stage", "Test error (%)"], [.. stages.Select(s => (string[])[s.Stage, $"{s.Error:0.00}"])],
            $"{dense:N0} bytes as float32; {storage.TotalBytes:N0} in the file, with {weights.Sum(w => w.CodebookBits) / 8:N0} of codebooks and "
            + $"{storage.Tensors.Sum(t => t.ValueBits) / 8:N0} of biases and normalisation, which stay float32. "
            + $"{100.0 * weights.Sum(w => w.NonZeros) / weights.Sum(w => w.Weights):0.0} % of the weights are left."));
    }

    /// <summary>Takes the table and the values of all that was trained.</summary>
    internal void Report(string note)
    {
        foreach (var outcome in _outcomes)
        {
            _run.Value($"{_name}/{outcome.Name}/test error", outcome.Test, "%");
        }

        _run.Table(new(
            $"Points of the space on {_data.Name}", ["Network", "SR", "3x3 (%)", "Bypass", "Parameters", "MACs", "Validation error (%)", "Test error (%)"],
            [.. _outcomes.Select(o => (string[])[
                o.Name, $"{o.Plan.SqueezeRatio}", $"{100 * o.Plan.Share3x3:0.#}", $"{o.Plan.Bypass}", $"{o.Plan.Parameters:N0}", $"{o.Macs:N0}", $"{o.Validation:0.00}", $"{o.Test:0.00}"])],
            note));
        _run.Figure(new($"Test error against size on {_data.Name}", FigureKind.Point, "parameters", "test error, %",
            [.. _outcomes.Select(o => new FigureSeries(o.Name, [o.Plan.Parameters], null, [o.Test]))], note));
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
        _test.Dispose();
    }

    Outcome Add(string name, FireNet net, long macs)
    {
        var outcome = new Outcome(name, net.Plan, macs, Evaluation.Of(net, _validation, _run.Cancellation).Error, Error(net));
        _outcomes.Add(outcome);
        return outcome;
    }

    double Error(FireNet net) => Evaluation.Of(net, _test, _run.Cancellation).Error;
}
