using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>One way to binarise a network.</summary>
/// <param name="Name">As in names of results.</param>
/// <param name="Options">What is binary, and how.</param>
/// <param name="Order">The order of a block's layers.</param>
/// <param name="Centred">Whether weights are centred and clamped after each step, as the authors' code does.</param>
sealed record Variant(string Name, BinaryOptions Options, BlockOrder Order = BlockOrder.NormalisedFirst, bool Centred = true)
{
    static readonly BinaryOptions s_weights = new() { Binarisation = Binarisation.Weights };

    internal static Variant Float { get; } = new("float", new() { Binarisation = Binarisation.None });

    internal static Variant Bwn { get; } = new("BWN", s_weights);

    internal static Variant BwnLearned { get; } = new("BWN, learned scale", s_weights with { Scale = FilterScale.Learned });

    internal static Variant BinaryConnect { get; } = new("BinaryConnect", s_weights with { Scale = FilterScale.One }, Centred: false);

    internal static Variant Xnor { get; } = new("XNOR", new());

    internal static Variant WithoutK { get; } = new("XNOR without K", new() { InputScale = false });

    internal static Variant WithoutAlpha { get; } = new("XNOR, alpha = 1", new() { Scale = FilterScale.One });

    internal static Variant ConvolvedFirst { get; } = new("XNOR, C-B-A-P", new(), BlockOrder.ConvolvedFirst);

    internal static Variant Bnn { get; } = new("BNN", new() { Scale = FilterScale.One, InputScale = false }, BlockOrder.ConvolvedFirst, Centred: false);

    internal static Variant ChainRule { get; } = new("XNOR, chain rule", new() { Gradient = WeightGradient.Exact });

    internal static Variant PaperText { get; } = new("XNOR, not centred", new(), Centred: false);

    internal static Variant BinaryGradient { get; } = new("XNOR, binary gradient", new() { BinaryGradient = true });
}

/// <summary>A trained network.</summary>
/// <param name="Model">The network.</param>
/// <param name="Validation">On the validation split.</param>
/// <param name="Test">On the test images.</param>
sealed record Trained(BinaryNetwork Model, Evaluation Validation, Evaluation Test);

/// <summary>Trains the variants of one network on one data set: from the same initial weights, with the images in the same order.</summary>
sealed class Runs : IDisposable
{
    readonly NetworkPlan _plan;
    readonly DataSet _data;
    readonly int _epochs;
    readonly double _rate;
    readonly Experiment _run;
    readonly Batches _train, _validation;
    readonly List<(Variant Variant, Trained Trained)> _done = [];

    internal Runs(NetworkPlan plan, DataSet data, int images, int epochs, bool augment, XnorNetParameters parameters, Experiment run)
    {
        (_plan, _data, _epochs, _rate, _run) = (plan, data, epochs, parameters.LearningRate, run);
        var statistics = data.Train.ChannelStatistics();
        var part = images == 0 || images >= data.Train.Count ? data.Train : data.Train.Select(
            [.. SplitMix64.Permutation(data.Train.Count, (ulong)run.Seed, 0).Take(images).Order()], $"{data.Train.Name}, {images} drawn with seed {run.Seed}");
        _train = new(part, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed, augmentation: augment ? new(4, Flip: true) : null);
        _validation = Evaluated(data.Validation);
        Test = Evaluated(data.Test);

        Batches Evaluated(ImageSet set) => new(
            parameters.EvaluationImages == 0 ? set : set.Select([.. Enumerable.Range(0, Math.Min(set.Count, parameters.EvaluationImages))], set.Name), 250, statistics);
    }

    internal NetworkPlan Plan => _plan;

    internal int Classes => _data.Train.ClassNames.Length;

    internal Batches Test { get; }

    internal Trained this[Variant variant] => _done.Single(d => d.Variant == variant).Trained;

    /// <summary>Points by which one variant's test error is above another's.</summary>
    internal double Lost(Variant variant, Variant than) => this[variant].Test.Error - this[than].Test.Error;

    internal void Train(params ReadOnlySpan<Variant> variants)
    {
        foreach (var variant in variants)
        {
            Train(variant);
        }
    }

    void Train(Variant variant)
    {
        manual_seed(_run.Seed);
        var model = new BinaryNetwork(_plan, variant.Options, variant.Order, Classes);
        void Centre()
        {
            foreach (var layer in model.BinaryLayers)
            {
                layer.CentreAndClamp();
            }
        }

        bool centres = variant.Centred && variant.Options.Binarisation != Binarisation.None;
        if (centres)
        {
            Centre();
        }

        _run.Train($"{_plan.Name}/{variant.Name}", $"default initialisation, {variant}", new Trainer
        {
            What = $"{_plan.Name}, {variant.Name}",
            Model = model,
            Train = _train,
            Validation = _validation,
            Plan = new TrainingPlan { Epochs = _epochs, LearningRate = _rate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Linear },
            Origin = $"seed {_run.Seed}",
            AfterStep = centres ? Centre : null,
        });
        var trained = new Trained(model, Evaluation.Of(model, _validation, _run.Cancellation), Evaluation.Of(model, Test, _run.Cancellation));
        _done.Add((variant, trained));
        _run.Value($"{_plan.Name}/{variant.Name}/test error", trained.Test.Error, "%");
        _run.Value($"{_plan.Name}/{variant.Name}/validation error", trained.Validation.Error, "%");
    }

    /// <summary>Table and figure of what was trained.</summary>
    internal void Report(string note)
    {
        double plain = this[Variant.Float].Test.Error;
        _run.Table(new(
            $"{_plan.Name} on {_data.Name}: {_train.ImageCount:#,0} training images, {_epochs} epochs",
            ["Network", "Validation error (%)", "Test error (%)", "More than float (points)"],
            [.. _done.Select(d => (string[])[d.Variant.Name, $"{d.Trained.Validation.Error:0.00}", $"{d.Trained.Test.Error:0.00}", $"{d.Trained.Test.Error - plain:+0.00;-0.00;0}"])],
            note));
        _run.Figure(new(
            $"Test errors, {_plan.Name} on {_data.Name}", FigureKind.Bar, "network", "test error (%)",
            [new("ours", null, [.. _done.Select(d => d.Variant.Name)], [.. _done.Select(d => d.Trained.Test.Error)])], note));
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
        Test.Dispose();
        foreach (var (_, trained) in _done)
        {
            trained.Model.Dispose();
        }
    }
}
