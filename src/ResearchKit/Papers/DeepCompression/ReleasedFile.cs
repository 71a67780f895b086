using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>
/// The authors' compressed SqueezeNet (arXiv:1602.07360, Table 2: 8 bits, 33 % of the weights): decoded, counted, coded by our Huffman
/// code, which they left out of it, and scored on ImageNet's validation images as far as they are at hand.
/// </summary>
static class ReleasedFile
{
    const string Entry = "squeezenet-deep-compression", Images = "imagenette-subset";
    const string Network = "squeezenet-1.0-caffe";

    internal static IReadOnlyList<Claim> Claims { get; } =
    [
        new("released-squeezenet-size", "released file", "The authors' compressed SqueezeNet takes 660 KB, and its decoded layers account for every byte.", ClaimKind.Exact, "KiB", 660) { Rounding = 0.5 },
        new("released-squeezenet-density", "arXiv:1602.07360, Table 2", "33 % of the weights are left in it.", ClaimKind.Exact, "%", 33) { Rounding = 0.5 },
        new("released-squeezenet-huffman", "Sec. 4", "Huffman coding would save 20 to 30 % of its codes and indices, tables not counted.", ClaimKind.Measured, "%", 25)
        {
            BandLow = 20,
            Because = "The lower end of the paper's range.",
        },
        Accuracy("top1", "top-1", 57.5, chance: 0.1),
        Accuracy("top5", "top-5", 80.3, chance: 0.5),
    ];

    internal static void Report(bool asked, Experiment run)
    {
        if (!asked)
        {
            foreach (var claim in Claims)
                run.NotTested(claim.Id, "the released file is left out at this scale");
            return;
        }
        if (Fetch(Entry, Claims, run) is not { } file)
            return;
        var entry = ModelCatalog.All.Single(m => m.Name == Network);
        using var model = entry.Create(entry.Classes);
        var path = file.PathOf(file.Entry.Files[0].Name);
        var tensors = DeepCompressionFile.Read(path, Weights.Layers(model));
        CompressedModelFile.ToBytes(tensors, huffman: true, out var storage);
        Count([.. storage.Tensors.Where(t => t.IndexBits > 0)], [.. tensors.OfType<DenseTensor>()], run);

        Claim[] scored = [.. Claims.Where(c => c.Id.Contains("-top", StringComparison.Ordinal))];
        if (Fetch(Images, scored, run) is null)
            return;
        Weights.Load(model, path);
        var folder = DataSets.OpenImages(Images, ct: run.Cancellation);
        ImageFile[] unseen = [.. folder.Files.Where(f => f.IsImageNetValidation)];
        run.Report("SqueezeNet: scoring the released file", null, $"{unseen.Length} images");
        var images = ImageNetClasses.Relabel(folder.Read($"{Images}, unseen", unseen, Framing.Square((int)entry.InputShape[1]), run.Cancellation));
        using var batches = new Batches(entry.Normalisation!.Arrange(images), 25, entry.Normalisation.Statistics);
        var result = Evaluation.Of(model, batches, run.Cancellation);
        run.Claim(scored[0].Id, 100 - result.Error);
        run.Claim(scored[1].Id, 100 - result.ErrorTop5);
        run.Value("released-squeezenet/images", result.Count, "images");
        run.Value("released-squeezenet/loss", result.Loss, "nats");
    }

    static void Count(TensorStorage[] weights, DenseTensor[] biases, Experiment run)
    {
        // What the format holds: numbers of entries, codebooks, biases, codes, and gaps in whole bytes.
        var bytes = weights.Sum(w => 4 + (4 << w.CodeBits) + ((w.Entries * w.CodeBits) + 7) / 8 + ((w.Entries * w.IndexBits) + 7) / 8) + biases.Sum(b => 4 * b.Length);
        var density = (double)weights.Sum(w => w.NonZeros) / weights.Sum(w => w.Weights);
        long codes = weights.Sum(w => w.Entries * w.CodeBits), indices = weights.Sum(w => w.Entries * w.IndexBits);
        long codedCodes = weights.Sum(w => w.OptimalCodeBits), codedIndices = weights.Sum(w => w.OptimalIndexBits);
        run.Claim("released-squeezenet-size", bytes / 1024.0);
        run.Claim("released-squeezenet-density", 100 * density);
        run.Claim("released-squeezenet-huffman", 100 - (100.0 * (codedCodes + codedIndices) / (codes + indices)));
        run.Value("released-squeezenet/bytes", bytes, "bytes");
        run.Value("released-squeezenet/huffman/codes", 100 - (100.0 * codedCodes / codes), "%");
        run.Value("released-squeezenet/huffman/indices", 100 - (100.0 * codedIndices / indices), "%");
        run.Table(new(
            "The authors' compressed SqueezeNet, decoded, and what our Huffman code would make of it",
            ["Layer", "Weights", "Entries", "Fillers", "Density (%)", "Code bits (Huffman)", "Index bits (Huffman)"],
            [
                .. weights.Select(w => (string[])
                [
                    w.Name[..w.Name.LastIndexOf('.')], $"{w.Weights}", $"{w.Entries}", $"{w.Fillers}", $"{100 * w.Density:0.00}",
                    $"{w.CodeBits} ({w.AverageCodeBits:0.00})", $"{w.IndexBits} ({w.AverageIndexBits:0.00})",
                ]),
                ["all", $"{weights.Sum(w => w.Weights)}", $"{weights.Sum(w => w.Entries)}", $"{weights.Sum(w => w.Fillers)}", $"{100 * density:0.00}", "", ""],
            ],
            $"{bytes:#,0} bytes. Streams: {codes + indices:#,0} bits, {codedCodes + codedIndices:#,0} with Huffman coding, tables not counted. "
            + "Layers are named as in torchvision: features.3 is fire2, classifier.1 is conv10."));
    }

    static Claim Accuracy(string id, string name, double paper, double chance)
    {
        const int images = 500;
        var error = 2 * Math.Sqrt(paper * (100 - paper) / images);
        return new($"released-squeezenet-{id}", "arXiv:1602.07360, Table 2", $"Decoded, it classifies ImageNet's validation images with {name} accuracy as printed.", ClaimKind.Measured, "%", paper)
        {
            NoEffect = chance,
            BandLow = Math.Round(paper - error, 1),
            BandHigh = Math.Round(paper + error, 1),
            Because = $"Two standard errors of {images} images, which are what is at hand: of ten of the thousand classes.",
        };
    }

    /// <summary>A file of the catalog, or null after saying of these claims that they were not tested.</summary>
    static CachedEntry? Fetch(string name, IEnumerable<Claim> claims, Experiment run)
    {
        try
        {
            var entry = DataSets.Fetch(name, ct: run.Cancellation);
            run.Uses(new(name, "folder named by RESEARCHKIT_DATA", Synthetic: false, entry.Provenance.Sha256));
            return entry;
        }
        catch (DataUnavailableException)
        {
            var file = Catalog.Default.Entry(name).Files[0].Name;
            foreach (var claim in claims)
                run.NotTested(claim.Id, $"{file} is not in the folder that RESEARCHKIT_DATA names");
            return null;
        }
    }
}
