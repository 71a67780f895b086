using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// Reads <see cref="CompressedModelFile"/>s: first all checksums, then the contents, each length and number checked against the
/// bytes that are there before anything is allocated for it.
/// </summary>
ref struct CompressedModelReader
{
    readonly ReadOnlySpan<byte> bytes;
    readonly string file;
    int position;
    int end;
    string section = "header";

    CompressedModelReader(ReadOnlySpan<byte> bytes, string file)
    {
        this.bytes = bytes;
        this.file = file;
        end = bytes.Length;
    }

    internal static IReadOnlyList<CompressedTensor> Read(ReadOnlySpan<byte> bytes, string file) =>
        new CompressedModelReader(bytes, file).Read();

    List<CompressedTensor> Read()
    {
        if (!Take(8, "magic number").SequenceEqual(CompressedModelFile.Magic))
            throw Damage(0, "this is not a compressed model: its first bytes are not the magic number");
        var version = Number("version");
        if (version != CompressedModelFile.Version)
            throw Damage(8, $"version {version} is not known; a newer program may have written it");
        var count = Number("number of tensors");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8, "length"));
        if (length != (ulong)bytes.Length)
            throw Damage(16, $"it should have {length} bytes but has {bytes.Length}: truncated, or bytes were appended");
        end = bytes.Length - CompressedModelFile.ChecksumBytes;
        if (end < position) throw Damage(position, "it ends within its checksum");

        VerifyChecksums(count);
        position = CompressedModelFile.HeaderBytes;
        var tensors = new List<CompressedTensor>();
        var names = new HashSet<string>();
        for (uint i = 0; i < count; i++)
        {
            var start = position;
            section = $"tensor {i}";
            var recordLength = (int)Number("length");
            end = position + recordLength - CompressedModelFile.RecordChecksumBytes;
            var tensor = ReadTensor();
            if (position != end) throw Damage(position, $"{end - position} bytes are left over");
            if (!names.Add(tensor.Name)) throw Damage(start, "an earlier tensor has the same name");
            tensors.Add(tensor);
            position += CompressedModelFile.RecordChecksumBytes;
            end = bytes.Length - CompressedModelFile.ChecksumBytes;
        }

        return tensors;
    }

    void VerifyChecksums(uint count)
    {
        for (uint i = 0; i < count; i++)
        {
            section = $"tensor {i}";
            var start = position;
            var length = Number("length");
            if (length < CompressedModelFile.RecordChecksumBytes || length > (uint)(end - position))
                throw Damage(start, $"its length {length} exceeds the file");
            position += (int)length - CompressedModelFile.RecordChecksumBytes;
            var expected = SHA256.HashData(bytes[start..position]).AsSpan(0, CompressedModelFile.RecordChecksumBytes);
            if (!expected.SequenceEqual(Take(CompressedModelFile.RecordChecksumBytes, "checksum")))
                throw Damage(start, "its checksum is wrong: bytes have changed");
        }

        section = "header or checksum";
        if (position != end) throw Damage(position, $"{end - position} bytes follow the last tensor");
        if (!SHA256.HashData(bytes[..end]).AsSpan().SequenceEqual(bytes[end..]))
            throw Damage(end, "the file's SHA-256 is wrong: bytes have changed");
    }

    CompressedTensor ReadTensor()
    {
        var at = position;
        var kind = Take(1, "kind")[0];
        var name = ReadName();
        section += $" '{name}'";
        var rank = Take(1, "rank")[0];
        var sizes = Take(4 * rank, "shape");
        var shape = new long[rank];
        for (var i = 0; i < rank; i++) shape[i] = BinaryPrimitives.ReadUInt32LittleEndian(sizes[(4 * i)..]);
        long length = 1;
        foreach (var size in shape)
        {
            if (size == 0 || size > int.MaxValue / length) throw Damage(at, "its shape has no values or more than 2^31 - 1");
            length *= size;
        }

        return kind switch
        {
            CompressedModelFile.Dense => new DenseTensor(name, shape, ReadFloats(length, "values")),
            CompressedModelFile.Pruned => ReadPruned(name, shape, length),
            CompressedModelFile.Quantized => ReadQuantized(name, shape, length),
            CompressedModelFile.Binary => ReadBinary(name, shape, length),
            _ => throw Damage(at, $"kind {kind} is not known"),
        };
    }

    PrunedTensor ReadPruned(string name, long[] shape, long length)
    {
        var indexBits = ReadWidth("width of a gap");
        var entries = ReadEntries(length);
        var gaps = ReadGaps(entries, indexBits, length);
        return new(name, shape, indexBits, gaps, ReadFloats(entries, "values"));
    }

    QuantizedTensor ReadQuantized(string name, long[] shape, long length)
    {
        var codeBits = ReadWidth("width of a code");
        var indexBits = ReadWidth("width of a gap");
        var entries = ReadEntries(length);
        var at = position;
        int values = BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "codebook's length"));
        if (values < 1 || values > 1 << codeBits)
            throw Damage(at, $"{values} codebook values cannot have codes of {codeBits} bits");
        var codebook = ReadFloats(values, "codebook");
        if (BitConverter.SingleToUInt32Bits(codebook[0]) != 0)
            throw Damage(at + 2, "the codebook does not start with the filler's 0");
        at = position;
        var codes = ReadCoded(entries, codeBits, "codes");
        if (codes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(values - 1)))
            throw Damage(at, $"a code exceeds the codebook of {values} values");
        return new(name, shape, codeBits, indexBits, codebook, codes, ReadGaps(entries, indexBits, length));
    }

    BinaryTensor ReadBinary(string name, long[] shape, long length)
    {
        var at = position;
        var count = Number("number of scales");
        if (shape.Length == 0 || count != shape[0])
            throw Damage(at, $"{count} scales do not fit a shape of [{string.Join(", ", shape)}]");
        var scales = ReadFloats(count, "scales");
        at = position;
        if (BitPacking.Bytes(length, 1) > end - position) throw Damage(at, $"{length} signs take more bytes than are left");
        var signs = Take((int)BitPacking.Bytes(length, 1), "signs").ToArray();
        if (length % 8 != 0 && signs[^1] >> (int)(length % 8) != 0) throw Damage(at, "the unused bits behind the signs are not zero");
        return new(name, shape, scales, signs);
    }

    byte[] ReadGaps(int entries, int bits, long length)
    {
        var at = position;
        var gaps = ReadCoded(entries, bits, "gaps");
        var span = RelativeIndex.Span(gaps);
        if (span > length) throw Damage(at, $"the last entry is at position {span - 1}, but there are {length} weights");
        return gaps;
    }

    byte[] ReadCoded(int count, int bits, string what)
    {
        var at = position;
        var coding = Take(1, what)[0];
        var stored = Number(what);
        if (stored > (uint)(end - position)) throw Damage(at, $"the {what} have {stored} bytes, more than are left");
        var data = Take((int)stored, what);
        // Every coded number takes a bit or more, so that what is allocated is bounded by what is there.
        if (count > 8L * data.Length) throw Damage(at, $"{data.Length} bytes cannot hold {count} {what}");
        switch (coding)
        {
            case CompressedModelFile.FixedWidth:
                if (data.Length != BitPacking.Bytes(count, bits))
                    throw Damage(at, $"{count} {what} of {bits} bits do not take {data.Length} bytes");
                var numbers = new byte[count];
                if (!BitPacking.Unpack(data, bits, numbers)) throw Damage(at, $"the unused bits behind the {what} are not zero");
                return numbers;
            case CompressedModelFile.Huffman:
                var tableBytes = HuffmanCode.TableBytes(1 << bits);
                if (data.Length < tableBytes) throw Damage(at, $"the Huffman table of the {what} is cut off");
                try
                {
                    var code = HuffmanCode.FromTable(data, 1 << bits);
                    var decoded = new byte[count];
                    HuffmanStream.Decode(data[tableBytes..], code, decoded);
                    return decoded;
                }
                catch (InvalidDataException e)
                {
                    throw Damage(at, $"the {what} cannot be decoded. {e.Message}");
                }

            default:
                throw Damage(at, $"coding {coding} of the {what} is not known");
        }
    }

    int ReadEntries(long length)
    {
        var at = position;
        var entries = Number("number of entries");
        if (entries > length) throw Damage(at, $"{entries} entries are more than the {length} weights");
        return (int)entries;
    }

    int ReadWidth(string what)
    {
        int bits = Take(1, what)[0];
        return bits is >= 1 and <= 8 ? bits : throw Damage(position - 1, $"the {what} is {bits} bits, not 1 to 8");
    }

    string ReadName()
    {
        var at = position;
        var name = Take(BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "name")), "name");
        if (name.Length == 0) throw Damage(at, "its name is empty");
        try
        {
            return CompressedModelFile.StrictUtf8.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw Damage(at, "its name is not UTF-8");
        }
    }

    float[] ReadFloats(long count, string what)
    {
        if (4 * count > end - position) throw Damage(position, $"{count} {what} take more bytes than are left");
        var values = new float[count];
        var source = Take((int)(4 * count), what);
        if (BitConverter.IsLittleEndian) source.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        else
            for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(source[(4 * i)..]);
        return values;
    }

    uint Number(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, what));

    ReadOnlySpan<byte> Take(int count, string what)
    {
        if (count > end - position) throw Damage(position, $"it ends within its {what}");
        position += count;
        return bytes.Slice(position - count, count);
    }

    readonly InvalidDataException Damage(long offset, string what) =>
        new($"{file}, byte {offset}, {section}: {what}. Get or write the file again.");
}
