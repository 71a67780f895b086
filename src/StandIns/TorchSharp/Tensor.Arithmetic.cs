namespace TorchSharp;

public static partial class torch
{
    /// <content>Arithmetic of two tensors, or of a tensor and a number.</content>
    public partial class Tensor
    {
        static readonly Operator s_add = new("aten::add", "Tensor"), s_addScalar = new("aten::add", "Scalar");
        static readonly Operator s_add_ = new("aten::add_", "Tensor"), s_addScalar_ = new("aten::add_", "Scalar");
        static readonly Operator s_sub = new("aten::sub", "Tensor"), s_subScalar = new("aten::sub", "Scalar");
        static readonly Operator s_sub_ = new("aten::sub_", "Tensor"), s_subScalar_ = new("aten::sub_", "Scalar");
        static readonly Operator s_mul = new("aten::mul", "Tensor"), s_mulScalar = new("aten::mul", "Scalar");
        static readonly Operator s_mul_ = new("aten::mul_", "Tensor"), s_mulScalar_ = new("aten::mul_", "Scalar");
        static readonly Operator s_div = new("aten::div", "Tensor"), s_divScalar = new("aten::div", "Scalar");
        static readonly Operator s_div_ = new("aten::div_", "Tensor"), s_divScalar_ = new("aten::div_", "Scalar");
        static readonly Operator s_remainder = new("aten::remainder", "Tensor"), s_remainderScalar = new("aten::remainder", "Scalar");
        static readonly Operator s_remainder_ = new("aten::remainder_", "Tensor"), s_remainderScalar_ = new("aten::remainder_", "Scalar");
        static readonly Operator s_fmod = new("aten::fmod", "Tensor"), s_fmodScalar = new("aten::fmod", "Scalar");
        static readonly Operator s_fmod_ = new("aten::fmod_", "Tensor"), s_fmodScalar_ = new("aten::fmod_", "Scalar");
        static readonly Operator s_pow = new("aten::pow", "Tensor_Tensor"), s_powScalar = new("aten::pow", "Tensor_Scalar");
        static readonly Operator s_pow_ = new("aten::pow_", "Tensor"), s_powScalar_ = new("aten::pow_", "Scalar");
        static readonly Operator s_divMode = new("aten::div", "Tensor_mode"), s_divScalarMode = new("aten::div", "Scalar_mode");
        static readonly Operator s_floor_divide = new("aten::floor_divide"), s_floor_divideScalar = new("aten::floor_divide", "Scalar");
        static readonly Operator s_addcmul = new("aten::addcmul"), s_addcmul_ = new("aten::addcmul_");
        static readonly Operator s_addcdiv = new("aten::addcdiv"), s_addcdiv_ = new("aten::addcdiv_");
        static readonly Operator s_lerp = new("aten::lerp", "Scalar"), s_lerp_ = new("aten::lerp_", "Scalar"), s_lerpTensor = new("aten::lerp", "Tensor");
        static readonly Operator s_maximum = new("aten::maximum"), s_minimum = new("aten::minimum"), s_atan2 = new("aten::atan2");
        static readonly Operator s_hypot = new("aten::hypot"), s_xlogy = new("aten::xlogy", "Tensor"), s_heaviside = new("aten::heaviside");
        static readonly Operator s_clamp = new("aten::clamp"), s_clamp_ = new("aten::clamp_"), s_clampTensor = new("aten::clamp", "Tensor");
        static readonly Operator s_clamp_min = new("aten::clamp_min"), s_clamp_min_ = new("aten::clamp_min_");
        static readonly Operator s_clamp_max = new("aten::clamp_max"), s_clamp_max_ = new("aten::clamp_max_");

        public Tensor add(Tensor target) => s_add.Call(this, target);
        public Tensor add(Scalar scalar) => s_addScalar.Call(this, scalar);
        public Tensor add(Tensor target, Scalar alpha) => s_add.Call(this, target, alpha);
        public Tensor add_(Tensor target) => s_add_.CallInPlace(this, target);
        public Tensor add_(Scalar scalar) => s_addScalar_.CallInPlace(this, scalar);
        public Tensor add_(Tensor target, Scalar alpha) => s_add_.CallInPlace(this, target, alpha);
        public Tensor sub(Tensor target) => s_sub.Call(this, target);
        public Tensor sub(Scalar scalar) => s_subScalar.Call(this, scalar);
        public Tensor sub(Tensor target, Scalar alpha) => s_sub.Call(this, target, alpha);
        public Tensor sub_(Tensor target) => s_sub_.CallInPlace(this, target);
        public Tensor sub_(Scalar scalar) => s_subScalar_.CallInPlace(this, scalar);
        public Tensor sub_(Tensor target, Scalar alpha) => s_sub_.CallInPlace(this, target, alpha);
        public Tensor mul(Tensor target) => s_mul.Call(this, target);
        public Tensor mul(Scalar scalar) => s_mulScalar.Call(this, scalar);
        public Tensor mul_(Tensor target) => s_mul_.CallInPlace(this, target);
        public Tensor mul_(Scalar scalar) => s_mulScalar_.CallInPlace(this, scalar);
        public Tensor div(Tensor target) => s_div.Call(this, target);
        public Tensor div(Scalar scalar) => s_divScalar.Call(this, scalar);
        public Tensor div_(Tensor target) => s_div_.CallInPlace(this, target);
        public Tensor div_(Scalar scalar) => s_divScalar_.CallInPlace(this, scalar);
        public Tensor remainder(Tensor target) => s_remainder.Call(this, target);
        public Tensor remainder(Scalar scalar) => s_remainderScalar.Call(this, scalar);
        public Tensor remainder_(Tensor target) => s_remainder_.CallInPlace(this, target);
        public Tensor remainder_(Scalar scalar) => s_remainderScalar_.CallInPlace(this, scalar);
        public Tensor fmod(Tensor target) => s_fmod.Call(this, target);
        public Tensor fmod(Scalar scalar) => s_fmodScalar.Call(this, scalar);
        public Tensor fmod_(Tensor target) => s_fmod_.CallInPlace(this, target);
        public Tensor fmod_(Scalar scalar) => s_fmodScalar_.CallInPlace(this, scalar);
        public Tensor pow(Tensor exponent) => s_pow.Call(this, exponent);
        public Tensor pow(Scalar exponent) => s_powScalar.Call(this, exponent);
        public Tensor pow_(Tensor exponent) => s_pow_.CallInPlace(this, exponent);
        public Tensor pow_(Scalar exponent) => s_powScalar_.CallInPlace(this, exponent);
        public Tensor div(Tensor target, RoundingMode rounding_mode) => s_divMode.Call(this, target, Mode(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode) => s_divScalarMode.Call(this, target, Mode(rounding_mode));
        public Tensor divide(Tensor target) => div(target);
        public Tensor subtract(Tensor target) => sub(target);
        public Tensor multiply(Tensor target) => mul(target);
        public Tensor floor_divide(Tensor other) => s_floor_divide.Call(this, other);
        public Tensor floor_divide(Scalar other) => s_floor_divideScalar.Call(this, other);
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcmul.Call(this, tensor1, tensor2, value);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcmul_.CallInPlace(this, tensor1, tensor2, value);
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcdiv.Call(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => s_addcdiv_.CallInPlace(this, tensor1, tensor2, value);
        public Tensor lerp(Tensor end, Scalar weight) => s_lerp.Call(this, end, weight);
        public Tensor lerp(Tensor end, Tensor weight) => s_lerpTensor.Call(this, end, weight);
        public Tensor lerp_(Tensor end, Scalar weight) => s_lerp_.CallInPlace(this, end, weight);
        public Tensor maximum(Tensor other) => s_maximum.Call(this, other);
        public Tensor minimum(Tensor other) => s_minimum.Call(this, other);
        public Tensor atan2(Tensor other) => s_atan2.Call(this, other);
        public Tensor hypot(Tensor other) => s_hypot.Call(this, other);
        public Tensor xlogy(Tensor other) => s_xlogy.Call(this, other);
        public Tensor heaviside(Tensor values) => s_heaviside.Call(this, values);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => s_clamp.Call(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => s_clamp_.CallInPlace(this, min, max);
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => s_clampTensor.Call(this, min, max);
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);
        public Tensor clamp_min(Scalar min) => s_clamp_min.Call(this, min);
        public Tensor clamp_min_(Scalar min) => s_clamp_min_.CallInPlace(this, min);
        public Tensor clamp_max(Scalar max) => s_clamp_max.Call(this, max);
        public Tensor clamp_max_(Scalar max) => s_clamp_max_.CallInPlace(this, max);

        static string? Mode(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }

    /// <summary>What a division does with the fraction.</summary>
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public static Tensor add(Tensor left, Tensor right) => left.add(right);
    public static Tensor add(Tensor left, Scalar right) => left.add(right);
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);
    public static Tensor div(Tensor left, Tensor right) => left.div(right);
    public static Tensor div(Tensor left, Scalar right) => left.div(right);
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);
    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);
    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);
    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);
    public static Tensor pow(Tensor left, Tensor right) => left.pow(right);
    public static Tensor pow(Tensor left, Scalar right) => left.pow(right);
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);
    public static Tensor sub(Tensor left, Tensor right, Scalar alpha) => left.sub(right, alpha);
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode) => left.div(right, rounding_mode);
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode) => left.div(right, rounding_mode);
    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);
    public static Tensor floor_divide(Tensor input, Scalar other) => input.floor_divide(other);
    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);
    public static Tensor hypot(Tensor input, Tensor other) => input.hypot(other);
    public static Tensor xlogy(Tensor input, Tensor other) => input.xlogy(other);
    public static Tensor heaviside(Tensor input, Tensor values) => input.heaviside(values);
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);
}
