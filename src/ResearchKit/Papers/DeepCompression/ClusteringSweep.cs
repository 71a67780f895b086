using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>
/// Error and squared distance against the width of the codes, for each start of k-means and for the optimum, without training of the
/// shared values (the paper's Figure 8 trains them). It selects nothing: widths and start are the paper's.
/// </summary>
static class ClusteringSweep
{
    static readonly int[] Widths = [2, 3, 4, 5, 6, 7, 8];

    internal static void Report(Subject subject, Module<Tensor, Tensor> model, Batches test, Experiment run)
    {
        Tensor[] weights = [.. subject.Printed.Layers.Select(l => model.get_parameter(l.Layer + ".weight")!)];
        Tensor[] before = [.. weights.Select(w => w.detach().clone())];
        var errors = new List<FigureSeries>();
        var distances = new List<FigureSeries>();
        var rows = Widths.Select(w => new List<string> { $"{w}" }).ToArray();
        foreach (var start in Enum.GetValues<KMeansStart>())
        {
            var (error, distance) = (new List<double>(), new List<double>());
            foreach (int width in Widths)
            {
                run.Report($"{subject.Printed.Name}: k-means, {start} start", (double)width / Widths[^1], $"{width} bits");
                using (var sharing = new WeightSharing(model, subject.CodeBits.ToDictionary(b => b.Key, _ => width), start, run.Seed))
                {
                    error.Add(Evaluation.Of(model, test, run.Cancellation).Error);
                    distance.Add(sharing.SumOfSquares);
                }

                Restore(weights, before);
            }

            var name = start == KMeansStart.Optimal ? "optimum" : $"{start.ToString().ToLowerInvariant()} start";
            var widths = Widths.Select(w => (double)w).ToArray();
            errors.Add(new(name, widths, null, error));
            distances.Add(new(name, widths, null, distance));
        }

        for (int k = 0; k < Widths.Length; k++)
        {
            double optimum = distances[^1].Y[k];
            rows[k].AddRange(errors.Select(e => $"{e.Y[k]:0.00}"));
            rows[k].AddRange(distances.SkipLast(1).Select(d => $"{100 * ((d.Y[k] / optimum) - 1):0.0}"));
        }

        run.Figure(new(
            $"{subject.Printed.Name}: error against bits", FigureKind.Line, "bits of a weight code, all layers", "test error (%)", errors,
            "Shared values not trained. The optimum minimises the squared distance, not the error."));
        run.Figure(new(
            $"{subject.Printed.Name}: squared distance against bits", FigureKind.Line, "bits of a weight code, all layers", "sum of squares", distances,
            "How far Lloyd's algorithm stays from the optimum depends on its start.")
        { LogY = true });
        run.Table(new(
            $"{subject.Printed.Name}: starts of k-means",
            ["Bits", .. errors.Select(e => $"error, {e.Name} (%)"), .. distances.SkipLast(1).Select(d => $"excess over the optimum, {d.Name} (%)")],
            rows, "Excess of the sum of squares that Lloyd's algorithm converges to, over the least possible one."));
        foreach (var tensor in before)
        {
            tensor.Dispose();
        }
    }

    static void Restore(Tensor[] weights, Tensor[] values)
    {
        using var noGrad = no_grad();
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k].copy_(values[k]);
        }
    }
}
