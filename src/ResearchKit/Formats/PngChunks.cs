using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// The chunks of a PNG file, checked one by one before libpng sees them: libpng stops at the last pixel and would not
/// notice a wrong checksum or missing end after it.
/// </summary>
internal static partial class PngChunks
{
    public readonly record struct Header(int Width, int Height, int Channels)
    {
        public long Bytes => (long)Width * Height * Channels;
    }

    static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // length, type and checksum of a chunk
    const int Frame = 12;

    // No deflate stream expands by more than this.
    const int LargestExpansion = 1032;

    // What grows by more than this, a mebibyte aside, is unpacked once without being kept before memory is taken for it.
    const int UsualExpansion = 16, Allowance = 1 << 20;

    // Adam7: the first column and row of each pass, and the steps to the next.
    static readonly (int Left, int Top, int Across, int Down)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>
    /// Checks order, lengths and checksums of all chunks and the header's limits. Returns the header and a file of
    /// the chunks that determine stored values (IHDR, PLTE, IDAT, IEND).
    /// </summary>
    public static (Header Header, byte[] Essential) Verify(ReadOnlySpan<byte> bytes, string name, long maximumBytes)
    {
        if (!bytes.StartsWith(Signature))
            throw Damaged(name, 0, "the signature of PNG is missing");
        var essential = new MemoryStream(bytes.Length);
        var packed = new MemoryStream();
        essential.Write(Signature);
        Header header = default;
        long rawLength = 0, packedLength = 0, mostKept = (long)UsualExpansion * bytes.Length + Allowance;
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
            {
                packedLength += length;
                if (header.Bytes > mostKept)
                    packed.Write(chunk[8..^4]);
            }
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
        if (header.Bytes > mostKept)
            VerifyData(packed, rawLength, name);
        return (header, essential.ToArray());
    }

    // .NET's stream takes the end of its input for the end of the data, so length and checksum are compared here.
    static void VerifyData(MemoryStream packed, long length, string name)
    {
        packed.Position = 0;
        var buffer = new byte[1 << 16];
        long total = 0;
        nuint checksum = 1;
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true);
            for (int read; (read = unpacked.Read(buffer)) > 0; total += read)
                checksum = adler32(checksum, buffer, read);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Damaged(name, 0, $"its compressed data are damaged: {e.Message.TrimEnd('.')}");
        }
        if (total != length)
            throw Damaged(name, 16, $"its data unpack to {total} bytes, and its dimensions need {length}");
        if (BinaryPrimitives.ReadUInt32BigEndian(packed.GetBuffer().AsSpan((int)packed.Length - 4)) != checksum)
            throw Damaged(name, 0, "the checksum of its compressed data is wrong");
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
        if (header[12] > 1)
            throw Damaged(name, position + 20, $"interlacing {header[12]} does not exist");
        var rawLength = header[12] == 0 ? Rows(width, height)
            : Passes.Sum(p => Rows(Part(width, p.Left, p.Across), Part(height, p.Top, p.Down)));
        return (new((int)width, (int)height, channels), rawLength);

        // Each row has the number of its filter in front.
        long Rows(long columns, long rows) => columns == 0 ? 0 : ((columns * stored * bits + 7) / 8 + 1) * rows;

        static long Part(long length, int first, int step) => (length - first + step - 1) / step;
    }

    static InvalidDataException Damaged(string name, int offset, string reason) =>
        new($"'{name}' cannot be decoded: {reason} (byte {offset}). Remove it and fetch it again.");

    [LibraryImport("libz.so.1")]
    private static partial nuint adler32(nuint checksum, ReadOnlySpan<byte> bytes, int count);
}
