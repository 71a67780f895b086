namespace TorchSharp;

public static partial class torch
{
    static readonly Operator s_randn = new("aten::randn");

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null)
    {
        var t = s_randn.Call(size, dtype);
        if (requires_grad)
        {
            t.requires_grad = true;
        }

        return t;
    }

    public partial class Tensor
    {
        static readonly Operator s_detach = new("aten::detach"), s_alias = new("aten::alias");
        static readonly Operator s_mul = new("aten::mul", "Tensor"), s_sum = new("aten::sum");
        static readonly Operator s_item = new("aten::_local_scalar_dense");

        public Tensor detach() => s_detach.Call(this);
        public Tensor alias() => s_alias.Call(this);
        public Tensor mul(Tensor other) => s_mul.Call(this, other);
        public Tensor sum() => s_sum.Call(this);
        public double ToDouble() => s_item.CallNumber(this) is var (isDouble, i, d) && isDouble ? d : i;
    }
}
