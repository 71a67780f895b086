using System.Buffers.Binary;
using System.Security.Cryptography;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class CompressedModelDamageTests
{
    static readonly byte[] Small = CompressedModelFile.ToBytes(
        [
            CompressedModelFileTests.Quantized("ip1.weight", [20, 50], 3, 3, 0.1, 1),
            new DenseTensor("ip1.bias", [5], [1, 2, 3, 4, 5]),
            PrunedTensor.FromDense("ip2.weight", [40], [.. Enumerable.Range(0, 40).Select(i => i % 13 == 0 ? 1f + i : 0f)], 2),
            CompressedModelFileTests.Quantized("ip3.weight", [600], 4, 2, 0.9, 2),
            CompressedModelFileTests.Binary("conv2.weight", [6, 5, 3, 3], 3),
        ],
        huffman: true,
        out _);

    [Fact]
    public void Every_flipped_bit_is_detected()
    {
        for (var bit = 0; bit < 8 * Small.Length; bit++)
        {
            var damaged = Small.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(damaged));
        }
    }

    [Fact]
    public void Every_truncation_and_any_appended_byte_is_detected()
    {
        for (var length = 0; length < Small.Length; length++)
            Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(Small.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read([.. Small, 0]));
    }

    [Fact]
    public void The_message_names_file_tensor_and_offset()
    {
        var second = 24 + 4 + BinaryPrimitives.ReadInt32LittleEndian(Small.AsSpan(24));
        var damaged = Small.ToArray();
        damaged[second + 20] ^= 1;

        var changed = Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(damaged, "lenet.rkcm"));
        var cut = Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(Small.AsSpan(0, 300), "lenet.rkcm"));
        var foreign = Assert.Throws<InvalidDataException>(
            () => CompressedModelFile.Read("PK-something-else"u8.ToArray(), "x.zip"));

        Assert.Contains($"lenet.rkcm, byte {second}, tensor 1", changed.Message, StringComparison.Ordinal);
        Assert.Contains("lenet.rkcm", cut.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", cut.Message, StringComparison.Ordinal);
        Assert.Contains("not a compressed model", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_thousand_mutations_raise_nothing_but_a_clear_error()
    {
        var random = new Random(7);
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = Mutate(random);
            if (round % 4 != 0) mutated = WithNewChecksums(mutated);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                foreach (var tensor in CompressedModelFile.Read(mutated))
                    if (tensor.Length < 1 << 16) Assert.Equal(tensor.Length, tensor.ToDense().Length);
                accepted++;
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 * mutated.Length + (1 << 20));
        }

        // Changed values with new checksums are a valid file, so some must pass; that most do not shows that mutations bite.
        Assert.InRange(accepted, 500, 15_000);
    }

    [Fact]
    public void Hostile_counts_allocate_nothing()
    {
        // Shape, entries and both streams' lengths claim as much as they can, one after the other and together.
        var tensor = new QuantizedTensor("w", [1000], 1, 1, [0, 1], [1], [0]);
        var bytes = CompressedModelFile.ToBytes([tensor], huffman: false, out _);
        var shape = 24 + 4 + 1 + 2 + 1 + 1;
        int[] fields = [shape, shape + 4 + 2, shape + 4 + 2 + 4 + 2 + 8 + 1, shape + 4 + 2 + 4 + 2 + 8 + 1 + 4 + 1 + 1];
        for (var chosen = 1; chosen < 1 << fields.Length; chosen++)
        {
            foreach (var huge in new uint[] { 0x7FFF_FFFF, 0xFFFF_FFFF, 0x1000_0000 })
            {
                var hostile = bytes.ToArray();
                for (var i = 0; i < fields.Length; i++)
                    if ((chosen >> i & 1) != 0) BinaryPrimitives.WriteUInt32LittleEndian(hostile.AsSpan(fields[i]), huge);
                // A larger shape alone is a valid tensor; everything else contradicts the bytes that are there.
                if (chosen == 1 && huge <= int.MaxValue) continue;
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Throws<InvalidDataException>(() => CompressedModelFile.Read(WithNewChecksums(hostile)));
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
            }
        }
    }

    static byte[] Mutate(Random random)
    {
        var bytes = Small.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            // Beyond the header most of the time, and often in the first bytes of a record, where the structure is.
            var at = random.Next(5) == 0 ? random.Next(bytes.Count) : random.Next(24, bytes.Count);
            if (random.Next(3) == 0) at = RecordStarts()[random.Next(5)] + random.Next(40);
            at = Math.Min(at, bytes.Count - 1);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = (byte)(random.Next(2) * 255); break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1)); break;
                case 4: bytes.InsertRange(at, new byte[random.Next(1, 20)]); break;
                default:
                    var from = random.Next(bytes.Count - 8);
                    for (var i = 0; i < 4 && at + i < bytes.Count; i++) bytes[at + i] = bytes[from + i];
                    break;
            }
        }

        return [.. bytes];
    }

    static int[] RecordStarts()
    {
        var starts = new int[5];
        for (int i = 0, at = 24; i < 5; i++)
        {
            starts[i] = at;
            at += 4 + BinaryPrimitives.ReadInt32LittleEndian(Small.AsSpan(at));
        }

        return starts;
    }

    /// <summary>
    /// Makes lengths of file and last record and all checksums right again, so that the contents themselves are read.
    /// </summary>
    internal static byte[] WithNewChecksums(byte[] bytes)
    {
        if (bytes.Length < 24 + 32) return bytes;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), (ulong)bytes.Length);
        var at = 24;
        while (at + 4 + 8 <= bytes.Length - 32)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            var room = (uint)(bytes.Length - 32 - at - 4);
            if (length < 8 || length > room)
            {
                length = room;
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), length);
            }

            var end = at + 4 + (int)length;
            SHA256.HashData(bytes.AsSpan(at..(end - 8))).AsSpan(0, 8).CopyTo(bytes.AsSpan(end - 8));
            at = end;
        }

        SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)).CopyTo(bytes, bytes.Length - 32);
        return bytes;
    }
}
