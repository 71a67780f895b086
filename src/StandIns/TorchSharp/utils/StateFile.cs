using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// TorchSharp's <c>.dat</c> layout: a count, then for each entry its name, dtype, shape and elements, without magic or checksum.
/// Integers are unsigned LEB128. A reader therefore checks every number against what may stand there before it allocates.
/// </summary>
static class StateFile
{
    static readonly Operator s_contiguous = new("aten::contiguous"), s_empty = new("aten::empty", "memory_format");

    internal const int MaxDimensions = 64;
    const int MaxNameBytes = 1 << 16;

    internal static void WriteCount(BinaryWriter writer, long value)
    {
        var v = (ulong)value;
        while (v >= 0x80)
        {
            writer.Write((byte)(v | 0x80));
            v >>= 7;
        }

        writer.Write((byte)v);
    }

    internal static void WriteTensor(BinaryWriter writer, Tensor tensor)
    {
        WriteCount(writer, (long)tensor.dtype);
        var shape = tensor.shape;
        WriteCount(writer, shape.Length);
        foreach (long size in shape)
        {
            WriteCount(writer, size);
        }

        using var mode = no_grad();
        using var contiguous = s_contiguous.Call(tensor);
        writer.Write((ReadOnlySpan<byte>)contiguous.bytes);
        GC.KeepAlive(contiguous);
    }

    /// <summary>Reads with the place in mind, for messages that name it.</summary>
    internal sealed class Reader(BinaryReader reader, string source)
    {
        long _at;

        internal InvalidDataException Damaged(string what) => new(
            $"{source}: {what} at byte {_at}. The file is damaged or no TorchSharp state; save it again from the model.");

        internal byte Byte()
        {
            Span<byte> one = stackalloc byte[1];
            Exactly(one, "a number");
            return one[0];
        }

        internal void Exactly(Span<byte> buffer, string what)
        {
            int got = 0;
            while (got < buffer.Length)
            {
                int n = reader.Read(buffer[got..]);
                if (n == 0)
                {
                    _at += got;
                    throw Damaged($"the end of the file in {what}, {buffer.Length - got} bytes short,");
                }

                got += n;
            }

            _at += buffer.Length;
        }

        internal long Count(long most, string what)
        {
            ulong value = 0;
            for (int shift = 0; shift < 63; shift += 7)
            {
                byte b = Byte();
                value |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                {
                    return value <= (ulong)most ? (long)value : throw Damaged($"{what} of {value}, more than {most},");
                }
            }

            throw Damaged($"{what} that does not end");
        }

        internal double Double()
        {
            Span<byte> eight = stackalloc byte[8];
            Exactly(eight, "a number");
            return System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(eight);
        }

        internal string Name()
        {
            var bytes = new byte[Count(MaxNameBytes, "a name's length")];
            Exactly(bytes, "a name");
            try
            {
                return new UTF8Encoding(false, true).GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                throw Damaged("a name that is no UTF-8");
            }
        }

        /// <summary>Dtype, shape and number of bytes of the elements that follow.</summary>
        internal (ScalarType DType, long[] Shape, long Bytes) Header(string name)
        {
            long code = Count(15, $"a dtype code of '{name}'");
            if (!Enum.IsDefined((ScalarType)code))
            {
                throw Damaged($"an unknown dtype code {code} of '{name}'");
            }

            var shape = new long[Count(MaxDimensions, $"a number of dimensions of '{name}'")];
            long bytes = Tensor.SizeOf((ScalarType)code);
            for (int d = 0; d < shape.Length; d++)
            {
                shape[d] = Count(long.MaxValue, $"a size of '{name}'");
                bytes = Math.BigMul(bytes, shape[d], out long low) == 0 && low >= 0 ? low : throw Damaged($"an impossible size {shape[d]} of '{name}'");
            }

            return ((ScalarType)code, shape, bytes);
        }

        /// <summary>Reads elements of a known dtype and shape; nothing is allocated for other ones.</summary>
        internal Tensor Elements(string name, Tensor like)
        {
            var (dtype, shape, _) = Header(name);
            if (dtype != like.dtype || !shape.AsSpan().SequenceEqual(like.shape))
            {
                throw new ArgumentException($"{source}: '{name}' is {dtype}[{string.Join(", ", shape)}] in the file, but {like.Signature()} here.");
            }

            var tensor = s_empty.Call(shape, dtype);
            Exactly(tensor.bytes, $"the elements of '{name}'");
            return tensor;
        }

        internal void SkipElements(string name)
        {
            long left = Header(name).Bytes;
            var buffer = new byte[Math.Min(left, 1 << 16)];
            while (left > 0)
            {
                int n = (int)Math.Min(left, buffer.Length);
                Exactly(buffer.AsSpan(0, n), $"the elements of '{name}'");
                left -= n;
            }
        }
    }

    /// <summary>Writes a file beside its place and then puts it there, so that an interrupted save leaves the old one whole.</summary>
    internal static void Replace(string location, Action<BinaryWriter> write)
    {
        string temporary = $"{location}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = File.Create(temporary))
            {
                using var writer = new BinaryWriter(stream);
                write(writer);
                writer.Flush();
                stream.Flush(true);
            }

            File.Move(temporary, location, true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
