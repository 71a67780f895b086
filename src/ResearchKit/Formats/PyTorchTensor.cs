using System.Collections;

namespace ResearchKit.Formats;

/// <summary>A Python dictionary of a <see cref="PyTorchFile"/>: its items in the file's order, a repeated key the last one wins.</summary>
public sealed class PyTorchDictionary : IReadOnlyList<KeyValuePair<object, object?>>
{
    readonly List<KeyValuePair<object, object?>> items = [];

    internal PyTorchDictionary()
    {
    }

    /// <summary>The number of items.</summary>
    public int Count => items.Count;

    /// <summary>The item of that number; its key is a <see cref="string"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="double"/>.</summary>
    public KeyValuePair<object, object?> this[int index] => items[index];

    /// <summary>The value of a textual key, or false.</summary>
    public bool TryGet(string key, out object? value)
    {
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (items[i].Key is string text && text == key)
            {
                value = items[i].Value;
                return true;
            }
        }
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(object key, object? value) => items.Add(new(key, value));
}

/// <summary>A tensor of a <see cref="PyTorchFile"/>: a view of a storage that other tensors may share.</summary>
public sealed class PyTorchTensor
{
    readonly PyTorchStorage storage;
    readonly long start;
    readonly long[] strides;

    /// <summary>Places a tensor in a storage; the caller has checked that it lies within.</summary>
    internal PyTorchTensor(PyTorchStorage storage, long start, long[] shape, long[] strides)
    {
        (this.storage, this.start, this.strides, Shape) = (storage, start, strides, shape);
        Length = 1;
        foreach (var size in shape)
            Length *= size;
    }

    /// <summary>As <see cref="SafeTensor.DType"/>.</summary>
    public string DType => storage.DType;

    /// <summary>Sizes of the dimensions; empty for a single number.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    /// <summary>Whether the elements lie in row-major order without gaps, so that no copy is needed.</summary>
    internal bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (var d = Shape.Length - 1; d >= 0; d--)
            {
                if (Shape[d] != 1 && strides[d] != expected)
                    return Length == 0;
                expected *= Shape[d];
            }
            return true;
        }
    }

    /// <summary>The elements in row-major order under a name: a slice of the file's bytes where the strides allow it.</summary>
    public SafeTensor ToSafeTensor(string name)
    {
        var size = SafeTensor.SizeOf(DType);
        if (IsContiguous)
            return new(name, DType, Shape, Length == 0 ? default : storage.Data.Slice((int)(start * size), (int)(Length * size)));
        var target = GC.AllocateUninitializedArray<byte>((int)(Length * size));
        var index = new long[Shape.Length];
        var source = storage.Data.Span;
        var from = start;
        for (var at = 0; at < target.Length; at += size)
        {
            source.Slice((int)(from * size), size).CopyTo(target.AsSpan(at));
            for (var d = Shape.Length - 1; d >= 0; d--)
            {
                from += strides[d];
                if (++index[d] < Shape[d])
                    break;
                from -= index[d] * strides[d];
                index[d] = 0;
            }
        }
        return new(name, DType, Shape, target);
    }
}

/// <summary>A run of numbers that tensors are views of.</summary>
/// <param name="DType">As <see cref="SafeTensor.DType"/>.</param>
/// <param name="Key">Its name within the file.</param>
/// <param name="Count">Elements.</param>
sealed record PyTorchStorage(string DType, string Key, long Count)
{
    /// <summary>The bytes, little-endian; set once the reader has come to them.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    public long Bytes => Count * SafeTensor.SizeOf(DType);
}

/// <summary>A storage, or the part of it that another storage was made of.</summary>
readonly record struct PyTorchStorageSlice(PyTorchStorage Storage, long Start, long Count);
