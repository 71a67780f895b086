using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit evaluate MODEL --weights FILE --data NAME|FOLDER</c>: how a network does with weights from anywhere.</summary>
static class EvaluateCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Numbers in a batch by default: larger batches of large images leave the processor's caches.</summary>
    const int BatchNumbers = 4_000_000;

    sealed record Ask(
        string Model, string Weights, string Data, EvaluationImages.Choice Choice, int? Classes, string? Normalise, int? Batch, int? Threads, bool Json);

    /// <summary>What is printed: per cent, nats, images a second.</summary>
    sealed record Answer(
        string Model, string Weights, string Format, string Sha256, string? Known, string Data, int Images, string Normalisation, string NormalisationFrom,
        double Top1, double Top5, int Wrong, int WrongTop5, double Loss, double ImagesPerSecond);

    public static Command Create(Func<Shell> shell)
    {
        var model = new Argument<string>("MODEL") { Description = "A network, as kit summary knows it." };
        var weights = new Option<FileInfo>("--weights")
        {
            Description = "PyTorch (.pth, .pt, .th), safetensors, TorchSharp (.dat), a compressed model or a released Deep Compression file; the content "
                + "decides, not the name.",
            Required = true,
            HelpName = "FILE",
        };
        var data = new Option<string>("--data")
        {
            Description = $"One of {string.Join(", ", DataSets.Names)}, or a folder or archive with one folder of images a class.",
            Required = true,
            HelpName = "NAME|FOLDER",
        };
        var part = new Option<string>("--part")
        {
            Description = $"{string.Join(", ", EvaluationImages.Parts)}.",
            DefaultValueFactory = _ => EvaluationImages.Parts[0],
        };
        var images = new Option<string?>("--images") { Description = "Only image files of such names: 'ILSVRC2012_val_*'.", HelpName = "PATTERN" };
        var resize = new Option<int?>("--resize")
        {
            Description = "Pixels of an image file's shorter side before the centre is cut out (default: the side of the network's input).",
            HelpName = "PIXELS",
        };
        var classes = new Option<int?>("--classes")
        {
            Description = "Outputs of the network (default: the classes of the data; ImageNet's 1,000 where the folders have its identifiers).",
        };
        var normalise = new Option<string?>("--normalise")
        {
            Description = "imagenet, caffe, data (as kit train does), or means/deviations: 0.5,0.5,0.5/0.25,0.25,0.25 (default: what published weights are "
                + "known to expect, else what is usual for the network).",
            HelpName = "HOW",
        };
        var batch = new Option<int?>("--batch") { Description = "Images in a batch (default: by their size, which is fastest)." };
        var threads = new Option<int?>("--threads") { Description = "Threads of libtorch (default: one for each core)." };
        var json = new Option<bool>("--json") { Description = "Print a JSON object." };
        var command = new Command("evaluate", "Score a network, with weights from a file, on a data set or a folder of images.")
        {
            model, weights, data, part, images, resize, classes, normalise, batch, threads, json,
        };
        command.SetAction(parsed => Run(shell(), new(
            parsed.GetValue(model)!, parsed.GetValue(weights)!.FullName, parsed.GetValue(data)!,
            new(parsed.GetValue(part)!, parsed.GetValue(images), parsed.GetValue(resize)), parsed.GetValue(classes), parsed.GetValue(normalise),
            parsed.GetValue(batch), parsed.GetValue(threads), parsed.GetValue(json))));
        return command;
    }

    static int Run(Shell shell, Ask ask)
    {
        var entry = SummaryCommand.Find(ask.Model);
        if (ask is { Batch: < 1 } or { Threads: < 1 } or { Classes: < 1 })
            throw new UsageException("--batch, --threads and --classes are positive.");
        if (!File.Exists(ask.Weights))
            throw new UsageException($"There is no file '{ask.Weights}'.");
        var asked = ask.Normalise is { } text ? Or(() => Normalisation.Parse(text)) : null;
        if (ask.Threads is { } n)
            torch.set_num_threads(n);

        var images = Watch(shell, ask, ask.Data, progress => EvaluationImages.Open(entry, ask.Data, ask.Choice, progress, shell.Cancellation));
        var classes = ask.Classes ?? (images.IsImageNet && entry.Classes == ImageNetClasses.Ids.Count ? entry.Classes : images.Classes);
        using var model = entry.Create(classes);
        var file = Weights.Load(model, ask.Weights);
        var known = PublishedWeights.Find(file.Sha256);
        var (normalisation, from) = ask.Normalise is not null ? (asked, "as asked")
            : known is not null ? (known.Normalisation, "as the published weights expect")
            : (entry.Normalisation, "as is usual for the network");
        normalisation ??= new(Normalisation.OfData, images.TrainingStatistics(shell.Cancellation));

        var batch = ask.Batch ?? (int)Math.Clamp(BatchNumbers / entry.InputShape.Aggregate((a, b) => a * b), 1, 250);
        var (total, seconds) = Watch(shell, ask, ask.Model, progress =>
        {
            var (sum, clock) = (new Evaluation(0, 0, 0, 0), new Stopwatch());
            foreach (var set in images.Sets(classes, shell.Cancellation))
            {
                progress.Report(new($"{images.Count:#,0} images", (double)sum.Count / images.Count));
                using var batches = new Batches(Or(() => normalisation.Arrange(set)), batch, normalisation.Statistics);
                clock.Start();
                sum = sum.And(Evaluation.Of(model, batches, shell.Cancellation));
                clock.Stop();
            }
            return (sum, clock.Elapsed.TotalSeconds);
        });
        Print(shell, ask.Json, new(
            entry.Name, ask.Weights, file.Format, file.Sha256, known?.Title, images.Name, total.Count, normalisation.Name, from,
            100 - total.Error, 100 - total.ErrorTop5, total.Wrong, total.WrongTop5, total.Loss, total.Count / seconds));
        return ExitCode.Fine;
    }

    static void Print(Shell shell, bool json, Answer answer)
    {
        if (json)
        {
            shell.Line(JsonSerializer.Serialize(answer, Indented));
            return;
        }
        shell.Line($"{answer.Model} with {answer.Format} weights {answer.Weights}{(answer.Known is { } title ? $" ({title})" : "")}");
        shell.Line($"on {answer.Data}, {answer.Images:#,0} images, normalised: {answer.Normalisation}, {answer.NormalisationFrom}");
        shell.Line($"top-1 {answer.Top1:0.00} % ({answer.Wrong:#,0} wrong), top-5 {answer.Top5:0.00} % ({answer.WrongTop5:#,0} wrong), loss {answer.Loss:0.0000}, "
            + $"{answer.ImagesPerSecond:#,0} images/s");
    }

    static T Watch<T>(Shell shell, Ask ask, string what, Func<IProgress<RunProgress>, T> work) =>
        ask.Json ? work(new DirectProgress<RunProgress>(_ => { })) : ProgressView.Watch(shell, what, work);

    /// <summary>What the library finds wrong with a value was wrong on the command line.</summary>
    static T Or<T>(Func<T> value)
    {
        try
        {
            return value();
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message, e);
        }
    }
}
