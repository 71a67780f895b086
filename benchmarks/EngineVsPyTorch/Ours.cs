using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>The kit's engine, bare: forward, loss, backward, update, and the loss as a number, as on PyTorch's side.</summary>
sealed class Ours : IContestant
{
    readonly Module<Tensor, Tensor> _model;
    readonly optim.Optimizer _optimizer;
    readonly IReadOnlyList<(Tensor Input, Tensor Target)> _batches;
    int _done;

    internal Ours(Problem problem)
    {
        _model = problem.CreateModel();
        _batches = problem.Batches;
        _optimizer = optim.SGD(_model.parameters(), 0.01, momentum: 0.9, weight_decay: 1e-4);
        _model.train();
    }

    public string Name => "ResearchKit";

    public StepTimes Run(int steps)
    {
        var losses = new double[steps];
        long faults = MinorFaults();
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < steps; k++)
        {
            losses[k] = Step();
        }

        return new(Stopwatch.GetElapsedTime(start).TotalSeconds, MinorFaults() - faults, losses);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }

    double Step()
    {
        using var scope = NewDisposeScope();
        var (input, target) = _batches[_done++ % _batches.Count];
        _optimizer.zero_grad();
        var loss = functional.cross_entropy(_model.call(input), target);
        loss.backward();
        _optimizer.step();
        return loss.ToDouble();
    }

    // The tenth field of the process's line; the second one, in brackets, may hold spaces.
    internal static long MinorFaults()
    {
        var line = File.ReadAllText("/proc/self/stat");
        return long.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
