using System.CommandLine;
using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit train MODEL --data NAME</c>: trains a network and leaves its weights; resumes where it was interrupted.</summary>
static class TrainCommand
{
    sealed record Ask(
        string Model, string Data, int Epochs, int Batch, double Rate, string Schedule, double Decay, int Shift, bool Flip, int Seed, double Every,
        int? Threads, DirectoryInfo? Out);

    public static Command Create(Func<Shell> shell)
    {
        var model = new Argument<string>("MODEL") { Description = "A network, as kit summary knows it." };
        var data = new Option<string>("--data") { Description = $"One of {string.Join(", ", DataSets.Names)}.", Required = true, HelpName = "NAME" };
        var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 10 };
        var batch = new Option<int>("--batch") { Description = "Images in a batch.", DefaultValueFactory = _ => 128 };
        var rate = new Option<double>("--rate") { Description = "The highest learning rate.", DefaultValueFactory = _ => 0.05 };
        var schedule = new Option<string>("--schedule") { Description = "constant, cosine, linear, one-cycle or step.", DefaultValueFactory = _ => "cosine" };
        var decay = new Option<double>("--weight-decay") { DefaultValueFactory = _ => 5e-4 };
        var shift = new Option<int>("--shift") { Description = "Random shifts by up to so many pixels." };
        var flip = new Option<bool>("--flip") { Description = "Random mirroring." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1 };
        var every = new Option<double>("--checkpoint-every") { Description = "Seconds between checkpoints.", DefaultValueFactory = _ => 20 };
        var threads = new Option<int?>("--threads") { Description = "Threads of libtorch (default: one for each core)." };
        var folder = new Option<DirectoryInfo?>("--out") { Description = "The folder for checkpoint and weights.", HelpName = "DIR" };
        var command = new Command("train", "Train a network; typed again after an interruption, it goes on where it stood.")
        {
            model, data, epochs, batch, rate, schedule, decay, shift, flip, seed, every, threads, folder,
        };
        command.SetAction(parsed => Run(shell(), new(
            parsed.GetValue(model)!, parsed.GetValue(data)!, parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(rate), parsed.GetValue(schedule)!,
            parsed.GetValue(decay), parsed.GetValue(shift), parsed.GetValue(flip), parsed.GetValue(seed), parsed.GetValue(every), parsed.GetValue(threads),
            parsed.GetValue(folder))));
        return command;
    }

    static int Run(Shell shell, Ask ask)
    {
        var entry = SummaryCommand.Find(ask.Model);
        if (ask is { Epochs: < 1 } or { Batch: < 1 } or { Rate: <= 0 } or { Shift: < 0 } or { Every: < 0 } or { Threads: < 1 })
            throw new UsageException("--epochs, --batch, --rate and --threads are positive; --shift and --checkpoint-every are not negative.");
        var plan = new TrainingPlan { Epochs = ask.Epochs, LearningRate = ask.Rate, Schedule = Parse(ask.Schedule), WeightDecay = ask.Decay };
        if (ask.Threads is { } n)
            torch.set_num_threads(n);
        var folder = ask.Out?.FullName ?? Path.Combine(RunStore.Default.Root, "trained", $"{ask.Model}-{ask.Data}-seed{ask.Seed}");
        using var held = RunLock.Take(Path.Combine(folder, "training.lock"), $"The training in {folder}");

        var data = ProgressView.Watch(shell, ask.Data, progress => DataSets.Load(
            ask.Data, new DirectProgress<DownloadProgress>(p => progress.Report(new("fetching", p.TotalBytes is > 0 and var all ? (double)p.Bytes / all : null, p.ToString()))),
            shell.Cancellation));
        long[] shape = [data.Train.Channels, data.Train.Height, data.Train.Width];
        if (!shape.SequenceEqual(entry.InputShape))
            throw new UsageException($"{entry.Name} takes images of {string.Join("x", entry.InputShape)}, but {data.Name} has {string.Join("x", shape)}.");

        torch.manual_seed(ask.Seed);
        using var model = entry.Create(data.Train.ClassNames.Length);
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(data.Train, ask.Batch, statistics, shuffle: true, seed: ask.Seed, augmentation: new(ask.Shift, ask.Flip));
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);
        var checkpoint = Path.Combine(folder, "checkpoint.safetensors");
        var history = ProgressView.Watch(shell, $"{ask.Model} on {ask.Data}", progress => new Trainer
        {
            What = "training",
            Model = model,
            Train = train,
            Validation = validation,
            Plan = plan,
            Origin = $"default initialisation, seed {ask.Seed}",
            Checkpoint = checkpoint,
            CheckpointEvery = TimeSpan.FromSeconds(ask.Every),
            Progress = new DirectProgress<TrainingProgress>(p => progress.Report(p.AsRunProgress())),
        }.Fit(shell.Cancellation));

        var result = Evaluation.Of(model, test, shell.Cancellation);
        var weights = Path.Combine(folder, "model.safetensors");
        ModelFile.Save(model, weights);
        shell.Line($"Validation error {history[^1].ValidationError:0.00} %, test error {result.Error:0.00} % ({result.Wrong} of {result.Count}), test loss {result.Loss:0.0000}");
        shell.Line($"Weights: {weights}");
        shell.Line($"Final state: sha256 {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(checkpoint)))}");
        return ExitCode.Fine;
    }

    static Schedule Parse(string name)
    {
        try
        {
            return Schedule.Parse(name);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
