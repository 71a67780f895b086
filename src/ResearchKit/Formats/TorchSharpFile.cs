using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// TorchSharp's <c>.dat</c> files: the number of tensors; for each its name (length in bytes, UTF-8), the code of its dtype, its number of
/// dimensions and their sizes, and its elements, little-endian in row-major order. Numbers are unsigned LEB128. There is neither a magic
/// number nor a checksum, so a file is one that can be read to its end.
/// </summary>
public static class TorchSharpFile
{
    const int LongestName = 1 << 16, MostDimensions = 64;

    /// <summary>The dtypes in the order of libtorch's codes; those without a name here are no safetensors dtypes.</summary>
    static readonly string[] DTypes = ["U8", "I8", "I16", "I32", "I64", "F16", "F32", "F64", "", "", "", "BOOL", "", "", "", "BF16"];

    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Writes tensors in the order given; TorchSharp's <c>Module.load</c> reads them.</summary>
    /// <exception cref="ArgumentException">A shape does not fit its data, a name is repeated or too long, or TorchSharp lacks a dtype.</exception>
    public static void Write(Stream stream, IReadOnlyList<SafeTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>();
        foreach (var tensor in tensors)
        {
            SafeTensors.CheckShape(tensor);
            if (Array.IndexOf(DTypes, tensor.DType) < 0)
                throw new ArgumentException($"Tensor '{tensor.Name}' is {tensor.DType}, which TorchSharp's files cannot hold.", nameof(tensors));
            if (!names.Add(tensor.Name) || StrictUtf8.GetByteCount(tensor.Name) > LongestName)
                throw new ArgumentException($"The tensor name '{tensor.Name}' is repeated or too long.", nameof(tensors));
        }
        using var writer = new BinaryWriter(stream, StrictUtf8, leaveOpen: true);
        writer.Write7BitEncodedInt64(tensors.Count);
        foreach (var tensor in tensors)
        {
            writer.Write(tensor.Name);
            writer.Write7BitEncodedInt64(Array.IndexOf(DTypes, tensor.DType));
            writer.Write7BitEncodedInt64(tensor.Shape.Length);
            foreach (var size in tensor.Shape)
                writer.Write7BitEncodedInt64(size);
            writer.Write(tensor.Data.Span);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged or something else; the message says where.</exception>
    public static IReadOnlyList<SafeTensor> Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads from memory, of which the tensors are slices; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or something else; the message says where.</exception>
    public static IReadOnlyList<SafeTensor> Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var reader = new Reader(bytes, name);
        var count = reader.Number(int.MaxValue, "the number of tensors");
        var tensors = new List<SafeTensor>();
        var names = new HashSet<string>();
        for (long i = 0; i < count; i++)
        {
            var tensor = reader.Tensor();
            if (!names.Add(tensor.Name))
                throw reader.Damaged($"the name '{tensor.Name}' is repeated");
            tensors.Add(tensor);
        }
        return reader.AtEnd ? tensors : throw reader.Damaged("more bytes follow the last tensor");
    }

    sealed class Reader(ReadOnlyMemory<byte> bytes, string name)
    {
        int position;

        public bool AtEnd => position == bytes.Length;

        public InvalidDataException Damaged(string reason) =>
            new($"'{name}' cannot be read as a TorchSharp file: {reason} (byte {position}). If it should be one, save it again from the model.");

        public SafeTensor Tensor()
        {
            var text = Take(Number(LongestName, "the length of a name"), "a name").Span;
            string tensor;
            try
            {
                tensor = StrictUtf8.GetString(text);
            }
            catch (DecoderFallbackException)
            {
                throw Damaged("a name is not UTF-8");
            }
            var code = Number(DTypes.Length - 1, $"the dtype of '{tensor}'");
            if (DTypes[code] is not { Length: > 0 } dtype)
                throw Damaged($"'{tensor}' has the dtype of code {code}, which is not read");
            var shape = new long[Number(MostDimensions, $"the number of dimensions of '{tensor}'")];
            Int128 length = SafeTensor.SizeOf(dtype);
            for (var d = 0; d < shape.Length; d++)
            {
                shape[d] = Number(long.MaxValue, $"a size of '{tensor}'");
                length *= shape[d];
                if (length > long.MaxValue)
                    throw Damaged($"'{tensor}' has more than 2^63 bytes");
            }
            return new(tensor, dtype, shape, Take((long)length, $"the elements of '{tensor}'"));
        }

        public long Number(long most, string what)
        {
            ulong value = 0;
            for (var shift = 0; shift < 63; shift += 7)
            {
                var next = Take(1, what).Span[0];
                value |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return value <= (ulong)most ? (long)value : throw Damaged($"{what} is {value}, more than {most}");
            }
            throw Damaged($"{what} does not end");
        }

        ReadOnlyMemory<byte> Take(long count, string what)
        {
            if (count > bytes.Length - position)
                throw Damaged($"the file ends within {what}, {count - (bytes.Length - position)} bytes short");
            position += (int)count;
            return bytes.Slice(position - (int)count, (int)count);
        }
    }
}
