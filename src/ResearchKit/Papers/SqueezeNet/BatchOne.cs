using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>Time and memory of one image, against AlexNet and between the versions. Weights are random, as times do not depend on them.</summary>
static class BatchOne
{
    internal static void Report(int rounds, Experiment run)
    {
        using var alex = AlexNet.Create();
        using var v10 = Known("squeezenet-1.0-caffe");
        using var v11 = Known("squeezenet-1.1-caffe");
        (string Name, Module<Tensor, Tensor> Net, long Weights, long Maps)[] nets = [Memory("AlexNet", alex), Memory("SqueezeNet v1.0", v10), Memory("SqueezeNet v1.1", v11)];
        run.Claim("memory-alexnet", (double)(nets[0].Weights + nets[0].Maps) / (nets[1].Weights + nets[1].Maps));
        run.Table(new("Memory of one image of 227x227, float32", ["Network", "Weights (MB)", "Largest input and output of a layer (MB)", "Together (MB)"],
            [.. nets.Select(n => (string[])[n.Name, $"{n.Weights / 1e6:0.00}", $"{n.Maps / 1e6:0.00}", $"{(n.Weights + n.Maps) / 1e6:0.00}"])],
            "From shapes. MB of 1,000,000 bytes. ReLU is taken to work in place. What a library takes besides, for lowered matrices and the like, is not in it."));
        if (rounds == 0)
        {
            run.NotTested($"{Claims.Timed}-alexnet", "timings are left out at this scale");
            run.NotTested($"{Claims.Timed}-v11", "timings are left out at this scale");
            return;
        }

        run.Report("timing one image", null, "SqueezeNet against AlexNet");
        var against = Time(alex, v10, rounds);
        var between = Time(v10, v11, rounds);
        run.Claim($"{Claims.Timed}-alexnet", against.Ratio);
        run.Claim($"{Claims.Timed}-v11", between.Ratio);
        int threads = get_num_threads();
        run.Table(new($"Time of one image of 227x227, {threads} thread{(threads == 1 ? "" : "s")}", ["Baseline", "Candidate", "Baseline (ms)", "Candidate (ms)", "Baseline / candidate"],
        [
            Row("AlexNet", "SqueezeNet v1.0", against), Row("SqueezeNet v1.0", "SqueezeNet v1.1", between),
        ],
        $"Medians of {rounds} paired rounds in one process, channels last; quartiles of the ratio in brackets. Both sides run on libtorch."));
    }

    static Module<Tensor, Tensor> Known(string name)
    {
        var entry = ModelCatalog.All.Single(m => m.Name == name);
        return entry.Create(entry.Classes);
    }

    static string[] Row(string baseline, string candidate, PairedLatency time) =>
        [baseline, candidate, $"{time.Baseline:0.0}", $"{time.Candidate:0.0}", $"{time.Ratio:0.00} ({time.Low:0.00} to {time.High:0.00})"];

    static PairedLatency Time(Module<Tensor, Tensor> baseline, Module<Tensor, Tensor> candidate, int rounds)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        baseline.eval();
        candidate.eval();
        var image = randn([1, 227, 227, 3]).permute(0, 3, 1, 2);
        void Call(Module<Tensor, Tensor> net)
        {
            using var call = NewDisposeScope();
            net.call(image);
        }

        return PairedLatency.Of(() => Call(baseline), () => Call(candidate), rounds);
    }

    // A layer needs its input and its output at once; a fire module's joined channels count as one.
    static (string Name, Module<Tensor, Tensor> Net, long Weights, long Maps) Memory(string name, Module<Tensor, Tensor> net)
    {
        long largest = 0;
        var removals = new List<Action>();
        foreach (var module in net.modules().OfType<Module<Tensor, Tensor>>().Where(m => m is not (Modules.ReLU or Modules.Sequential) && !ReferenceEquals(m, net)))
        {
            removals.Add(module.register_forward_hook((_, input, output) =>
            {
                largest = Math.Max(largest, 4 * (input.numel() + output.numel()));
                return output;
            }).remove);
        }

        using (NewDisposeScope())
        using (no_grad())
        {
            net.eval();
            net.call(zeros(1, 3, 227, 227));
        }

        removals.ForEach(remove => remove());
        return (name, net, 4 * net.parameters().Sum(p => p.numel()), largest);
    }
}
