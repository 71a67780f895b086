using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Training;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>Error and size after each stage of one network, set beside the paper's Tables 1 to 3.</summary>
sealed class StageResults(Subject subject, Experiment run)
{
    readonly List<(string Stage, Evaluation Evaluation, long? Bits)> _stages = [];
    IReadOnlyDictionary<string, double> _thresholds = new Dictionary<string, double>();

    internal void Add(string stage, Evaluation evaluation, long? bits)
    {
        _stages.Add((stage, evaluation, bits));
        run.Value($"{subject.Slug}/error/{stage}", evaluation.Error, "%");
        if (bits is { } b)
        {
            run.Value($"{subject.Slug}/size/{stage}", b / 8.0, "bytes");
        }
    }

    internal void Thresholds(IReadOnlyDictionary<string, double> thresholds) => _thresholds = thresholds;

    /// <summary>Claims, tables and figures, once the coded file is there.</summary>
    internal void Report(CompressedFile coded)
    {
        var (dense, final) = (Of("dense"), Of("Huffman coded"));
        run.Claim($"table1-{subject.Slug}-error", final.Evaluation.Error - dense.Evaluation.Error);
        run.Claim($"{Claims.Slug(subject.Printed.Table)}-{subject.Slug}-pruned", (double)coded.Weights.Sum(w => w.Weights) / coded.Weights.Sum(w => w.NonZeros));
        run.Claim($"{Claims.Slug(subject.Printed.Table)}-{subject.Slug}-quantised", (double)subject.DenseBits / coded.PaperBits);
        run.Claim($"table1-{subject.Slug}-ratio", (double)subject.DenseBits / coded.PaperHuffmanBits);
        long denseFile = subject.DenseBits + (32 * coded.Storage.Tensors.Except(coded.Weights).Sum(b => b.Weights));
        run.Claim($"table1-{subject.Slug}-file", (double)denseFile / coded.Storage.TotalBits);
        run.Claim($"section4-{subject.Slug}-huffman", 100.0 * (coded.PaperBits - coded.PaperHuffmanBits) / coded.PaperBits);

        run.Table(new(
            $"{subject.Printed.Name}: error and size by stage",
            ["Stage", "Test error (%)", "Size (bytes)", "Ratio"],
            [.. _stages.Select(s => (string[])
                [s.Stage, $"{s.Evaluation.Error:0.00}", s.Bits is { } b ? $"{b / 8.0:0}" : "", s.Bits is { } r ? $"{(double)subject.DenseBits / r:0.0}x" : ""])],
            "Sizes as the paper counts: weights and indices and codebooks, no biases, no Huffman tables. The file's own length is in the table below."));
        run.Table(LayerTable(coded));
        run.Table(FileTable(coded));
        Figures(coded);
    }

    (string Stage, Evaluation Evaluation, long? Bits) Of(string stage) => _stages.Single(s => s.Stage == stage);

    ResultTable LayerTable(CompressedFile coded)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (ours, paper) in coded.Weights.Zip(subject.Printed.Layers))
        {
            double bits = 32.0 * ours.Weights;
            rows.Add([
                paper.Layer, $"{ours.Weights}", $"{_thresholds[paper.Layer]:0.00}", $"{100 * ours.Density:0.0} ({100 * paper.Density:0})", $"{ours.Fillers}",
                $"{ours.CodeBits} ({paper.CodeBits})", $"{ours.AverageCodeBits:0.0} ({paper.HuffmanCodeBits:0.0})",
                $"{ours.IndexBits} ({paper.IndexBits})", $"{ours.AverageIndexBits:0.0} ({paper.HuffmanIndexBits:0.0})",
                $"{100 * ours.PaperBits / bits:0.00} ({paper.Rate:0.0})", $"{100 * ours.PaperHuffmanBits / bits:0.00} ({paper.HuffmanRate:0.00})",
            ]);
        }

        double all = subject.DenseBits;
        rows.Add([
            "total", $"{subject.DenseBits / 32}", "", $"{100.0 * coded.Weights.Sum(w => w.NonZeros) / (all / 32):0.0} (8)", $"{coded.Weights.Sum(w => w.Fillers)}",
            "", "", "", "", $"{100 * coded.PaperBits / all:0.00}", $"{100 * coded.PaperHuffmanBits / all:0.00}",
        ]);
        return new(
            $"{subject.Printed.Name}, beside the paper's {subject.Printed.Table}",
            ["Layer", "Weights", "Threshold (std)", "Kept (%)", "Fillers", "Weight bits", "with Huffman", "Index bits", "with Huffman", "Rate P+Q (%)", "Rate P+Q+H (%)"],
            rows,
            "The paper's numbers in brackets. Densities are set to the paper's; the threshold is what that takes, in standard deviations of the layer.");
    }

    ResultTable FileTable(CompressedFile coded)
    {
        string Bytes(Func<TensorStorage, long> part) => $"{coded.Storage.Tensors.Sum(part) / 8.0:0}";
        return new(
            $"{subject.Printed.Name}: where the bytes of {Path.GetFileName(coded.Path)} are",
            ["Part", "Bytes"],
            [
                ["weight codes, Huffman coded", Bytes(t => t.CodeStreamBits)],
                ["relative indices, Huffman coded", Bytes(t => t.IndexStreamBits)],
                ["codebooks", Bytes(t => t.CodebookBits)],
                ["Huffman tables", Bytes(t => t.CodeTableBits + t.IndexTableBits)],
                ["biases, float32", Bytes(t => t.ValueBits)],
                ["names, shapes, counts, checksums", $"{(coded.Storage.HeaderBits + coded.Storage.ChecksumBits + coded.Storage.Tensors.Sum(t => t.HeaderBits)) / 8.0:0}"],
                ["the whole file", $"{coded.Storage.TotalBytes}"],
            ],
            "Read from disk again and compared bit for bit before this table was made.");
    }

    void Figures(CompressedFile coded)
    {
        string[] names = [.. _stages.Select(s => s.Stage)];
        run.Figure(new(
            $"{subject.Printed.Name}: test error by stage", FigureKind.Bar, "stage", "test error (%)",
            [new("error", null, names, [.. _stages.Select(s => s.Evaluation.Error)])],
            "Pruning costs accuracy until the survivors are retrained; sharing values costs little."));
        var sized = _stages.Where(s => s.Bits is not null).ToArray();
        run.Figure(new(
            $"{subject.Printed.Name}: size by stage", FigureKind.Bar, "stage", "size (KB)",
            [new("size", null, [.. sized.Select(s => s.Stage)], [.. sized.Select(s => s.Bits!.Value / 8000.0)])],
            "As the paper counts.")
        { LogY = true });
        var largest = coded.Tensors.OfType<QuantizedTensor>().MaxBy(t => t.Codes.Length)!;
        run.Figure(new(
            $"{subject.Printed.Name}: how often each code and index occurs in {largest.Name}", FigureKind.Line, "code, or index difference less one", "entries",
            [Histogram("weight codes", largest.Codes), Histogram("relative indices", largest.Gaps)],
            "Both distributions are uneven, which is what Huffman coding saves on (the paper's Figure 5). Code 0 is the filler's."));
    }

    static FigureSeries Histogram(string name, byte[] values)
    {
        var counts = values.GroupBy(v => v).OrderBy(g => g.Key).ToArray();
        return new(name, [.. counts.Select(g => (double)g.Key)], null, [.. counts.Select(g => (double)g.Count())]);
    }
}
