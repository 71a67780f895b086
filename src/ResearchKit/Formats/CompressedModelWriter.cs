using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ResearchKit.Formats;

/// <summary>Writes <see cref="CompressedModelFile"/>s.</summary>
static class CompressedModelWriter
{
    internal static (byte[] Bytes, StorageReport Report) Write(IReadOnlyList<CompressedTensor> tensors, bool huffman)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>();
        var output = new MemoryStream();
        var writer = new BinaryWriter(output);
        writer.Write(CompressedModelFile.Magic);
        writer.Write(CompressedModelFile.Version);
        writer.Write(tensors.Count);
        writer.Write(0UL);
        var rows = new List<TensorStorage>(tensors.Count);
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name)) throw new ArgumentException($"Two tensors are called '{tensor.Name}'.", nameof(tensors));
            rows.Add(WriteRecord(writer, tensor, huffman));
        }

        writer.Seek(CompressedModelFile.HeaderBytes - 8, SeekOrigin.Begin);
        writer.Write((ulong)output.Length + CompressedModelFile.ChecksumBytes);
        writer.Seek(0, SeekOrigin.End);
        writer.Write(SHA256.HashData(Written(output, 0)));
        return (output.ToArray(), new(rows, 8 * CompressedModelFile.HeaderBytes, 8 * CompressedModelFile.ChecksumBytes));
    }

    static TensorStorage WriteRecord(BinaryWriter writer, CompressedTensor tensor, bool huffman)
    {
        var output = (MemoryStream)writer.BaseStream;
        var start = output.Position;
        var name = CompressedModelFile.StrictUtf8.GetBytes(tensor.Name);
        Require(name.Length is > 0 and <= ushort.MaxValue, tensor, "its name has 1 to 65,535 bytes");
        Require(tensor.Shape.Length <= byte.MaxValue, tensor, "its rank is at most 255");
        writer.Write(0);
        writer.Write(tensor switch
        {
            DenseTensor => CompressedModelFile.Dense,
            PrunedTensor => CompressedModelFile.Pruned,
            BinaryTensor => CompressedModelFile.Binary,
            _ => CompressedModelFile.Quantized,
        });
        writer.Write((ushort)name.Length);
        writer.Write(name);
        writer.Write((byte)tensor.Shape.Length);
        var length = tensor.Length;
        foreach (var size in tensor.Shape) writer.Write((uint)size);
        var row = new TensorStorage
        {
            Name = tensor.Name,
            Weights = length,
            Entries = length,
            HeaderBits = 8 * (output.Position - start + CompressedModelFile.RecordChecksumBytes),
        };
        row = tensor switch
        {
            DenseTensor dense => WriteDense(writer, dense, row),
            PrunedTensor pruned => WritePruned(writer, pruned, row, huffman),
            QuantizedTensor quantized => WriteQuantized(writer, quantized, row, huffman),
            BinaryTensor binary => WriteBinary(writer, binary, row),
            _ => throw new ArgumentException($"Tensors of type {tensor.GetType()} cannot be written."),
        };

        var end = output.Position;
        writer.Seek(checked((int)start), SeekOrigin.Begin);
        writer.Write(checked((uint)(end - start - 4 + CompressedModelFile.RecordChecksumBytes)));
        writer.Seek(0, SeekOrigin.End);
        writer.Write(SHA256.HashData(Written(output, (int)start)).AsSpan(0, CompressedModelFile.RecordChecksumBytes));
        return row;
    }

    static TensorStorage WriteDense(BinaryWriter writer, DenseTensor tensor, TensorStorage row)
    {
        Require(tensor.Values.Length == row.Weights, tensor, $"it has {row.Weights} values");
        WriteFloats(writer, tensor.Values);
        return row with { ValueBits = 32L * tensor.Values.Length, OptimalCodeBits = 32L * tensor.Values.Length };
    }

    static TensorStorage WritePruned(BinaryWriter writer, PrunedTensor tensor, TensorStorage row, bool huffman)
    {
        Require(tensor.Gaps.Length == tensor.Values.Length, tensor, "it has as many gaps as values");
        CheckGaps(tensor, tensor.Gaps, tensor.IndexBits, row.Weights);
        writer.Write((byte)tensor.IndexBits);
        writer.Write(tensor.Gaps.Length);
        var gaps = WriteCoded(writer, tensor.Gaps, tensor.IndexBits, huffman);
        WriteFloats(writer, tensor.Values);
        return row with
        {
            Entries = tensor.Gaps.Length,
            Fillers = tensor.Values.Count(value => value == 0),
            IndexBits = tensor.IndexBits,
            OptimalCodeBits = 32L * tensor.Values.Length,
            OptimalIndexBits = gaps.OptimalBits,
            IndexStreamBits = gaps.StreamBits,
            IndexTableBits = gaps.TableBits,
            ValueBits = 32L * tensor.Values.Length,
            HeaderBits = row.HeaderBits + 8 * (1 + 4 + 5),
        };
    }

    static TensorStorage WriteQuantized(BinaryWriter writer, QuantizedTensor tensor, TensorStorage row, bool huffman)
    {
        Require(tensor.CodeBits is >= 1 and <= 8, tensor, "a code has 1 to 8 bits");
        Require(tensor.Gaps.Length == tensor.Codes.Length, tensor, "it has as many gaps as codes");
        CheckGaps(tensor, tensor.Gaps, tensor.IndexBits, row.Weights);
        Require(tensor.Codebook.Length >= 1 && tensor.Codebook.Length <= 1 << tensor.CodeBits, tensor,
            $"its codebook has 1 to {1 << tensor.CodeBits} values");
        Require(BitConverter.SingleToUInt32Bits(tensor.Codebook[0]) == 0, tensor, "its codebook starts with the filler's 0");
        Require(!tensor.Codes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(tensor.Codebook.Length - 1)), tensor,
            "its codes are of the codebook");
        writer.Write((byte)tensor.CodeBits);
        writer.Write((byte)tensor.IndexBits);
        writer.Write(tensor.Codes.Length);
        writer.Write((ushort)tensor.Codebook.Length);
        WriteFloats(writer, tensor.Codebook);
        var codes = WriteCoded(writer, tensor.Codes, tensor.CodeBits, huffman);
        var gaps = WriteCoded(writer, tensor.Gaps, tensor.IndexBits, huffman);
        return row with
        {
            Entries = tensor.Codes.Length,
            Fillers = tensor.Codes.AsSpan().Count((byte)0),
            CodeBits = tensor.CodeBits,
            IndexBits = tensor.IndexBits,
            OptimalCodeBits = codes.OptimalBits,
            OptimalIndexBits = gaps.OptimalBits,
            CodeStreamBits = codes.StreamBits,
            IndexStreamBits = gaps.StreamBits,
            CodeTableBits = codes.TableBits,
            IndexTableBits = gaps.TableBits,
            CodebookBits = 32L * tensor.Codebook.Length,
            HeaderBits = row.HeaderBits + 8 * (1 + 1 + 4 + 2 + 5 + 5),
        };
    }

    static TensorStorage WriteBinary(BinaryWriter writer, BinaryTensor tensor, TensorStorage row)
    {
        Require(tensor.Shape.Length > 0 && tensor.Scales.Length == tensor.Shape[0], tensor, "it has a scale for each index of its first dimension");
        Require(tensor.Signs.Length == BitPacking.Bytes(row.Weights, 1), tensor, "it has a bit of sign for each value");
        Require(row.Weights % 8 == 0 || tensor.Signs[^1] >> (int)(row.Weights % 8) == 0, tensor, "the unused bits of its signs are 0");
        writer.Write(tensor.Scales.Length);
        WriteFloats(writer, tensor.Scales);
        writer.Write(tensor.Signs);
        return row with
        {
            CodeBits = 1,
            OptimalCodeBits = row.Weights,
            CodeStreamBits = 8L * tensor.Signs.Length,
            CodebookBits = 32L * tensor.Scales.Length,
            HeaderBits = row.HeaderBits + 8 * 4,
        };
    }

    static (long OptimalBits, long StreamBits, long TableBits) WriteCoded(
        BinaryWriter writer, byte[] numbers, int bits, bool huffman)
    {
        var packed = BitPacking.Bytes(numbers.Length, bits);
        var optimal = 0L;
        if (numbers.Length > 0)
        {
            var counts = HuffmanLengths.Count(numbers, 1 << bits);
            HuffmanLengths.Optimal(counts, out optimal);
            if (huffman)
            {
                var code = HuffmanCode.FromCounts(counts);
                var table = code.ToTable();
                var stream = HuffmanStream.Encode(numbers, code);
                if (table.Length + stream.Length < packed)
                {
                    writer.Write(CompressedModelFile.Huffman);
                    writer.Write(table.Length + stream.Length);
                    writer.Write(table);
                    writer.Write(stream);
                    return (optimal, 8L * stream.Length, 8L * table.Length);
                }
            }
        }

        var data = new byte[packed];
        BitPacking.Pack(numbers, bits, data);
        writer.Write(CompressedModelFile.FixedWidth);
        writer.Write(data.Length);
        writer.Write(data);
        return (optimal, 8L * data.Length, 0);
    }

    static void CheckGaps(CompressedTensor tensor, ReadOnlySpan<byte> gaps, int bits, long weights)
    {
        Require(bits is >= 1 and <= 8, tensor, "a gap has 1 to 8 bits");
        Require(!gaps.ContainsAnyExceptInRange((byte)0, (byte)((1 << bits) - 1)), tensor, $"its gaps fit in {bits} bits");
        Require(RelativeIndex.Span(gaps) <= weights, tensor, "its last entry lies within its shape");
    }

    static void WriteFloats(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            writer.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            writer.Write(bytes);
        }
    }

    static ReadOnlySpan<byte> Written(MemoryStream output, int start) =>
        output.GetBuffer().AsSpan(start, (int)output.Length - start);

    static void Require(bool condition, CompressedTensor tensor, string what)
    {
        if (!condition) throw new ArgumentException($"Tensor '{tensor.Name}' cannot be written: it must hold that {what}.");
    }
}
