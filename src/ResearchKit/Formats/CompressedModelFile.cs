using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// A file of compressed tensors: what Deep Compression (arXiv:1510.00149) makes of a network, with names, shapes and checksums.
/// </summary>
/// <remarks>
/// <para>All numbers are little-endian. The file: magic number (8 bytes), version (u32), number of tensors (u32), length of the
/// file (u64); a record for each tensor; SHA-256 of everything before it.</para>
/// <para>A record: length of what follows (u32); kind (u8: 0 dense, 1 pruned, 2 quantised, 3 binary); name (u16 length, UTF-8); rank (u8)
/// and sizes (u32 each); the contents; the first 8 bytes of the SHA-256 of the record from its length to its contents.</para>
/// <para>Contents of a dense tensor: float32 values. Pruned: width of a gap (u8), number of entries (u32), gaps, float32 values.
/// Quantised: width of a code (u8), width of a gap (u8), number of entries (u32), number of codebook values (u16), codebook
/// (float32, the first 0), codes, gaps. Codes and gaps are coded numbers: coding (u8), length in bytes (u32), data: coding 0
/// packs numbers of the fixed width; coding 1 has a Huffman table (4 bits per number of the alphabet) before a
/// <see cref="HuffmanStream"/>. Binary: number of scales (u32), scales (float32), a bit for each sign, the unused ones of the last
/// byte 0. With Huffman coding asked for, the writer takes it where it is smaller, table included.</para>
/// </remarks>
public static class CompressedModelFile
{
    internal const uint Version = 1;
    internal const int HeaderBytes = 8 + 4 + 4 + 8;
    internal const int RecordChecksumBytes = 8;
    internal const int ChecksumBytes = 32;
    internal const byte Dense = 0, Pruned = 1, Quantized = 2, Binary = 3;
    internal const byte FixedWidth = 0, Huffman = 1;

    /// <summary>The first byte is no ASCII and line ends of both kinds follow, so that conversions of text show.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x89, (byte)'R', (byte)'K', (byte)'C', (byte)'M', 0x0D, 0x0A, 0x1A];

    internal static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the bytes begin with the format's magic number.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Writes the tensors to a file as a whole: until all is on the disk, an older file stays.</summary>
    /// <returns>What the file consists of.</returns>
    /// <exception cref="ArgumentException">As <see cref="Write(Stream, IReadOnlyList{CompressedTensor}, bool)"/>.</exception>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public static StorageReport Write(string path, IReadOnlyList<CompressedTensor> tensors, bool huffman)
    {
        var (bytes, report) = CompressedModelWriter.Write(tensors, huffman);
        AtomicFile.Write(path, stream => stream.Write(bytes));
        return report;
    }

    /// <summary>Writes the tensors to a stream.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="tensors">Tensors with different names.</param>
    /// <param name="huffman">Whether codes and gaps are Huffman coded (the paper's P+Q+H) or of fixed width (P+Q).</param>
    /// <returns>What the file consists of.</returns>
    /// <exception cref="ArgumentException">A tensor's parts do not belong together, or two tensors have one name.</exception>
    public static StorageReport Write(Stream stream, IReadOnlyList<CompressedTensor> tensors, bool huffman)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (bytes, report) = CompressedModelWriter.Write(tensors, huffman);
        stream.Write(bytes);
        return report;
    }

    /// <summary>The file's bytes.</summary>
    /// <exception cref="ArgumentException">As <see cref="Write(Stream, IReadOnlyList{CompressedTensor}, bool)"/>.</exception>
    public static byte[] ToBytes(IReadOnlyList<CompressedTensor> tensors, bool huffman, out StorageReport report)
    {
        (var bytes, report) = CompressedModelWriter.Write(tensors, huffman);
        return bytes;
    }

    /// <summary>Reads the tensors of a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind; the message names file, tensor and
    /// offset.</exception>
    public static IReadOnlyList<CompressedTensor> Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <summary>Reads the tensors of a stream, to its end.</summary>
    /// <param name="stream">The stream, from its current position.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind; the message names file, tensor and
    /// offset.</exception>
    public static IReadOnlyList<CompressedTensor> Read(Stream stream, string name = "compressed model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.GetBuffer().AsSpan(0, (int)memory.Length), name);
    }

    /// <summary>Reads the tensors of a file in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind; the message names file, tensor and
    /// offset.</exception>
    public static IReadOnlyList<CompressedTensor> Read(ReadOnlySpan<byte> bytes, string name = "compressed model") =>
        CompressedModelReader.Read(bytes, name);
}
