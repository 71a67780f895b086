using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TorchSharp;

namespace ResearchKit.Notebooks.Caching;

/// <summary>
/// All objects that variables lead to, with a digest of what they hold, tensors included: taken before and after a cell it shows whether
/// the cell has changed what is not its own. Files, processes and other things outside of memory are not seen.
/// </summary>
sealed class ObjectWatch
{
    const int Most = 2_000_000;

    static readonly Dictionary<Type, IReadOnlyList<FieldInfo>> s_fields = [];

    readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    readonly List<(string Name, byte[] Digest)> _digests = [];
    readonly List<(nint Start, nint End)> _memory = [];
    readonly Stack<object> _open = new();
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Looks at variables.</summary>
    /// <param name="variables">Their names and values. An object counts to the first that leads to it.</param>
    /// <exception cref="NotCachedException">There are too many objects.</exception>
    public ObjectWatch(IEnumerable<(string Name, object? Value)> variables)
    {
        foreach (var (name, value) in variables)
        {
            Reach(value);
            while (_open.TryPop(out var next))
            {
                if (_objects.Count > Most)
                    throw new NotCachedException($"{name} of an earlier cell leads to more than {Most:N0} objects, too many to see whether the cell changes one");
                Enter(next);
            }
            _digests.Add((name, _hash.GetHashAndReset()));
        }
        _hash.Dispose();
    }

    /// <summary>The first variable that differs from how it was when the same variables were looked at before; null if none does.</summary>
    public string? Changed(ObjectWatch before) =>
        _digests.Zip(before._digests).FirstOrDefault(p => !p.First.Digest.AsSpan().SequenceEqual(p.Second.Digest)).First.Name;

    public bool Holds(object value) => _objects.ContainsKey(value);

    /// <summary>True if a tensor lies in this memory.</summary>
    public bool Holds((nint Start, nint End) range) => _memory.Exists(m => Overlap(m, range));

    public static unsafe (nint Start, nint End) Range(Span<byte> bytes)
    {
        var start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        return (start, start + bytes.Length);
    }

    public static bool Overlap((nint Start, nint End) a, (nint Start, nint End) b) => a.Start < b.End && b.Start < a.End;

    // Objects by the order in which they are reached, so that the digest says which is which.
    void Reach(object? value)
    {
        if (value is null)
        {
            Add(-1);
        }
        else if (_objects.TryGetValue(value, out var number))
        {
            Add(number);
        }
        else
        {
            Add(_objects.Count);
            _objects[value] = _objects.Count;
            _open.Push(value);
        }
    }

    void Enter(object value)
    {
        var type = value.GetType();
        Add(type.TypeHandle.Value);
        switch (value)
        {
            case string text:
                _hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
                break;
            // What the runtime knows of itself.
            case MemberInfo or Assembly or Module or Thread or Pointer:
                break;
            case Delegate callback:
                foreach (var one in callback.GetInvocationList())
                {
                    Add(one.Method.MetadataToken);
                    Reach(one.Target);
                }
                break;
            case Array array:
                Enter(array, type.GetElementType()!);
                break;
            case torch.Tensor tensor:
                Enter(tensor);
                break;
            default:
                Fields(value, type);
                break;
        }
    }

    void Enter(Array array, Type element)
    {
        Add(array.Length);
        if (element.IsPrimitive && element != typeof(nint) && element != typeof(nuint))
            _hash.AppendData(ValueWriter.RawBytes(array));
        else if (!element.IsPointer)
        {
            foreach (var item in array)
                Value(item, element);
        }
    }

    void Enter(torch.Tensor tensor)
    {
        if (tensor.IsInvalid)
            return;
        using var scope = torch.NewDisposeScope();
        var whole = tensor.device_type == DeviceType.CPU && tensor.is_contiguous() ? tensor : tensor.detach().cpu().contiguous();
        _hash.AppendData(whole.bytes);
        if (whole == (object)tensor)
            _memory.Add(Range(whole.bytes));
        if (tensor.requires_grad && tensor.grad is { IsInvalid: false } gradient)
            _hash.AppendData(gradient.detach().cpu().contiguous().bytes);
        GC.KeepAlive(tensor);
    }

    void Value(object? value, Type declared)
    {
        if (!declared.IsValueType || value is null)
            Reach(value);
        else
            Fields(value, value.GetType());
    }

    void Fields(object value, Type type)
    {
        if (type.IsPrimitive)
        {
            _hash.AppendData(value switch
            {
                nint pointer => BitConverter.GetBytes((long)pointer),
                nuint pointer => BitConverter.GetBytes((ulong)pointer),
                _ => Bytes(value),
            });
            return;
        }
        if (!s_fields.TryGetValue(type, out var fields))
            s_fields[type] = fields = [.. StorableTypes.Fields(type).Where(f => !f.FieldType.IsPointer && !f.FieldType.IsFunctionPointer && !f.FieldType.IsByRefLike && !IsView(f.FieldType))];
        foreach (var field in fields)
            Value(field.GetValue(value), field.FieldType);
    }

    // What a dictionary makes when it is asked for its keys or values holds nothing of its own.
    static bool IsView(Type type) => type.DeclaringType?.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
        && type.Name is "KeyCollection" or "ValueCollection" or "KeyList" or "ValueList";

    static byte[] Bytes(object primitive)
    {
        var one = Array.CreateInstance(primitive.GetType(), 1);
        one.SetValue(primitive, 0);
        return ValueWriter.RawBytes(one).ToArray();
    }

    void Add(long number) => _hash.AppendData(BitConverter.GetBytes(number));
}
