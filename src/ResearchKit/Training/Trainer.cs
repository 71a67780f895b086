using System.Diagnostics;
using ResearchKit.Data;
using ResearchKit.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Training;

/// <summary>
/// Trains a network by a plan. Interrupted at any moment, also by SIGKILL, a training with a checkpoint goes on where the file
/// stands and ends with bitwise the same weights, optimiser state and metrics as an unbroken one.
/// </summary>
public sealed record Trainer
{
    /// <summary>What is being trained, for the progress line.</summary>
    public string What { get; init; } = "training";

    /// <summary>The network: logits [N, classes] from images [N, C, H, W].</summary>
    public required Module<Tensor, Tensor> Model { get; init; }

    /// <summary>The training images, shuffled.</summary>
    public required Batches Train { get; init; }

    /// <summary>The validation split, or null.</summary>
    public Batches? Validation { get; init; }

    /// <summary>Whether the outputs are logits of classes. If not, errors are not counted, and there must be a loss and no validation split.</summary>
    public bool Classifies { get; init; } = true;

    /// <summary>Epochs, rates and the like.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>Names data and seed, so that a checkpoint is not resumed by a different training.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Loss of logits [N, classes] and the batch that they are of; cross-entropy with the plan's label smoothing by default.</summary>
    public Func<Tensor, Batch, Tensor>? Loss { get; init; }

    /// <summary>Called when all gradients are there and before the weights move: masks and shared gradients.</summary>
    public Action? AfterBackward { get; init; }

    /// <summary>Called when the weights have moved: masks, shared weights, projections.</summary>
    public Action? AfterStep { get; init; }

    /// <summary>The checkpoint file, or null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Time between checkpoints; one is also written at the end of the training and when it is cancelled.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Told after each step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Names everything that decides the outcome but for the code: a checkpoint belongs to it.</summary>
    public string Signature => $"{Model.GetName()}; {Origin}; {Plan.Signature()}; {Train}";

    /// <summary>Trains to the end of the plan, or from the checkpoint on.</summary>
    /// <param name="cancellation">Saves a checkpoint after the current step and ends.</param>
    /// <returns>The result of each epoch.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the checkpoint is written.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or belongs to another training.</exception>
    /// <exception cref="ArithmeticException">The loss became NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">No classifier is trained, and there is no loss or there is a validation split.</exception>
    public IReadOnlyList<EpochResult> Fit(CancellationToken cancellation = default)
    {
        if (!Classifies && (Loss is null || Validation is not null))
        {
            throw new InvalidOperationException($"{What}: what is no classifier needs a loss of its own, and has no error to validate. Set Loss, and leave Validation out.");
        }

        using var optimizer = CreateOptimizer();
        var signature = Signature;
        var (epoch, batch, lossSum, wrong) = (0, 0, 0.0, 0L);
        var history = new List<EpochResult>();
        if (Checkpoint is not null)
        {
            AtomicFile.RemoveLeftovers(Path.GetDirectoryName(Path.GetFullPath(Checkpoint))!);
        }

        if (Checkpoint is not null && File.Exists(Checkpoint))
        {
            var state = Training.Checkpoint.Load(Checkpoint, Model, optimizer, signature);
            (epoch, batch, lossSum, wrong) = (state.Epoch, state.Batch, state.LossSum, state.Wrong);
            history.AddRange(state.History);
        }

        void Save()
        {
            if (Checkpoint is not null)
            {
                Training.Checkpoint.Save(Checkpoint, Model, optimizer, new(signature, epoch, batch, lossSum, wrong, history));
            }
        }

        Model.train();
        long steps = (long)Plan.Epochs * Train.Count;
        var rate = new Throughput();
        long lastSave = Stopwatch.GetTimestamp();
        while (epoch < Plan.Epochs && !OutOfPatience(history))
        {
            while (batch < Train.Count)
            {
                if (cancellation.IsCancellationRequested)
                {
                    Save();
                    cancellation.ThrowIfCancellationRequested();
                }

                if (Checkpoint is not null && Stopwatch.GetElapsedTime(lastSave) >= CheckpointEvery)
                {
                    Save();
                    lastSave = Stopwatch.GetTimestamp();
                }

                long step = ((long)epoch * Train.Count) + batch;
                SetRate(optimizer, (double)step / steps);
                var (loss, wrongNow, count) = Step(optimizer, epoch, batch);
                if (!double.IsFinite(loss))
                {
                    throw new ArithmeticException(
                        $"{What}: the loss became {loss} at epoch {epoch + 1}, batch {batch + 1}. A lower learning rate (now {Plan.LearningRate}) usually helps.");
                }

                lossSum += loss * count;
                wrong += wrongNow;
                batch++;
                rate.Add(count);
                if (batch < Train.Count)
                {
                    Report(rate, epoch, step + 1, steps, lossSum, wrong, Math.Min(batch * Train.BatchSize, Train.ImageCount), null);
                }
            }

            var result = EndOfEpoch(optimizer, epoch, lossSum, wrong, Save, cancellation);
            history.Add(result);
            Report(rate, epoch, (epoch + 1L) * Train.Count, steps, lossSum, wrong, Train.ImageCount, result);
            (epoch, batch, lossSum, wrong) = (epoch + 1, 0, 0, 0);
        }

        Save();
        return history;
    }

    (double Loss, long Wrong, int Count) Step(optim.Optimizer optimizer, int epoch, int batch)
    {
        using var scope = NewDisposeScope();
        var images = Train.Get(epoch, batch);
        var (input, target) = images;
        optimizer.zero_grad();
        var logits = Model.call(input);
        var loss = Loss is null ? functional.cross_entropy(logits, target, label_smoothing: Plan.LabelSmoothing) : Loss(logits, images);
        loss.backward();
        AfterBackward?.Invoke();
        optimizer.step();
        AfterStep?.Invoke();
        int count = (int)target.shape[0];
        return (loss.ToDouble(), Classifies ? count - logits.argmax(1).eq(target).sum().ToInt64() : 0, count);
    }

    EpochResult EndOfEpoch(
        optim.Optimizer optimizer, int epoch, double lossSum, long wrong, Action save, CancellationToken cancellation)
    {
        Evaluation? validation = null;
        try
        {
            validation = Validation is null ? null : Evaluation.Of(Model, Validation, cancellation);
        }
        catch (OperationCanceledException)
        {
            save(); // the epoch's last batch is done; resuming goes straight to its evaluation
            throw;
        }

        return new EpochResult(
            epoch + 1,
            optimizer.ParamGroups.First().LearningRate,
            lossSum / Train.ImageCount,
            Classifies ? 100.0 * wrong / Train.ImageCount : null,
            validation?.Loss,
            validation?.Error);
    }

    optim.Optimizer CreateOptimizer()
    {
        var decayed = Model.parameters().Where(p => p.requires_grad && (Plan.DecayBiasAndNorm || p.dim() > 1)).ToArray();
        var free = Model.parameters().Where(p => p.requires_grad && !Plan.DecayBiasAndNorm && p.dim() <= 1).ToArray();
        (Modules.Parameter[] Parameters, double Decay)[] groups = [(decayed, Plan.WeightDecay), (free, 0)];
        groups = [.. groups.Where(g => g.Parameters.Length > 0)];
        return Plan.Optimizer switch
        {
            OptimizerKind.Sgd => optim.SGD(
                groups.Select(g => new Modules.SGD.ParamGroup(
                    g.Parameters, Plan.LearningRate, momentum: Plan.Momentum, weight_decay: g.Decay, nesterov: Plan.Nesterov)),
                Plan.LearningRate),
            OptimizerKind.Adam => optim.Adam(
                groups.Select(g => new Modules.Adam.ParamGroup(g.Parameters, Plan.LearningRate, weight_decay: g.Decay)), Plan.LearningRate),
            OptimizerKind.RmsProp => optim.RMSProp(
                groups.Select(g => new Modules.RMSProp.ParamGroup(g.Parameters, Plan.LearningRate, weight_decay: g.Decay)), Plan.LearningRate),
            _ => throw new InvalidOperationException($"No optimiser {Plan.Optimizer}."),
        };
    }

    void SetRate(optim.Optimizer optimizer, double progress)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = Plan.LearningRate * Plan.Schedule.Factor(progress);
        }
    }

    bool OutOfPatience(List<EpochResult> history)
    {
        if (Plan.Patience == 0 || history.Count <= Plan.Patience || history[^1].ValidationError is null)
        {
            return false;
        }

        double best = history.Min(e => e.ValidationError!.Value);
        return history.Count - 1 - history.FindIndex(e => e.ValidationError == best) >= Plan.Patience;
    }

    void Report(Throughput rate, int epoch, long step, long steps, double lossSum, long wrong, int seen, EpochResult? finished) =>
        Progress?.Report(new TrainingProgress(
            What, epoch + 1, Plan.Epochs, step, steps, lossSum / seen, Classifies ? 100.0 * (seen - wrong) / seen : null, rate.ImagesPerSecond,
            TimeSpan.FromSeconds(rate.ImagesPerSecond > 0 ? (steps - step) * (double)Train.ImageCount / Train.Count / rate.ImagesPerSecond : 0),
            finished));

    /// <summary>Images per second over the last few seconds.</summary>
    sealed class Throughput
    {
        readonly Queue<(long Time, long Images)> _window = new();
        long _images;

        internal Throughput() => _window.Enqueue((Stopwatch.GetTimestamp(), 0));

        internal double ImagesPerSecond { get; private set; }

        internal void Add(int images)
        {
            _images += images;
            long now = Stopwatch.GetTimestamp();
            _window.Enqueue((now, _images));
            while (_window.Count > 2 && Stopwatch.GetElapsedTime(_window.Peek().Time, now) > TimeSpan.FromSeconds(5))
            {
                _window.Dequeue();
            }

            var (since, before) = _window.Peek();
            double seconds = Stopwatch.GetElapsedTime(since, now).TotalSeconds;
            ImagesPerSecond = seconds > 0 ? (_images - before) / seconds : 0;
        }
    }
}
