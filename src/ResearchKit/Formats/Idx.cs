using System.Buffers.Binary;

namespace ResearchKit.Formats;

/// <summary>An array of unsigned bytes in row-major order, as MNIST's files hold it.</summary>
/// <param name="Shape">Images: [count, rows, columns]; labels: [count].</param>
/// <param name="Data">One byte for each pixel or label.</param>
public sealed record IdxArray(int[] Shape, byte[] Data);

/// <summary>Reads MNIST's uncompressed idx files: a magic number, one big-endian 32-bit size per dimension, then the bytes.</summary>
public static class Idx
{
    const uint Labels = 0x0000_0801, Images = 0x0000_0803;
    const int MagicLength = 4;

    /// <summary>Reads a file of images, [count, rows, columns].</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is something else.</exception>
    public static IdxArray ReadImages(string path) => Parse(File.ReadAllBytes(path), Images, path);

    /// <summary>Reads a file of labels, [count].</summary>
    /// <exception cref="InvalidDataException">The file is damaged or is something else.</exception>
    public static IdxArray ReadLabels(string path) => Parse(File.ReadAllBytes(path), Labels, path);

    /// <summary>Reads images from memory; <paramref name="name"/> stands for the file in error messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or are something else.</exception>
    public static IdxArray ParseImages(ReadOnlySpan<byte> bytes, string name) => Parse(bytes, Images, name);

    /// <summary>Reads labels from memory; <paramref name="name"/> stands for the file in error messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or are something else.</exception>
    public static IdxArray ParseLabels(ReadOnlySpan<byte> bytes, string name) => Parse(bytes, Labels, name);

    static IdxArray Parse(ReadOnlySpan<byte> bytes, uint magic, string name)
    {
        if (bytes.Length < MagicLength)
            throw Damaged(name, 0, $"the file ends after {bytes.Length} bytes, before its magic number");
        var found = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (found != magic)
            throw Damaged(name, 0, $"the magic number is 0x{found:X8}, expected 0x{magic:X8} ({Kind(magic)}){Hint(found)}");
        var rank = (int)(magic & 0xFF);
        var start = MagicLength + 4 * rank;
        if (bytes.Length < start)
            throw Damaged(name, bytes.Length, $"the file ends within its {rank} dimensions");
        var shape = new int[rank];
        // Sizes are checked against the file's length before anything is allocated; each factor is below 2^31, so that a
        // product held at or below the file's length cannot overflow.
        long length = 1;
        for (var i = 0; i < rank; i++)
        {
            var offset = MagicLength + 4 * i;
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
            if (size > int.MaxValue)
                throw Damaged(name, offset, $"dimension {i} is {size}, which is too large");
            if (size == 0)
                throw Damaged(name, offset, $"dimension {i} is 0");
            shape[i] = (int)size;
            length *= size;
            if (length > bytes.Length - start)
                throw Damaged(name, offset, $"the dimensions need at least {length} bytes of data, the file has {bytes.Length - start}");
        }
        if (length != bytes.Length - start)
            throw Damaged(name, start + length, $"{bytes.Length - start - length} bytes follow the {length} bytes of data");
        return new(shape, bytes[start..].ToArray());
    }

    static string Kind(uint magic) => magic == Images ? "images of bytes" : "labels of bytes";

    static string Hint(uint found) => found switch
    {
        Labels or Images => $"; these are {Kind(found)}",
        >= 0x1F8B_0000 and <= 0x1F8B_FFFF => "; this is gzip, decompress it first",
        _ => "",
    };

    static InvalidDataException Damaged(string name, long offset, string reason) =>
        new($"'{name}' is not the idx file expected: {reason} (byte {offset}). Remove it and fetch it again.");
}
