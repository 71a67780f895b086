using System.Globalization;
using ResearchKit.Benchmarks.EngineVsPyTorch;
using static TorchSharp.torch;

// One training step, ours and PyTorch's, in alternating rounds; then what our loop and the augmentation add to the bare steps.
// Usage: dotnet run -c Release --project benchmarks/EngineVsPyTorch [rounds]      needs Debian's python3-torch
//        dotnet run -c Release --project benchmarks/EngineVsPyTorch memory        live tensors and resident memory over 1,000 steps
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["memory", ..])
{
    Console.WriteLine("| network | step | live tensors | resident MB | against step 100 |");
    Console.WriteLine("|---|---|---|---|---|");
    Memory.Print("lenet-5", 64);
    if (args is not ["memory", _])
        Memory.Print("resnet-20", 128);
    return;
}

int rounds = args.Length > 0 ? int.Parse(args[0]) : 11;
const double SecondsPerRound = 0.7;

double peak = FmaLimit.GigaflopsPerCore();
Console.WriteLine($"fp32 limit measured: {peak:0} GFLOP/s a core; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; libtorch {__version__}.");
Console.WriteLine($"Medians of {rounds} alternating rounds; ratio = theirs / ours, median over the rounds with its quartiles.");
Console.WriteLine();
Console.WriteLine("| network | threads | engine | ms a step | images/s | GFLOP/s | of the limit | faults a step | ratio | loss differs by |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
foreach (var (model, batch) in new[] { ("resnet-20", 128), ("lenet-5", 64) })
{
    foreach (int threads in new[] { 1, 2 })
    {
        if (threads <= Environment.ProcessorCount)
        {
            Compare(model, batch, threads);
        }
    }
}

Console.WriteLine();
LoopCost.Print(rounds);

void Compare(string model, int batch, int threads)
{
    set_num_threads(threads);
    using var problem = new Problem(model, batch);
    using var ours = new Ours(problem);
    using var defaults = PyTorch.Defaults(problem.Folder, model, threads);
    using var tuned = PyTorch.Tuned(problem.Folder, model, threads);
    IContestant[] all = [ours, tuned, defaults];

    // The first 50 steps warm up and must agree: same weights, same batches.
    var losses = all.Select(c => c.Run(50).Losses).ToArray();
    double Difference(double[] theirs) => theirs.Zip(losses[0], (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max();

    int[] steps = [.. all.Select(c => Math.Max(1, (int)(SecondsPerRound * 10 / c.Run(10).Seconds)))];
    var times = all.Select(_ => new List<StepTimes>()).ToArray();
    for (int round = 0; round < rounds; round++)
    {
        for (int k = 0; k < all.Length; k++)
        {
            int c = (k + round) % all.Length; // who goes first changes
            times[c].Add(all[c].Run(steps[c]));
        }
    }

    for (int c = 0; c < all.Length; c++)
    {
        double[] seconds = [.. times[c].Select(t => t.Seconds / steps[c])];
        double[] ratios = [.. seconds.Zip(times[0], (s, o) => s / (o.Seconds / steps[0]))];
        double median = Statistics.Quantile(seconds, 0.5);
        double gigaflops = problem.FlopPerStep / median / 1e9;
        Console.WriteLine(
            $"| {model}, batch {batch} | {threads} | {all[c].Name} | {1000 * median:0.00} | {batch / median:0} | {gigaflops:0} | {100 * gigaflops / peak / threads:0} % | "
            + $"{Statistics.Quantile([.. times[c].Select(t => (double)t.Faults / steps[c])], 0.5):0} | "
            + (c == 0 ? "1 | |" : $"{Statistics.Quantile(ratios, 0.5):0.00} ({Statistics.Quantile(ratios, 0.25):0.00} to {Statistics.Quantile(ratios, 0.75):0.00}) | {Difference(losses[c]):0.0e+0} |"));
    }
}
