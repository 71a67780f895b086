using System.Buffers.Binary;
using System.Text.Json;

namespace ResearchKit.Formats;

/// <summary>The strict reading of a safetensors header: whatever the format does not allow is refused with its place.</summary>
internal sealed class SafeTensorHeader
{
    public const long LargestHeader = 100_000_000;

    readonly record struct Entry(string Name, string DType, long[] Shape, long Begin, long End, int Order);

    readonly List<Entry> entries = [];
    readonly Dictionary<string, string> metadata = [];
    int checksumPlace = -1;

    /// <summary>Reads a file; the place is the offset of the checksum's digits after the length field, or -1.</summary>
    public static (SafeTensorFile File, int ChecksumPlace) Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length < SafeTensors.LengthBytes)
            throw Damaged(name, 0, $"the file ends after {bytes.Length} bytes, within the length of its header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > LargestHeader)
            throw Damaged(name, 0, $"the header's length, {length}, is above the limit of {LargestHeader}");
        var start = SafeTensors.LengthBytes + (int)length;
        if (start > bytes.Length)
            throw Damaged(name, 0, $"the header's length, {length}, reaches over the end of the file of {bytes.Length} bytes");
        var (header, place) = Parse(bytes.Span[SafeTensors.LengthBytes..start], name);
        var tensors = new List<SafeTensor>(header.entries.Count);
        long end = 0;
        foreach (var entry in header.entries.OrderBy(entry => (entry.Begin, entry.End, entry.Order)))
        {
            if (entry.Begin != end)
                throw Damaged(name, start + end, $"tensor '{entry.Name}' begins at data byte {entry.Begin}, where {end} is next: "
                    + (entry.Begin < end ? "it overlaps another" : "there is a gap"));
            if (entry.End > bytes.Length - start)
                throw Damaged(name, bytes.Length, $"tensor '{entry.Name}' ends at data byte {entry.End}, the file at {bytes.Length - start}");
            var tensor = new SafeTensor(entry.Name, entry.DType, entry.Shape, bytes.Slice(start + (int)entry.Begin, (int)(entry.End - entry.Begin)));
            try
            {
                SafeTensors.CheckShape(tensor);
            }
            catch (ArgumentException e)
            {
                throw Damaged(name, start + entry.Begin, e.Message.TrimEnd('.'));
            }
            tensors.Add(tensor);
            end = entry.End;
        }
        if (end != bytes.Length - start)
            throw Damaged(name, start + end, $"{bytes.Length - start - end} bytes follow the last tensor");
        return (new(tensors, header.metadata), place);
    }

    /// <summary>Reads the JSON part only.</summary>
    public static (SafeTensorHeader Header, int ChecksumPlace) Parse(ReadOnlySpan<byte> json, string name)
    {
        if (json.Length == 0 || json[0] != (byte)'{')
            throw Damaged(name, SafeTensors.LengthBytes, "the header does not begin with '{'");
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            var header = new SafeTensorHeader();
            header.ReadObject(ref reader);
            if (reader.Read())
                throw new JsonException("something follows the header's object");
            return (header, header.checksumPlace);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no valid UTF-8 or UTF-16.
            throw Damaged(name, SafeTensors.LengthBytes + reader.TokenStartIndex, $"the header cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    void ReadObject(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var names = new HashSet<string>();
        while (Key(ref reader, names) is { } key)
        {
            if (key == SafeTensors.MetadataKey)
                ReadMetadata(ref reader);
            else
                entries.Add(ReadEntry(ref reader, key));
        }
    }

    void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var names = new HashSet<string>();
        while (Key(ref reader, names) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            metadata[key] = reader.GetString()!;
            if (key == SafeTensors.ChecksumKey && !reader.ValueIsEscaped && reader.ValueSpan.Length == SafeTensors.ChecksumDigits)
                checksumPlace = (int)reader.TokenStartIndex + 1;
        }
    }

    Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        string? dtype = null;
        long[]? shape = null, offsets = null;
        var names = new HashSet<string>();
        while (Key(ref reader, names) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    dtype = reader.GetString();
                    break;
                case "shape":
                    shape = Numbers(ref reader);
                    break;
                case "data_offsets":
                    offsets = Numbers(ref reader);
                    break;
                default:
                    throw new JsonException($"tensor '{name}' has an unknown field '{key}'");
            }
        }
        if (dtype is null || shape is null || offsets is null)
            throw new JsonException($"tensor '{name}' lacks dtype, shape or data_offsets");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw new JsonException($"tensor '{name}' has data_offsets [{string.Join(", ", offsets)}]; begin and end are needed");
        return new(name, dtype, shape, offsets[0], offsets[1], entries.Count);
    }

    static string? Key(ref Utf8JsonReader reader, HashSet<string> names)
    {
        if (!reader.Read())
            throw new JsonException("the header ends too early");
        if (reader.TokenType == JsonTokenType.EndObject)
            return null;
        var key = reader.GetString()!;
        return names.Add(key) ? key : throw new JsonException($"the key '{key}' is repeated");
    }

    static long[] Numbers(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw new JsonException("a shape or offset is not an integer of zero or more");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new JsonException($"{type} is expected, {reader.TokenType} found");
    }

    static InvalidDataException Damaged(string name, long offset, string reason) =>
        new($"'{name}' is not a valid safetensors file: {reason} (byte {offset}).");
}
