using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace ResearchKit.Notebooks.Caching;

/// <summary>Reads what <see cref="ValueWriter"/> has written.</summary>
sealed class ValueReader(byte[] bytes) : IDisposable
{
    readonly BinaryReader _in = new(new MemoryStream(bytes, writable: false), Encoding.Unicode);
    readonly List<object> _known = [];

    /// <summary>The value of the next variable.</summary>
    /// <exception cref="InvalidDataException">It is of another type than was written.</exception>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    public object? Read(Type declared)
    {
        if (Nullable.GetUnderlyingType(declared) is { } inner)
            return _in.ReadBoolean() ? Content(inner) : null;
        if (declared.IsValueType)
            return Content(declared);
        var mark = (ObjectMark)_in.ReadByte();
        if (mark == ObjectMark.Null)
            return null;
        if (mark == ObjectMark.Before)
            return _known[_in.ReadInt32()];
        var type = mark switch
        {
            ObjectMark.Declared => declared,
            ObjectMark.Named => Type.GetType(_in.ReadString(), throwOnError: true)!,
            ObjectMark.SameArguments => Type.GetType(_in.ReadString(), throwOnError: true)!.MakeGenericType(declared.GenericTypeArguments),
            ObjectMark.ArrayOfArgument => declared.GenericTypeArguments[0].MakeArrayType(),
            _ => throw new InvalidDataException($"{mark} is no mark of an object."),
        };
        return declared.IsAssignableFrom(type) ? Content(type) : throw new InvalidDataException($"{type} is not {declared}.");
    }

    /// <summary>Throws if something is left.</summary>
    public void End()
    {
        if (_in.BaseStream.Position != _in.BaseStream.Length)
            throw new InvalidDataException("There are more values than variables.");
    }

    public void Dispose() => _in.Dispose();

    object Content(Type type)
    {
        switch (StorableTypes.Of(type))
        {
            case Storage.Plain:
                return Plain(type);
            case Storage.Enumeration:
                return Enum.ToObject(type, Plain(Enum.GetUnderlyingType(type)));
            case Storage.Array:
                return Elements(type);
            case Storage.List:
                var list = Know((IList)Activator.CreateInstance(type)!);
                for (var n = _in.ReadInt32(); n > 0; n--)
                    list.Add(Read(type.GenericTypeArguments[0]));
                return list;
            case Storage.Set:
                var set = Know(Activator.CreateInstance(type)!);
                var add = type.GetMethod("Add")!;
                for (var n = _in.ReadInt32(); n > 0; n--)
                    add.Invoke(set, [Read(type.GenericTypeArguments[0])]);
                return set;
            case Storage.Dictionary:
                var dictionary = Know((IDictionary)Activator.CreateInstance(type)!);
                for (var n = _in.ReadInt32(); n > 0; n--)
                {
                    var key = Read(type.GenericTypeArguments[0])!;
                    dictionary.Add(key, Read(type.GenericTypeArguments[1]));
                }
                return dictionary;
            case Storage.Tensor:
                return Tensor();
            case Storage.Fields:
                var value = RuntimeHelpers.GetUninitializedObject(type);
                if (!type.IsValueType)
                    Know(value);
                foreach (var field in StorableTypes.Fields(type))
                    field.SetValue(value, Read(field.FieldType));
                return value;
            default:
                throw new InvalidDataException($"{type} is not kept.");
        }
    }

    T Know<T>(T value) where T : notnull
    {
        _known.Add(value);
        return value;
    }

    Array Elements(Type type)
    {
        var element = type.GetElementType()!;
        var lengths = new int[type.GetArrayRank()];
        for (var d = 0; d < lengths.Length; d++)
            lengths[d] = _in.ReadInt32();
        var array = Know(Array.CreateInstance(element, lengths));
        if (element.IsPrimitive && element != typeof(nint) && element != typeof(nuint))
        {
            _in.BaseStream.ReadExactly(ValueWriter.RawBytes(array));
            return array;
        }
        var place = new int[lengths.Length];
        for (long n = 0; n < array.LongLength; n++)
        {
            array.SetValue(Read(element), place);
            for (var d = place.Length - 1; d >= 0 && ++place[d] == lengths[d]; d--)
                place[d] = 0;
        }
        return array;
    }

    torch.Tensor Tensor()
    {
        var type = (torch.ScalarType)_in.ReadInt32();
        var shape = new long[_in.ReadInt32()];
        for (var d = 0; d < shape.Length; d++)
            shape[d] = _in.ReadInt64();
        // A session's variable outlives whatever scope the reading stands in.
        var tensor = Know(torch.zeros(shape, type).DetachFromDisposeScope());
        _in.BaseStream.ReadExactly(tensor.bytes);
        return tensor;
    }

    object Plain(Type type) => type switch
    {
        _ when type == typeof(bool) => _in.ReadBoolean(),
        _ when type == typeof(byte) => _in.ReadByte(),
        _ when type == typeof(sbyte) => _in.ReadSByte(),
        _ when type == typeof(short) => _in.ReadInt16(),
        _ when type == typeof(ushort) => _in.ReadUInt16(),
        _ when type == typeof(int) => _in.ReadInt32(),
        _ when type == typeof(uint) => _in.ReadUInt32(),
        _ when type == typeof(long) => _in.ReadInt64(),
        _ when type == typeof(ulong) => _in.ReadUInt64(),
        _ when type == typeof(char) => (char)_in.ReadUInt16(),
        _ when type == typeof(float) => _in.ReadSingle(),
        _ when type == typeof(double) => _in.ReadDouble(),
        _ when type == typeof(Half) => _in.ReadHalf(),
        _ when type == typeof(decimal) => _in.ReadDecimal(),
        _ when type == typeof(string) => Text(),
        _ when type == typeof(DateTime) => new DateTime(_in.ReadInt64(), (DateTimeKind)_in.ReadByte()),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(_in.ReadInt64(), new TimeSpan(_in.ReadInt64())),
        _ when type == typeof(TimeSpan) => new TimeSpan(_in.ReadInt64()),
        _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(_in.ReadInt32()),
        _ when type == typeof(TimeOnly) => new TimeOnly(_in.ReadInt64()),
        _ when type == typeof(Guid) => new Guid(_in.ReadBytes(16)),
        _ when type == typeof(BigInteger) => new BigInteger(_in.ReadBytes(_in.ReadInt32())),
        _ when type == typeof(Complex) => new Complex(_in.ReadDouble(), _in.ReadDouble()),
        _ => throw new InvalidDataException($"{type} is not kept."),
    };

    string Text()
    {
        var text = new char[_in.ReadInt32()];
        _in.BaseStream.ReadExactly(MemoryMarshal.AsBytes(text.AsSpan()));
        return new(text);
    }
}
