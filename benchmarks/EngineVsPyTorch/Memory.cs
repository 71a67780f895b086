using System.Globalization;
using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>Live tensors and resident memory of a training of 1,000 steps.</summary>
static class Memory
{
    const int Steps = 1000, BatchCount = 20;

    internal static void Print(string model, int batchSize)
    {
        var entry = ModelCatalog.All.Single(m => m.Name == model);
        var images = Shapes.Draw(train: batchSize * BatchCount * 10 / 9 + 10, test: 10, colour: entry.InputShape[0] == 3).Train;
        images = images.Select([.. Enumerable.Range(0, batchSize * BatchCount)], images.Name);
        using var batches = new Batches(images, batchSize, images.ChannelStatistics(), shuffle: true);
        using var net = entry.Create(10);
        var seen = new SortedDictionary<long, (long Tensors, double Resident)>();
        new Trainer
        {
            Model = net,
            Train = batches,
            Plan = new() { Epochs = Steps / BatchCount, LearningRate = 0.01 },
            Progress = new Told(p =>
            {
                if (p.Step is 10 or 100 || p.Step % 250 == 0)
                    seen[p.Step] = (Tensor.TotalCount, ResidentMegabytes());
            }),
        }.Fit();
        foreach (var (step, (tensors, resident)) in seen)
        {
            Console.WriteLine(
                $"| {model}, batch {batchSize} | {step} | {tensors} | {resident:0.0} | {100 * ((resident / seen[100].Resident) - 1):+0.00;-0.00;0.00} % |");
        }
    }

    static double ResidentMegabytes() => double.Parse(
        File.ReadLines("/proc/self/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture) / 1024;

    sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
