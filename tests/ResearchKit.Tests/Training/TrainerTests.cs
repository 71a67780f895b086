using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public sealed class TrainerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("trainer").FullName;
    DataSet _data = Shapes.Draw(300, 100, 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    (Trainer Trainer, LeNet5 Model) Make(string? checkpoint = null, int epochs = 3, int seed = 1, TimeSpan? every = null, IProgress<TrainingProgress>? progress = null)
    {
        manual_seed(seed);
        var model = new LeNet5();
        var statistics = _data.Train.ChannelStatistics();
        return (new Trainer
        {
            Model = model,
            Train = new Batches(_data.Train, 32, statistics, shuffle: true, seed: seed, augmentation: new(Shift: 2)),
            Validation = new Batches(_data.Validation, 64, statistics),
            Plan = new TrainingPlan { Epochs = epochs, LearningRate = 0.02, Schedule = Schedule.Cosine, WeightDecay = 1e-4 },
            Origin = $"seed {seed}",
            Checkpoint = checkpoint,
            CheckpointEvery = every ?? TimeSpan.FromHours(1),
            Progress = progress,
        }, model);
    }

    static byte[] Weights(LeNet5 model) => [.. model.state_dict().SelectMany(p => p.Value.detach().contiguous().bytes.ToArray())];

    [Fact]
    public void Training_learns_the_shapes()
    {
        _data = Shapes.Draw(1500, 100, 1);
        var (trainer, _) = Make(epochs: 6);
        var history = trainer.Fit();
        Assert.Equal(6, history.Count);
        Assert.True(history[^1].ValidationError < 50, $"validation error {history[^1].ValidationError} %, chance is 90 %");
        Assert.True(history[^1].TrainLoss < history[0].TrainLoss);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var (first, firstModel) = Make();
        var (second, secondModel) = Make();
        var (other, otherModel) = Make(seed: 2);
        Assert.Equal(first.Fit(), second.Fit());
        other.Fit();
        Assert.Equal(Weights(firstModel), Weights(secondModel));
        Assert.NotEqual(Weights(firstModel), Weights(otherModel));
    }

    /// <summary>Cancels when a number of steps is done.</summary>
    sealed class StopAfter(int steps, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        int _seen;

        public void Report(TrainingProgress value)
        {
            if (++_seen == steps)
            {
                stop.Cancel();
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)] // the last step of the first epoch
    [InlineData(23)]
    public void A_cancelled_training_resumes_and_ends_bit_for_bit_as_an_unbroken_one(int steps)
    {
        var (unbroken, unbrokenModel) = Make(Path.Combine(_folder, "unbroken"));
        var expected = unbroken.Fit();

        var path = Path.Combine(_folder, "broken");
        using var stop = new CancellationTokenSource();
        var (broken, _) = Make(path, progress: new StopAfter(steps, stop));
        Assert.Throws<OperationCanceledException>(() => broken.Fit(stop.Token));

        manual_seed(99); // another process has another state
        var (resumed, resumedModel) = Make(path);
        Assert.Equal(expected, resumed.Fit());
        Assert.Equal(Weights(unbrokenModel), Weights(resumedModel));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "unbroken")), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_kept()
    {
        var path = Path.Combine(_folder, "checkpoint");
        Make(path, epochs: 1).Trainer.Fit();
        var before = File.ReadAllBytes(path);
        var error = Assert.Throws<InvalidDataException>(() => Make(path, epochs: 2).Trainer.Fit());
        Assert.Contains("another training", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_by_name()
    {
        var path = Path.Combine(_folder, "checkpoint");
        Make(path, epochs: 1).Trainer.Fit();
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Make(path, epochs: 1).Trainer.Fit()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Live_tensors_are_constant_from_step_to_step()
    {
        static void CollectGarbage()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var counts = new List<long>();
        var (trainer, _) = Make(epochs: 4, progress: new Recorder(() =>
        {
            if (counts.Count == 20)
            {
                CollectGarbage(); // a tensor that only its finalizer frees would make the count fall here
            }
            counts.Add(Tensor.TotalCount);
        }));
        CollectGarbage(); // what earlier tests left must not be freed while this one counts
        trainer.Fit();
        Assert.True(counts.Count > 20);
        Assert.Single(counts.Skip(10).Distinct());
    }

    sealed class Recorder(Action record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Finished is null)
            {
                record();
            }
        }
    }

    [Fact]
    public void A_loss_sees_the_logits_and_the_batch_that_they_are_of()
    {
        var (trainer, _) = Make(epochs: 1);
        var seen = new List<long>();
        var watched = trainer with
        {
            Loss = (logits, batch) =>
            {
                Assert.Equal(batch.Input.shape[0], logits.shape[0]);
                seen.AddRange(batch.Members.data<long>().ToArray());
                return nn.functional.cross_entropy(logits, batch.Target);
            },
        };
        var history = watched.Fit();
        Assert.Equal(Enumerable.Range(0, _data.Train.Count).Select(i => (long)i), seen.Order());
        Assert.Equal(Make(epochs: 1).Trainer.Fit(), history);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_with_advice()
    {
        var (trainer, _) = Make();
        var diverging = trainer with { Plan = trainer.Plan with { LearningRate = 1e6 } };
        Assert.Contains("learning rate", Assert.Throws<ArithmeticException>(() => diverging.Fit()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patience_stops_when_the_validation_error_no_longer_falls()
    {
        var (trainer, _) = Make(epochs: 50);
        var frozen = trainer with { Plan = trainer.Plan with { LearningRate = 1e-12, Patience = 2, WeightDecay = 0 } };
        Assert.Equal(3, frozen.Fit().Count);
    }

    [Fact]
    public void What_is_no_classifier_has_a_loss_and_no_errors()
    {
        var (trainer, _) = Make(epochs: 2);
        Assert.Contains("Set Loss", Assert.Throws<InvalidOperationException>(() => (trainer with { Classifies = false }).Fit()).Message, StringComparison.Ordinal);
        var history = (trainer with { Classifies = false, Validation = null, Loss = (outputs, _) => outputs.square().mean() }).Fit();
        Assert.All(history, e => Assert.Null(e.TrainError));
        Assert.True(history[1].TrainLoss < history[0].TrainLoss);
    }

    [Fact]
    public void RMSProp_learns_and_resumes_bit_for_bit()
    {
        (Trainer, LeNet5) With(string? checkpoint)
        {
            var (trainer, model) = Make(checkpoint);
            return (trainer with { Plan = trainer.Plan with { Optimizer = OptimizerKind.RmsProp, LearningRate = 1e-3, WeightDecay = 0 } }, model);
        }

        var (whole, wholeModel) = With(null);
        var history = whole.Fit();
        Assert.True(history[^1].TrainLoss < history[0].TrainLoss);
        var file = Path.Combine(_folder, "rmsprop.safetensors");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => (With(file).Item1 with { Progress = new StopAfter(5, stop) }).Fit(stop.Token));
        var (rest, restModel) = With(file);
        Assert.Equal(history, rest.Fit());
        Assert.Equal(Weights(wholeModel), Weights(restModel));
    }

    [Fact]
    public void A_batch_says_how_much_of_the_training_is_over()
    {
        using var scope = NewDisposeScope();
        using var batches = new Batches(_data.Train, 90, _data.Train.ChannelStatistics()); // three batches
        Assert.Equal(3, batches.Count);
        Assert.Equal([0, 1.0 / 3, 2], new[] { (0, 0), (0, 1), (2, 0) }.Select(at => batches.Get(at.Item1, at.Item2).Epochs));
    }
}
