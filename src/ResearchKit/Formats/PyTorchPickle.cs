using System.Buffers.Binary;
using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// The part of Python's pickle language that tensors and plain containers need. Names of classes and functions are compared with a
/// fixed list and never looked up, so nothing of a file is executed; whatever is not on the list is refused by its name.
/// </summary>
sealed class PyTorchPickle
{
    /// <summary>Bytes of memory that a file may ask for by each of its own bytes, and the allowance of small files.</summary>
    const int BytesPerByte = 15, Allowance = 1 << 19;

    const int MostDimensions = 64;

    const string OrderedDict = "collections.OrderedDict", Size = "torch.Size", RebuildParameter = "torch._utils._rebuild_parameter";
    const string RebuildTensor = "torch._utils._rebuild_tensor", RebuildTensorV2 = "torch._utils._rebuild_tensor_v2";

    /// <summary>The classes of storages, with the dtypes of their elements.</summary>
    static readonly Dictionary<string, string> StorageTypes = new()
    {
        ["torch.DoubleStorage"] = "F64",
        ["torch.FloatStorage"] = "F32",
        ["torch.HalfStorage"] = "F16",
        ["torch.BFloat16Storage"] = "BF16",
        ["torch.LongStorage"] = "I64",
        ["torch.IntStorage"] = "I32",
        ["torch.ShortStorage"] = "I16",
        ["torch.CharStorage"] = "I8",
        ["torch.ByteStorage"] = "U8",
        ["torch.BoolStorage"] = "BOOL",
    };

    static readonly Dictionary<string, Global> Known = new[] { OrderedDict, Size, RebuildTensor, RebuildTensorV2, RebuildParameter }
        .Concat(StorageTypes.Keys).ToDictionary(name => name, name => new Global(name));

    static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    static readonly object?[] EmptyTuple = [];
    static readonly object[] Small = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];

    /// <summary>A name on the list.</summary>
    sealed record Global(string Name);

    readonly ReadOnlyMemory<byte> bytes;
    readonly string name;
    readonly Dictionary<string, PyTorchStorage> storages = [];
    readonly List<object?> stack = [];
    readonly List<int> marks = [];
    readonly List<object?> memo = [];
    int position;
    long budget;

    /// <summary>Prepares to read pickles from memory.</summary>
    /// <param name="bytes">The file or its member that holds them.</param>
    /// <param name="name">Stands for the file in messages.</param>
    /// <param name="fileBytes">The whole file's length, which bounds what may be built.</param>
    internal PyTorchPickle(ReadOnlyMemory<byte> bytes, string name, long fileBytes)
    {
        (this.bytes, this.name) = (bytes, name);
        budget = BytesPerByte * fileBytes + Allowance;
    }

    /// <summary>Where the next pickle begins.</summary>
    internal int Position => position;

    /// <summary>The storages that have been named so far, by key.</summary>
    internal IReadOnlyDictionary<string, PyTorchStorage> Storages => storages;

    /// <summary>Reads one pickle.</summary>
    /// <returns>null, bool, long, double, string, object?[] (tuple), List of object? (list), <see cref="PyTorchDictionary"/> or <see cref="PyTorchTensor"/>.</returns>
    /// <exception cref="InvalidDataException">The bytes are damaged, or ask for something that is not on the list.</exception>
    internal object? Read()
    {
        stack.Clear();
        marks.Clear();
        memo.Clear();
        while (true)
        {
            var at = position;
            var op = (char)Take(1)[0];
            switch (op)
            {
                case '\x80': // PROTO
                    if (Take(1)[0] is var protocol and (< 2 or > 5))
                        throw Damaged($"pickle protocol {protocol} is not known", at);
                    break;
                case '\x95': // FRAME
                    Take(8);
                    break;
                case '.': // STOP
                    if (stack.Count != 1 || marks.Count > 0)
                        throw Damaged($"the pickle ends with {stack.Count} objects, not one", at);
                    return Plain(stack[0], at);
                case '0': // POP
                    Pop();
                    break;
                case '(': // MARK
                    Grow(marks);
                    marks.Add(stack.Count);
                    break;
                case 'N': // NONE
                    Push(null);
                    break;
                case '\x88': // NEWTRUE
                    Push(true);
                    break;
                case '\x89': // NEWFALSE
                    Push(false);
                    break;
                case 'K': // BININT1
                    Push(Small[Take(1)[0]]);
                    break;
                case 'M': // BININT2
                    Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case 'J': // BININT
                    Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case '\x8a': // LONG1
                    Push(Long(Take(Take(1)[0]), at));
                    break;
                case 'G': // BINFLOAT
                    Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                    break;
                case 'X': // BINUNICODE
                    Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                case '\x8c': // SHORT_BINUNICODE
                    Push(Text(Take(1)[0]));
                    break;
                case '\x8d': // BINUNICODE8
                    Push(Text(BinaryPrimitives.ReadUInt64LittleEndian(Take(8))));
                    break;
                case 'T': // BINSTRING, of Python 2
                    Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                case 'U': // SHORT_BINSTRING, of Python 2
                    Push(Text(Take(1)[0]));
                    break;
                case '}': // EMPTY_DICT
                    Push(new PyTorchDictionary());
                    break;
                case ']': // EMPTY_LIST
                    Push(new List<object?>());
                    break;
                case ')': // EMPTY_TUPLE
                    Push(EmptyTuple);
                    break;
                case '\x85' or '\x86' or '\x87': // TUPLE1, TUPLE2, TUPLE3
                    Push(PopMany(op - '\x84'));
                    break;
                case 't': // TUPLE
                    Push(PopToMark());
                    break;
                case 'a': // APPEND
                    Append(PopMany(1), at);
                    break;
                case 'e': // APPENDS
                    Append(PopToMark(), at);
                    break;
                case 's': // SETITEM
                    SetItems(PopMany(2), at);
                    break;
                case 'u': // SETITEMS
                    SetItems(PopToMark(), at);
                    break;
                case 'q': // BINPUT
                    Put(Take(1)[0], at);
                    break;
                case 'r': // LONG_BINPUT
                    Put(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)), at);
                    break;
                case '\x94': // MEMOIZE
                    Put((uint)memo.Count, at);
                    break;
                case 'h': // BINGET
                    PushShared(Get(Take(1)[0], at));
                    break;
                case 'j': // LONG_BINGET
                    PushShared(Get(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)), at));
                    break;
                case 'c': // GLOBAL
                    Push(Find($"{Line()}.{Line()}", at));
                    break;
                case '\x93': // STACK_GLOBAL
                    var (symbol, module) = (Pop(), Pop());
                    Push(Find($"{module as string}.{symbol as string}", at));
                    break;
                case 'i': // INST
                    throw Refused($"{Line()}.{Line()}", at);
                case 'R': // REDUCE
                    var arguments = Pop();
                    Push(Call(Pop(), arguments, at));
                    break;
                case 'b': // BUILD
                    // state_dict() hangs its layers' versions on the dictionary as an attribute, which nobody needs here.
                    var state = Pop();
                    if (Peek() is not PyTorchDictionary || state is not PyTorchDictionary)
                        throw Refused($"setting the state of a {Kind(Peek())}", at);
                    break;
                case 'Q': // BINPERSID
                    Push(Storage(Pop(), at));
                    break;
                case '\x81' or '\x92' or 'o': // NEWOBJ, NEWOBJ_EX, OBJ
                    throw Refused($"making an object of {Kind(stack.LastOrDefault(o => o is Global))}", at);
                default:
                    throw Refused($"pickle operation 0x{(int)op:X2}", at);
            }
        }
    }

    Global Find(string global, int at) => Known.TryGetValue(global, out var known) ? known : throw Refused(global, at);

    object Call(object? function, object? arguments, int at)
    {
        if (function is not Global { Name: var callee } || arguments is not object?[] given)
            throw Refused($"calling a {Kind(function)}", at);
        switch (callee)
        {
            case OrderedDict when given is []:
                return new PyTorchDictionary();
            case OrderedDict when given is [List<object?> pairs]:
                var dictionary = new PyTorchDictionary();
                foreach (var pair in pairs)
                {
                    if (pair is not IReadOnlyList<object?> { Count: 2 } keyAndValue)
                        throw Damaged("an OrderedDict is made of something else than pairs", at);
                    Add(dictionary, keyAndValue[0], keyAndValue[1], at);
                }
                return dictionary;
            case Size when given is [object?[] or List<object?>]:
                return Integers(given[0], callee, at).Select(size => (object?)size).ToArray();
            case RebuildTensor when given.Length == 4:
            case RebuildTensorV2 when given.Length is 6 or 7:
                return Tensor(given, at);
            case RebuildParameter when given is [PyTorchTensor tensor, _, _]:
                return tensor;
            default:
                throw Refused($"{callee} with {given.Length} arguments ({string.Join(", ", given.Take(4).Select(Kind))})", at);
        }
    }

    /// <summary>(storage, offset, sizes, strides, ...), all of which has to lie within the storage.</summary>
    PyTorchTensor Tensor(object?[] given, int at)
    {
        if (given[0] is not PyTorchStorageSlice slice || given[1] is not long offset)
            throw Damaged($"a tensor is made of {Kind(given[0])} and {Kind(given[1])}, not of a storage and an offset", at);
        var shape = Integers(given[2], "a tensor's shape", at);
        var strides = Integers(given[3], "a tensor's strides", at);
        var text = $"a tensor of shape [{string.Join(", ", shape)}] and strides [{string.Join(", ", strides)}] at {offset}";
        if (shape.Length != strides.Length || shape.Length > MostDimensions)
            throw Damaged($"{text} cannot be", at);
        if (offset < 0 || shape.AsSpan().ContainsAnyExceptInRange(0, long.MaxValue) || strides.AsSpan().ContainsAnyExceptInRange(0, long.MaxValue))
            throw Damaged($"{text} has something negative", at);
        if (!shape.Contains(0))
        {
            // Compared at each step, so that the 64 products of up to 126 bits cannot overflow.
            Int128 length = 1, last = offset;
            for (var d = 0; d < shape.Length && length <= slice.Count && last < slice.Count; d++)
            {
                length *= shape[d];
                last += (Int128)(shape[d] - 1) * strides[d];
            }
            if (last >= slice.Count)
                throw Damaged($"{text} reaches over the end of its storage of {slice.Count}", at);
            if (length > slice.Count)
                throw Damaged($"{text} has more elements than its storage of {slice.Count}: expanded tensors are not read", at);
        }
        var tensor = new PyTorchTensor(slice.Storage, slice.Start + offset, shape, strides);
        Charge(tensor.IsContiguous ? 128 : 128 + tensor.Length * SafeTensor.SizeOf(tensor.DType));
        return tensor;
    }

    /// <summary>('storage', class, key, device, number of elements[, view]), where a view is (key, offset, number of elements).</summary>
    PyTorchStorageSlice Storage(object? id, int at)
    {
        if (id is not object?[] { Length: 5 or 6 } parts || parts[0] is not "storage" || parts[1] is not Global { Name: var type }
            || parts[2] is not string key || parts[4] is not long count)
            throw Refused($"a persistent object ({(id is object?[] tuple ? string.Join(", ", tuple.Take(6).Select(Kind)) : Kind(id))})", at);
        if (!StorageTypes.TryGetValue(type, out var dtype))
            throw Refused($"a storage of class {type}", at);
        if (count < 0 || count > int.MaxValue / SafeTensor.SizeOf(dtype))
            throw Damaged($"storage '{key}' has {count} elements; up to 2 GiB are read", at);
        if (!storages.TryGetValue(key, out var storage))
        {
            Charge(200);
            storages.Add(key, storage = new(dtype, key, count));
        }
        if (storage.DType != dtype || storage.Count != count)
            throw Damaged($"storage '{key}' is {storage.Count} of {storage.DType} in one place and {count} of {dtype} in another", at);
        if (parts.Length == 5 || parts[5] is null)
            return new PyTorchStorageSlice(storage, 0, count);
        if (parts[5] is not object?[] { Length: 3 } view || view[1] is not long start || view[2] is not long length
            || start < 0 || length < 0 || start > count - length)
            throw Damaged($"a view of storage '{key}' does not lie within it", at);
        return new PyTorchStorageSlice(storage, start, length);
    }

    long[] Integers(object? sequence, string what, int at)
    {
        if (sequence is not IReadOnlyList<object?> { Count: var count } numbers)
            throw Damaged($"{what} is a {Kind(sequence)}, not a tuple", at);
        Charge(24 + 8 * count);
        var result = new long[count];
        for (var i = 0; i < count; i++)
            result[i] = numbers[i] is long number ? number : throw Damaged($"{what} holds a {Kind(numbers[i])}, not numbers only", at);
        return result;
    }

    void Append(object?[] items, int at)
    {
        if (Peek() is not List<object?> list)
            throw Damaged($"something is appended to a {Kind(Peek())}", at);
        foreach (var item in items)
        {
            Grow(list);
            list.Add(Plain(item, at));
        }
    }

    void SetItems(object?[] items, int at)
    {
        if (Peek() is not PyTorchDictionary dictionary || items.Length % 2 != 0)
            throw Damaged($"{items.Length} keys and values are put into a {Kind(Peek())}", at);
        for (var i = 0; i < items.Length; i += 2)
            Add(dictionary, items[i], items[i + 1], at);
    }

    void Add(PyTorchDictionary dictionary, object? key, object? value, int at)
    {
        if (key is not (string or long or bool or double))
            throw Damaged($"a dictionary's key is a {Kind(key)}; texts and numbers are read", at);
        Charge(48);
        dictionary.Add(key, Plain(value, at));
    }

    /// <summary>Names and storages are no results: they only serve to make tensors.</summary>
    object? Plain(object? value, int at) => value is Global or PyTorchStorageSlice ? throw Refused($"a {Kind(value)} as a value", at) : value;

    void Put(uint index, int at)
    {
        // Python numbers its entries from 0, or long ago from 1, without gaps.
        if (index > memo.Count + 1)
            throw Damaged($"memo entry {index} follows {memo.Count}", at);
        while (index >= memo.Count)
        {
            Grow(memo);
            memo.Add(null);
        }
        memo[(int)index] = Peek();
    }

    object? Get(uint index, int at) => index < memo.Count ? memo[(int)index] : throw Damaged($"memo entry {index} is not there", at);

    /// <summary>Puts a new object on the stack.</summary>
    void Push(object? value)
    {
        Charge(value switch
        {
            long number when number is < 0 or >= 256 => 24,
            double or bool => 24,
            string text => 24 + 2 * text.Length,
            object?[] { Length: > 0 } tuple => 24 + 8 * tuple.Length,
            null or long or object?[] or Global or PyTorchTensor => 0,
            _ => 64,
        });
        PushShared(value);
    }

    void PushShared(object? value)
    {
        Grow(stack);
        stack.Add(value);
    }

    /// <summary>Pays for the doubling of a list that is full.</summary>
    void Grow<T>(List<T> list)
    {
        if (list.Count == list.Capacity)
            Charge(8L * Math.Max(8, 2 * list.Capacity));
    }

    object? Peek() => stack.Count > Bottom ? stack[^1] : throw Damaged("an object is missing", position - 1);

    object? Pop()
    {
        var value = Peek();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    int Bottom => marks.Count == 0 ? 0 : marks[^1];

    object?[] PopMany(int count)
    {
        if (stack.Count - count < Bottom)
            throw Damaged($"{count} objects are needed, {stack.Count - Bottom} are there", position - 1);
        var values = new object?[count];
        stack.CopyTo(stack.Count - count, values, 0, count);
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    object?[] PopToMark()
    {
        if (marks.Count == 0)
            throw Damaged("a mark is missing", position - 1);
        var values = PopMany(stack.Count - Bottom);
        marks.RemoveAt(marks.Count - 1);
        return values;
    }

    long Long(ReadOnlySpan<byte> digits, int at)
    {
        if (digits.Length > sizeof(long))
            throw Damaged($"a number of {8 * digits.Length} bits; up to 64 are read", at);
        if (digits.Length == 0)
            return 0;
        var value = (long)(sbyte)digits[^1];
        for (var i = digits.Length - 2; i >= 0; i--)
            value = value << 8 | digits[i];
        return value;
    }

    string Text(ulong length)
    {
        var at = position;
        if (length > (ulong)(bytes.Length - position))
            throw Damaged($"a text of {length} bytes reaches over the end", at);
        try
        {
            return StrictUtf8.GetString(Take((int)length));
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text is not UTF-8", at);
        }
    }

    string Line()
    {
        var rest = bytes.Span[position..];
        var end = rest.IndexOf((byte)'\n');
        if (end is < 0 or > 500)
            throw Damaged("a name does not end", position);
        position += end + 1;
        return Encoding.Latin1.GetString(rest[..end]);
    }

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position)
            throw Damaged("the pickle ends too early", bytes.Length);
        position += count;
        return bytes.Span.Slice(position - count, count);
    }

    void Charge(long cost)
    {
        if ((budget -= cost) < 0)
            throw Damaged("the pickle builds more than a file of this size may", position);
    }

    static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "bool",
        long => "int",
        double => "float",
        string text => $"'{(text.Length > 40 ? text[..40] + "..." : text)}'",
        object?[] => "tuple",
        List<object?> => "list",
        PyTorchDictionary => "dict",
        PyTorchTensor => "tensor",
        PyTorchStorageSlice => "storage",
        Global global => global.Name,
        _ => value.GetType().Name,
    };

    InvalidDataException Damaged(string reason, int at) => PyTorchFile.Damaged(name, reason, at);

    InvalidDataException Refused(string what, int at) => new(
        $"'{name}' asks for {what} (byte {at} of its pickle). Only tensors and plain containers are read, so it was refused; nothing in it was "
        + "executed. If you trust it, load it with PyTorch and save its state_dict().");
}
