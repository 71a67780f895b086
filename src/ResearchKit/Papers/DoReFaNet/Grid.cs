using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>A cell of the grid.</summary>
/// <param name="Bits">Of weights, activations and gradients.</param>
/// <param name="Noise">Whether gradients are quantised with noise.</param>
/// <param name="IsNarrow">Whether it is the narrow network.</param>
readonly record struct Cell(BitWidths Bits, bool Noise = true, bool IsNarrow = false)
{
    internal static Cell Of(int weights, int activations, int gradients) => new(new(weights, activations, gradients));

    public override string ToString() => $"{Bits}{(Noise ? "" : " without noise")}{(IsNarrow ? ", narrow" : "")}";
}

/// <summary>Trains the network with each of the widths: from the same initial weights, with the images in the same order.</summary>
sealed class Grid : IDisposable
{
    readonly DoReFaParameters _parameters;
    readonly DataSet _data;
    readonly Experiment _run;
    readonly Batches _train, _validation;
    readonly List<(Cell Cell, DoReFaNetwork Model, Evaluation Validation, Evaluation Test)> _done = [];

    internal Grid(DoReFaParameters parameters, Experiment run)
    {
        (_parameters, _run, _data) = (parameters, run, run.Load(parameters.Data));
        Plan = parameters.Plan();
        var statistics = _data.Train.ChannelStatistics();
        var all = _data.Train;
        var part = parameters.Images == 0 || parameters.Images >= all.Count ? all : all.Select(
            [.. SplitMix64.Permutation(all.Count, (ulong)run.Seed, 0).Take(parameters.Images).Order()], $"{all.Name}, {parameters.Images} drawn with seed {run.Seed}");
        _train = new(part, parameters.BatchSize, statistics, shuffle: true, seed: run.Seed, augmentation: parameters.Augment ? new(4, Flip: true) : null);
        _validation = Evaluated(_data.Validation);
        Test = Evaluated(_data.Test);

        Batches Evaluated(ImageSet set) => new(
            parameters.EvaluationImages == 0 ? set : set.Select([.. Enumerable.Range(0, Math.Min(set.Count, parameters.EvaluationImages))], set.Name), 250, statistics);
    }

    internal NetworkPlan Plan { get; }

    internal Batches Test { get; }

    internal DoReFaNetwork Model(Cell cell) => _done.Single(d => d.Cell == cell).Model;

    internal Evaluation Result(Cell cell) => _done.Single(d => d.Cell == cell).Test;

    /// <summary>Points by which one cell's test error is above another's.</summary>
    internal double Lost(Cell cell, Cell than) => Result(cell).Error - Result(than).Error;

    /// <summary>How many times another cell's errors one cell makes.</summary>
    internal double Times(Cell cell, Cell than) => (double)Result(cell).Wrong / Result(than).Wrong;

    internal void Train(Cell cell)
    {
        manual_seed(_run.Seed);
        var plan = cell.IsNarrow ? Plan.Narrowed(_parameters.Narrow) : Plan;
        var model = new DoReFaNetwork(plan, cell.Bits, cell.Noise, _data.Train.ClassNames.Length);
        _run.Train($"{Plan.Name}/{cell}", $"default initialisation, {plan.Name}", new Trainer
        {
            What = $"{Plan.Name} {cell}",
            Model = model,
            Train = _train,
            Validation = _validation,
            Plan = new TrainingPlan { Epochs = _parameters.Epochs, LearningRate = _parameters.LearningRate, Optimizer = OptimizerKind.Adam, Schedule = Schedule.Linear },
            Origin = $"seed {_run.Seed}",
        });
        var (validation, test) = (Evaluation.Of(model, _validation, _run.Cancellation), Evaluation.Of(model, Test, _run.Cancellation));
        _done.Add((cell, model, validation, test));
        _run.Value($"{Plan.Name}/{cell}/test error", test.Error, "%");
        _run.Value($"{Plan.Name}/{cell}/validation error", validation.Error, "%");
    }

    /// <summary>The paper's Table 1 with our errors, and a figure over bits.</summary>
    internal void Report()
    {
        static string Cost(BitWidths b, int cost) => b.Weights == BitWidths.Float || b.Activations == BitWidths.Float ? "" : $"{cost}";
        _run.Table(new(
            $"{Plan.Name} on {_data.Name}, {_train.ImageCount:#,0} training images, {_parameters.Epochs} epochs, beside the paper's Table 1",
            ["W", "A", "G", "", "Training cost", "Inference cost", "Storage", "Validation error (%)", "Test error (%)", "Paper, model A on SVHN (%)"],
            [.. _done.Select(d => (string[])
            [
                $"{d.Cell.Bits.Weights}", $"{d.Cell.Bits.Activations}", $"{d.Cell.Bits.Gradients}", $"{(d.Cell.Noise ? "" : "without noise ")}{(d.Cell.IsNarrow ? "narrow" : "")}",
                d.Cell.Bits.Gradients == BitWidths.Float ? "" : Cost(d.Cell.Bits, d.Cell.Bits.TrainingCost), Cost(d.Cell.Bits, d.Cell.Bits.InferenceCost), $"{d.Cell.Bits.Storage}",
                $"{d.Validation.Error:0.00}", $"{d.Test.Error:0.00}",
                d.Cell is { Noise: true, IsNarrow: false } && Table1.Accuracy(d.Cell.Bits) is { } accuracy ? $"{100 - (100 * accuracy):0.0}" : "",
            ])],
            "Costs and storage are the paper's: bit products, and bits of a weight. Test errors are those after the last epoch; the paper reports the best of 200."));
        Curve("gradients", "bits of a gradient, (1, 2, G)", [2, 4, 6, 8, 32], g => Cell.Of(1, 2, g));
        Cell[] alone = [Cell.Of(32, 32, 32), Cell.Of(2, 32, 32), Cell.Of(32, 2, 32), Cell.Of(32, 32, 2)];
        _run.Figure(new(
            "Two bits for one of the three", FigureKind.Bar, "what has two bits", "test error (%)",
            [new("ours", null, ["nothing", "weights", "activations", "gradients"], [.. alone.Select(c => Result(c).Error)])],
            "The paper: gradients bear it least, weights most."));
    }

    void Curve(string name, string axis, int[] bits, Func<int, Cell> cell) => _run.Figure(new(
        $"Errors against bits of {name}", FigureKind.Line, axis, "test error (%)",
        [
            new("ours", null, [.. bits.Select(b => $"{b}")], [.. bits.Select(b => Result(cell(b)).Error)]),
            new("paper, model A on SVHN", null, [.. bits.Where(b => Table1.Accuracy(cell(b).Bits) is not null).Select(b => $"{b}")],
                [.. bits.Select(b => Table1.Accuracy(cell(b).Bits)).OfType<double>().Select(a => 100 - (100 * a))]) { FromPaper = true },
        ],
        "Two bits are too few for gradients, six to eight are enough."));

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
        Test.Dispose();
        foreach (var done in _done)
        {
            done.Model.Dispose();
        }
    }
}
