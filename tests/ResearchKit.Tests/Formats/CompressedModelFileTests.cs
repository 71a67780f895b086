using System.Buffers.Binary;
using ResearchKit.Formats;
using ResearchKit.Kernels;

namespace ResearchKit.Tests.Formats;

public class CompressedModelFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_reads_back_bit_for_bit(bool huffman)
    {
        var tensors = Network();

        var bytes = CompressedModelFile.ToBytes(tensors, huffman, out _);
        var read = CompressedModelFile.Read(bytes);

        Assert.Equal(tensors.Length, read.Count);
        for (var i = 0; i < tensors.Length; i++)
        {
            Assert.Equal(tensors[i].GetType(), read[i].GetType());
            Assert.Equal(tensors[i].Name, read[i].Name);
            Assert.Equal(tensors[i].Shape, read[i].Shape);
            Assert.Equal(Bits(tensors[i].ToDense()), Bits(read[i].ToDense()));
        }

        Assert.Equal(bytes, CompressedModelFile.ToBytes(read, huffman, out _));
    }

    [Fact]
    public void Quantised_weights_decode_to_their_centroids_and_pruned_ones_to_zero()
    {
        float[] centroids = [-1.5f, 0.25f, 2f];
        int[] assignment = [-1, 2, -1, -1, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1];

        var tensor = QuantizedTensor.FromAssignment("w", [4, 4], centroids, assignment, 2, 3);

        Assert.Equal([3, 1, 0, 2], tensor.Codes);
        Assert.Equal([1, 2, 7, 2], tensor.Gaps);
        Assert.Equal(assignment.Select(a => a < 0 ? 0f : centroids[a]), tensor.ToDense());
    }

    [Fact]
    public void The_parts_of_the_report_add_up_to_the_file()
    {
        foreach (var huffman in new[] { false, true })
        {
            using var stream = new MemoryStream();
            var report = CompressedModelFile.Write(stream, Network(), huffman);

            Assert.Equal(8 * stream.Length, report.TotalBits);
            Assert.Equal(stream.Length, report.TotalBytes);
            Assert.Equal(8 * 24, report.HeaderBits);
            Assert.Equal(8 * 32, report.ChecksumBits);
        }
    }

    [Fact]
    public void The_report_counts_what_is_stored()
    {
        var tensor = (QuantizedTensor)Network()[0];
        CompressedModelFile.ToBytes([tensor], huffman: false, out var plain);
        CompressedModelFile.ToBytes([tensor], huffman: true, out var coded);
        var row = plain.Tensors[0];
        var entries = tensor.Codes.Length;

        Assert.Equal(tensor.ToDense().Count(value => value != 0), row.NonZeros);
        Assert.Equal(tensor.Codes.Count(code => code == 0), row.Fillers);
        Assert.True(row.Fillers > 0);
        Assert.Equal(entries, row.Entries);
        Assert.Equal((entries * 6 + 7) / 8 * 8, row.CodeStreamBits);
        Assert.Equal((entries * 5 + 7) / 8 * 8, row.IndexStreamBits);
        Assert.Equal(64 * 32, row.CodebookBits);
        Assert.Equal(0, row.CodeTableBits);
        Assert.Equal(entries * 11 + 64 * 32, row.PaperBits);
        Assert.Equal(64 * 4, coded.Tensors[0].CodeTableBits);
        Assert.Equal(32 * 4, coded.Tensors[0].IndexTableBits);
        HuffmanLengths.Optimal(HuffmanLengths.Count(tensor.Codes, 64), out var codeBits);
        HuffmanLengths.Optimal(HuffmanLengths.Count(tensor.Gaps, 32), out var indexBits);
        Assert.Equal(codeBits + indexBits + 64 * 32, row.PaperHuffmanBits);
        Assert.Equal((double)codeBits / entries, row.AverageCodeBits);
        Assert.Equal((double)indexBits / entries, row.AverageIndexBits);
        // One lane's state is all that a short stream has beside the code words; the length limit costs next to nothing.
        Assert.InRange(coded.Tensors[0].CodeStreamBits - codeBits, 17, 32 + codeBits / 500);
        Assert.InRange(coded.Tensors[0].IndexStreamBits - indexBits, 17, 32 + indexBits / 500);
    }

    [Fact]
    public void A_binary_layer_takes_a_bit_for_each_weight_and_a_float_for_each_filter()
    {
        // XNOR-Net's layer of 256 filters of 256 x 3 x 3: 32 times smaller, less what the scales take.
        var random = new Random(5);
        var weights = Enumerable.Range(0, 256 * 256 * 9).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var convolution = new BinaryConvolution(new(256, 256, 3, 3), weights);
        var tensor = new BinaryTensor("conv4.weight", [256, 256, 3, 3], convolution.Alpha.ToArray(), convolution.Signs());

        var bytes = CompressedModelFile.ToBytes([tensor], huffman: true, out var report);
        CompressedModelFile.ToBytes([new DenseTensor("conv4.weight", [256, 256, 3, 3], weights)], huffman: true, out var dense);
        var read = Assert.IsType<BinaryTensor>(Assert.Single(CompressedModelFile.Read(bytes)));

        Assert.Equal(8 * 73_728, report.Tensors[0].CodeStreamBits);
        Assert.Equal(8 * 1_024, report.Tensors[0].CodebookBits);
        Assert.Equal(bytes.Length, report.TotalBytes);
        Assert.InRange((double)dense.TotalBytes / report.TotalBytes, 31.4, 31.6);
        var again = new BinaryConvolution(new(256, 256, 3, 3), read.Signs, read.Scales);
        Assert.Equal(convolution.Signs(), again.Signs());
        var values = read.ToDense();
        for (var i = 0; i < weights.Length; i++)
            Assert.Equal(MathF.CopySign(convolution.Alpha[i / 2304], weights[i]), values[i]);
    }

    [Fact]
    public void Huffman_coding_is_left_out_where_its_table_costs_more()
    {
        var tensor = QuantizedTensor.FromAssignment("tiny", [4], [1f, 2f], [0, 1, 1, 0], 8, 5);

        var bytes = CompressedModelFile.ToBytes([tensor], huffman: true, out var report);

        Assert.Equal(0, report.Tensors[0].CodeTableBits);
        Assert.Equal(32, report.Tensors[0].CodeStreamBits);
        Assert.Equal([1f, 2f, 2f, 1f], CompressedModelFile.Read(bytes)[0].ToDense());
    }

    [Fact]
    public void The_format_is_the_documented_one()
    {
        var bytes = CompressedModelFile.ToBytes([new DenseTensor("b", [2], [1f, -2f])], huffman: true, out _);

        Assert.Equal([0x89, 0x52, 0x4B, 0x43, 0x4D, 0x0D, 0x0A, 0x1A], bytes[..8]);
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)));
        Assert.Equal((ulong)bytes.Length, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)));
        Assert.Equal([25, 0, 0, 0, 0, 1, 0, (byte)'b', 1, 2, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[24..45]);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(24, 21)).AsSpan(0, 8).ToArray(), bytes[45..53]);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, 53)), bytes[53..]);
    }

    [Fact]
    public void Empty_files_and_wholly_pruned_tensors_are_fine()
    {
        Assert.Empty(CompressedModelFile.Read(CompressedModelFile.ToBytes([], huffman: true, out _)));
        var pruned = QuantizedTensor.FromAssignment("w", [3], [1f], [-1, -1, -1], 2, 4);

        var read = CompressedModelFile.Read(CompressedModelFile.ToBytes([pruned], huffman: true, out var report));

        Assert.Equal([0f, 0f, 0f], read[0].ToDense());
        Assert.Equal(0, report.Tensors[0].AverageCodeBits);
    }

    [Fact]
    public void Tensors_whose_parts_do_not_belong_together_are_refused()
    {
        Refused(new DenseTensor("b", [3], [1f]));
        Refused(new DenseTensor("", [1], [1f]));
        Refused(new DenseTensor("b", [0], []));
        Refused(new DenseTensor("b", [1 << 20, 1 << 20], []));
        Refused(new PrunedTensor("w", [3], 4, [0, 0], [1f]));
        Refused(new PrunedTensor("w", [3], 4, [3], [1f]));
        Refused(new PrunedTensor("w", [30], 2, [4], [1f]));
        Refused(new QuantizedTensor("w", [3], 9, 4, [0f], [0], [0]));
        Refused(new QuantizedTensor("w", [3], 2, 4, [1f, 2f], [1], [0]));
        Refused(new QuantizedTensor("w", [3], 2, 4, [0f, 2f], [2], [0]));
        Refused(new QuantizedTensor("w", [3], 1, 4, [0f, 2f, 3f], [2], [0]));
        Refused(new BinaryTensor("w", [], [], [0]));
        Refused(new BinaryTensor("w", [2, 5], [1f], [0, 0]));
        Refused(new BinaryTensor("w", [2, 5], [1f, 1f], [0]));
        Refused(new BinaryTensor("w", [2, 5], [1f, 1f], [0, 4]));
        Refused(new DenseTensor("b", [1], [1f]), new DenseTensor("b", [1], [1f]));
        Assert.Throws<ArgumentException>(() => QuantizedTensor.FromAssignment("w", [1], [1f, 2f, 3f, 4f], [0], 2, 4));
        Assert.Throws<ArgumentException>(() => QuantizedTensor.FromAssignment("w", [1], [1f], [1], 2, 4));
        Assert.Throws<ArgumentException>(() => QuantizedTensor.FromAssignment("w", [2], [1f], [0], 2, 4));

        static void Refused(params CompressedTensor[] tensors) =>
            Assert.Throws<ArgumentException>(() => CompressedModelFile.ToBytes(tensors, huffman: true, out _));
    }

    [Fact]
    public void Streams_and_bytes_hold_the_same()
    {
        var bytes = CompressedModelFile.ToBytes(Network(), huffman: true, out _);
        using var stream = new MemoryStream();
        CompressedModelFile.Write(stream, Network(), huffman: true);

        Assert.Equal(bytes, stream.ToArray());
        stream.Position = 0;
        Assert.Equal(Network().Select(tensor => tensor.Name), CompressedModelFile.Read(stream).Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_path_is_replaced_only_by_a_whole_file()
    {
        var folder = Directory.CreateTempSubdirectory("researchkit-");
        try
        {
            var path = Path.Combine(folder.FullName, "lenet.rkcm");
            var report = CompressedModelFile.Write(path, Network(), huffman: true);
            Assert.Throws<ArgumentException>(
                () => CompressedModelFile.Write(path, [.. Network(), new DenseTensor("b", [2], [1f])], huffman: true));

            Assert.Equal(report.TotalBytes, new FileInfo(path).Length);
            Assert.Equal(7, CompressedModelFile.Read(path).Count);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
            var damage = Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(path));
            Assert.Contains(path, damage.Message, StringComparison.Ordinal);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// A small network with each kind of tensor; the first needs fillers, "wide" has more entries than one lane codes.
    /// </summary>
    static CompressedTensor[] Network() =>
    [
        Quantized("ip1.weight", [60, 500], 6, 5, 0.05, 1),
        new DenseTensor("ip1.bias", [60], [.. Enumerable.Range(0, 60).Select(i => MathF.Sin(i))]),
        Quantized("conv.weight", [8, 3, 5, 5], 8, 4, 0.66, 2),
        PrunedTensor.FromDense("ip2.weight", [10, 60], [.. Enumerable.Range(0, 600).Select(i => i % 41 == 0 ? i + 0.5f : 0f)], 4),
        new DenseTensor("größe", [], [float.NaN]),
        Quantized("wide", [1, 100_000], 5, 5, 0.9, 3),
        Binary("conv2.weight", [7, 5, 3, 3], 4),
    ];

    internal static QuantizedTensor Quantized(string name, long[] shape, int codeBits, int indexBits, double density, int seed)
    {
        var random = new Random(seed);
        var centroids = Enumerable.Range(1, (1 << codeBits) - 1)
            .Select(i => (i - (1 << codeBits) / 2) * 0.013f + 0.001f).ToArray();
        var assignment = new int[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < assignment.Length; i++)
        {
            var triangle = (random.NextDouble() + random.NextDouble()) / 2;
            assignment[i] = random.NextDouble() < density ? (int)(triangle * centroids.Length) : -1;
        }

        return QuantizedTensor.FromAssignment(name, shape, centroids, assignment, codeBits, indexBits);
    }

    internal static BinaryTensor Binary(string name, long[] shape, int seed)
    {
        var random = new Random(seed);
        var length = shape.Aggregate(1L, (a, b) => a * b);
        var signs = new byte[(length + 7) / 8];
        random.NextBytes(signs);
        if (length % 8 != 0) signs[^1] &= (byte)((1 << (int)(length % 8)) - 1);
        return new(name, shape, [.. Enumerable.Range(1, (int)shape[0]).Select(i => 0.25f * i)], signs);
    }

    static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
