namespace TorchSharp;

/// <content>Factories that take a size.</content>
public static partial class torch
{
    static readonly Operator s_zeros = new("aten::zeros"), s_ones = new("aten::ones"), s_empty = new("aten::empty", "memory_format");
    static readonly Operator s_full = new("aten::full"), s_rand = new("aten::rand", "generator"), s_randn = new("aten::randn", "generator");

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_zeros.Call(size, dtype), requires_grad);

    public static Tensor zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(size.ToArray(), dtype, device, requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(new[] { size }, dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(new[] { rows, columns }, dtype, device, requires_grad);

    public static Tensor zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(new[] { dim0, dim1, dim2 }, dtype, device, requires_grad);

    public static Tensor zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        zeros(new[] { dim0, dim1, dim2, dim3 }, dtype, device, requires_grad);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_ones.Call(size, dtype), requires_grad);

    public static Tensor ones(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(size.ToArray(), dtype, device, requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(new[] { size }, dtype, device, requires_grad);

    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(new[] { rows, columns }, dtype, device, requires_grad);

    public static Tensor ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(new[] { dim0, dim1, dim2 }, dtype, device, requires_grad);

    public static Tensor ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        ones(new[] { dim0, dim1, dim2, dim3 }, dtype, device, requires_grad);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_empty.Call(size, dtype), requires_grad);

    public static Tensor empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(size.ToArray(), dtype, device, requires_grad);

    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(new[] { size }, dtype, device, requires_grad);

    public static Tensor empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(new[] { rows, columns }, dtype, device, requires_grad);

    public static Tensor empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(new[] { dim0, dim1, dim2 }, dtype, device, requires_grad);

    public static Tensor empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        empty(new[] { dim0, dim1, dim2, dim3 }, dtype, device, requires_grad);

    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Made(s_rand.Call(size, generator, dtype), requires_grad);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(size.ToArray(), dtype, device, requires_grad, generator);

    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(new[] { size }, dtype, device, requires_grad, generator);

    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(new[] { rows, columns }, dtype, device, requires_grad, generator);

    public static Tensor rand(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(new[] { dim0, dim1, dim2 }, dtype, device, requires_grad, generator);

    public static Tensor rand(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        rand(new[] { dim0, dim1, dim2, dim3 }, dtype, device, requires_grad, generator);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Made(s_randn.Call(size, generator, dtype), requires_grad);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(size.ToArray(), dtype, device, requires_grad, generator);

    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(new[] { size }, dtype, device, requires_grad, generator);

    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(new[] { rows, columns }, dtype, device, requires_grad, generator);

    public static Tensor randn(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(new[] { dim0, dim1, dim2 }, dtype, device, requires_grad, generator);

    public static Tensor randn(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randn(new[] { dim0, dim1, dim2, dim3 }, dtype, device, requires_grad, generator);

    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Made(s_full.Call(size, value, dtype ?? s_defaultType), requires_grad);

    public static Tensor full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(size.ToArray(), value, dtype, device, requires_grad);

    public static Tensor full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(new[] { size }, value, dtype, device, requires_grad);

    public static Tensor full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(new[] { rows, columns }, value, dtype, device, requires_grad);

    public static Tensor full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(new[] { dim0, dim1, dim2 }, value, dtype, device, requires_grad);

    public static Tensor full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        full(new[] { dim0, dim1, dim2, dim3 }, value, dtype, device, requires_grad);
}
