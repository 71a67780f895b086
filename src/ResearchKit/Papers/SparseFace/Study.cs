using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SparseFace;

/// <summary>The paper's experiment on one set of images: a dense network, made sparse layer by layer from the top, and its controls.</summary>
sealed class Study(string set, SparseFaceParameters parameters, ImageSet images, Batches validation, Func<FaceNet> create, Func<FaceNet, double> score, Experiment run)
{
    readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Epochs of dense training and after each step, images in a batch, and what stays of f, 5b and 5a.</summary>
    internal required (int Dense, int Retrain, int BatchSize, IReadOnlyList<double> Shares) Budget { get; init; }

    internal Outcome Run()
    {
        using var train = new Batches(images, Budget.BatchSize, images.ChannelStatistics(), shuffle: true, seed: run.Seed);
        using var still = new Batches(images, 200, images.ChannelStatistics());
        using var dense = Fresh();
        var plan = new TrainingPlan { Epochs = Budget.Dense, LearningRate = parameters.LearningRate, Schedule = Schedule.Cosine, WeightDecay = parameters.WeightDecay };
        var baseline = new Trainer { What = $"{set}: dense", Model = dense, Train = train, Validation = validation, Plan = plan, Origin = $"seed {run.Seed}" };
        run.Train($"{set}/dense", "default initialisation", baseline);
        double whole = Score("dense", dense, new Dictionary<string, Tensor>(), null);

        using var scope = NewDisposeScope();
        var masks = new Dictionary<string, Tensor>();
        FaceNet? last = null;
        var steps = new List<double>();
        Tensor firstMask = null!;
        foreach (var ((layer, _), share) in dense.Layers.Zip(Budget.Shares))
        {
            // Correlations are those of the network of the step before.
            var mask = Choose(last ?? dense, layer, Criterion.Correlation, share, still);
            firstMask ??= mask;
            masks[layer] = mask;
            var next = Retrain($"correlation-{layer}", last ?? dense, masks, plan with { Epochs = Budget.Retrain, LearningRate = parameters.RetrainRate }, baseline);
            last?.Dispose();
            last = next.Net;
            steps.Add(Score($"correlation, down to {layer}", last, masks, next.Before));
        }

        last?.Dispose();
        double Control(string name, FaceNet from, Tensor mask, TrainingPlan by)
        {
            var only = new Dictionary<string, Tensor> { ["f"] = mask };
            var (net, before) = Retrain(name, from, only, by, baseline);
            using (net)
            {
                return Score(name, net, only, before);
            }
        }

        double share0 = Budget.Shares[0];
        var retrain = plan with { Epochs = Budget.Retrain, LearningRate = parameters.RetrainRate };
        double Of(Criterion criterion) => Control($"f, {criterion}", dense, Choose(dense, "f", criterion, share0, still), retrain);
        var (random, highest, magnitude) = (Of(Criterion.Random), Of(Criterion.Highest), Of(Criterion.Magnitude));
        using var fresh = Fresh();
        double scratch = Control("f, Correlation, new weights", fresh, firstMask, plan);

        run.Table(new(
            $"{images.Name}: accuracy of sparse networks",
            ["Network", "Weights left", "Accuracy before retraining (%)", "Accuracy (%)"], _rows,
            $"What stays: {string.Join(", ", Budget.Shares.Select(s => $"1/{1 / s:0}"))} of f, 5b and 5a. {(set == "faces" ? "Accuracy of pairs, over ten folds." : "Accuracy of test images.")}"));
        return new(whole, [.. steps], random, highest, magnitude, scratch);
    }

    FaceNet Fresh()
    {
        manual_seed(run.Seed);
        return create();
    }

    Tensor Choose(FaceNet net, string layer, Criterion criterion, double share, Batches still)
    {
        var module = net.Layers.Single(l => l.Name == layer).Layer;
        var correlations = Correlation.Of(net, module, still, Math.Max(1, parameters.CorrelationImages / still.BatchSize));
        var mask = Selection.Mask(criterion, correlations, WeightOf(module), share, new SplitMix64((ulong)run.Seed, (ulong)criterion));
        double kept = ((correlations.abs() * mask).sum() / mask.sum()).ToDouble();
        run.Value($"{set}/{layer}, {criterion}/mean magnitude of correlation, per place", kept / (module is Conv2d ? correlations.shape[^1] : 1), "");
        return mask;
    }

    /// <summary>A copy with masks, trained as a whole: its accuracy at once and the trained network.</summary>
    (FaceNet Net, double Before) Retrain(string name, FaceNet from, IReadOnlyDictionary<string, Tensor> masks, TrainingPlan plan, Trainer baseline)
    {
        var net = create();
        net.load_state_dict(from.state_dict());
        using var weights = new WeightMasks();
        foreach (var (layer, mask) in masks)
        {
            weights.Add(WeightOf(net.Layers.Single(l => l.Name == layer).Layer), mask);
        }

        double before = score(net);
        run.Train($"{set}/{name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-')}", $"{name}, shares {string.Join(", ", Budget.Shares)}, after: {baseline.Signature}, {Budget.Retrain} epochs a step, correlations of {parameters.CorrelationImages} images", baseline with
        {
            What = $"{set}: {name}",
            Model = net,
            Plan = plan,
            AfterBackward = weights.MaskGradients,
            AfterStep = weights.Apply,
        });
        return (net, before);
    }

    double Score(string name, FaceNet net, IReadOnlyDictionary<string, Tensor> masks, double? before)
    {
        double accuracy = score(net), all = net.parameters().Where(p => p.dim() > 1).Sum(p => p.numel());
        double gone = masks.Values.Sum(m => m.numel() - m.sum().ToDouble());
        _rows.Add([name, $"{(all - gone) / all:0.000}", before is null ? "" : $"{before:0.00}", $"{accuracy:0.00}"]);
        run.Value($"{set}/{name}/test accuracy", accuracy, "%");
        run.Value($"{set}/{name}/weights left", (all - gone) / all, "");
        return accuracy;
    }

    static Parameter WeightOf(nn.Module layer) => layer switch
    {
        Linear linear => linear.weight,
        Conv2d conv => conv.weight,
        LocallyConnected2d local => local.Weight,
        _ => throw new NotSupportedException($"{layer.GetName()} has no connections to choose from."),
    };
}
