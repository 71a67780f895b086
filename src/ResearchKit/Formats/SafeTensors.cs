using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResearchKit.Formats;

/// <summary>What a safetensors file holds: tensors in the order of their data, and text metadata.</summary>
public sealed record SafeTensorFile(IReadOnlyList<SafeTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The tensor of that name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public SafeTensor this[string name] => Tensors.FirstOrDefault(tensor => tensor.Name == name)
        ?? throw new InvalidDataException($"There is no tensor '{name}'; there are {string.Join(", ", Tensors.Select(tensor => tensor.Name))}.");
}

/// <summary>
/// Reads and writes safetensors files (github.com/huggingface/safetensors): the header's length in 8 bytes, little-endian,
/// a JSON header, then the tensors' bytes without gaps. The same content always gives the same bytes.
/// </summary>
public static class SafeTensors
{
    /// <summary>The metadata entry of <see cref="WriteChecked"/>.</summary>
    public const string ChecksumKey = "sha256";

    internal const string MetadataKey = "__metadata__";
    internal const int LengthBytes = 8;
    internal const int ChecksumDigits = 2 * SHA256.HashSizeInBytes;
    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    static readonly string NoChecksum = new('0', ChecksumDigits);

    /// <summary>Writes a file of tensors in the order given.</summary>
    /// <exception cref="ArgumentException">A name is repeated or reserved, a dtype unknown, or a shape does not fit its data.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Header(tensors, metadata ?? new Dictionary<string, string>()));
        foreach (var tensor in tensors)
            stream.Write(tensor.Data.Span);
    }

    /// <summary>
    /// Writes a file whose metadata holds a checksum, <see cref="ChecksumKey"/>: the SHA-256 of the whole file with the
    /// checksum's 64 digits read as zeros. Any reader of safetensors can open it.
    /// </summary>
    /// <exception cref="ArgumentException">As in <see cref="Write"/>, or the metadata already has such an entry.</exception>
    public static void WriteChecked(Stream stream, IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var complete = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>());
        if (!complete.TryAdd(ChecksumKey, NoChecksum))
            throw new ArgumentException($"The metadata may not hold '{ChecksumKey}', which is the checksum's place.", nameof(metadata));
        var header = Header(tensors, complete);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var tensor in tensors)
            hash.AppendData(tensor.Data.Span);
        var (_, place) = SafeTensorHeader.Parse(header.AsSpan(LengthBytes), "the file to write");
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()), header.AsSpan(LengthBytes + place));
        stream.Write(header);
        foreach (var tensor in tensors)
            stream.Write(tensor.Data.Span);
    }

    /// <summary>Reads a file without looking at a checksum.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message says what is wrong.</exception>
    public static SafeTensorFile Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a file of <see cref="WriteChecked"/>. Its checksum is not among the metadata returned.</summary>
    /// <exception cref="InvalidDataException">The file is damaged in any bit, or has no checksum.</exception>
    public static SafeTensorFile ReadChecked(string path) => ParseChecked(File.ReadAllBytes(path), path);

    /// <summary>Whether the bytes begin as a safetensors file does: a length within the file, then a JSON object.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.Length > LengthBytes && bytes[LengthBytes] == '{'
        && BinaryPrimitives.ReadUInt64LittleEndian(bytes) <= (ulong)(bytes.Length - LengthBytes);

    /// <summary>Reads from memory, with its checksum where <see cref="WriteChecked"/> left one.</summary>
    /// <inheritdoc cref="Parse"/>
    public static SafeTensorFile ParseAny(ReadOnlyMemory<byte> bytes, string name) =>
        SafeTensorHeader.Read(bytes, name).ChecksumPlace < 0 ? Parse(bytes, name) : ParseChecked(bytes, name);

    /// <summary>Reads from memory, of which the tensors are slices; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged; the message says what is wrong.</exception>
    public static SafeTensorFile Parse(ReadOnlyMemory<byte> bytes, string name) => SafeTensorHeader.Read(bytes, name).File;

    /// <summary>Reads from memory what <see cref="WriteChecked"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged in any bit, or have no checksum.</exception>
    public static SafeTensorFile ParseChecked(ReadOnlyMemory<byte> bytes, string name)
    {
        var (file, place) = SafeTensorHeader.Read(bytes, name);
        if (place < 0)
            throw new InvalidDataException($"'{name}' has no checksum in its metadata ('{ChecksumKey}'), so it cannot be verified.");
        var start = LengthBytes + place;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes.Span[..start]);
        hash.AppendData(Encoding.ASCII.GetBytes(NoChecksum));
        hash.AppendData(bytes.Span[(start + ChecksumDigits)..]);
        var actual = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
        if (!bytes.Span.Slice(start, ChecksumDigits).SequenceEqual(actual))
            throw new InvalidDataException(
                $"'{name}' is damaged: its SHA-256 is not the one in its metadata. Use an older copy or make it again.");
        var metadata = file.Metadata.Where(entry => entry.Key != ChecksumKey).ToDictionary();
        return new(file.Tensors, metadata);
    }

    internal static void CheckShape(SafeTensor tensor)
    {
        var size = SafeTensor.SizeOf(tensor.DType);
        if (size == 0)
            throw new ArgumentException($"Tensor '{tensor.Name}' has the unknown dtype '{tensor.DType}'.");
        var length = (Int128)size;
        foreach (var dimension in tensor.Shape)
        {
            if (dimension < 0)
                throw new ArgumentException($"Tensor '{tensor.Name}' has a negative dimension, {dimension}.");
            length *= dimension;
            if (length > long.MaxValue)
                throw new ArgumentException($"Tensor '{tensor.Name}' has a shape of more than 2^63 bytes.");
        }
        if (length != tensor.Data.Length)
            throw new ArgumentException(
                $"Tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] and dtype {tensor.DType} does not fit its {tensor.Data.Length} bytes.");
    }

    static byte[] Header(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = false }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                    json.WriteString(Unicode(key), Unicode(value));
                json.WriteEndObject();
            }
            var names = new HashSet<string> { MetadataKey };
            long offset = 0;
            foreach (var tensor in tensors)
            {
                if (!names.Add(tensor.Name))
                    throw new ArgumentException($"The tensor name '{tensor.Name}' is repeated or reserved.", nameof(tensors));
                CheckShape(tensor);
                json.WriteStartObject(Unicode(tensor.Name));
                json.WriteString("dtype", tensor.DType);
                json.WriteStartArray("shape");
                foreach (var dimension in tensor.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight, so that mapped tensors are aligned.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        var header = buffer.ToArray();
        if (header.Length - LengthBytes > SafeTensorHeader.LargestHeader)
            throw new ArgumentException($"The header would have {header.Length} bytes; readers refuse more than {SafeTensorHeader.LargestHeader}.");
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - LengthBytes);
        return header;
    }

    // The JSON writer would replace halves of surrogate pairs, and another text would come back.
    static byte[] Unicode(string text) => StrictUtf8.GetBytes(text);
}
