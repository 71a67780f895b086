using ResearchKit.Experiments;
using ResearchKit.Training;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>Takes the trained networks and makes table, figures and claims of them.</summary>
sealed class Results(StochasticDepthParameters parameters, Experiment run)
{
    readonly List<Line> _lines = [];

    /// <summary>A trained network.</summary>
    /// <param name="Name">For the table.</param>
    /// <param name="Last">p_L; 1 for constant depth.</param>
    /// <param name="Train">In evaluation mode on its training images.</param>
    /// <param name="Test">On the test images.</param>
    /// <param name="Unscaled">On the test images without the factors of Eq. 6.</param>
    /// <param name="Gradients">Mean magnitude by block.</param>
    sealed record Line(string Name, double Last, Evaluation Train, Evaluation Test, Evaluation? Unscaled, double[] Gradients);

    internal void Constant(Evaluation train, Evaluation test, double[] gradients) => Add(new("constant depth", 1, train, test, null, gradients));

    internal void Stochastic(double last, Evaluation train, Evaluation test, Evaluation unscaled, double[] gradients) =>
        Add(new($"p_L = {last}", last, train, test, unscaled, gradients));

    /// <summary>Table, figure and claims, once all lines are there.</summary>
    /// <param name="allImages">Whether all training images were used.</param>
    internal void Report(bool allImages)
    {
        run.Table(new(
            $"Constant and stochastic depth, {parameters.Depth} layers",
            ["Network", "Expected share of MACs in training", "Training error (%)", "Test error (%)", "Test less training (points)", "Test error without Eq. 6 (%)"],
            [.. _lines.Select(l => (string[])
                [
                    l.Name, $"{LinearDecay.CostShare(parameters.Depth, LinearDecay.Survival(LinearDecay.Blocks(parameters.Depth), l.Last)):0.000}",
                    $"{l.Train.Error:0.00}", $"{l.Test.Error:0.00}", $"{l.Test.Error - l.Train.Error:0.00}", l.Unscaled is null ? "" : $"{l.Unscaled.Error:0.00}",
                ])],
            "Errors with all blocks present, at the end of training. The paper's gain is for 110 layers, 45,000 images and 500 epochs."));
        double[] blocks = [.. Enumerable.Range(1, _lines[0].Gradients.Length).Select(l => (double)l)];
        run.Figure(new(
            "Gradient of each block's first convolution at the end of training", FigureKind.Line, "block", "mean magnitude",
            [.. _lines.Select(l => new FigureSeries(l.Name, blocks, null, l.Gradients))],
            "In training mode, over 20 batches; a batch without the block counts as 0. The paper's Fig. 6 has the first block's over the epochs.")
        {
            LogY = _lines.All(l => l.Gradients.All(g => g > 0)),
        });

        if (_lines.Find(l => l.Last == 0.5) is { } half)
        {
            run.Claim("fig6-gradient", half.Gradients[0] / _lines[0].Gradients[0]);
            Claims.Gain(parameters.Depth, allImages, half.Test.Error - _lines[0].Test.Error, run);
        }
        else
        {
            const string Because = "p_L = 0.5 is not among lastSurvivals";
            run.NotTested("fig6-gradient", Because);
            run.NotTested("table1-stand-in", Because);
            run.NotTested("table1-cifar10", Because);
        }
    }

    void Add(Line line)
    {
        _lines.Add(line);
        run.Value($"error/{line.Name}/training", line.Train.Error, "%");
        run.Value($"error/{line.Name}/test", line.Test.Error, "%");
        if (line.Unscaled is { } unscaled)
        {
            run.Value($"error/{line.Name}/test without scaling", unscaled.Error, "%");
        }

        run.Value($"gradient/{line.Name}/first block", line.Gradients[0], "");
    }
}
