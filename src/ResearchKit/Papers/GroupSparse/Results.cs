using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>Makes table, figures and values of what was trained on a data set.</summary>
static class Results
{
    internal static void Report(string set, DataSet data, int[] sizes, IReadOnlyList<Outcome> outcomes, Experiment run)
    {
        run.Table(new(
            $"{data.Name}, {string.Join('-', sizes)}: penalties at the same strength",
            ["Penalty", "Strength", "Validation error (%)", "Test error (%)", "Weights that are zero (%)", "by layer (%)", "Inputs left", "Hidden neurons left", "Parameters, thinned", "Speed-up, thinned (x)"],
            [.. outcomes.Select(o => (string[])
                [
                    $"{o.Penalty}", $"{o.Strength}", $"{o.Validation.Error:0.00}", $"{o.Test.Error:0.00}", $"{o.Sparsity(sizes):0.0}", string.Join(", ", o.Zeros.Select(z => $"{100 * z:0}")),
                    $"{o.Units[0].Left} of {o.Units[0].All}", string.Join(", ", o.Units.Skip(1).Select(u => $"{u.Left} of {u.All}")), $"{o.Parameters.Thinned:#,0} of {o.Parameters.All:#,0}",
                    o.Latency is null ? "" : $"{o.Latency.Ratio:0.00}",
                ])],
            "Errors are those of the thinned network, after weights below the threshold were set to zero. A unit is left if any weight leaves it."));
        foreach (var o in outcomes)
        {
            var name = $"{set}/{o.Penalty}, {o.Strength}";
            run.Value($"{name}/test error", o.Test.Error, "%");
            run.Value($"{name}/validation error", o.Validation.Error, "%");
            run.Value($"{name}/zeros", o.Sparsity(sizes), "%");
            run.Value($"{name}/inputs", o.Units[0].Left, "");
            run.Value($"{name}/hidden neurons", o.HiddenLeft, "");
            if (o.Latency is not null)
            {
                run.Value($"{name}/speed-up of the thinned network", o.Latency.Ratio, "x");
            }
        }

        var first = outcomes.Where(o => o.Strength == outcomes[0].Strength).ToArray();
        string[] names = [.. first.Select(o => $"{o.Penalty}")];
        double Share((int Left, int All) units) => 100.0 * units.Left / units.All;
        run.Figure(new(
            $"What is left on {data.Name}, strength {outcomes[0].Strength}", FigureKind.Bar, "penalty", "%",
            [
                new("weights", null, names, [.. first.Select(o => 100 - o.Sparsity(sizes))]),
                new("inputs", null, names, [.. first.Select(o => Share(o.Units[0]))]),
                new("hidden neurons", null, names, [.. first.Select(o => Share((o.HiddenLeft, o.Units.Skip(1).Sum(u => u.All))))]),
            ],
            "Lasso takes weights; group penalties take units."));

        int width = data.Train.Width, height = data.Train.Height;
        foreach (var o in first.Where(o => o.Penalty is Penalty.L1 or Penalty.SparseGroupLasso))
        {
            int[] alive = [.. Enumerable.Range(0, o.Inputs.Length).Where(i => o.Inputs[i])];
            run.Figure(new(
                $"Pixels of {data.Name} that {o.Penalty} reads", FigureKind.Point, "column", "row, from below",
                [new("read", [.. alive.Select(i => (double)(i % width))], null, [.. alive.Select(i => (double)(height - 1 - (i / width % height)))])],
                $"{alive.Length} of {o.Inputs.Length} inputs have an outgoing weight."));
        }
    }
}
