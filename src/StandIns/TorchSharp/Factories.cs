using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    static readonly Operator s_arange = new("aten::arange", "start_step"), s_linspace = new("aten::linspace"), s_logspace = new("aten::logspace");
    static readonly Operator s_eye = new("aten::eye", "m"), s_randint = new("aten::randint", "low_generator"), s_randperm = new("aten::randperm", "generator");
    static ScalarType s_defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => s_defaultType;

    public static void set_default_dtype(ScalarType dtype) =>
        s_defaultType = dtype == ScalarType.Float32 ? dtype : throw new NotSupportedException($"Default dtype {dtype}: the TorchSharp stand-in has Float32 only.");

    static Tensor Made(Tensor tensor, bool requires_grad)
    {
        if (requires_grad)
        {
            tensor.requires_grad = true;
        }

        return tensor;
    }

    static ReadOnlySpan<T> AsSpan<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> l => CollectionsMarshal.AsSpan(l),
        _ => list.ToArray(),
    };

    static Tensor FromData<T>(ReadOnlySpan<T> data, long[] dimensions, ScalarType? dtype, bool requires_grad)
        where T : unmanaged
    {
        long count = 1;
        foreach (long d in dimensions)
        {
            count = checked(count * d);
        }

        if (count != data.Length)
        {
            throw new ArgumentException($"{data.Length} numbers were given for a tensor of [{string.Join(", ", dimensions)}], which has {count}.", nameof(dimensions));
        }

        var tensor = s_empty.Call(dimensions, Tensor.TypeOf<T>());
        data.CopyTo(tensor.Span<T>());
        if (dtype is { } wanted && wanted != tensor.dtype)
        {
            using var given = tensor;
            tensor = given.to_type(wanted);
        }

        return Made(tensor, requires_grad);
    }

    static Tensor FromArray<T>(Array array, ScalarType? dtype, bool requires_grad)
        where T : unmanaged
    {
        var dimensions = new long[array.Rank];
        for (int d = 0; d < dimensions.Length; d++)
        {
            dimensions[d] = array.GetLongLength(d);
        }

        var data = array.Length == 0
            ? default
            : MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return FromData(data, dimensions, dtype, requires_grad);
    }

    /// <summary>A copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray) => from_array(rawArray, null);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false) => Type.GetTypeCode(rawArray.GetType().GetElementType()) switch
    {
        TypeCode.Byte => FromArray<byte>(rawArray, dtype, requires_grad),
        TypeCode.SByte => FromArray<sbyte>(rawArray, dtype, requires_grad),
        TypeCode.Int16 => FromArray<short>(rawArray, dtype, requires_grad),
        TypeCode.Int32 => FromArray<int>(rawArray, dtype, requires_grad),
        TypeCode.Int64 => FromArray<long>(rawArray, dtype, requires_grad),
        TypeCode.Single => FromArray<float>(rawArray, dtype, requires_grad),
        TypeCode.Double => FromArray<double>(rawArray, dtype, requires_grad),
        TypeCode.Boolean => FromArray<bool>(rawArray, dtype, requires_grad),
        _ when rawArray is Half[] halves => FromArray<Half>(halves, dtype, requires_grad),
        _ => throw new NotSupportedException($"No element type for {rawArray.GetType()}."),
    };

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>The same data, converted where the dtype differs.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        dtype is { } wanted && wanted != data.dtype ? data.to_type(wanted) : data.alias();

    /// <summary>A copy of part of an array's bytes, read as <paramref name="dtype"/>.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false, Device? device = null)
    {
        int bytes = Buffer.ByteLength(rawArray), size = Tensor.SizeOf(dtype);
        long start = offset * (rawArray.Length == 0 ? 1 : bytes / rawArray.Length);
        long n = count < 0 ? (bytes - start) / size : count;
        if (offset < 0 || start + (n * size) > bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{n} elements of {dtype} from element {offset} on go past the end of an array of {bytes} bytes.");
        }

        var tensor = s_empty.Call(new[] { n }, dtype);
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(rawArray), bytes).Slice((int)start, (int)(n * size)).CopyTo(tensor.bytes);
        return Made(tensor, requires_grad);
    }

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_arange.Call(start, stop, step, dtype), requires_grad);

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_linspace.Call(start, end, steps, dtype), requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_logspace.Call(start, end, steps, @base, dtype), requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_eye.Call(rows, columns < 0 ? rows : columns, dtype), requires_grad);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Made(s_randint.Call(low, high, size, generator, dtype ?? ScalarType.Int64), requires_grad);

    public static Tensor randint(long low, long high, long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(low, high, [size], dtype, device, requires_grad, generator);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Made(s_randperm.Call(n, generator, dtype ?? ScalarType.Int64), requires_grad);
}
