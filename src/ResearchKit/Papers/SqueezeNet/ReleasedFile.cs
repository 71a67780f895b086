using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>
/// The authors' compressed SqueezeNet (arXiv:1602.07360, Table 2: 8 bits, 33 %) as the reference: its size against AlexNet's, its accuracy, and the same
/// with the paper's 6 bits, which they did not release: our clustering, our file, decoded and scored again.
/// </summary>
static class ReleasedFile
{
    const string Entry = "squeezenet-deep-compression", Images = "imagenette-subset", Network = "squeezenet-1.0-caffe";
    const int CodeBits = 6, IndexBits = 4;
    const double ThousandKibi = 1000 * 1024;
    static readonly string[] s_sizes = ["table2-eight-bits-size", "table2-eight-bits-ratio", "table2-six-bits-size", "title-half-megabyte"];
    static readonly string[] s_scores = ["table2-eight-bits-top1", "table2-eight-bits-top5", "table2-six-bits-error"];

    internal static void Report(bool asked, Experiment run)
    {
        if (!asked)
        {
            NotTested(run, [.. s_sizes, .. s_scores], "the released file is left out at this scale");
            return;
        }

        if (Fetch(Entry, [.. s_sizes, .. s_scores], run) is not { } file)
        {
            return;
        }

        var entry = ModelCatalog.All.Single(m => m.Name == Network);
        using var released = entry.Create(entry.Classes);
        var path = file.PathOf(file.Entry.Files[0].Name);
        Weights.Load(released, path);
        long bytes = new FileInfo(path).Length;
        run.Claim(s_sizes[0], bytes / ThousandKibi);
        run.Claim(s_sizes[1], 4.0 * AlexNet.Parameters / bytes);

        run.Report("SqueezeNet: sharing the released values by 6-bit codes");
        string smaller = Path.Combine(run.Folder, "squeezenet-6-bits.rkdc");
        using var shared = entry.Create(entry.Classes);
        Weights.Load(shared, path);
        var storage = Compression.Write(shared, smaller, Weights.Layers(shared).ToDictionary(l => l.Name, _ => CodeBits), IndexBits);
        run.Claim(s_sizes[2], storage.TotalBytes / ThousandKibi);
        run.Claim(s_sizes[3], storage.TotalBytes / ThousandKibi);
        run.Value("six bits/file", storage.TotalBytes, "bytes");
        run.Value("six bits/AlexNet by file", 4.0 * AlexNet.Parameters / storage.TotalBytes, "x");
        string[] Row(string name, long size) => [name, $"{size:N0}", $"{size / 1e6:0.000}", $"{size / (double)(1 << 20):0.000}", $"{size / ThousandKibi:0.000}", $"{4.0 * AlexNet.Parameters / size:0.0}"];
        run.Table(new("AlexNet and SqueezeNet as files", ["File", "Bytes", "MB (10^6)", "MiB (2^20)", "thousand KiB", "AlexNet by it"],
        [
            Row("AlexNet, float32", 4 * AlexNet.Parameters), Row("SqueezeNet, float32", WorkedExamples.Bytes(FirePlan.Version10)),
            Row("released, 8 bits, no Huffman code", bytes), Row("ours of it, 6 bits, Huffman-coded", storage.TotalBytes),
        ],
        "The paper's 0.66 MB are thousands of KiB, its 240 MB are millions of bytes rounded to tens: so 363 and 510 mix units."));

        if (Fetch(Images, s_scores, run) is null)
        {
            return;
        }

        var folder = DataSets.OpenImages(Images, ct: run.Cancellation);
        ImageFile[] unseen = [.. folder.Files.Where(f => f.IsImageNetValidation)];
        run.Report("SqueezeNet: scoring the released file", null, $"{unseen.Length} images");
        var images = ImageNetClasses.Relabel(folder.Read($"{Images}, unseen", unseen, Framing.Square((int)entry.InputShape[1]), run.Cancellation));
        using var batches = new Batches(entry.Normalisation!.Arrange(images), 25, entry.Normalisation.Statistics);
        var eight = Evaluation.Of(released, batches, run.Cancellation);
        using var decoded = entry.Create(entry.Classes);
        Weights.Load(decoded, smaller);
        var six = Evaluation.Of(decoded, batches, run.Cancellation);
        run.Claim(s_scores[0], 100 - eight.Error);
        run.Claim(s_scores[1], 100 - eight.ErrorTop5);
        run.NotTested(s_scores[2], $"the paper trains the shared values on ImageNet's training images, which are not at hand; clustered alone, they cost {six.Error - eight.Error:0.0} points");
        run.Value("released/images", eight.Count, "images");
        run.Value("six bits/top-1", 100 - six.Error, "%");
        run.Value("six bits/top-5", 100 - six.ErrorTop5, "%");
    }

    static void NotTested(Experiment run, string[] claims, string because)
    {
        foreach (string claim in claims)
        {
            run.NotTested(claim, because);
        }
    }

    static CachedEntry? Fetch(string name, string[] claims, Experiment run)
    {
        try
        {
            var entry = DataSets.Fetch(name, ct: run.Cancellation);
            run.Uses(new(name, "folder named by RESEARCHKIT_DATA", Synthetic: false, entry.Provenance.Sha256));
            return entry;
        }
        catch (DataUnavailableException)
        {
            NotTested(run, claims, $"{Catalog.Default.Entry(name).Files[0].Name} is not in the folder that RESEARCHKIT_DATA names");
            return null;
        }
    }
}
