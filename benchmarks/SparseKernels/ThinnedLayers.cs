using ResearchKit.Measuring;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.SparseKernels;

/// <summary>
/// What is left when filters and channels are taken out, against the whole layer, both by libtorch in the better of two layouts. Of a block of a
/// residual network the inner channels go: filters of the first convolution, inputs of the second. Elsewhere a layer loses filters and inputs.
/// </summary>
static class ThinnedLayers
{
    // Inputs and outputs that can go; side of the filter and of the map; step. A map of 0 is a full layer.
    static readonly (string Name, int Inputs, int Outputs, bool ThinInputs, bool ThinOutputs, int Kernel, int Size, int Stride)[] s_layers =
    [
        .. Stage(16, 16, 32, 1), .. Stage(16, 32, 32, 2), .. Stage(32, 64, 16, 2),
        ("AlexNet conv1", 3, 96, false, true, 11, 227, 4), ("AlexNet conv2", 48, 128, true, true, 5, 27, 1), ("AlexNet conv3", 256, 384, true, true, 3, 13, 1),
        ("AlexNet conv4", 192, 192, true, true, 3, 13, 1), ("AlexNet conv5", 192, 128, true, true, 3, 13, 1),
        ("AlexNet fc6", 9216, 4096, true, true, 1, 0, 1), ("AlexNet fc7", 4096, 4096, true, true, 1, 0, 1), ("AlexNet fc8", 4096, 1000, true, false, 1, 0, 1),
    ];

    // All convolutions of a stage of ResNet-20 have one of these forms.
    static (string, int, int, bool, bool, int, int, int)[] Stage(int inputs, int outputs, int size, int stride) =>
    [
        ($"ResNet-20, {inputs} to {outputs}{(stride == 2 ? ", stride 2" : "")}, first of a block", inputs, outputs, false, true, 3, size, stride),
        .. stride == 2 ? [($"ResNet-20, {outputs} to {outputs}, first of a block", outputs, outputs, false, true, 3, size / stride, 1)] : Array.Empty<(string, int, int, bool, bool, int, int, int)>(),
        ($"ResNet-20, {outputs} to {outputs}, second of a block", outputs, outputs, true, false, 3, size / stride, 1),
    ];

    internal static void Run(int batch, int rounds)
    {
        double[] kept = [0.75, 0.5, 0.25];
        Console.WriteLine($"| layer | whole µs | {string.Join(" | ", kept.Select(k => $"{k:P0} kept: times as fast, of MACs' (share)"))} |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach (var (name, inputs, outputs, thinInputs, thinOutputs, kernel, size, stride) in s_layers)
        {
            using var scope = NewDisposeScope();
            var (whole, cells) = (0.0, new List<string>());
            foreach (var share in kept)
            {
                var (fewerInputs, fewerOutputs) = (thinInputs ? (int)(share * inputs) : inputs, thinOutputs ? (int)(share * outputs) : outputs);
                var macs = (double)inputs * outputs / (fewerInputs * fewerOutputs);
                var best = Layouts(size).Select(last => PairedLatency.Of(Layer(inputs, outputs, kernel, size, stride, batch, last),
                    Layer(fewerInputs, fewerOutputs, kernel, size, stride, batch, last), rounds, 10)).ToArray();
                // Each side has the layout that suits it.
                var (before, after) = (best.Min(b => b.Baseline), best.Min(b => b.Candidate));
                whole = before;
                cells.Add($"{before / after:0.00} of {macs:0.00} ({before / after / macs:0.00})");
            }

            Console.WriteLine($"| {name} | {1000 * whole:0} | {string.Join(" | ", cells)} |");
        }
    }

    static bool[] Layouts(int size) => size == 0 ? [false] : [false, true];

    static Action Layer(int inputs, int outputs, int kernel, int size, int stride, int batch, bool channelsLast)
    {
        if (size == 0)
        {
            var (x, matrix) = (randn([batch, inputs]), randn([outputs, inputs]));
            return () => nn.functional.linear(x, matrix).Dispose();
        }

        Tensor Laid(Tensor t) => channelsLast ? t.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : t;
        var (input, weight) = (Laid(randn([batch, inputs, size, size])), Laid(randn([outputs, inputs, kernel, kernel])));
        long padding = kernel == 11 ? 0 : kernel / 2;
        return () => nn.functional.conv2d(input, weight, strides: [stride, stride], padding: [padding, padding]).Dispose();
    }
}
