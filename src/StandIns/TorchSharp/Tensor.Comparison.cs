namespace TorchSharp;

public static partial class torch
{
    /// <content>Comparisons, logic and bits.</content>
    public partial class Tensor
    {
        static readonly Operator s_eq = new("aten::eq", "Tensor"), s_eqScalar = new("aten::eq", "Scalar");
        static readonly Operator s_eq_ = new("aten::eq_", "Tensor"), s_eqScalar_ = new("aten::eq_", "Scalar");
        static readonly Operator s_ne = new("aten::ne", "Tensor"), s_neScalar = new("aten::ne", "Scalar");
        static readonly Operator s_ne_ = new("aten::ne_", "Tensor"), s_neScalar_ = new("aten::ne_", "Scalar");
        static readonly Operator s_lt = new("aten::lt", "Tensor"), s_ltScalar = new("aten::lt", "Scalar");
        static readonly Operator s_lt_ = new("aten::lt_", "Tensor"), s_ltScalar_ = new("aten::lt_", "Scalar");
        static readonly Operator s_le = new("aten::le", "Tensor"), s_leScalar = new("aten::le", "Scalar");
        static readonly Operator s_le_ = new("aten::le_", "Tensor"), s_leScalar_ = new("aten::le_", "Scalar");
        static readonly Operator s_gt = new("aten::gt", "Tensor"), s_gtScalar = new("aten::gt", "Scalar");
        static readonly Operator s_gt_ = new("aten::gt_", "Tensor"), s_gtScalar_ = new("aten::gt_", "Scalar");
        static readonly Operator s_ge = new("aten::ge", "Tensor"), s_geScalar = new("aten::ge", "Scalar");
        static readonly Operator s_ge_ = new("aten::ge_", "Tensor"), s_geScalar_ = new("aten::ge_", "Scalar");
        static readonly Operator s_logical_and = new("aten::logical_and"), s_logical_and_ = new("aten::logical_and_");
        static readonly Operator s_logical_or = new("aten::logical_or"), s_logical_or_ = new("aten::logical_or_");
        static readonly Operator s_logical_xor = new("aten::logical_xor"), s_logical_xor_ = new("aten::logical_xor_");
        static readonly Operator s_bitwise_and = new("aten::bitwise_and", "Tensor"), s_bitwise_and_ = new("aten::bitwise_and_", "Tensor");
        static readonly Operator s_bitwise_or = new("aten::bitwise_or", "Tensor"), s_bitwise_or_ = new("aten::bitwise_or_", "Tensor");
        static readonly Operator s_bitwise_xor = new("aten::bitwise_xor", "Tensor"), s_bitwise_xor_ = new("aten::bitwise_xor_", "Tensor");
        static readonly Operator s_shiftLeft = new("aten::bitwise_left_shift", "Tensor"), s_shiftRight = new("aten::bitwise_right_shift", "Tensor");
        static readonly Operator s_isnan = new("aten::isnan");
        static readonly Operator s_isinf = new("aten::isinf");
        static readonly Operator s_isfinite = new("aten::isfinite");
        static readonly Operator s_isposinf = new("aten::isposinf");
        static readonly Operator s_isneginf = new("aten::isneginf");
        static readonly Operator s_allclose = new("aten::allclose"), s_equal = new("aten::equal"), s_isclose = new("aten::isclose");

        public Tensor eq(Tensor target) => s_eq.Call(this, target);
        public Tensor eq(Scalar target) => s_eqScalar.Call(this, target);
        public Tensor eq_(Tensor target) => s_eq_.CallInPlace(this, target);
        public Tensor eq_(Scalar target) => s_eqScalar_.CallInPlace(this, target);
        public Tensor ne(Tensor target) => s_ne.Call(this, target);
        public Tensor ne(Scalar target) => s_neScalar.Call(this, target);
        public Tensor ne_(Tensor target) => s_ne_.CallInPlace(this, target);
        public Tensor ne_(Scalar target) => s_neScalar_.CallInPlace(this, target);
        public Tensor lt(Tensor target) => s_lt.Call(this, target);
        public Tensor lt(Scalar target) => s_ltScalar.Call(this, target);
        public Tensor lt_(Tensor target) => s_lt_.CallInPlace(this, target);
        public Tensor lt_(Scalar target) => s_ltScalar_.CallInPlace(this, target);
        public Tensor le(Tensor target) => s_le.Call(this, target);
        public Tensor le(Scalar target) => s_leScalar.Call(this, target);
        public Tensor le_(Tensor target) => s_le_.CallInPlace(this, target);
        public Tensor le_(Scalar target) => s_leScalar_.CallInPlace(this, target);
        public Tensor gt(Tensor target) => s_gt.Call(this, target);
        public Tensor gt(Scalar target) => s_gtScalar.Call(this, target);
        public Tensor gt_(Tensor target) => s_gt_.CallInPlace(this, target);
        public Tensor gt_(Scalar target) => s_gtScalar_.CallInPlace(this, target);
        public Tensor ge(Tensor target) => s_ge.Call(this, target);
        public Tensor ge(Scalar target) => s_geScalar.Call(this, target);
        public Tensor ge_(Tensor target) => s_ge_.CallInPlace(this, target);
        public Tensor ge_(Scalar target) => s_geScalar_.CallInPlace(this, target);
        public Tensor logical_and(Tensor other) => s_logical_and.Call(this, other);
        public Tensor logical_and_(Tensor other) => s_logical_and_.CallInPlace(this, other);
        public Tensor logical_or(Tensor other) => s_logical_or.Call(this, other);
        public Tensor logical_or_(Tensor other) => s_logical_or_.CallInPlace(this, other);
        public Tensor logical_xor(Tensor other) => s_logical_xor.Call(this, other);
        public Tensor logical_xor_(Tensor other) => s_logical_xor_.CallInPlace(this, other);
        public Tensor bitwise_and(Tensor other) => s_bitwise_and.Call(this, other);
        public Tensor bitwise_and_(Tensor other) => s_bitwise_and_.CallInPlace(this, other);
        public Tensor bitwise_or(Tensor other) => s_bitwise_or.Call(this, other);
        public Tensor bitwise_or_(Tensor other) => s_bitwise_or_.CallInPlace(this, other);
        public Tensor bitwise_xor(Tensor other) => s_bitwise_xor.Call(this, other);
        public Tensor bitwise_xor_(Tensor other) => s_bitwise_xor_.CallInPlace(this, other);
        public Tensor bitwise_left_shift(Tensor other) => s_shiftLeft.Call(this, other);
        public Tensor bitwise_right_shift(Tensor other) => s_shiftRight.Call(this, other);
        public Tensor isnan() => s_isnan.Call(this);
        public Tensor isinf() => s_isinf.Call(this);
        public Tensor isfinite() => s_isfinite.Call(this);
        public Tensor isposinf() => s_isposinf.Call(this);
        public Tensor isneginf() => s_isneginf.Call(this);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            s_allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            s_isclose.Call(this, other, rtol, atol, nanEqual);

        /// <summary>The same shape and elements.</summary>
        public bool equal(Tensor target) => s_equal.CallBool(this, target);
    }

    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);
    public static Tensor eq(Tensor left, Scalar right) => left.eq(right);
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);
    public static Tensor ne(Tensor left, Scalar right) => left.ne(right);
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);
    public static Tensor lt(Tensor left, Scalar right) => left.lt(right);
    public static Tensor le(Tensor left, Tensor right) => left.le(right);
    public static Tensor le(Tensor left, Scalar right) => left.le(right);
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);
    public static Tensor gt(Tensor left, Scalar right) => left.gt(right);
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);
    public static Tensor ge(Tensor left, Scalar right) => left.ge(right);
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);
    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);
    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);
    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);
    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);
    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);
    public static Tensor isnan(Tensor input) => input.isnan();
    public static Tensor isinf(Tensor input) => input.isinf();
    public static Tensor isfinite(Tensor input) => input.isfinite();
    public static Tensor isposinf(Tensor input) => input.isposinf();
    public static Tensor isneginf(Tensor input) => input.isneginf();
    public static bool equal(Tensor input, Tensor other) => input.equal(other);

    public static bool allclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        input.allclose(other, rtol, atol, equal_nan);

    public static Tensor isclose(Tensor input, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
        input.isclose(other, rtol, atol, nanEqual);
}
