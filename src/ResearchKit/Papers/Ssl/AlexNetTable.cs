using ResearchKit.Experiments;

namespace ResearchKit.Papers.Ssl;

/// <summary>Table 4: AlexNet's convolutions at the printed sparsities, timed on this machine, beside the printed speed-ups.</summary>
static class AlexNetTable
{
    /// <summary>A convolution of AlexNet, of one of its groups.</summary>
    /// <param name="Name">Of the layer.</param>
    /// <param name="Filters">Rows of the lowered matrix.</param>
    /// <param name="Places">Its columns.</param>
    /// <param name="Side">Of the output.</param>
    /// <param name="L1Zeros">Per cent of zeros by l1 (line 1).</param>
    /// <param name="L1Cpu">Printed speed-up of l1.</param>
    /// <param name="Columns">Per cent of columns that SSL took out (line 2).</param>
    /// <param name="Rows">Per cent of rows that SSL took out.</param>
    /// <param name="Cpu">Printed speed-up of SSL on a processor.</param>
    /// <param name="Gpu">The same on a graphics card.</param>
    /// <param name="LosslessCpu">Printed speed-up of SSL without loss (line 5).</param>
    internal sealed record Layer(
        string Name, int Filters, int Places, int Side, double L1Zeros, double L1Cpu, double Columns, double Rows, double Cpu, double Gpu, double LosslessCpu)
    {
        internal int KeptFilters => (int)Math.Round(Filters * (1 - (Rows / 100)));

        internal int KeptPlaces => (int)Math.Round(Places * (1 - (Columns / 100)));

        /// <summary>Multiply-accumulates, dense over thinned.</summary>
        internal double MacRatio => (double)Filters * Places / ((double)KeptFilters * KeptPlaces);
    }

    internal static IReadOnlyList<Layer> Layers { get; } =
    [
        new("conv1", 96, 3 * 11 * 11, 55, 67.6, 0.80, 0.0, 9.4, 1.05, 1.00, 1.00),
        new("conv2", 128, 48 * 5 * 5, 27, 92.4, 2.91, 63.2, 12.9, 3.37, 2.37, 1.27),
        new("conv3", 384, 256 * 3 * 3, 13, 97.2, 4.84, 76.9, 40.6, 6.27, 4.94, 1.64),
        new("conv4", 192, 192 * 3 * 3, 13, 96.6, 3.83, 84.7, 46.9, 9.73, 4.03, 1.68),
        new("conv5", 128, 192 * 3 * 3, 13, 94.3, 2.76, 80.7, 0.0, 4.93, 3.05, 1.32),
    ];

    internal static void Report(int rounds, Experiment run)
    {
        run.Claim("table4-cpu-mean", Layers.Average(l => l.Cpu));
        run.Claim("table4-gpu-mean", Layers.Average(l => l.Gpu));
        run.Claim("table4-lossless-mean", Layers.Average(l => l.LosslessCpu));
        if (rounds == 0)
        {
            foreach (var claim in Claims.All.Where(c => c.Kind == ClaimKind.Measured && c.Where == "Table 4"))
            {
                run.NotTested(claim.Id, "timings are left out at this scale");
            }

            return;
        }

        var rows = new List<IReadOnlyList<string>>();
        var (ssl, l1) = (new List<double>(), new List<double>());
        foreach (var layer in Layers)
        {
            run.Report("timing AlexNet's layers", ssl.Count / (double)Layers.Count, layer.Name);
            int positions = layer.Side * layer.Side;
            var structured = LayerSpeed.Structured(layer.Filters, layer.Places, layer.KeptFilters, layer.KeptPlaces, positions, rounds);
            var unstructured = LayerSpeed.Unstructured(layer.Filters, layer.Places, layer.L1Zeros / 100, positions, rounds, run.Seed);
            ssl.Add(structured.Ratio);
            l1.Add(unstructured.Ratio);
            rows.Add([
                layer.Name, $"{layer.Filters}x{layer.Places}", $"{layer.KeptFilters}x{layer.KeptPlaces}", $"{structured.Baseline * 1000:0}", $"{structured.Ratio:0.00}", $"{layer.MacRatio:0.00}",
                $"{layer.Cpu:0.00}", $"{layer.L1Zeros}", $"{unstructured.Ratio:0.00}", $"{layer.L1Cpu:0.00}"]);
            if (layer.Name != "conv1")
            {
                run.Claim($"table4-{layer.Name}", structured.Ratio);
            }

            run.Value($"alexnet/{layer.Name}/speed-up over MAC ratio", structured.Ratio / layer.MacRatio, "x");
        }

        run.Claim("table4-mean", ssl.Average());
        run.Claim("table4-structured-over-l1", ssl.Average() / l1.Average());
        run.Table(new(
            "AlexNet's convolutions at the sparsities of Table 4, times of one image",
            ["Layer", "Lowered", "Thinned", "Dense (us)", "SSL (x)", "MAC ratio", "Paper's SSL (x)", "l1 zeros (%)", "l1 as CSR (x)", "Paper's l1 (x)"],
            rows, $"Matrix products alone, as in the paper, of one group of filters; medians of {rounds} paired rounds. Random weights, as time does not depend on them."));
        string[] names = [.. Layers.Select(l => l.Name)];
        run.Figure(new(
            "Speed-up of AlexNet's convolutions", FigureKind.Bar, "layer", "times the dense product",
            [
                new("structured, ours", null, names, ssl), new("structured, paper", null, names, [.. Layers.Select(l => l.Cpu)]) { FromPaper = true },
                new("l1, ours", null, names, l1), new("l1, paper", null, names, [.. Layers.Select(l => l.L1Cpu)]) { FromPaper = true },
            ],
            "At about the same top-1 error (44.67 and 44.66 % in the paper)."));
    }
}
