using System.Buffers.Binary;

namespace ResearchKit.Formats;

/// <summary>What the segments of a JPEG file before its first scan say, checked before libturbojpeg sees them.</summary>
readonly record struct JpegHeader(int Width, int Height, int Components)
{
    const byte Prefix = 0xFF, StartOfImage = 0xD8, StartOfScan = 0xDA;

    // A block of 64 pixels takes at least one bit of a Huffman-coded scan, and one of four channels two.
    const long PixelsPerByte = 64 * 8;

    public long DecodedBytes => (long)Width * Height * Components;

    /// <exception cref="InvalidDataException">It is no JPEG of a supported kind, or its size is implausible.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> bytes, string name, long maximumBytes)
    {
        if (!bytes.StartsWith([Prefix, StartOfImage]))
            throw Refused(name, 0, "it does not begin as a JPEG does");
        JpegHeader? header = null;
        for (var at = 2; ;)
        {
            if (at + 4 > bytes.Length)
                throw Refused(name, at, "the file ends before its first scan");
            if (bytes[at] != Prefix)
                throw Refused(name, at, $"0x{bytes[at]:X2} stands where a marker should");
            var marker = bytes[at + 1];
            if (marker == Prefix) // fill
            {
                at++;
                continue;
            }
            if (marker is StartOfScan)
                return header ?? throw Refused(name, at, "a scan comes before the frame's header");
            if (marker is < 0xC0 or >= 0xD0 and <= 0xD9)
                throw Refused(name, at, $"marker 0x{marker:X2} has no place before the first scan");
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || length > bytes.Length - at - 2)
                throw Refused(name, at, $"a segment of {length} bytes runs over the end of the file");
            if (IsFrame(marker))
            {
                if (header is not null)
                    throw Refused(name, at, "there is a second frame");
                header = ReadFrame(marker, bytes.Slice(at + 4, length - 2), name, at, maximumBytes, bytes.Length);
            }
            at += 2 + length;
        }
    }

    // 0xC4, 0xC8 and 0xCC among them are tables and an extension.
    static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    static JpegHeader ReadFrame(byte marker, ReadOnlySpan<byte> frame, string name, int at, long maximumBytes, int fileBytes)
    {
        if (marker > 0xC2)
            throw Refused(name, at, "lossless, hierarchical and arithmetic coding are not supported; save it as a usual JPEG");
        if (frame.Length < 6 || frame.Length != 6 + 3 * frame[5])
            throw Refused(name, at, "the frame's header has the wrong length");
        if (frame[0] != 8)
            throw Refused(name, at, $"{frame[0]} bits a channel are not supported; save it with 8");
        var (height, width, components) =
            (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), frame[5]);
        if (components is not (1 or 3 or 4))
            throw Refused(name, at, $"{components} channels are not supported");
        var header = new JpegHeader(width, height, components);
        var maximum = Math.Min(maximumBytes, Array.MaxLength);
        if (header.DecodedBytes == 0 || header.DecodedBytes > maximum)
            throw Refused(name, at, $"{width} x {height} pixels of {components} bytes are outside the limit of {maximum} bytes");
        if ((long)width * height > PixelsPerByte * fileBytes / (components / 4 + 1))
            throw Refused(name, at, $"{fileBytes} bytes cannot hold {width} x {height} pixels");
        return header;
    }

    static InvalidDataException Refused(string name, int offset, string reason) =>
        new($"'{name}' cannot be decoded: {reason} (byte {offset}). Remove it and fetch it again.");
}
