namespace TorchSharp;

public static partial class torch
{
    /// <content>The operators of the language. Comparisons are element-wise: test for null with <c>is null</c>.</content>
    public partial class Tensor
    {
        static readonly Operator s_rsub = new("aten::rsub", "Scalar"), s_scalarPow = new("aten::pow", "Scalar");

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, int right) => s_addScalar.Call(left, right);
        public static Tensor operator +(Tensor left, long right) => s_addScalar.Call(left, right);
        public static Tensor operator +(Tensor left, float right) => s_addScalar.Call(left, right);
        public static Tensor operator +(Tensor left, double right) => s_addScalar.Call(left, right);
        public static Tensor operator +(Tensor left, Scalar right) => s_addScalar.Call(left, right);
        public static Tensor operator +(int left, Tensor right) => s_addScalar.Call(right, left);
        public static Tensor operator +(long left, Tensor right) => s_addScalar.Call(right, left);
        public static Tensor operator +(float left, Tensor right) => s_addScalar.Call(right, left);
        public static Tensor operator +(double left, Tensor right) => s_addScalar.Call(right, left);
        public static Tensor operator +(Scalar left, Tensor right) => s_addScalar.Call(right, left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, int right) => s_subScalar.Call(left, right);
        public static Tensor operator -(Tensor left, long right) => s_subScalar.Call(left, right);
        public static Tensor operator -(Tensor left, float right) => s_subScalar.Call(left, right);
        public static Tensor operator -(Tensor left, double right) => s_subScalar.Call(left, right);
        public static Tensor operator -(Tensor left, Scalar right) => s_subScalar.Call(left, right);
        public static Tensor operator -(int left, Tensor right) => s_rsub.Call(right, left);
        public static Tensor operator -(long left, Tensor right) => s_rsub.Call(right, left);
        public static Tensor operator -(float left, Tensor right) => s_rsub.Call(right, left);
        public static Tensor operator -(double left, Tensor right) => s_rsub.Call(right, left);
        public static Tensor operator -(Scalar left, Tensor right) => s_rsub.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, int right) => s_mulScalar.Call(left, right);
        public static Tensor operator *(Tensor left, long right) => s_mulScalar.Call(left, right);
        public static Tensor operator *(Tensor left, float right) => s_mulScalar.Call(left, right);
        public static Tensor operator *(Tensor left, double right) => s_mulScalar.Call(left, right);
        public static Tensor operator *(Tensor left, Scalar right) => s_mulScalar.Call(left, right);
        public static Tensor operator *(int left, Tensor right) => s_mulScalar.Call(right, left);
        public static Tensor operator *(long left, Tensor right) => s_mulScalar.Call(right, left);
        public static Tensor operator *(float left, Tensor right) => s_mulScalar.Call(right, left);
        public static Tensor operator *(double left, Tensor right) => s_mulScalar.Call(right, left);
        public static Tensor operator *(Scalar left, Tensor right) => s_mulScalar.Call(right, left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, int right) => s_divScalar.Call(left, right);
        public static Tensor operator /(Tensor left, long right) => s_divScalar.Call(left, right);
        public static Tensor operator /(Tensor left, float right) => s_divScalar.Call(left, right);
        public static Tensor operator /(Tensor left, double right) => s_divScalar.Call(left, right);
        public static Tensor operator /(Tensor left, Scalar right) => s_divScalar.Call(left, right);
        public static Tensor operator /(int left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(long left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(float left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(double left, Tensor right) => Quotient(left, right);
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);
        public static Tensor operator %(Tensor left, int right) => s_remainderScalar.Call(left, right);
        public static Tensor operator %(Tensor left, long right) => s_remainderScalar.Call(left, right);
        public static Tensor operator %(Tensor left, float right) => s_remainderScalar.Call(left, right);
        public static Tensor operator %(Tensor left, double right) => s_remainderScalar.Call(left, right);
        public static Tensor operator %(Tensor left, Scalar right) => s_remainderScalar.Call(left, right);

        static Tensor Quotient(Arg left, Tensor right)
        {
            using var inverse = right.reciprocal();
            return s_mulScalar.Call(inverse, left);
        }

        public static Tensor operator -(Tensor tensor) => tensor.neg();
        public static Tensor operator ~(Tensor tensor) => tensor.bitwise_not();
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public static explicit operator float(Tensor value) => value.ToSingle();
        public static explicit operator double(Tensor value) => value.ToDouble();
        public static explicit operator int(Tensor value) => value.ToInt32();
        public static explicit operator long(Tensor value) => value.ToInt64();
        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <summary>The same dtype, shape and elements.</summary>
        public bool Equals(Tensor target) => dtype == target.dtype && equal(target);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is Tensor other && Equals(other));

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
