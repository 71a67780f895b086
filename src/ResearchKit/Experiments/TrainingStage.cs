using System.Text.Json;
using ResearchKit.Formats;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Experiments;

/// <summary>Training as a part of a run.</summary>
public static class TrainingStage
{
    /// <summary>
    /// Trains as a stage: resumed where it was interrupted, and not done again where the same was done before. Notes the metrics.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="name">Names the stage and its metrics, such as <c>lenet-5/dense</c>.</param>
    /// <param name="from">All that the outcome depends on besides plan, data, seed and code: how the initial weights came about.</param>
    /// <param name="trainer">What to train and how; its network has the trained weights afterwards.</param>
    public static IReadOnlyList<EpochResult> Train(this Experiment run, string name, string from, Trainer trainer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(trainer);
        run.Environment["torch"] = torch.__version__;
        run.Environment["threads"] = $"{torch.get_num_threads()}";
        run.Environment["layout"] = "channels last";
        const string Weights = "model.safetensors", History = "history.json";
        var progress = new DirectProgress<TrainingProgress>(p => run.Progress?.Report(p.AsRunProgress()));
        var history = run.Stage(
            name.Replace('/', '-'),
            new { From = from, Training = trainer.Signature },
            folder =>
            {
                var result = (trainer with { Checkpoint = folder.File("checkpoint.safetensors"), Progress = progress }).Fit(run.Cancellation);
                ModelFile.Save(trainer.Model, folder.File(Weights));
                AtomicFile.Write(folder.File(History), stream => JsonSerializer.Serialize(stream, result));
                File.Delete(folder.File("checkpoint.safetensors"));
                return result;
            },
            folder =>
            {
                ModelFile.Load(trainer.Model, folder.File(Weights));
                using var stream = File.OpenRead(folder.File(History));
                return JsonSerializer.Deserialize<IReadOnlyList<EpochResult>>(stream)!;
            });

        var epochs = history.Select(e => (double)e.Epoch).ToArray();
        run.Metric(new($"{name}/training loss", trainer.Classifies ? "nats" : "", epochs, [.. history.Select(e => e.TrainLoss)]));
        if (trainer.Classifies)
        {
            run.Metric(new($"{name}/training error", "%", epochs, [.. history.Select(e => e.TrainError!.Value)]));
        }

        if (history.All(e => e.ValidationError is not null) && history.Count > 0)
        {
            run.Metric(new($"{name}/validation error", "%", epochs, [.. history.Select(e => e.ValidationError!.Value)]));
        }

        return history;
    }

    /// <summary>A training's progress in the words of a run's.</summary>
    public static RunProgress AsRunProgress(this TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return new(progress.What, (double)progress.Step / progress.Steps, string.Join(", ", [
            $"epoch {progress.Epoch}/{progress.Epochs}", $"loss {progress.Loss:0.0000}",
            .. progress.Accuracy is { } accuracy ? [$"accuracy {accuracy:0.00} %"] : Array.Empty<string>(),
            .. progress.Finished?.ValidationError is { } error ? [$"validation error {error:0.00} %"] : Array.Empty<string>(),
            $"{progress.ImagesPerSecond:0} images/s", $"{progress.TimeLeft:mm\\:ss} left"]));
    }
}
