using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// Figure 4: one binary convolution against its float twin, over channels and filter sizes, 14x14 pixels and as many filters as channels.
/// The binary side is the whole layer: signs, packing, K, product, alpha. One thread, batch 1.
/// </summary>
static class LayerSpeed
{
    const int Size = 14;
    // The plain loop takes seconds where the others take milliseconds.
    const double MostPlainMacs = 4e8;

    internal static void Report(int rounds, Experiment run)
    {
        if (rounds == 0)
        {
            foreach (var claim in Claims.All.Where(c => c.Kind == ClaimKind.Measured && c.Where == Claims.Fig4))
            {
                run.NotTested(claim.Id, "timings are left out at this scale");
            }

            return;
        }

        var rows = new List<string[]>();
        Sweep("channels (3x3 filters)", "channels", [16, 32, 64, 128, 256, 512, 1024], c => (c, 3), rounds, rows, run);
        Sweep("filter size (256 channels)", "side of the filter", [1, 3, 5, 7, 9, 11], side => (256, side), rounds, rows, run);
        run.Table(new(
            "Speed-up of one binary layer, beside the paper's Figure 4",
            ["Channels", "Filter", "By the paper's formula", "Plain float loop (us)", "oneDNN (us)", "Binary layer (us)", "Plain / binary", "oneDNN / binary"],
            rows,
            $"14x14 pixels, one thread, medians of {rounds} paired rounds. oneDNN is libtorch's float convolution, channels last: the best on this machine. The formula "
            + "takes one float operation and 64 binary ones for equally long; a core that does two fused multiply-adds of 16 floats a cycle has at most "
            + "some 21 binary operations for each float one, so its bound lies there."));
    }

    static void Sweep(string over, string axis, int[] values, Func<int, (int Channels, int Side)> of, int rounds, List<string[]> rows, Experiment run)
    {
        var (formula, plain, engine) = (new List<double>(), new List<(double X, double Y)>(), new List<double>());
        foreach (int value in values)
        {
            var (channels, side) = of(value);
            run.Report("figure 4: a binary layer against float ones", null, $"{channels} channels, {side}x{side}");
            var layer = new Layer(channels, side);
            double expected = SpeedUp.Of(channels, side * side);
            var toEngine = layer.AgainstEngine(rounds);
            var toPlain = layer.Macs <= MostPlainMacs ? layer.AgainstPlain(Math.Min(rounds, 5)) : null;
            rows.Add([
                $"{channels}", $"{side}x{side}", $"{expected:0.0}", toPlain is null ? "" : $"{1000 * toPlain.Baseline:#,0}", $"{1000 * toEngine.Baseline:#,0}",
                $"{1000 * toEngine.Candidate:#,0}", toPlain is null ? "" : $"{toPlain.Ratio:0.0}", $"{toEngine.Ratio:0.0}"]);
            formula.Add(expected);
            engine.Add(toEngine.Ratio);
            if (toPlain is not null)
            {
                plain.Add((value, toPlain.Ratio));
            }

            if (value == 256)
            {
                run.Claim("fig4-plain", toPlain!.Ratio);
                run.Claim("fig4-engine", toEngine.Ratio);
            }
        }

        double[] x = [.. values.Select(v => (double)v)];
        run.Figure(new(
            $"Speed-up over {over}", FigureKind.Line, axis, "times quicker than float",
            [
                new("formula of the paper", x, null, formula) { FromPaper = true },
                new("ours, against a plain float loop", [.. plain.Select(p => p.X)], null, [.. plain.Select(p => p.Y)]),
                new("ours, against oneDNN", x, null, engine),
            ],
            "The whole binary layer, with signs, packing and scaling. The paper leaves memory access and allocation out."));
    }

    /// <summary>Random weights and inputs, as times do not depend on them.</summary>
    sealed class Layer
    {
        readonly ConvolutionGeometry _geometry;
        readonly BinaryConvolution _binary;
        readonly float[] _weights, _x, _y;

        internal Layer(int channels, int side)
        {
            _geometry = new(channels, channels, side, side, 1, side / 2);
            var random = new SplitMix64(58, (ulong)((channels * 100) + side));
            float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble(-1, 1))];
            (_weights, _x, _y) = (Draw(_geometry.Weights), Draw(channels * Size * Size), new float[channels * Size * Size]);
            _binary = new(_geometry, _weights);
        }

        internal long Macs => _geometry.Macs(1, Size, Size);

        internal PairedLatency AgainstPlain(int rounds) =>
            OneThread.Time(() => PlainConvolution.Run(_geometry, _x, _weights, _y, Size, Size), () => Binary(ImageLayout.Nchw), rounds);

        internal PairedLatency AgainstEngine(int rounds)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            int c = _geometry.Channels, k = _geometry.KernelHeight;
            Tensor LastChannels(float[] values, params long[] shape) => tensor(values).view(shape).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
            var (input, filters) = (LastChannels(_x, 1, c, Size, Size), LastChannels(_weights, c, c, k, k));
            return OneThread.Time(
                () => nn.functional.conv2d(input, filters, null, [1, 1], [_geometry.Padding, _geometry.Padding]).Dispose(), () => Binary(ImageLayout.Nhwc), rounds);
        }

        void Binary(ImageLayout layout) => _binary.Run(_x, _y, 1, Size, Size, layout);
    }
}
