using System.Diagnostics;
using System.Globalization;
using ResearchKit.Benchmarks.SparseKernels;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using TorchSharp;
using static TorchSharp.torch;

// Direct sparse convolution against oneDNN and against sparse rows of the lowered input, in alternating rounds of one process, all work included.
// With full: sparse rows for full layers. With thinned: dense layers with fewer filters and channels against whole ones.
// Usage: OPENBLAS_NUM_THREADS=n OMP_NUM_THREADS=n ResearchKit.Benchmarks.SparseKernels [threads = 1] [batch = 1] [rounds = 11] [full | thinned]
int Argument(int i, int standard) => args.Length > i ? int.Parse(args[i], CultureInfo.InvariantCulture) : standard;
var (threads, batch, rounds) = (Argument(0, 1), Argument(1, 1), Argument(2, 11));
set_num_threads(threads);
using var noGrad = no_grad();
if (args.Length > 3)
{
    Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, .NET {Environment.Version}, {threads} thread(s), batch {batch}, {rounds} rounds");
    if (args[3] == "full")
        FullLayers.Run(threads, batch, rounds);
    else if (args[3] == "thinned")
        ThinnedLayers.Run(batch, rounds);
    else
        throw new ArgumentException($"'{args[3]}' is neither full nor thinned.");
    return;
}

(string Name, ConvolutionGeometry Geometry, int Size)[] layers =
[
    ("AlexNet conv2", new(48, 128, 5, 5, 1, 2), 27), ("AlexNet conv3", new(256, 384, 3, 3, 1, 1), 13), ("AlexNet conv4", new(192, 192, 3, 3, 1, 1), 13),
    ("AlexNet conv5", new(192, 128, 3, 3, 1, 1), 13), ("ResNet-20, 16", new(16, 16, 3, 3, 1, 1), 32), ("ResNet-20, 32", new(32, 32, 3, 3, 1, 1), 16),
    ("ResNet-20, 64", new(64, 64, 3, 3, 1, 1), 8), ("ResNet-18 conv2_x", new(64, 64, 3, 3, 1, 1), 56), ("ResNet-18 conv3_x", new(128, 128, 3, 3, 1, 1), 28),
    ("ResNet-18 conv4_x", new(256, 256, 3, 3, 1, 1), 14), ("ResNet-18 conv5_x", new(512, 512, 3, 3, 1, 1), 7),
];
double[] sparsities = [0, 0.6, 0.9, 0.98];
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, .NET {Environment.Version}, {threads} thread(s), batch {batch}, {rounds} rounds: times oneDNN, the better of two layouts");
Console.WriteLine($"| layer | oneDNN NCHW µs | channels_last µs | {string.Join(" | ", sparsities.Select(s => $"{s:P0} zeros (GFLOP/s done; lowered)"))} |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
foreach (var (name, g, size) in layers)
{
    using var scope = NewDisposeScope();
    var input = randn([batch, g.Channels, size, size]);
    var inputLast = input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    var x = input.data<float>().ToArray();
    var y = new float[batch * g.Filters * g.OutputHeight(size) * g.OutputWidth(size)];
    var (planes, pixels, cells) = (0.0, 0.0, new List<string>());
    foreach (var sparsity in sparsities)
    {
        var weight = randn([g.Filters, g.Channels, g.KernelHeight, g.KernelWidth]) * rand([g.Filters, g.Channels, g.KernelHeight, g.KernelWidth]).ge(sparsity);
        var weightLast = weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var sparse = new SparseConvolution(g, weight.data<float>().ToArray());
        void Ours() => sparse.Run(x, y, batch, size, size, threads);
        Tensor Dense(Tensor i, Tensor w) => nn.functional.conv2d(i, w, strides: [g.Stride, g.Stride], padding: [g.Padding, g.Padding]);
        Ours();
        var expected = Dense(input, weight);
        var error = (tensor(y).view(expected.shape) - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
        if (error > 1e-5)
            throw new InvalidOperationException($"{name}: wrong by {error} of the largest value.");
        // Until the compiler has settled: its last step comes after thirty calls and some hundred milliseconds.
        for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 500;)
            Ours();
        // The usual way: windows laid out as rows, times a sparse matrix, and back to planes.
        var rowsOfFilters = new CsrMatrix(weight.flatten(1).data<float>().ToArray(), g.Filters, g.Channels * g.KernelHeight * g.KernelWidth);
        var positions = g.OutputHeight(size) * g.OutputWidth(size);
        var products = new float[batch * positions * g.Filters];
        Tensor Lowered()
        {
            using var inner = NewDisposeScope();
            var windows = nn.functional.unfold(input, (g.KernelHeight, g.KernelWidth), padding: (g.Padding, g.Padding), stride: (g.Stride, g.Stride));
            rowsOfFilters.Multiply(windows.transpose(1, 2).contiguous().data<float>().ToArray(), products, batch * positions, threads);
            return tensor(products).view(batch, positions, g.Filters).transpose(1, 2).contiguous().MoveToOuterDisposeScope();
        }

        using (var lowered = Lowered())
            if ((lowered.view(expected.shape) - expected).abs().max().ToDouble() > 1e-4 * expected.abs().max().ToDouble())
                throw new InvalidOperationException($"{name}, lowered: wrong.");
        var c = PairedLatency.Of(() => Dense(input, weight).Dispose(), () => Lowered().Dispose(), rounds, 5);
        var (a, b) = (
            PairedLatency.Of(() => Dense(input, weight).Dispose(), Ours, rounds, 5), PairedLatency.Of(() => Dense(inputLast, weightLast).Dispose(), Ours, rounds, 5));
        if (cells.Count == 0)
            (planes, pixels) = (a.Baseline, b.Baseline);
        var rate = 2e-6 * sparse.NonZeros * g.OutputHeight(size) * g.OutputWidth(size) * batch / a.Candidate;
        cells.Add($"{Math.Min(a.Ratio, b.Ratio):0.0} ({rate:0}; {Math.Min(a.Baseline, b.Baseline) / c.Candidate:0.0})");
    }
    Console.WriteLine($"| {name} | {1000 * planes:0} | {1000 * pixels:0} | {string.Join(" | ", cells)} |");
}
