using System.Globalization;
using ResearchKit.Benchmarks.BinaryKernels;
using TorchSharp;

// Binary convolution against float convolution, in alternating rounds of one process.
// Usage: OPENBLAS_NUM_THREADS=n OMP_NUM_THREADS=n ResearchKit.Benchmarks.BinaryKernels [threads = 1] [batch = 1] [rounds = 11] [paper | channels | filters | networks | resnet]
int Argument(int i, int standard) => args.Length > i ? int.Parse(args[i], CultureInfo.InvariantCulture) : standard;
var (threads, batch, rounds) = (Argument(0, 1), Argument(1, 1), Argument(2, 11));
torch.set_num_threads(threads);
// So that the just-in-time compiler has done its work before anything counts.
for (var i = 0; i < 3; i++) new Contest(Layer.Paper, batch, threads).Run(rounds: 10, plain: false);
var limits = MachineLimits.Measure();
Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}, {threads} thread(s), batch {batch}, {rounds} rounds");
Console.WriteLine($"limits of one core at {limits.Clock:F2} GHz: fp32 {limits.Float / 1e9:F0} GFLOP/s; xor + popcount + add {limits.PopulationCount / 1e12:F2} Top/s; "
    + $"ours {limits.LookUp / 1e12:F2} Top/s, with its loads {limits.LookUpWithLoads / 1e12:F2} Top/s");
Console.WriteLine();
Console.WriteLine("| Layer | Shape | Layer µs | pack + K | product | rest | Layer, NCHW µs | Product Top/s (best) | of popcount limit | of our mix | libtorch NCHW µs | channels_last µs | GFLOP/s | × NCHW | × channels_last | × im2col | × scalar |");
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
var part = args.ElementAtOrDefault(3);
IEnumerable<Layer> layers = part switch
{
    "paper" => [Layer.Paper],
    "channels" => Layer.Channels,
    "filters" => Layer.Kernels,
    "networks" => Layer.Networks,
    "resnet" => [],
    _ => Layer.Channels.Concat(Layer.Kernels).Concat(Layer.Networks),
};
foreach (var layer in layers)
{
    // The plain loops take a second where the others take milliseconds.
    var plain = threads == 1 && layer.Operations(batch) < 1.2e9;
    var r = new Contest(layer, batch, threads).Run(rounds, plain);
    var (whole, pack, product) = (r.Median("layer"), r.Median("pack"), r.Median("product"));
    double Rate(double microseconds) => layer.Operations(batch) / microseconds / 1e6;
    string Times(string name, string binary) => r.Has(name) ? $"{r.Ratio(name, binary):F1}" : "";
    Console.WriteLine(
        $"| {layer.Name} | {layer.Shape} | {whole:F1} | {pack:F1} | {product:F1} | {whole - pack - product:F1} | {r.Median("layer, NCHW"):F1} "
        + $"| {Rate(product):F2} ({Rate(r.Best("product")):F2}) | {Rate(product) * 1e12 / limits.PopulationCount / threads:P0} | {Rate(product) * 1e12 / limits.LookUp / threads:P0} "
        + $"| {r.Median("libtorch"):F0} | {r.Median("libtorch, channels_last"):F0} | {Rate(r.Median("libtorch, channels_last")) * 1e3:F0} "
        + $"| {Times("libtorch", "layer, NCHW")} | {Times("libtorch, channels_last", "layer")} | {Times("im2col", "layer, NCHW")} | {Times("scalar", "layer, NCHW")} |");
}
Console.WriteLine();
if (batch == 1 && part is null or "resnet") ResNet18.Measure(threads, rounds);
Console.WriteLine($"clock at the end: {MachineLimits.ClockRate():F2} GHz");
