using ResearchKit.Data;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>What the kit's loop (batches, accuracy, progress) and the augmentation add to bare steps on tensors at hand.</summary>
static class LoopCost
{
    const int BatchSize = 128, BatchCount = 8;

    internal static void Print(int rounds)
    {
        set_num_threads(Environment.ProcessorCount);
        var images = Shapes.Draw(train: BatchSize * BatchCount * 10 / 9 + 10, test: 10, colour: true).Train;
        images = images.Select([.. Enumerable.Range(0, BatchSize * BatchCount)], images.Name);
        using var plain = new Batches(images, BatchSize, images.ChannelStatistics(), shuffle: true);
        using var augmented = new Batches(images, BatchSize, images.ChannelStatistics(), shuffle: true, augmentation: new(Shift: 4, Flip: true));
        var bare = Bare(plain);
        Row("the kit's loop", bare, Loop(plain));
        Row("the kit's loop with shifts and flips", bare, Loop(augmented));

        void Row(string what, Action baseline, Action candidate)
        {
            var time = PairedLatency.Of(baseline, candidate, rounds, 1);
            Console.WriteLine(
                $"ResNet-20, batch {BatchSize}, {get_num_threads()} threads, {BatchCount} steps: bare {time.Baseline:0} ms, {what} {time.Candidate:0} ms: "
                + $"{100 * ((1 / time.Ratio) - 1):+0.0;-0.0} % (quartiles {100 * ((1 / time.High) - 1):+0.0;-0.0} to {100 * ((1 / time.Low) - 1):+0.0;-0.0})");
        }
    }

    static Action Bare(Batches batches)
    {
        var model = new CifarResNet(20);
        var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9, weight_decay: 1e-4);
        var ready = Enumerable.Range(0, BatchCount).Select(k => batches.Get(0, k)).ToArray();
        return () =>
        {
            foreach (var (input, target) in ready)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = functional.cross_entropy(model.call(input), target);
                loss.backward();
                optimizer.step();
                _ = loss.ToDouble();
            }
        };
    }

    static Action Loop(Batches batches)
    {
        var trainer = new Trainer
        {
            Model = new CifarResNet(20),
            Train = batches,
            Plan = new() { Epochs = 1, LearningRate = 0.01, WeightDecay = 1e-4 },
        };
        return () => trainer.Fit();
    }
}
