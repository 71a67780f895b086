using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>Inference on bits: trained networks packed and compared, and what a bit more costs in one layer. One thread.</summary>
static class BitInference
{
    const int Channels = 256, Size = 14;

    /// <summary>Packs a trained network, compares its logits with the float ones, and times it against the float twin.</summary>
    internal static void Report(Grid grid, IReadOnlyList<Cell> cells, Cell twin, int rounds, Experiment run)
    {
        var rows = new List<string[]>();
        foreach (var cell in cells)
        {
            var model = grid.Model(cell);
            var floats = Logits(model, grid.Test);
            model.Pack();
            var bits = Logits(model, grid.Test);
            double above = 100.0 * floats.Zip(bits).Count(p => !(p.First.Zip(p.Second, (a, b) => Math.Abs(a - b)).Max() <= 1e-4 * p.First.Max(Math.Abs))) / floats.Count;
            double error = Evaluation.Of(model, grid.Test, run.Cancellation).Error;
            run.Value($"packed/{cell.Bits}/images that deviate by more than 1e-4", above, "%");
            run.Value($"packed/{cell.Bits}/test error", error, "%");
            var line = new List<string> { $"{cell.Bits.Weights}", $"{cell.Bits.Activations}", $"{grid.Result(cell).Error:0.00}", $"{error:0.00}", $"{above:0.00}" };
            foreach (int batch in rounds == 0 ? [] : new[] { 1, 16 })
            {
                var time = Time(grid, twin, model, batch, rounds);
                run.Value($"packed/{cell.Bits}/batch {batch}, times quicker than float", time.Ratio, "x");
                line.Add($"{time.Ratio:0.00} ({time.Low:0.00} to {time.High:0.00})");
            }

            rows.Add([.. line]);
        }

        run.Table(new(
            $"{grid.Plan.Name} on bits",
            ["W", "A", "Test error, floats (%)", "on bits (%)", "Images whose logits differ by more than 1e-4 (%)", .. rounds == 0 ? [] : new[] { "Float / bits, batch 1", "batch 16" }],
            rows, "The float twin is libtorch with oneDNN, channels last, one thread. First and last layer, normalisation and activations are floats on both sides."));
    }

    /// <summary>Products of a layer of 256 channels, 3x3, 14x14, with codes at hand: what W and A cost, and against oneDNN.</summary>
    internal static void Costs(int rounds, Experiment run)
    {
        if (rounds == 0)
        {
            foreach (var claim in Claims.All.Where(c => c.Kind == ClaimKind.Measured))
            {
                run.NotTested(claim.Id, "timings are left out at this scale");
            }

            return;
        }

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor LastChannels(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var (input, filters) = (LastChannels(randn(1, Channels, Size, Size)), LastChannels(randn(Channels, Channels, 3, 3)));
        void Engine() => nn.functional.conv2d(input, filters, null, padding: [1, 1]).Dispose();
        var one = Product(1, 1);
        var rows = new List<string[]>();
        var ratios = new List<(string Bits, double Cost, double Engine)>();
        foreach (var (w, a) in new[] { (1, 1), (1, 2), (2, 2), (1, 4), (2, 4), (4, 4), (8, 8) })
        {
            run.Report("what a bit costs", null, $"W = {w}, A = {a}");
            var product = Product(w, a);
            var (cost, engine) = (OneThread(() => PairedLatency.Of(product, one, rounds)), OneThread(() => PairedLatency.Of(Engine, product, rounds)));
            rows.Add([$"{w}", $"{a}", $"{w * a}", $"{1000 * engine.Candidate:0}", $"{cost.Ratio:0.00}", $"{engine.Ratio:0.00} ({engine.Low:0.00} to {engine.High:0.00})"]);
            ratios.Add(($"({w}, {a})", cost.Ratio, engine.Ratio));
            if ((w, a) is (1, 2) or (2, 2))
            {
                run.Claim($"eq3-cost-{w}{a}", cost.Ratio);
            }
        }

        run.Table(new(
            "Bits of one layer: 256 channels, 3x3, 14x14", ["W", "A", "Cost by the paper", "Time (us)", "Times (1, 1)", "oneDNN / bits"],
            rows, $"One thread, medians of {rounds} paired rounds. Packing of the activations' codes is included. Bits pay where the last column is above 1."));
        run.Figure(new(
            "Where bits stop paying", FigureKind.Line, "(W, A)", "times quicker than oneDNN in float32",
            [new("ours", null, [.. ratios.Select(r => r.Bits)], [.. ratios.Select(r => r.Engine)])], "Above 1 the bits are quicker."));
    }

    static Action Product(int w, int a)
    {
        var random = new SplitMix64(3, (ulong)((10 * w) + a));
        byte[] Draw(int count, int bits) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt32(1 << bits))];
        var geometry = new ConvolutionGeometry(Channels, Channels, 3, 3, 1, 1);
        var layer = new BitSerialConvolution(geometry, Draw(geometry.Weights, w), w, a);
        var (codes, sums) = (Draw(Channels * Size * Size, a), new int[Channels * Size * Size]);
        return () => layer.Run(codes, sums, 1, Size, Size, ImageLayout.Nhwc);
    }

    static PairedLatency Time(Grid grid, Cell twin, DoReFaNetwork packed, int batch, int rounds)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var network = grid.Model(twin);
        network.eval();
        var input = grid.Test.Get(0, 0).Input.narrow(0, 0, batch).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return OneThread(() => PairedLatency.Of(() => Once(network, input), () => Once(packed, input), rounds));
    }

    static void Once(DoReFaNetwork network, Tensor input)
    {
        using var scope = NewDisposeScope();
        network.call(input);
    }

    static PairedLatency OneThread(Func<PairedLatency> measure)
    {
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            return measure();
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    static List<float[]> Logits(DoReFaNetwork model, Batches images)
    {
        model.eval();
        using var noGrad = no_grad();
        var logits = new List<float[]>();
        for (int k = 0; k < images.Count; k++)
        {
            using var scope = NewDisposeScope();
            var batch = model.call(images.Get(0, k).Input).contiguous();
            logits.AddRange(batch.data<float>().ToArray().Chunk((int)batch.shape[1]));
        }

        return logits;
    }
}
