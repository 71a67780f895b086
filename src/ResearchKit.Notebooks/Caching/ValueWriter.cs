using System.Collections;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;

namespace ResearchKit.Notebooks.Caching;

/// <summary>What stands before an object.</summary>
enum ObjectMark : byte
{
    Null,

    /// <summary>The number of an object that came before: it is the same one.</summary>
    Before,

    /// <summary>Of the type that is declared.</summary>
    Declared,

    /// <summary>Of another type, whose name follows.</summary>
    Named,

    /// <summary>Of a generic type, whose name follows, with the arguments of the one that is declared.</summary>
    SameArguments,

    /// <summary>An array of the argument of the type that is declared.</summary>
    ArrayOfArgument,
}

/// <summary>
/// Writes values so that <see cref="ValueReader"/> gives equal ones, with the same types, and with one object where there was one.
/// </summary>
sealed class ValueWriter : IDisposable
{
    const long Most = 1 << 30;
    const int Deepest = 500;

    readonly ObjectWatch? _watch;
    readonly MemoryStream _stream = new();
    readonly Dictionary<object, int> _known = new(ReferenceEqualityComparer.Instance);
    readonly List<(nint Start, nint End)> _memory = [];

    /// <summary>Begins with no values.</summary>
    /// <param name="watch">The objects of earlier cells: a copy of one of them would not change with it. Null to take what comes.</param>
    public ValueWriter(ObjectWatch? watch) => (_watch, Out) = (watch, new(_stream, Encoding.Unicode));

    BinaryWriter Out { get; }

    /// <summary>What was written.</summary>
    public byte[] Bytes
    {
        get
        {
            Out.Flush();
            return _stream.ToArray();
        }
    }

    /// <summary>Writes the value of a variable.</summary>
    /// <exception cref="NotCachedException">It cannot be kept.</exception>
    public void Write(string name, object? value, Type declared)
    {
        try
        {
            Write(value, declared, 0);
        }
        catch (NotCachedException e)
        {
            throw new NotCachedException($"{name} {e.Message}");
        }
    }

    public void Dispose() => Out.Dispose();

    void Write(object? value, Type declared, int depth)
    {
        if (depth > Deepest)
            throw new NotCachedException($"is nested more than {Deepest} deep");
        if (_stream.Length > Most)
            throw new NotCachedException("takes more than 1 GiB with the values before it");
        if (Nullable.GetUnderlyingType(declared) is { } inner)
        {
            Out.Write(value is not null);
            if (value is not null)
                Content(value, inner, depth);
            return;
        }
        if (declared.IsValueType)
        {
            Content(value!, declared, depth);
            return;
        }
        if (value is null)
        {
            Out.Write((byte)ObjectMark.Null);
            return;
        }
        var type = value.GetType();
        if (!type.IsValueType && type != typeof(string))
        {
            if (_known.TryGetValue(value, out var number))
            {
                Out.Write((byte)ObjectMark.Before);
                Out.Write(number);
                return;
            }
            if (StorableTypes.Of(type) == Storage.None)
                throw new NotCachedException($"holds a value of type {Members.NameOf(type)}, which cannot be kept");
            if (_watch?.Holds(value) == true && value is not Array { Length: 0 } && !StorableTypes.IsImmutable(type))
                throw new NotCachedException("shares an object with a variable of an earlier cell, and a copy would not change with it");
            _known[value] = _known.Count;
        }
        WriteType(type, declared);
        Content(value, type, depth);
    }

    void WriteType(Type type, Type declared)
    {
        if (type == declared)
        {
            Out.Write((byte)ObjectMark.Declared);
        }
        else if (!StorableTypes.IsOfCell(type))
        {
            Out.Write((byte)ObjectMark.Named);
            Out.Write(type.AssemblyQualifiedName!);
        }
        else if (type.IsGenericType && !StorableTypes.IsOfCell(type.GetGenericTypeDefinition()) && type.GenericTypeArguments.SequenceEqual(declared.GenericTypeArguments))
        {
            Out.Write((byte)ObjectMark.SameArguments);
            Out.Write(type.GetGenericTypeDefinition().AssemblyQualifiedName!);
        }
        else if (type.IsSZArray && declared.GenericTypeArguments is [var argument] && argument == type.GetElementType())
        {
            Out.Write((byte)ObjectMark.ArrayOfArgument);
        }
        else
        {
            throw new NotCachedException($"holds a {Members.NameOf(type)} where {Members.NameOf(declared)} is declared; the types of cells are kept only where they are declared");
        }
    }

    void Content(object value, Type type, int depth)
    {
        switch (StorableTypes.Of(type))
        {
            case Storage.Plain:
                Plain(value);
                break;
            case Storage.Enumeration:
                Plain(Convert.ChangeType(value, Enum.GetUnderlyingType(type)));
                break;
            case Storage.Array:
                Elements((Array)value, type, depth);
                break;
            case Storage.List or Storage.Set:
                if (StorableTypes.Of(type) == Storage.Set)
                    NeedUsual(type, value);
                var items = ((IEnumerable)value).Cast<object?>().ToArray();
                Out.Write(items.Length);
                foreach (var item in items)
                    Write(item, type.GenericTypeArguments[0], depth + 1);
                break;
            case Storage.Dictionary:
                NeedUsual(type, value);
                var dictionary = (IDictionary)value;
                Out.Write(dictionary.Count);
                foreach (DictionaryEntry entry in dictionary)
                {
                    Write(entry.Key, type.GenericTypeArguments[0], depth + 1);
                    Write(entry.Value, type.GenericTypeArguments[1], depth + 1);
                }
                break;
            case Storage.Tensor:
                Tensor((torch.Tensor)value);
                break;
            case Storage.Fields:
                foreach (var field in StorableTypes.Fields(type))
                    Write(field.GetValue(value), field.FieldType, depth + 1);
                break;
            default:
                throw new NotCachedException($"holds a value of type {Members.NameOf(type)}, which cannot be kept");
        }
    }

    void Elements(Array array, Type type, int depth)
    {
        for (var d = 0; d < array.Rank; d++)
        {
            if (array.GetLowerBound(d) != 0)
                throw new NotCachedException("holds an array that does not begin at 0");
            Out.Write(array.GetLength(d));
        }
        var element = type.GetElementType()!;
        if (element.IsPrimitive && element != typeof(nint) && element != typeof(nuint))
        {
            var bytes = RawBytes(array);
            NeedRoom(bytes.Length);
            Out.Write(bytes);
            return;
        }
        foreach (var item in array)
            Write(item, element, depth + 1);
    }

    void Tensor(torch.Tensor tensor)
    {
        if (tensor.requires_grad)
            throw new NotCachedException("holds a tensor that takes part in gradients, which cannot be kept: detach() it");
        if (tensor.device_type != DeviceType.CPU || !tensor.is_contiguous())
            throw new NotCachedException("holds a tensor that is not contiguous in the memory of the processor: make it contiguous()");
        var bytes = tensor.bytes;
        NeedRoom(bytes.Length);
        // Two tensors may be views of the same numbers.
        var range = ObjectWatch.Range(bytes);
        if (_memory.Exists(m => ObjectWatch.Overlap(m, range)) || _watch?.Holds(range) == true)
            throw new NotCachedException("holds a tensor that shares its memory with another one, and a copy would not change with it: clone() it");
        _memory.Add(range);
        Out.Write((int)tensor.dtype);
        Out.Write(tensor.shape.Length);
        foreach (var length in tensor.shape)
            Out.Write(length);
        Out.Write(bytes);
        GC.KeepAlive(tensor);
    }

    void Plain(object value)
    {
        switch (value)
        {
            case bool v: Out.Write(v); break;
            case byte v: Out.Write(v); break;
            case sbyte v: Out.Write(v); break;
            case short v: Out.Write(v); break;
            case ushort v: Out.Write(v); break;
            case int v: Out.Write(v); break;
            case uint v: Out.Write(v); break;
            case long v: Out.Write(v); break;
            case ulong v: Out.Write(v); break;
            case char v: Out.Write((ushort)v); break;
            case float v: Out.Write(v); break;
            case double v: Out.Write(v); break;
            case Half v: Out.Write(v); break;
            case decimal v: Out.Write(v); break;
            // Not as UTF-8, which half of a surrogate pair does not survive.
            case string v:
                Out.Write(v.Length);
                Out.Write(MemoryMarshal.AsBytes(v.AsSpan()));
                break;
            case DateTime v:
                Out.Write(v.Ticks);
                Out.Write((byte)v.Kind);
                break;
            case DateTimeOffset v:
                Out.Write(v.Ticks);
                Out.Write(v.Offset.Ticks);
                break;
            case TimeSpan v: Out.Write(v.Ticks); break;
            case DateOnly v: Out.Write(v.DayNumber); break;
            case TimeOnly v: Out.Write(v.Ticks); break;
            case Guid v: Out.Write(v.ToByteArray()); break;
            case BigInteger v:
                var bytes = v.ToByteArray();
                Out.Write(bytes.Length);
                Out.Write(bytes);
                break;
            case Complex v:
                Out.Write(v.Real);
                Out.Write(v.Imaginary);
                break;
            default:
                throw new NotCachedException($"holds a value of type {Members.NameOf(value.GetType())}, which cannot be kept");
        }
    }

    void NeedRoom(int bytes)
    {
        if (bytes + _stream.Length > Most)
            throw new NotCachedException("takes more than 1 GiB with the values before it");
    }

    static void NeedUsual(Type type, object value)
    {
        var key = type.GenericTypeArguments[0];
        var usual = typeof(EqualityComparer<>).MakeGenericType(key).GetProperty("Default")!.GetValue(null);
        if (!Equals(type.GetProperty("Comparer")!.GetValue(value), usual))
            throw new NotCachedException($"holds a {Members.NameOf(type)} with a comparer of its own, which cannot be kept");
        // What is added next takes the places of what was removed, which a copy has not.
        if (type.GetField("_freeCount", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(value) is > 0)
            throw new NotCachedException($"holds a {Members.NameOf(type)} from which something was removed, so that the order of a copy could become another: copy it in the cell");
    }

    /// <summary>The bytes of an array of numbers.</summary>
    internal static Span<byte> RawBytes(Array array) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array),
        checked(array.Length * (array.Length == 0 ? 0 : SizeOf(array.GetType().GetElementType()!))));

    static int SizeOf(Type type) => type == typeof(bool) ? sizeof(bool) : type == typeof(char) ? sizeof(char) : Marshal.SizeOf(type);
}
