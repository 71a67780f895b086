using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ResearchKit.Formats;
using ResearchKit.Tests.Contract.Samples;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Fuzzing.Targets;

sealed class SafeTensorsTarget : FuzzTarget
{
    public override Type Covers => typeof(SafeTensors);

    public override IEnumerable<byte[]> Files()
    {
        foreach (var file in new SafeTensorsSample().Files())
            yield return file;
        var stream = new MemoryStream();
        SafeTensor[] tensors = [new("half", "BF16", [1], new byte[] { 1, 2 }), SafeTensor.Of<bool>("mask \"é\"", [3], [true, false, true])];
        SafeTensors.Write(stream, tensors, new Dictionary<string, string> { ["b"] = "2" });
        yield return stream.ToArray();
    }

    public override IReadOnlyList<byte[]> Words => SafeTensorsHeader.Words;

    public override byte[] Mend(byte[] bytes, Random random) => SafeTensorsHeader.Mend(bytes);

    // What is read can be written, and is read again.
    public override void Decode(byte[] bytes)
    {
        var file = SafeTensors.ParseAny(bytes, "x");
        var stream = new MemoryStream();
        SafeTensors.Write(stream, file.Tensors, file.Metadata);
        Assert.Equal(file.Tensors.Count, SafeTensors.Parse(stream.ToArray(), "again").Tensors.Count);
    }
}

/// <summary>The parts of a safetensors file that a mutation puts out of joint.</summary>
static class SafeTensorsHeader
{
    const int LengthBytes = 8, Digits = 64;

    public static IReadOnlyList<byte[]> Words { get; } = [.. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},", "\"__metadata__\":{},", "null",
            "\\ud800", "\"F64\"", "\"data_offsets\"", "[[[[[[",
        }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Sets the length to where the braces close, and the checksum, where there is one, to what it is now.</summary>
    public static byte[] Mend(byte[] bytes)
    {
        var depth = 0;
        var end = -1;
        for (var at = LengthBytes; at < bytes.Length && end < 0; at++)
        {
            depth += bytes[at] switch { (byte)'{' => 1, (byte)'}' => -1, _ => 0 };
            if (depth == 0 && bytes[at] == '}')
                end = at + 1;
        }
        if (end < 0)
            return bytes;
        while (end < bytes.Length && bytes[end] == ' ')
            end++;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, end - LengthBytes);
        var digits = bytes.AsSpan().IndexOf("\"sha256\":\""u8) + 10;
        if (digits >= 10 && digits + Digits <= end)
        {
            bytes.AsSpan(digits, Digits).Fill((byte)'0');
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes))).CopyTo(bytes, digits);
        }
        return bytes;
    }
}

/// <summary>A shape may claim two thousand million weights in a few bytes, all zero: only small tensors are expanded here.</summary>
sealed class CompressedModelTarget : FuzzTarget
{
    const long LargestExpanded = 1 << 16;

    public override Type Covers => typeof(CompressedModelFile);

    public override IEnumerable<byte[]> Files() => [.. new FixedWidthModelSample().Files(), .. new HuffmanModelSample().Files()];

    public override byte[] Mend(byte[] bytes, Random random) => CompressedModelDamageTests.WithNewChecksums(bytes);

    public override void Decode(byte[] bytes)
    {
        foreach (var tensor in CompressedModelFile.Read(bytes))
        {
            if (tensor.Length < LargestExpanded)
                Assert.Equal(tensor.Length, tensor.ToDense().Length);
        }
    }
}

/// <summary>64 lanes, and both ways of decoding them where the machine has both.</summary>
sealed class HuffmanLanesTarget : FuzzTarget
{
    static readonly byte[] Symbols = [.. Enumerable.Range(0, HuffmanStream.LaneThreshold + 77).Select(i => (byte)(i % 11 == 0 ? i % 16 : i % 3 == 0 ? 1 : 0))];
    static readonly HuffmanCode Code = HuffmanCode.FromCounts(HuffmanLengths.Count(Symbols, 16));
    readonly byte[] vector = new byte[Symbols.Length], scalar = new byte[Symbols.Length];

    public override Type Covers => typeof(HuffmanStream);

    public override IEnumerable<byte[]> Files() => [HuffmanStream.Encode(Symbols, Code)];

    public override void Decode(byte[] bytes)
    {
        var errors = new[] { (vector, HuffmanVector.IsSupported), (scalar, false) }.Select(way =>
        {
            try
            {
                HuffmanStream.Decode(bytes, Code, way.Item1, way.Item2);
                return null;
            }
            catch (InvalidDataException e)
            {
                return e;
            }
        }).ToArray();
        Assert.Equal(errors[0] is null, errors[1] is null);
        if (errors[0] is { } error)
            throw error;
        Assert.True(vector.AsSpan().SequenceEqual(scalar));
    }
}

/// <summary>One lane, with the code that the lengths in the first bytes describe.</summary>
sealed class HuffmanCodeTarget : FuzzTarget
{
    const int Alphabet = 16, MostSymbols = 400;
    static readonly byte[] Symbols = [.. Enumerable.Range(0, MostSymbols).Select(i => (byte)(i % 7 * (i % 3)))];
    readonly byte[] decoded = new byte[MostSymbols];

    public override Type Covers => typeof(HuffmanCode);

    public override IEnumerable<byte[]> Files()
    {
        var code = HuffmanCode.FromCounts(HuffmanLengths.Count(Symbols, Alphabet));
        yield return [.. code.ToTable(), .. HuffmanStream.Encode(Symbols, code)];
        var flat = HuffmanCode.FromLengths([.. Enumerable.Repeat((byte)4, Alphabet)]);
        yield return [.. flat.ToTable(), .. HuffmanStream.Encode(Symbols, flat)];
    }

    public override void Decode(byte[] bytes)
    {
        if (bytes.Length < HuffmanCode.TableBytes(Alphabet))
            throw new InvalidDataException("No whole table.");
        HuffmanStream.Decode(bytes.AsSpan(HuffmanCode.TableBytes(Alphabet)), HuffmanCode.FromTable(bytes, Alphabet), decoded);
    }
}

sealed class DeepCompressionFileTarget : FuzzTarget
{
    public override Type Covers => typeof(DeepCompressionFile);

    public override IEnumerable<byte[]> Files() => [DeepCompressionFileTests.File()];

    public override void Decode(byte[] bytes)
    {
        foreach (var tensor in DeepCompressionFile.Parse(bytes, DeepCompressionFileTests.Layers, "x"))
            Assert.Equal(tensor.Length, tensor.ToDense().Length);
    }
}

sealed class PyTorchFileTarget : FuzzTarget
{
    public override Type Covers => typeof(PyTorchFile);

    public override IEnumerable<byte[]> Files() => new PyTorchFileSample().Files();

    public override IReadOnlyList<byte[]> Words =>
        [.. new[] { "cposix\nsystem\n", "ctorch._utils\n_rebuild_tensor_v2\n", "(", ")", "]", "}", "R", "Q", "b", "0", "2", ".", "u", "s", "a", "e", "t", "h", "q", "j" }.Select(Encoding.ASCII.GetBytes)];

    public override byte[] Mend(byte[] bytes, Random random) => ZipChecksums.Mend(bytes);

    public override void Decode(byte[] bytes) => PyTorchFile.Parse(bytes, "x").Tensors();
}
