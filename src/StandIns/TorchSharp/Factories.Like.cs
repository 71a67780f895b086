namespace TorchSharp;

/// <content>Factories that take after a tensor.</content>
public static partial class torch
{
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.zeros_like(dtype, device, requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.ones_like(dtype, device, requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.empty_like(dtype, device, requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.full_like(value, dtype, device, requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randint_like(low, high, dtype, device, requires_grad);

    public partial class Tensor
    {
        static readonly Operator s_zeros_like = new("aten::zeros_like"), s_ones_like = new("aten::ones_like"), s_empty_like = new("aten::empty_like");
        static readonly Operator s_full_like = new("aten::full_like"), s_rand_like = new("aten::rand_like"), s_randn_like = new("aten::randn_like");
        static readonly Operator s_randint_like = new("aten::randint_like", "low_dtype");

        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_zeros_like.Call(this, dtype), requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_ones_like.Call(this, dtype), requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_empty_like.Call(this, dtype), requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_full_like.Call(this, value, dtype), requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_rand_like.Call(this, dtype), requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_randn_like.Call(this, dtype), requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(s_randint_like.Call(this, low, high, dtype), requires_grad);

        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            zeros(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            ones(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            empty(size, dtype ?? this.dtype, device, requires_grad);

        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            full(size, value, dtype ?? this.dtype, device, requires_grad);
    }
}
