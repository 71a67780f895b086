using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>A tensor's elements in logical order, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    Tensor? _tensor;

    internal TensorAccessor(Tensor tensor) => _tensor = tensor;

    Tensor Tensor => _tensor ?? throw new ObjectDisposedException(nameof(TensorAccessor<>));

    public long Count => Tensor.NumberOfElements;
    public bool IsReadOnly => false;

    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>Copies the elements from <paramref name="tensorIndex"/> on into an array from <paramref name="arrayIndex"/> on.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(arrayIndex), tensorIndex);

    public void CopyTo(Span<T> array, long tensorIndex = 0)
    {
        var tensor = Tensor;
        if (tensor.is_contiguous())
        {
            tensor.Span<T>()[checked((int)tensorIndex)..].CopyTo(array);
        }
        else
        {
            using var ordered = tensor.contiguous();
            ordered.Span<T>()[checked((int)tensorIndex)..].CopyTo(array);
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(arrayIndex), tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, long tensorIndex = 0)
    {
        for (int k = 0; k < array.Length; k++)
        {
            At(tensorIndex + k) = array[k];
        }
    }

    /// <summary>An element by its indices, or by its place in logical order where one index is given.</summary>
    public T this[params long[] indices]
    {
        get => indices.Length == 1 ? At(indices[0]) : Element(indices);
        set => (indices.Length == 1 ? ref At(indices[0]) : ref Element(indices)) = value;
    }

    unsafe ref T At(long index)
    {
        var shape = Tensor.shape;
        var indices = new long[shape.Length];
        long count = Count;
        if ((ulong)index >= (ulong)count)
        {
            throw new IndexOutOfRangeException($"Index {index} is outside of {count} elements.");
        }

        for (int d = shape.Length - 1; d >= 0; d--)
        {
            (index, indices[d]) = Math.DivRem(index, shape[d]);
        }

        return ref Element(indices);
    }

    unsafe ref T Element(long[] indices)
    {
        var shape = Tensor.shape;
        if (indices.Length != shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices were given for a tensor of {shape.Length} dimensions.");
        }

        var strides = Tensor.stride();
        long offset = 0;
        for (int d = 0; d < shape.Length; d++)
        {
            if ((ulong)indices[d] >= (ulong)shape[d])
            {
                throw new IndexOutOfRangeException($"Index {indices[d]} is outside of dimension {d}, which has {shape[d]}.");
            }

            offset += indices[d] * strides[d];
        }

        return ref ((T*)Tensor.DataPointer)[offset];
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Lets go of the tensor, which stays as it is.</summary>
    public void Dispose() => _tensor = null;
}
