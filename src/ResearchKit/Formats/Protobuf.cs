using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>Writes the fields of a message in protobuf's encoding (protobuf.dev/programming-guides/encoding).</summary>
sealed class ProtobufWriter
{
    internal const int VarintType = 0, BytesType = 2, Fixed32Type = 5;
    readonly ArrayBufferWriter<byte> _bytes = new();

    internal ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    internal void Integer(int field, long value)
    {
        Varint((ulong)(field << 3 | VarintType));
        Varint((ulong)value);
    }

    internal void Float(int field, float value)
    {
        Varint((ulong)(field << 3 | Fixed32Type));
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(four, value);
        _bytes.Write(four);
    }

    internal void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint((ulong)(field << 3 | BytesType));
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    internal void Text(int field, string value) => Bytes(field, ProtobufReader.StrictUtf8.GetBytes(value));

    internal void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, inner.Written);
    }

    void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}

/// <summary>Goes through the fields of a message.</summary>
sealed class ProtobufReader(ReadOnlyMemory<byte> bytes, string name, string message, long offset = 0)
{
    internal static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    int _at, _type;
    ulong _value;
    ReadOnlyMemory<byte> _content;
    long _start;

    internal int Field { get; private set; }

    internal bool Next()
    {
        if (_at == bytes.Length)
            return false;
        _start = offset + _at;
        var tag = Varint();
        (Field, _type) = (tag <= int.MaxValue ? (int)(tag >> 3) : 0, (int)(tag & 7));
        switch (_type)
        {
            case ProtobufWriter.VarintType:
                _value = Varint();
                break;
            case ProtobufWriter.BytesType:
                var length = Varint();
                if (length > (ulong)(bytes.Length - _at))
                    throw Damaged($"field {Field} has {length} bytes, of which {bytes.Length - _at} are there");
                _content = bytes.Slice(_at, (int)length);
                _at += (int)length;
                break;
            case ProtobufWriter.Fixed32Type when bytes.Length - _at >= 4:
                _value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[_at..]);
                _at += 4;
                break;
            default:
                throw Damaged($"field {Field} has the wire type {_type}, or ends too early");
        }
        return true;
    }

    internal long Integer() => _type == ProtobufWriter.VarintType ? (long)_value : throw Unexpected();

    internal float Float() => _type == ProtobufWriter.Fixed32Type ? BitConverter.UInt32BitsToSingle((uint)_value) : throw Unexpected();

    internal ReadOnlyMemory<byte> Bytes() => _type == ProtobufWriter.BytesType ? _content : throw Unexpected();

    internal string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes().Span);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged($"the text of field {Field} is not UTF-8");
        }
    }

    internal ProtobufReader Message(string of) => new(Bytes(), name, of, offset + _at - _content.Length);

    /// <summary>One of a repeated integer, or several packed into one field.</summary>
    internal IEnumerable<long> Integers()
    {
        if (_type == ProtobufWriter.VarintType)
            return [(long)_value];
        var packed = new ProtobufReader(Bytes(), name, message, offset + _at - _content.Length);
        var values = new List<long>();
        while (packed._at < packed.Length)
            values.Add((long)packed.Varint());
        return values;
    }

    internal InvalidDataException Unexpected() => Damaged($"field {Field} of wire type {_type} is not one that the kit writes and reads");

    internal InvalidDataException Damaged(string what) => new($"'{name}', {message} at byte {_start}: {what}. It is damaged, or of another program; export it again.");

    int Length => bytes.Length;

    ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at == bytes.Length)
                throw Damaged("it ends within a number");
            var next = bytes.Span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Damaged("a number has more than ten bytes");
    }
}
