namespace ResearchKit.Papers.DeepCompression;

/// <summary>A row of Tables 2-5 as the paper prints it.</summary>
/// <param name="Layer">Layer name.</param>
/// <param name="Weights">Number of weights, exactly; the paper rounds it.</param>
/// <param name="Density">Share of weights kept, as printed.</param>
/// <param name="CodeBits">Weight bits without Huffman coding.</param>
/// <param name="HuffmanCodeBits">Weight bits with Huffman coding.</param>
/// <param name="IndexBits">Index bits without Huffman coding.</param>
/// <param name="HuffmanIndexBits">Index bits with Huffman coding.</param>
/// <param name="Rate">Compressed by original size in per cent, without Huffman coding.</param>
/// <param name="HuffmanRate">The same with Huffman coding.</param>
public sealed record PrintedLayer(
    string Layer, long Weights, double Density, int CodeBits, double HuffmanCodeBits, int IndexBits, double HuffmanIndexBits, double Rate, double HuffmanRate);

/// <summary>A network of Tables 1-5 as the paper prints it.</summary>
/// <param name="Name">The network.</param>
/// <param name="Table">Its table, such as <c>Table 2</c>.</param>
/// <param name="Layers">The rows.</param>
/// <param name="Ratio">Original by compressed size without Huffman coding, as the last row prints it.</param>
/// <param name="HuffmanRatio">The same with Huffman coding.</param>
public sealed record PrintedNetwork(string Name, string Table, IReadOnlyList<PrintedLayer> Layers, double Ratio, double HuffmanRatio);

/// <summary>The paper's storage accounting, from its printed densities and widths (arXiv:1510.00149, Tables 2-5).</summary>
public static class StorageArithmetic
{
    /// <summary>
    /// Stored entries for each non-zero weight, fillers included, if zeros fall independently: a gap beyond the bound 2^b has
    /// probability (1-d)^(2^b), and each such stretch takes a filler.
    /// </summary>
    /// <param name="density">Share of non-zeros, in (0, 1].</param>
    /// <param name="indexBits">Width b of a relative index.</param>
    public static double EntriesPerNonZero(double density, int indexBits) => 1 / (1 - Math.Pow(1 - density, 1 << indexBits));

    /// <summary>Compressed by original bits of a layer without Huffman coding: entries of code and index, and a float codebook.</summary>
    /// <param name="layer">The row.</param>
    /// <param name="density">Share of non-zeros, in (0, 1].</param>
    /// <param name="fillers">Whether fillers of independent zeros are counted.</param>
    public static double Rate(PrintedLayer layer, double density, bool fillers = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        double entries = layer.Weights * density * (fillers ? EntriesPerNonZero(density, layer.IndexBits) : 1);
        return ((entries * (layer.CodeBits + layer.IndexBits)) + (32.0 * (1 << layer.CodeBits))) / (32.0 * layer.Weights);
    }

    /// <summary>
    /// Original by compressed size of a network without Huffman coding, with the interval that the printed numbers leave: densities are
    /// rounded to whole per cent, and zeros that lie closer together than independent ones need fewer fillers, at best none.
    /// </summary>
    public static (double Ratio, double Low, double High) Ratio(PrintedNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double Total(double shift, bool fillers) => network.Layers.Sum(l => (double)l.Weights) /
            network.Layers.Sum(l => l.Weights * Rate(l, Math.Min(1, l.Density + shift), fillers));
        return (Total(0, true), Total(+0.005, true), Total(-0.005, false));
    }

    /// <summary>Table 2.</summary>
    public static PrintedNetwork LeNet300100 { get; } = new("LeNet-300-100", "Table 2",
    [
        new("ip1", 235_200, 0.08, 6, 4.4, 5, 3.7, 3.1, 2.32),
        new("ip2", 30_000, 0.09, 6, 4.4, 5, 4.3, 3.8, 3.04),
        new("ip3", 1_000, 0.26, 6, 4.3, 5, 3.2, 15.7, 12.70),
    ], 32, 40);

    /// <summary>Table 3.</summary>
    public static PrintedNetwork LeNet5 { get; } = new("LeNet-5", "Table 3",
    [
        new("conv1", 500, 0.66, 8, 7.2, 5, 1.5, 78.5, 67.45),
        new("conv2", 25_000, 0.12, 8, 7.2, 5, 3.9, 6.0, 5.28),
        new("ip1", 400_000, 0.08, 5, 4.5, 5, 4.5, 2.7, 2.45),
        new("ip2", 5_000, 0.19, 5, 5.2, 5, 3.7, 6.9, 6.13),
    ], 33, 39);

    /// <summary>Table 4.</summary>
    public static PrintedNetwork AlexNet { get; } = new("AlexNet", "Table 4",
    [
        new("conv1", 34_848, 0.84, 8, 6.3, 4, 1.2, 32.6, 20.53),
        new("conv2", 307_200, 0.38, 8, 5.5, 4, 2.3, 14.5, 9.43),
        new("conv3", 884_736, 0.35, 8, 5.1, 4, 2.6, 13.1, 8.44),
        new("conv4", 663_552, 0.37, 8, 5.2, 4, 2.5, 14.1, 9.11),
        new("conv5", 442_368, 0.37, 8, 5.6, 4, 2.5, 14.0, 9.43),
        new("fc6", 37_748_736, 0.09, 5, 3.9, 4, 3.2, 3.0, 2.39),
        new("fc7", 16_777_216, 0.09, 5, 3.6, 4, 3.7, 3.0, 2.46),
        new("fc8", 4_096_000, 0.25, 5, 4, 4, 3.2, 7.3, 5.85),
    ], 27, 35);

    /// <summary>Table 5.</summary>
    public static PrintedNetwork Vgg16 { get; } = new("VGG-16", "Table 5",
    [
        new("conv1_1", 1_728, 0.58, 8, 6.8, 5, 1.7, 40.0, 29.97),
        new("conv1_2", 36_864, 0.22, 8, 6.5, 5, 2.6, 9.8, 6.99),
        new("conv2_1", 73_728, 0.34, 8, 5.6, 5, 2.4, 14.3, 8.91),
        new("conv2_2", 147_456, 0.36, 8, 5.9, 5, 2.3, 14.7, 9.31),
        new("conv3_1", 294_912, 0.53, 8, 4.8, 5, 1.8, 21.7, 11.15),
        new("conv3_2", 589_824, 0.24, 8, 4.6, 5, 2.9, 9.7, 5.67),
        new("conv3_3", 589_824, 0.42, 8, 4.6, 5, 2.2, 17.0, 8.96),
        new("conv4_1", 1_179_648, 0.32, 8, 4.6, 5, 2.6, 13.1, 7.29),
        new("conv4_2", 2_359_296, 0.27, 8, 4.2, 5, 2.9, 10.9, 5.93),
        new("conv4_3", 2_359_296, 0.34, 8, 4.4, 5, 2.5, 14.0, 7.47),
        new("conv5_1", 2_359_296, 0.35, 8, 4.7, 5, 2.5, 14.3, 8.00),
        new("conv5_2", 2_359_296, 0.29, 8, 4.6, 5, 2.7, 11.7, 6.52),
        new("conv5_3", 2_359_296, 0.36, 8, 4.6, 5, 2.3, 14.8, 7.79),
        new("fc6", 102_760_448, 0.04, 5, 3.6, 5, 3.5, 1.6, 1.10),
        new("fc7", 16_777_216, 0.04, 5, 4, 5, 4.3, 1.5, 1.25),
        new("fc8", 4_096_000, 0.23, 5, 4, 5, 3.4, 7.1, 5.24),
    ], 31, 49);
}
