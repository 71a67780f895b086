using System.Buffers.Binary;
using System.IO.Compression;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class PngTests
{
    const int Grey = 0, Rgb = 2, Palette = 3;

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }

    static byte[] Chunk(string type, params byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        for (var i = 0; i < 4; i++)
            chunk[4 + i] = (byte)type[i];
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    static byte[] Header(int width, int height, int bits, int colour, int interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)bits;
        header[9] = (byte)colour;
        header[12] = (byte)interlace;
        return header;
    }

    static byte[] Deflate(byte[] raw)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(raw);
        return packed.ToArray();
    }

    static byte[] File(params byte[][] chunks) => [0x89, .. "PNG\r\n\x1A\n"u8, .. chunks.SelectMany(chunk => chunk)];

    // Row filters 0 (none), 1 (left) and 2 (above) in turn.
    static byte[] Filtered(byte[] pixels, int rowBytes, int pixelBytes)
    {
        var raw = new List<byte>();
        for (var row = 0; row < pixels.Length / rowBytes; row++)
        {
            var filter = row % 3;
            raw.Add((byte)filter);
            for (var i = 0; i < rowBytes; i++)
            {
                var at = row * rowBytes + i;
                var prediction = filter switch
                {
                    1 => i >= pixelBytes ? pixels[at - pixelBytes] : 0,
                    2 => row > 0 ? pixels[at - rowBytes] : 0,
                    _ => 0,
                };
                raw.Add((byte)(pixels[at] - prediction));
            }
        }
        return [.. raw];
    }

    internal static byte[] Encode(byte[] pixels, int width, int height, int channels, int pieces = 1)
    {
        var packed = Deflate(Filtered(pixels, width * channels, channels));
        var size = (packed.Length + pieces - 1) / pieces;
        var data = packed.Chunk(size).Select(piece => Chunk("IDAT", piece));
        return File([Chunk("IHDR", Header(width, height, 8, channels == 1 ? Grey : Rgb)), .. data, Chunk("IEND")]);
    }

    static byte[] RandomPixels(Random random, int length)
    {
        var pixels = new byte[length];
        random.NextBytes(pixels);
        return pixels;
    }

    [Fact]
    public void Random_images_come_back_unchanged()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var (width, height, channels) = (1 + random.Next(40), 1 + random.Next(40), random.Next(2) == 0 ? 1 : 3);
            var pixels = RandomPixels(random, width * height * channels);
            var image = Png.Decode(Encode(pixels, width, height, channels, 1 + random.Next(3)), "x");
            Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
            Assert.Equal(pixels, image.Pixels);
        }
    }

    [Fact]
    public void Stored_values_do_not_depend_on_gamma_or_text()
    {
        var pixels = RandomPixels(new(6), 48);
        var plain = Encode(pixels, 4, 4, 3);
        var gamma = Chunk("gAMA", 0, 1, 0x86, 0xA0);
        var text = Chunk("tEXt", [.. "a\0b"u8]);
        byte[] extended = [.. plain[..33], .. gamma, .. text, .. plain[33..]];
        Assert.Equal(pixels, Png.Decode(extended, "x").Pixels);
    }

    [Fact]
    public void Palette_and_single_bits_are_expanded()
    {
        var palette = File(Chunk("IHDR", Header(2, 1, 8, Palette)), Chunk("PLTE", 1, 2, 3, 40, 50, 60),
            Chunk("IDAT", Deflate([0, 1, 0])), Chunk("IEND"));
        Assert.Equal([40, 50, 60, 1, 2, 3], Png.Decode(palette, "x").Pixels);
        var bits = File(Chunk("IHDR", Header(3, 1, 1, Grey)), Chunk("IDAT", Deflate([0, 0b1010_0000])), Chunk("IEND"));
        Assert.Equal([255, 0, 255], Png.Decode(bits, "x").Pixels);
    }

    [Fact]
    public void Every_single_bit_flip_is_refused()
    {
        var bytes = Encode(RandomPixels(new(7), 75), 5, 5, 3);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<InvalidDataException>(() => Png.Decode(bytes, "x"));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
        Assert.Equal(5, Png.Decode(bytes, "x").Width);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Encode(RandomPixels(new(8), 75), 5, 5, 3);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => Png.Decode(bytes.AsSpan(0, length), "x"));
    }

    [Fact]
    public void Missing_pixels_within_sound_chunks_are_refused_in_libpngs_words()
    {
        var raw = Filtered(RandomPixels(new(9), 75), 15, 3);
        var fewer = File(Chunk("IHDR", Header(5, 5, 8, Rgb)), Chunk("IDAT", Deflate(raw[..40])), Chunk("IEND"));
        Assert.Contains("libpng says: ", Assert.Throws<InvalidDataException>(() => Png.Decode(fewer, "x")).Message);
        var cut = File(Chunk("IHDR", Header(5, 5, 8, Rgb)), Chunk("IDAT", Deflate(raw)[..30]), Chunk("IEND"));
        Assert.Contains("libpng says: ", Assert.Throws<InvalidDataException>(() => Png.Decode(cut, "x")).Message);
    }

    [Fact]
    public void Hostile_dimensions_are_refused_before_memory_is_taken()
    {
        var data = Chunk("IDAT", Deflate(new byte[100]));
        foreach (var (width, height) in new[] { (int.MaxValue, int.MaxValue), (-1, 1), (0, 5), (5, 0), (30_000, 30_000) })
            Refused(File(Chunk("IHDR", Header(width, height, 8, Rgb)), data, Chunk("IEND")), "outside the limit");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(File(Chunk("IHDR", Header(10_000, 10_000, 8, Rgb)), data, Chunk("IEND")), "cannot hold");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory]
    [InlineData(16, Rgb, "16 bits")]
    [InlineData(8, 6, "transparency")]
    [InlineData(8, 4, "transparency")]
    [InlineData(8, 5, "does not exist")]
    public void What_is_not_supported_says_so(int bits, int colour, string reason) =>
        Refused(File(Chunk("IHDR", Header(2, 2, bits, colour)), Chunk("IDAT", Deflate(new byte[100])), Chunk("IEND")), reason);

    [Fact]
    public void Chunks_out_of_order_are_refused()
    {
        var (header, data, end) = (Chunk("IHDR", Header(1, 1, 8, Grey)), Chunk("IDAT", Deflate([0, 9])), Chunk("IEND"));
        Assert.Equal([9], Png.Decode(File(header, data, end), "x").Pixels);
        Refused(File(data, header, end), "header chunk");
        Refused(File(header, header, data, end), "header chunk");
        Refused([.. File(header, data, end), 0], "1 bytes follow");
        Refused(File(header, Chunk("ABCD"), data, end), "essential");
        Refused(File(header, Chunk("tRNS", 0, 0), data, end), "transparency");
        Refused(File(header, end), "cannot hold");
    }

    [Fact]
    public void Twenty_thousand_mutations_bring_nothing_but_clear_refusals()
    {
        var random = new Random(11);
        byte[][] valid =
        [
            Encode(RandomPixels(random, 60), 5, 4, 3, 2),
            Encode(RandomPixels(random, 20), 5, 4, 1),
            File(Chunk("IHDR", Header(8, 8, 8, Grey, interlace: 1)), Chunk("IDAT", Deflate(new byte[120])), Chunk("IEND")),
            File(Chunk("IHDR", Header(2, 1, 8, Palette)), Chunk("PLTE", 1, 2, 3, 4, 5, 6), Chunk("IDAT", Deflate([0, 1, 0])), Chunk("IEND")),
        ];
        var (_, refused) = Damage.Fuzz(valid, 10_000, 2, bytes => Png.Decode(bytes, "fuzz.file"));
        Assert.InRange(refused, 9_000, 10_000);
        // With checksums put right again, libpng itself sees the damage.
        var (_, damaged) = Damage.Fuzz(valid, 10_000, 3, bytes => Png.Decode(Resealed(bytes), "fuzz.file"));
        Assert.InRange(damaged, 1_000, 10_000 - 100);
    }

    [Fact]
    public void Few_bytes_may_hold_many_pixels_but_a_claim_alone_takes_no_memory()
    {
        const int side = 3000;
        var whole = Encode(new byte[side * side], side, side, 1);
        Assert.InRange(whole.Length, 0, side * side / 17);
        Assert.Equal(side * side, Png.Decode(whole, "x").Pixels.Length);
        byte[][] claims =
        [
            File(Chunk("IHDR", Header(side, side, 8, Grey)), Chunk("IDAT", Deflate(new byte[side * (side - 1)])), Chunk("IEND")),
            File(Chunk("IHDR", Header(side, side, 8, Grey)), Chunk("IDAT", Deflate(new byte[(side + 1) * side])[..^9]), Chunk("IEND")),
        ];
        // Rows are missing in the first; the second is cut.
        foreach (var claim in claims)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InvalidDataException>(() => Png.Decode(claim, "x"));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * claim.Length + (1 << 20));
        }
    }

    static byte[] Resealed(byte[] bytes)
    {
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12)
                break;
            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(end), Crc(bytes.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
        return bytes;
    }

    static void Refused(byte[] bytes, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Png.Decode(bytes, "x")).Message);
}
