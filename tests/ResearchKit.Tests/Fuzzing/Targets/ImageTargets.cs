using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResearchKit.Formats;
using ResearchKit.Tests.Contract.Samples;
using ResearchKit.Tests.Formats;

namespace ResearchKit.Tests.Fuzzing.Targets;

/// <summary>Most damage to a PNG is caught by the checksums of its chunks; mended, it gets to libpng.</summary>
sealed class PngTarget : FuzzTarget
{
    public override Type Covers => typeof(Png);

    public override IEnumerable<byte[]> Files() => new PngSample().Files();

    public override IReadOnlyList<byte[]> Words =>
        [.. new[] { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "acTL", "zzzz" }.Select(Encoding.ASCII.GetBytes)];

    public override void Decode(byte[] bytes)
    {
        var image = Png.Decode(bytes, "x");
        Assert.Equal(image.Width * image.Height * image.Channels, image.Pixels.Length);
    }

    public override byte[] Mend(byte[] bytes, Random random)
    {
        // The compressed rows have a checksum of their own: half of the time they are packed anew, with what damage they had.
        if (random.Next(2) == 0 && Rows(bytes) is { } rows)
            bytes = [.. bytes.AsSpan(0, bytes.AsSpan().IndexOf("IDAT"u8) - 4), .. Chunk("IDAT", Packed(rows, random)), .. Chunk("IEND", [])];
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12)
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), length = (uint)(bytes.Length - at - 12));
            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(end), Crc32.Of(bytes.AsSpan(at + 4, (int)length + 4)));
            at = end + 4;
        }
        return bytes;
    }

    static byte[]? Rows(byte[] bytes)
    {
        var data = bytes.AsSpan().IndexOf("IDAT"u8) + 4;
        if (data < 12)
            return null;
        var rows = new byte[1024];
        var count = 0;
        try
        {
            using var unpacked = new ZLibStream(new MemoryStream(bytes, data, bytes.Length - data), CompressionMode.Decompress);
            for (int read; count < rows.Length && (read = unpacked.Read(rows.AsSpan(count))) > 0; count += read)
            {
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // As many rows as came before the damage.
        }
        return rows[..count];
    }

    static byte[] Packed(byte[] rows, Random random)
    {
        for (var edits = random.Next(4); edits > 0 && rows.Length > 0; edits--)
            rows[random.Next(rows.Length)] = (byte)random.Next(8);
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(rows);
        return packed.ToArray();
    }

    static byte[] Chunk(string type, byte[] data) =>
        [.. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(data.Length)), .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
}

/// <summary>JPEG has no checksums: all damage gets to libturbojpeg that the header's check lets through.</summary>
sealed class JpegTarget : FuzzTarget
{
    public override Type Covers => typeof(Jpeg);

    public override IEnumerable<byte[]> Files() =>
        [JpegSamples.Colour, JpegSamples.Full, JpegSamples.Progressive, JpegSamples.Grey, JpegSamples.Cmyk];

    public override IReadOnlyList<byte[]> Words =>
        [.. new byte[] { 0xC0, 0xC1, 0xC2, 0xC4, 0xC9, 0xD0, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xE0, 0xEE, 0xFE, 0x00 }
            .Select(marker => new byte[] { 0xFF, marker })];

    public override void Decode(byte[] bytes)
    {
        var image = Jpeg.Decode(bytes, "x");
        Assert.Equal(image.Width * image.Height * image.Channels, image.Pixels.Length);
    }
}

sealed class PgmTarget : FuzzTarget
{
    public override Type Covers => typeof(Pgm);

    public override IEnumerable<byte[]> Files() => new PgmSample().Files();

    public override IReadOnlyList<byte[]> Words => [.. new[] { "P5", "P2", "#", "\n", " ", "# \n" }.Select(Encoding.ASCII.GetBytes)];

    public override void Decode(byte[] bytes)
    {
        var image = Pgm.Decode(bytes, "x");
        Assert.Equal(image.Width * image.Height, image.Pixels.Length);
    }
}
