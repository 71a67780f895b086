using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.Sact;

/// <summary>Trains plain and adaptive networks: the plain one from the start, all others from there, as the authors do on ImageNet.</summary>
sealed class Networks(SactParameters parameters, DataSet data, Experiment run) : IDisposable
{
    readonly Batches _train = new(
        parameters.Images == 0 || parameters.Images >= data.Train.Count
            ? data.Train
            : data.Train.Select(
                [.. SplitMix64.Permutation(data.Train.Count, (ulong)run.Seed, 0).Take(parameters.Images).Order()], $"{data.Name} train, {parameters.Images} with seed {run.Seed}"),
        parameters.BatchSize, data.Train.ChannelStatistics(), shuffle: true, seed: run.Seed, augmentation: new(Shift: 4, Flip: true));

    readonly Batches _validation = new(data.Validation, 250, data.Train.ChannelStatistics());
    readonly Batches _test = new(data.Test, 250, data.Train.ChannelStatistics());
    SactResNet? _plain;
    string _from = "default initialisation";

    /// <summary>The plain network, trained from the start.</summary>
    internal Adapted Plain()
    {
        _plain = Create(Adaptivity.None);
        var trainer = Trainer("plain", _plain, parameters.Epochs, parameters.LearningRate);
        run.Train("plain", _from, trainer);
        _from = $"{_from}; {trainer.Signature}";
        return Measure("plain", 0, _plain);
    }

    /// <summary>A network that begins as the plain one and is trained on: with a ponder cost, or plain for as long.</summary>
    internal Adapted TrainOn(Adaptivity adaptivity, double tau)
    {
        string name = adaptivity switch { Adaptivity.None => "plain, as long", Adaptivity.Image => $"ACT, tau {tau}", _ => $"SACT, tau {tau}" };
        var network = Create(adaptivity);
        network.load_state_dict(_plain!.state_dict(), strict: false);
        var trainer = Trainer(name, network, parameters.FineTuneEpochs, parameters.FineTuneRate) with
        {
            Loss = adaptivity == Adaptivity.None
                ? null
                : (logits, batch) => functional.cross_entropy(logits, batch.Target) + (tau * network.PonderCost()),
        };
        run.Train(name, $"{_from}; tau {tau}, halting bias {parameters.HaltingBias}", trainer);
        return Measure(name, tau, network);
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
        _test.Dispose();
    }

    SactResNet Create(Adaptivity adaptivity)
    {
        manual_seed(run.Seed);
        return new(parameters.Units, adaptivity, data.Train.ClassNames.Length, parameters.Width, parameters.StemStride, parameters.HaltingBias);
    }

    Trainer Trainer(string name, SactResNet network, int epochs, double rate) => new()
    {
        What = name,
        Model = network,
        Train = _train,
        Validation = _validation,
        Plan = new TrainingPlan { Epochs = epochs, LearningRate = rate, WeightDecay = parameters.WeightDecay, Schedule = Schedule.Cosine },
        Origin = $"seed {run.Seed}",
    };

    Adapted Measure(string name, double tau, SactResNet network)
    {
        network.eval();
        var (_, validation, _, _) = Pass(network, _validation);
        var (flops, test, units, spread) = Pass(network, _test);
        return new(name, tau, network, validation, test, flops, units, spread);
    }

    /// <summary>Operations of each image, accuracy, mean units of each block, and how much the ponder map of an image varies.</summary>
    (double[] Flops, double Accuracy, double[] Units, double Spread) Pass(SactResNet network, Batches batches)
    {
        using var noGrad = no_grad();
        long[] shape = [3, data.Test.Height, data.Test.Width];
        var (flops, units, right, spread) = (new List<double>(), new double[network.Blocks.Count], 0L, 0.0);
        for (int k = 0; k < batches.Count; k++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (input, target) = batches.Get(0, k);
            right += network.call(input).argmax(1).eq(target).sum().ToInt64();
            long count = target.shape[0];
            flops.AddRange(network.Blocks[0].Halting is null ? Enumerable.Repeat((double)FlopCounter.Vanilla(network, shape), (int)count) : FlopCounter.OfLastCall(network, shape));
            foreach (var (b, block) in network.Blocks.Index())
            {
                units[b] += count * (block.Halting?.Units.mean().ToDouble() ?? block.UnitCount);
            }

            spread += network.Blocks[0].Halting is { } state && state.Ponder.shape[2] > 1 ? state.Ponder.flatten(1).std(1).sum().ToDouble() : 0;
        }

        return ([.. flops], 100.0 * right / batches.ImageCount, [.. units.Select(u => u / batches.ImageCount)], spread / batches.ImageCount);
    }
}

/// <summary>A trained network and what it reaches.</summary>
/// <param name="Name">As in names of results.</param>
/// <param name="Tau">The factor of its ponder cost.</param>
/// <param name="Network">In evaluation mode.</param>
/// <param name="Validation">Accuracy on the validation split, per cent.</param>
/// <param name="Test">Accuracy on the test images, per cent.</param>
/// <param name="Flops">Operations of each test image.</param>
/// <param name="Units">Mean units of each block, over positions and test images.</param>
/// <param name="Spread">Mean standard deviation of the first block's ponder map within a test image.</param>
sealed record Adapted(string Name, double Tau, SactResNet Network, double Validation, double Test, double[] Flops, double[] Units, double Spread)
{
    /// <summary>Mean operations.</summary>
    internal double MeanFlops => Flops.Average();
}
