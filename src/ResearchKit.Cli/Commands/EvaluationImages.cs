using System.IO.Enumeration;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;

namespace ResearchKit.Cli.Commands;

/// <summary>The images that <c>kit evaluate</c> scores on: a part of a data set, or image files, which are decoded a thousand at a time.</summary>
sealed class EvaluationImages
{
    const int AtOnce = 1000;

    public static readonly string[] Parts = ["test", "validation", "train", "all"];

    readonly ImageSet? _set;
    readonly Func<ImageSet> _training;
    readonly ImageFolder? _folder;
    readonly IReadOnlyList<ImageFile> _files = [];
    readonly Framing _framing = Framing.ImageNet;

    EvaluationImages(ImageSet set, Func<ImageSet> training) => (_set, _training, Name) = (set, training, set.Name);

    EvaluationImages(string name, ImageFolder folder, IReadOnlyList<ImageFile> files, Framing framing)
    {
        (Name, _folder, _files, _framing) = (name, folder, files, framing);
        _training = () => folder.Files.Where(f => f.Part == "train").ToArray() is { Length: > 0 } training
            ? folder.Read($"{name} train", training, framing)
            : throw new UsageException($"{folder.Location} has no training images to take statistics from: give --normalise imagenet or numbers.");
    }

    /// <summary>Which images, and the shorter side of image files.</summary>
    public sealed record Choice(string Part, string? Pattern, int? Resize);

    public string Name { get; }

    public int Count => _set?.Count ?? _files.Count;

    /// <summary>The classes of the data itself.</summary>
    public int Classes => _set?.ClassNames.Length ?? _folder!.ClassNames.Count;

    /// <summary>Whether the folders are named by ImageNet's identifiers.</summary>
    public bool IsImageNet => _folder?.IsImageNet ?? false;

    /// <summary>Finds the images, and fetches them if need be; image files are not decoded yet.</summary>
    public static EvaluationImages Open(ModelEntry entry, string data, Choice choice, IProgress<RunProgress> progress, CancellationToken cancellation)
    {
        if (!Parts.Contains(choice.Part))
            throw new UsageException(Spelling.Unknown("part", choice.Part, Parts));
        var fetching = new DirectProgress<DownloadProgress>(p => progress.Report(new("fetching", p.TotalBytes is > 0 and var all ? (double)p.Bytes / all : null, p.ToString())));
        if (DataSets.HasImages(data))
            return OfFiles(entry, data, DataSets.OpenImages(data, fetching, cancellation), choice);
        if (choice is { Pattern: not null } or { Resize: not null })
            throw new UsageException("--images and --resize are for image files.");
        DataSet set;
        try
        {
            set = DataSets.Load(data, fetching, cancellation);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{e.Message} Nor is there a folder or archive of that name.", e);
        }
        var images = choice.Part switch
        {
            "train" => set.Train,
            "validation" => set.Validation,
            "all" => set.TrainAndValidation().Concat(set.Test, $"{set.Name} all"),
            _ => set.Test,
        };
        long[] shape = [images.Channels, images.Height, images.Width];
        return shape.SequenceEqual(entry.InputShape)
            ? new(images, () => set.Train)
            : throw new UsageException($"{entry.Name} takes images of {string.Join("x", entry.InputShape)}, but {set.Name} has {string.Join("x", shape)}.");
    }

    /// <summary>The images, in one or more sets, with labels among as many classes as the network has outputs.</summary>
    public IEnumerable<ImageSet> Sets(int classes, CancellationToken cancellation)
    {
        if (_set is not null)
            return [Labelled(_set, classes)];
        return _files.Chunk(AtOnce).Select(files => Labelled(_folder!.Read(Name, files, _framing, cancellation), classes));
    }

    /// <summary>Mean and deviation of the training images.</summary>
    public ChannelStatistics TrainingStatistics(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _training().ChannelStatistics();
    }

    static EvaluationImages OfFiles(ModelEntry entry, string data, ImageFolder folder, Choice choice)
    {
        if (entry.InputShape is not [3, var side, var other] || side != other)
            throw new UsageException($"{entry.Name} takes images of {string.Join("x", entry.InputShape)}, but image files become square ones in colour.");
        if (choice.Resize < side)
            throw new UsageException($"--resize {choice.Resize} leaves less than the {side} pixels that {entry.Name} takes.");
        string[] parts = choice.Part switch
        {
            "validation" => throw new UsageException($"Image files have no part 'validation': what is held out of 'train' is up to the training."),
            "all" => [.. folder.Files.Select(f => f.Part).Distinct()],
            "train" => ["train"],
            _ => [new[] { "test", "val", "" }.FirstOrDefault(p => folder.Files.Any(f => f.Part == p), "test")],
        };
        ImageFile[] files = [.. folder.Files.Where(f => parts.Contains(f.Part)
            && (choice.Pattern is null || FileSystemName.MatchesSimpleExpression(choice.Pattern, f.Name, ignoreCase: false)))];
        return files.Length > 0
            ? new($"{data} {choice.Part}{(choice.Pattern is null ? "" : $" {choice.Pattern}")}", folder, files, new(choice.Resize ?? (int)side, (int)side))
            : throw new UsageException($"No image of {folder.Location} is in part '{choice.Part}'{(choice.Pattern is null ? "" : $" and named {choice.Pattern}")}.");
    }

    ImageSet Labelled(ImageSet set, int classes)
    {
        if (IsImageNet && classes == ImageNetClasses.Ids.Count)
            return ImageNetClasses.Relabel(set);
        return classes >= set.ClassNames.Length
            ? set
            : throw new UsageException($"A network of {classes} outputs cannot be scored on the {set.ClassNames.Length} classes of {Name}.");
    }
}
