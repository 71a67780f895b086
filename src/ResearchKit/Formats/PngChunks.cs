using System.Buffers.Binary;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// The chunks of a PNG file, checked one by one before libpng sees them: libpng stops at the last pixel and would not
/// notice a wrong checksum or missing end after it.
/// </summary>
internal static class PngChunks
{
    public readonly record struct Header(int Width, int Height, int Channels);

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // length, type and checksum of a chunk
    const int Frame = 12;

    // No deflate stream expands by more than this.
    const int LargestExpansion = 1032;

    /// <summary>
    /// Checks order, lengths and checksums of all chunks and the header's limits. Returns the header and a file of
    /// the chunks that determine stored values (IHDR, PLTE, IDAT, IEND).
    /// </summary>
    public static (Header Header, byte[] Essential) Verify(ReadOnlySpan<byte> bytes, string name, long maximumBytes)
    {
        if (!bytes.StartsWith(Signature))
            throw Damaged(name, 0, "the signature of PNG is missing");
        var essential = new MemoryStream(bytes.Length);
        essential.Write(Signature);
        Header header = default;
        long rawLength = 0, packedLength = 0;
        var position = Signature.Length;
        while (true)
        {
            if (bytes.Length - position < Frame)
                throw Damaged(name, position, "the file ends before its end chunk");
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[position..]);
            if (length > bytes.Length - position - Frame)
                throw Damaged(name, position, $"a chunk of {length} bytes runs over the end of the file");
            var chunk = bytes.Slice(position, (int)length + Frame);
            if (Crc32.Of(chunk.Slice(4, (int)length + 4)) != BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]))
                throw Damaged(name, position, "the checksum of a chunk is wrong");
            var type = Encoding.Latin1.GetString(chunk.Slice(4, 4));
            if (type == "IHDR" != (position == Signature.Length))
                throw Damaged(name, position, "the header chunk is not the first and only the first");
            if (type == "IHDR")
                (header, rawLength) = ReadHeader(chunk[8..^4], name, position, maximumBytes);
            if (type is "acTL" or "tRNS")
                throw Damaged(name, position, "transparency and animation are not supported; convert the image to opaque RGB or grey");
            if (type == "IDAT")
                packedLength += length;
            if (type is "IHDR" or "PLTE" or "IDAT" or "IEND")
                essential.Write(chunk);
            else if ((chunk[4] & 0x20) == 0)
                throw Damaged(name, position, "a chunk of unknown kind claims to be essential");
            position += chunk.Length;
            if (type == "IEND")
                break;
        }
        if (position != bytes.Length)
            throw Damaged(name, position, $"{bytes.Length - position} bytes follow the end chunk");
        if (rawLength > packedLength * LargestExpansion)
            throw Damaged(name, 16, $"{packedLength} compressed bytes cannot hold the {rawLength} bytes of its dimensions");
        return (header, essential.ToArray());
    }

    static (Header, long RawLength) ReadHeader(ReadOnlySpan<byte> header, string name, int position, long maximumBytes)
    {
        if (header.Length != 13)
            throw Damaged(name, position, $"the header chunk has {header.Length} bytes instead of 13");
        var width = BinaryPrimitives.ReadUInt32BigEndian(header);
        var height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        var (bits, colour) = (header[8], header[9]);
        var (stored, channels) = colour switch
        {
            0 => (1, 1),
            2 => (3, 3),
            3 => (1, 3),
            4 or 6 => throw Damaged(name, position + 17, "transparency is not supported; convert the image to opaque RGB or grey"),
            _ => throw Damaged(name, position + 17, $"colour type {colour} does not exist"),
        };
        if (bits > 8)
            throw Damaged(name, position + 16, $"{bits} bits a channel are not supported; convert the image to 8");
        var maximum = Math.Min(maximumBytes, Array.MaxLength);
        if (width == 0 || height == 0 || width > int.MaxValue || height > int.MaxValue || (ulong)width * height > (ulong)maximum / (ulong)channels)
            throw Damaged(name, position + 8, $"{width} x {height} pixels of {channels} bytes are outside the limit of {maximum} bytes");
        return (new((int)width, (int)height, channels), (((long)width * stored * bits + 7) / 8 + 1) * height);
    }

    static InvalidDataException Damaged(string name, int offset, string reason) =>
        new($"'{name}' cannot be decoded: {reason} (byte {offset}). Remove it and fetch it again.");
}
