using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Jupyter;
using ResearchKit.Notebooks.Tests.Jupyter;

// How long who types into a notebook waits: for the first result of a kernel that has just been started, for later ones, for names
// to complete with. Over ZeroMQ, as a front end does it; each round starts a kernel of each language.
// Usage: dotnet run -c Release --project benchmarks/Notebooks [rounds] [later cells of a round]
if (args.Length > 2)
{
    Console.Error.WriteLine("Usage: Notebooks [rounds] [later cells of a round]");
    return 2;
}

if (!JupyterKernel.CanRun(out var missing))
{
    Console.Error.WriteLine(missing);
    return 1;
}

var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 7;
var cells = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 40;
var names = new[]
{
    "kernel start to its answer to kernel_info, C#",
    "kernel start to the first result, C#",
    "second C# cell",
    "later C# cells",
    "completions in C#, first",
    "completions in C#, later",
    "first F# cell in a C# kernel",
    "later F# cells",
    "kernel start to the first result, F#",
};
var measured = names.ToDictionary(name => name, _ => new List<double>());

for (var round = 0; round < rounds; round++)
{
    var start = Stopwatch.StartNew();
    using (var kernel = new KernelClient())
    {
        measured[names[0]].Add(start.Elapsed.TotalMilliseconds);
        Result(kernel, "1 + 1", "2");
        measured[names[1]].Add(start.Elapsed.TotalMilliseconds);
        Time(names[2], () => Result(kernel, "var number = 20; number + 1", "21"));
        for (var i = 0; i < cells; i++)
            Time(names[3], () => Result(kernel, $"number + {i}", $"{20 + i}"));
        Time(names[4], () => Completions(kernel, "Console.Wri", "WriteLine"));
        for (var i = 0; i < cells; i++)
            Time(names[5], () => Completions(kernel, "num", "number"));
        Time(names[6], () => Result(kernel, "#!fsharp\n1 + 1", "2"));
        for (var i = 0; i < cells; i++)
            Time(names[7], () => Result(kernel, $"#!fsharp\n20 + {i}", $"{20 + i}"));
    }

    start.Restart();
    using (var kernel = new KernelClient("fsharp"))
    {
        Result(kernel, "1 + 1", "2");
        measured[names[8]].Add(start.Elapsed.TotalMilliseconds);
    }
}

Console.WriteLine($"{rounds} rounds, {cells} later cells each. Load average: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
Console.WriteLine();
Console.WriteLine("| milliseconds | measured | least | median | 95 % | most |");
Console.WriteLine("|---|--:|--:|--:|--:|--:|");
foreach (var name in names.Where(n => measured[n].Count > 0))
{
    double[] sorted = [.. measured[name].Order()];
    Console.WriteLine($"| {name} | {sorted.Length} | {sorted[0]:F0} | {At(sorted, 0.5):F0} | {At(sorted, 0.95):F0} | {sorted[^1]:F0} |");
}

return 0;

void Time(string name, Action action)
{
    var watch = Stopwatch.StartNew();
    action();
    measured[name].Add(watch.Elapsed.TotalMilliseconds);
}

// Beyond 95 % of few rounds is the slowest of them.
static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

static void Result(KernelClient kernel, string code, string expected)
{
    var (reply, output) = kernel.Run(code);
    var shown = output is [{ Type: "execute_result" } result] ? (string?)result.Content["data"]?["text/plain"] : null;
    if (shown != expected)
        throw new InvalidOperationException($"'{code}' gave '{shown}' and not '{expected}': {reply.Content.ToJsonString()}");
}

static void Completions(KernelClient kernel, string code, string expected)
{
    var matches = kernel.Ask("complete_request", new() { ["code"] = code, ["cursor_pos"] = code.Length }).Content["matches"] as JsonArray ?? [];
    _ = kernel.UntilIdle();
    if (!matches.Any(m => (string?)m == expected))
        throw new InvalidOperationException($"'{code}' is not completed to '{expected}', but to: {string.Join(", ", matches)}");
}
