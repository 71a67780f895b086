using System.Text.Json;
using ResearchKit.Data;
using ResearchKit.Formats;
using ResearchKit.Training;

namespace ResearchKit.Experiments;

/// <summary>Data and training, as parts of a run.</summary>
public static class TrainingStage
{
    /// <summary>Loads a data set and notes in the record that the run used it.</summary>
    /// <exception cref="DataUnavailableException">No source gave it.</exception>
    public static DataSet Load(this Experiment run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        var progress = new Relay<DownloadProgress>(p => run.Report($"fetching {name}", p.TotalBytes is > 0 and var all ? (double)p.Bytes / all : null, p.ToString()));
        var data = DataSets.Load(name, progress, run.Cancellation);
        run.Uses(new DataUse(name, data.Provenance.Source, data.Synthetic, data.Provenance.Sha256));
        return data;
    }

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
        const string Weights = "model.safetensors", History = "history.json";
        var progress = new Relay<TrainingProgress>(p => run.Report(
            trainer.What, (double)p.Step / p.Steps,
            $"epoch {p.Epoch}/{p.Epochs}, loss {p.Loss:0.0000}, accuracy {p.Accuracy:0.00} %, {p.ImagesPerSecond:0} images/s, {p.TimeLeft:mm\\:ss} left"));
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
        run.Metric(new($"{name}/training loss", "nats", epochs, [.. history.Select(e => e.TrainLoss)]));
        run.Metric(new($"{name}/training error", "%", epochs, [.. history.Select(e => e.TrainError)]));
        if (history.All(e => e.ValidationError is not null) && history.Count > 0)
        {
            run.Metric(new($"{name}/validation error", "%", epochs, [.. history.Select(e => e.ValidationError!.Value)]));
        }

        return history;
    }

    /// <summary>Reports on the thread that trains, so that progress is in order and cancellation is seen at once.</summary>
    sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
