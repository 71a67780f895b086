namespace TorchSharp;

/// <content>Tensors from managed numbers: always copies.</content>
public static partial class torch
{
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(byte scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(byte[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<byte>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<byte>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<byte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<byte>(rawArray, dtype, requires_grad);
    public static Tensor tensor(byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<byte>(rawArray, dtype, requires_grad);
    public static Tensor tensor(byte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<byte>(rawArray, dtype, requires_grad);

    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(sbyte scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(sbyte[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<sbyte>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<sbyte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<sbyte>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<sbyte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<sbyte>(rawArray, dtype, requires_grad);
    public static Tensor tensor(sbyte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<sbyte>(rawArray, dtype, requires_grad);
    public static Tensor tensor(sbyte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<sbyte>(rawArray, dtype, requires_grad);

    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(short scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(short[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<short>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<short> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<short>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<short> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<short>(rawArray, dtype, requires_grad);
    public static Tensor tensor(short[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<short>(rawArray, dtype, requires_grad);
    public static Tensor tensor(short[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<short>(rawArray, dtype, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(int scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(int[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<int>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<int> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<int>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<int> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<int>(rawArray, dtype, requires_grad);
    public static Tensor tensor(int[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<int>(rawArray, dtype, requires_grad);
    public static Tensor tensor(int[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<int>(rawArray, dtype, requires_grad);

    public static Tensor tensor(long scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(long scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(long[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<long>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<long> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<long>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<long> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<long>(rawArray, dtype, requires_grad);
    public static Tensor tensor(long[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<long>(rawArray, dtype, requires_grad);
    public static Tensor tensor(long[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<long>(rawArray, dtype, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(float scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(float[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<float>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<float> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<float>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<float> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<float>(rawArray, dtype, requires_grad);
    public static Tensor tensor(float[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<float>(rawArray, dtype, requires_grad);
    public static Tensor tensor(float[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<float>(rawArray, dtype, requires_grad);

    public static Tensor tensor(double scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(double scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(double[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<double>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<double> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<double>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<double> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<double>(rawArray, dtype, requires_grad);
    public static Tensor tensor(double[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<double>(rawArray, dtype, requires_grad);
    public static Tensor tensor(double[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<double>(rawArray, dtype, requires_grad);

    public static Tensor tensor(bool scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(bool scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(bool[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<bool>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<bool> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<bool>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<bool> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<bool>(rawArray, dtype, requires_grad);
    public static Tensor tensor(bool[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<bool>(rawArray, dtype, requires_grad);
    public static Tensor tensor(bool[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<bool>(rawArray, dtype, requires_grad);

    public static Tensor tensor(Half scalar, Device? device = null, bool requires_grad = false) => FromData([scalar], [], null, requires_grad);
    public static Tensor tensor(Half scalar, ScalarType dtype, Device? device = null, bool requires_grad = false) => FromData([scalar], [], dtype, requires_grad);
    public static Tensor tensor(Half[] dataArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<Half>(dataArray, [dataArray.Length], dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rawArray.Count], dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long[] dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions, dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(Memory<Half> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData<Half>(rawArray.Span, dimensions.ToArray(), dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [rows, columns], dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2], dtype, requires_grad);
    public static Tensor tensor(IList<Half> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromData(AsSpan(rawArray), [dim0, dim1, dim2, dim3], dtype, requires_grad);
    public static Tensor tensor(Half[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<Half>(rawArray, dtype, requires_grad);
    public static Tensor tensor(Half[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<Half>(rawArray, dtype, requires_grad);
    public static Tensor tensor(Half[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromArray<Half>(rawArray, dtype, requires_grad);
}
