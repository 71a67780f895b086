namespace ResearchKit.Formats;

/// <summary>What a tensor takes in a <see cref="CompressedModelFile"/>, in bits, and what the paper counts for it.</summary>
/// <remarks>
/// The paper's size of a layer, arXiv:1510.00149, Tables 2-5, is its entries (non-zeros and fillers) times the widths of code and
/// index, and a codebook of 2^CodeBits float32; Huffman tables, names and biases are not in it. The file's size has everything.
/// </remarks>
public sealed record TensorStorage
{
    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of weights, pruned ones included.</summary>
    public required long Weights { get; init; }

    /// <summary>Stored entries: non-zeros and fillers. All weights of a dense tensor.</summary>
    public required long Entries { get; init; }

    /// <summary>Entries that only bridge gaps beyond the bound.</summary>
    public long Fillers { get; init; }

    /// <summary>Entries that are weights.</summary>
    public long NonZeros => Entries - Fillers;

    /// <summary>Non-zeros by weights, 0 to 1.</summary>
    public double Density => (double)NonZeros / Weights;

    /// <summary>Fixed width of a weight: the code's, or 32 for float32 values.</summary>
    public int CodeBits { get; init; } = 32;

    /// <summary>Fixed width of a gap; 0 for a dense tensor.</summary>
    public int IndexBits { get; init; }

    /// <summary>
    /// Bits of all codes in Huffman's optimal code, without its table; the fixed width's where there are no codes.
    /// </summary>
    public long OptimalCodeBits { get; init; }

    /// <summary>Bits of all gaps in Huffman's optimal code, without its table.</summary>
    public long OptimalIndexBits { get; init; }

    /// <summary>Stored codes.</summary>
    public long CodeStreamBits { get; init; }

    /// <summary>Stored gaps.</summary>
    public long IndexStreamBits { get; init; }

    /// <summary>Stored table of the codes' Huffman code, 0 where the codes are stored with fixed width.</summary>
    public long CodeTableBits { get; init; }

    /// <summary>Stored table of the gaps' Huffman code, 0 where the gaps are stored with fixed width.</summary>
    public long IndexTableBits { get; init; }

    /// <summary>Stored codebook.</summary>
    public long CodebookBits { get; init; }

    /// <summary>Stored float32 values of a dense or pruned tensor.</summary>
    public long ValueBits { get; init; }

    /// <summary>Name, shape, widths, counts and checksum.</summary>
    public long HeaderBits { get; init; }

    /// <summary>Everything the file holds for this tensor.</summary>
    public long TotalBits =>
        CodeStreamBits + IndexStreamBits + CodeTableBits + IndexTableBits + CodebookBits + ValueBits + HeaderBits;

    /// <summary>Average bits of a code with the optimal Huffman code: the paper's column "Weight bits (P+Q+H)".</summary>
    public double AverageCodeBits => Entries == 0 ? 0 : (double)OptimalCodeBits / Entries;

    /// <summary>Average bits of a gap with the optimal Huffman code: the paper's column "Index bits (P+Q+H)".</summary>
    public double AverageIndexBits => Entries == 0 ? 0 : (double)OptimalIndexBits / Entries;

    /// <summary>The paper's bits without Huffman coding: entries of fixed width and a full codebook.</summary>
    public long PaperBits => Entries * (CodeBits + IndexBits) + PaperCodebookBits;

    /// <summary>The paper's bits with Huffman coding, tables not counted.</summary>
    public long PaperHuffmanBits => OptimalCodeBits + OptimalIndexBits + PaperCodebookBits;

    long PaperCodebookBits => CodeBits == 32 ? 0 : 32L << CodeBits;
}

/// <summary>What a <see cref="CompressedModelFile"/> consists of; the parts add up to its length.</summary>
/// <param name="Tensors">The tensors in the file's order.</param>
/// <param name="HeaderBits">Magic number, version, number of tensors, length.</param>
/// <param name="ChecksumBits">The SHA-256 at the end.</param>
public sealed record StorageReport(IReadOnlyList<TensorStorage> Tensors, long HeaderBits, long ChecksumBits)
{
    /// <summary>The file's length in bits.</summary>
    public long TotalBits => HeaderBits + ChecksumBits + Tensors.Sum(tensor => tensor.TotalBits);

    /// <summary>The file's length in bytes.</summary>
    public long TotalBytes => TotalBits / 8;
}
