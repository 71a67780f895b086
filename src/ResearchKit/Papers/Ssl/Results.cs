using ResearchKit.Experiments;
using ResearchKit.Training;

namespace ResearchKit.Papers.Ssl;

/// <summary>Takes the trained networks and makes table, figures and claims of them.</summary>
sealed class Results(SslParameters parameters, Experiment run)
{
    const int Conv2 = 1, Conv2Filters = 50, Conv2Columns = 500, Conv2Positions = 64;

    readonly List<IReadOnlyList<string>> _rows = [];
    readonly List<(Outcome Outcome, double Speed)> _structured = [];
    Evaluation _dense = null!;

    internal void Dense(Evaluation test, Evaluation validation, long count)
    {
        _dense = test;
        run.Value("error/dense/test", test.Error, "%");
        run.Value("parameters/dense", count, "");
        _rows.Add(["dense", $"{validation.Error:0.00}", "", $"{test.Error:0.00}", $"{test.Error:0.00}", "20", "25", "50", "20", "500", "0.0", "100.0", "", $"{count:#,0}"]);
    }

    internal void Filters(IReadOnlyList<Outcome> outcomes) => Structured(outcomes, "table1-filters");

    internal void Shapes(IReadOnlyList<Outcome> outcomes) => Structured(outcomes, "table2-shapes");

    /// <summary>The l1 control: the strength whose validation error is nearest to that of the strongest penalty on filters.</summary>
    internal void Unstructured(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            Add(outcome, null);
        }

        if (parameters.TimingRounds == 0)
        {
            run.NotTested("lenet-structured-over-l1", "timings are left out at this scale");
            return;
        }

        var (structured, speed) = _structured[parameters.FilterStrengths.Count - 1];
        var nearest = outcomes.MinBy(o => Math.Abs(o.Validation.Error - structured.Validation.Error))!;
        double csr = LayerSpeed.Unstructured(
            Conv2Filters, Conv2Columns, nearest.Layers[Conv2].Zeros, Conv2Positions * parameters.TimedImages, parameters.TimingRounds, run.Seed).Ratio;
        run.Value($"speed/{nearest.Name}/conv2 as CSR", csr, "x");
        run.Claim("lenet-structured-over-l1", speed / csr);
    }

    /// <summary>The control with squared norms, which removes nothing as a whole.</summary>
    internal void Squared(Outcome outcome) => Add(outcome, null);

    /// <summary>The table, once all lines are there.</summary>
    internal void Report() => run.Table(new(
        "LeNet after each penalty, beside the paper's Tables 1 and 2",
        [
            "Penalty, strength", "Validation error (%)", "Test error, sparse (%)", "Test error, fine-tuned (%)", "Test error, thinned (%)", "conv1 filters", "conv1 columns", "conv2 filters",
            "conv2 channels", "conv2 columns", "conv2 zeros (%)", "conv2 operations (%)", "conv2 speed-up (x)", "Parameters, thinned",
        ],
        _rows,
        $"The speed-up is that of conv2's matrix product for {parameters.TimedImages} images, without rows and columns of zeros. In the paper LeNet 3 keeps 3 and 12 filters at "
        + "1.0 % and is 7.44 times faster in conv2, LeNet 5 keeps 7 and 14 columns at 1.0 % and is 10.82 times faster; the dense network has 0.9 %."));

    void Structured(IReadOnlyList<Outcome> outcomes, string claim)
    {
        foreach (var outcome in outcomes)
        {
            var conv2 = outcome.Layers[Conv2];
            double speed = parameters.TimingRounds == 0 ? double.NaN : Speed(Math.Max(1, conv2.Filters.Left), Math.Max(1, conv2.Columns.Left));
            Add(outcome, speed);
            _structured.Add((outcome, speed));
        }

        // The strongest penalty stands for the paper's smallest network.
        var last = outcomes[^1];
        run.Claim($"{claim}-left", 100 * last.Layers[Conv2].Flops);
        run.Claim($"{claim}-error", last.Thinned.Error - _dense.Error);
        var (id, filters, columns) = claim == "table1-filters" ? ("table1-lenet3-conv2", 12, 75) : ("table2-lenet5-conv2", Conv2Filters, 14);
        if (parameters.TimingRounds == 0)
        {
            run.NotTested(id, "timings are left out at this scale");
        }
        else
        {
            run.Claim(id, Speed(filters, columns));
        }
    }

    double Speed(int filters, int columns) => LayerSpeed.Structured(
        Conv2Filters, Conv2Columns, filters, columns, Conv2Positions * parameters.TimedImages, parameters.TimingRounds).Ratio;

    void Add(Outcome o, double? speed)
    {
        var (conv1, conv2) = (o.Layers[0], o.Layers[Conv2]);
        _rows.Add([
            o.Name, $"{o.Validation.Error:0.00}", $"{o.Sparse.Error:0.00}", $"{o.Tuned.Error:0.00}", $"{o.Thinned.Error:0.00}", $"{conv1.Filters.Left}", $"{conv1.Columns.Left}",
            $"{conv2.Filters.Left}", $"{conv2.Channels.Left}", $"{conv2.Columns.Left}", $"{100 * conv2.Zeros:0.0}", $"{100 * conv2.Flops:0.0}", speed is null or double.NaN ? "" : $"{speed:0.00}", $"{o.Parameters:#,0}"]);
        run.Value($"error/{o.Name}/test", o.Thinned.Error, "%");
        run.Value($"left/{o.Name}/conv1 filters", conv1.Filters.Left, "");
        run.Value($"left/{o.Name}/conv2 filters", conv2.Filters.Left, "");
        run.Value($"left/{o.Name}/conv2 channels", conv2.Channels.Left, "");
        run.Value($"left/{o.Name}/conv2 columns", conv2.Columns.Left, "");
        run.Value($"left/{o.Name}/conv2 operations", 100 * conv2.Flops, "%");
    }
}
