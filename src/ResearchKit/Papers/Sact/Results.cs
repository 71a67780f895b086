using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>Accuracy against operations, ACT beside SACT, and the ponder maps.</summary>
sealed class Results(SactParameters parameters, DataSet data, Experiment run)
{
    // Images whose ponder maps are kept: the first ones of the test set, whatever they show.
    const int Maps = 16;

    internal void Report(Adapted first, Adapted plain, IReadOnlyList<Adapted> sact, IReadOnlyList<Adapted> act)
    {
        double vanilla = FlopCounter.Vanilla(plain.Network, 3, data.Test.Height, data.Test.Width);
        run.Table(new(
            "Accuracy and operations",
            ["Network", "Validation accuracy (%)", "Test accuracy (%)", "Mean operations (million)", "Standard deviation over images", "Of the plain network (%)", "Mean units of each block"],
            [.. new[] { first, plain }.Concat(sact).Concat(act).Select(r => (string[])[
                r.Name, $"{r.Validation:0.00}", $"{r.Test:0.00}", $"{r.MeanFlops / 1e6:0.00}", $"{Deviation(r.Flops) / 1e6:0.00}", $"{100 * r.MeanFlops / vanilla:0.0}",
                string.Join(", ", r.Units.Select(u => $"{u:0.00}"))])],
            $"Two operations for each multiply-accumulate, halting branches counted. All but the first were trained on from it for {parameters.FineTuneEpochs} epochs."));
        FigureSeries Series(string name, IEnumerable<Adapted> results) =>
            new(name, [.. results.OrderBy(r => r.MeanFlops).Select(r => 100 * r.MeanFlops / vanilla)], null, [.. results.OrderBy(r => r.MeanFlops).Select(r => r.Test)]);
        run.Figure(new(
            "Accuracy against operations", FigureKind.Line, "operations, % of the plain network", "test accuracy (%)",
            [Series("SACT", sact), Series("ACT", act), Series("plain, as long", [plain])], "Each point is a network of its own, with its factor of the ponder cost."));
        foreach (var result in sact.Concat(act).Append(plain).Append(first))
        {
            run.Value($"accuracy/{result.Name}", result.Test, "%");
            run.Value($"flops/{result.Name}", result.MeanFlops, "FLOPs");
        }

        // Chosen on the validation split: the cheapest that costs little there, or else the most accurate.
        var chosen = sact.Where(r => r.Validation >= plain.Validation - parameters.Tolerance).MinBy(r => r.MeanFlops) ?? sact.MaxBy(r => r.Validation)!;
        run.Value("chosen/tau", chosen.Tau, "");
        run.Claim("readme-cifar10-flops", 100 * chosen.MeanFlops / vanilla);
        run.Claim("readme-cifar10-accuracy", chosen.Test - plain.Test);
        run.Claim("ponder-varies", chosen.Spread);
        double[] differences = [.. sact.Select(s => s.Test - Between(act, s.MeanFlops)).Where(double.IsFinite)];
        if (differences.Length > 0)
        {
            run.Claim("abstract-sact-act", differences.Average());
        }
        else
        {
            run.NotTested("abstract-sact-act", "no SACT network has a cost between those of two ACT networks");
        }

        PonderMaps(chosen);
        Speed(chosen, plain, vanilla);
    }

    /// <summary>Accuracy at a cost on the line between the two nearest networks; NaN outside of all.</summary>
    internal static double Between(IReadOnlyList<Adapted> results, double flops)
    {
        Adapted[] sorted = [.. results.OrderBy(r => r.MeanFlops)];
        for (int k = 0; k + 1 < sorted.Length; k++)
        {
            var (a, b) = (sorted[k], sorted[k + 1]);
            if (flops >= a.MeanFlops && flops <= b.MeanFlops && b.MeanFlops > a.MeanFlops)
            {
                return a.Test + ((b.Test - a.Test) * (flops - a.MeanFlops) / (b.MeanFlops - a.MeanFlops));
            }
        }

        return double.NaN;
    }

    static double Deviation(double[] values) => Math.Sqrt(values.Average(v => Math.Pow(v - values.Average(), 2)));

    void PonderMaps(Adapted chosen)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batches = new Batches(data.Test, Math.Min(Maps, data.Test.Count), data.Train.ChannelStatistics());
        chosen.Network.call(batches.Get(0, 0).Input);
        const string file = "ponder-maps.csv";
        AtomicFile.Write(Path.Combine(run.Folder, file), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write("image,block,row,column,units,ponder\n");
            foreach (var (b, block) in chosen.Network.Blocks.Index())
            {
                float[] units = Floats(block.Halting!.Units), ponder = Floats(block.Halting.Ponder);
                int height = (int)block.Halting.Units.shape[2], width = (int)block.Halting.Units.shape[3];
                for (int i = 0; i < units.Length; i++)
                {
                    writer.Write($"{i / (height * width)},{b + 1},{i / width % height},{i % width},{units[i]:0},{ponder[i]:0.####}\n");
                }
            }
        });
        var map = chosen.Network.Blocks[0].Halting!.Units;
        run.Table(new(
            $"Ponder maps of {chosen.Name}: units of the first block",
            ["Image", "Map, a row of positions after the other"],
            [.. Enumerable.Range(0, Math.Min(4, (int)map.shape[0])).Select(i => (string[])[
                $"{i + 1}", string.Join(" ", Enumerable.Range(0, (int)map.shape[2]).Select(y => string.Concat(Floats(map[i][0][y]).Select(u => $"{u:0}"))))])],
            $"The first test images; {file} in the run's folder has {Maps} of them, all blocks, and the ponder cost."));
        var counts = Enumerable.Range(1, parameters.Units).Select(n => (double)n).ToArray();
        run.Figure(new(
            "Units of each position", FigureKind.Bar, "units", "% of positions",
            [.. chosen.Network.Blocks.Select((block, b) => new FigureSeries(
                $"block {b + 1}", null, [.. counts.Select(n => $"{n}")], [.. counts.Select(n => 100 * block.Halting!.Units.eq(n).to(float64).mean().ToDouble())]))],
            $"{chosen.Name}, the first {Maps} test images."));

        static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
    }

    void Speed(Adapted chosen, Adapted plain, double vanilla)
    {
        if (parameters.TimingRounds == 0)
        {
            run.NotTested("active-speed", "timings are left out at this scale");
            return;
        }

        run.Report("timing active positions");
        ActiveSpeed.Report(chosen, plain, vanilla, data, parameters, run);
    }
}
