using TorchSharp;
using static TorchSharp.torch;

namespace PackageContract.Tests;

public class TensorArithmeticTests
{
    static Tensor A => tensor(new[] { 1f, -2f, 3f, 0.5f, 5f, -6f }, [2, 3]);

    static Tensor Positive => A.abs() + 0.25;

    [Fact]
    public void Operators_take_tensors_and_numbers_on_both_sides()
    {
        Expect.Floats(A + A, 2, -4, 6, 1, 10, -12);
        Expect.Floats(A + 1, 2, -1, 4, 1.5, 6, -5);
        Expect.Floats(1 + A, 2, -1, 4, 1.5, 6, -5);
        Expect.Floats(A - 1.5, -0.5, -3.5, 1.5, -1, 3.5, -7.5);
        Expect.Floats(2 - A, 1, 4, -1, 1.5, -3, 8);
        Expect.Floats(A * 2f, 2, -4, 6, 1, 10, -12);
        Expect.Floats(A / 2, 0.5, -1, 1.5, 0.25, 2.5, -3);
        Expect.Floats(2 / A, 2, -1, 0.66666669, 4, 0.40000001, -0.33333334);
        Expect.Floats(A % 2, 1, 0, 1, 0.5, 1, 0);
        Expect.Floats(-A, -1, 2, -3, -0.5, -5, 6);
        Expect.Floats(A.fmod(2), 1, 0, 1, 0.5, 1, 0);
        Expect.Floats(A.pow(2), 1, 4, 9, 0.25, 25, 36);
        Expect.Floats(A.add(A, 2), 3, -6, 9, 1.5, 15, -18);
        Expect.Floats(A.sub(A) + A.mul(2).div(2), 1, -2, 3, 0.5, 5, -6);
    }

    [Fact]
    public void Dtypes_are_promoted_as_in_PyTorch()
    {
        var ints = tensor(new[] { 1, 2 });
        Assert.Equal(ScalarType.Int32, (ints + 1).dtype);
        Assert.Equal(ScalarType.Float32, (ints + 1.5).dtype);
        Assert.Equal(ScalarType.Float32, (ints / 2).dtype);
        Assert.Equal(ScalarType.Float64, (ints + tensor(new[] { 1.0 })).dtype);
        Assert.Equal(ScalarType.Float32, (tensor(new[] { 1f }) * 2.0).dtype);
    }

    [Fact]
    public void In_place_methods_change_the_tensor_and_give_it_back()
    {
        var t = A;
        Expect.Floats(t.add_(1).mul_(2).sub_(2).div_(2), 1, -2, 3, 0.5, 5, -6);
        Expect.Floats(t, 1, -2, 3, 0.5, 5, -6);
        t.clamp_(-1, 2);
        Expect.Floats(t, 1, -1, 2, 0.5, 2, -1);
        t.fill_(4).sqrt_();
        Expect.Floats(t.sum(), 12);
        t.zero_();
        Expect.Floats(t.abs().sum(), 0);
        t.addcmul_(ones(2, 3), full([2, 3], 3), 2);
        Expect.Floats(t.max(), 6);
        t.addcdiv_(ones(2, 3), full([2, 3], 2), -1);
        Expect.Floats(t.max(), 5.5);
        t.copy_(A);
        Expect.Floats(t.relu_(), 1, 0, 3, 0.5, 5, 0);
    }

    [Fact]
    public void Functions_of_one_tensor_have_PyTorchs_values()
    {
        Expect.Floats(A.abs(), 1, 2, 3, 0.5, 5, 6);
        Expect.Floats(Positive.sqrt(), 1.1180340051651, 1.5, 1.8027756214141846, 0.8660253882408142, 2.291287899017334, 2.5);
        Expect.Floats(exp(A), 2.7182817459106445, 0.1353352814912796, 20.08553695678711, 1.6487212181091309, 148.4131622314453, 0.0024787522852420807);
        Expect.Floats(Positive.log(), 0.2231435477733612, 0.8109301924705505, 1.1786550283432007, -0.28768208622932434, 1.6582280397415161, 1.8325815200805664);
        Expect.Floats(Positive.rsqrt(), 0.8944271802902222, 0.6666666865348816, 0.5547001957893372, 1.154700517654419, 0.4364357590675354, 0.4000000059604645);
        Expect.Floats(A.sigmoid(), 0.7310585975646973, 0.11920291930437088, 0.9525741338729858, 0.622459352016449, 0.9933071732521057, 0.0024726230185478926);
        Expect.Floats(A.tanh(), 0.7615941762924194, -0.9640275835990906, 0.9950547814369202, 0.46211716532707214, 0.9999092221260071, -0.9999877214431763);
        Expect.Floats(A.erf(), 0.8427007794380188, -0.9953222870826721, 0.9999778866767883, 0.5204998850822449, 1, -1);
        Expect.Floats(Positive.log2(), 0.32192808389663696, 1.1699249744415283, 1.700439691543579, -0.41503751277923584, 2.392317533493042, 2.6438562870025635);
        Expect.Floats(Positive.log10(), 0.0969100147485733, 0.3521825075149536, 0.5118833780288696, -0.1249387338757515, 0.7201592922210693, 0.7958800196647644);
        Expect.Floats(A.sin(), 0.8414709568023682, -0.9092974066734314, 0.14112000167369843, 0.4794255495071411, -0.9589242935180664, 0.279415488243103);
        Expect.Floats(A.cos(), 0.5403023362159729, -0.416146844625473, -0.9899924993515015, 0.8775825500488281, 0.28366219997406006, 0.9601702690124512);
        Expect.Floats(A.sign(), 1, -1, 1, 1, 1, -1);
        Expect.Floats(A.floor(), 1, -2, 3, 0, 5, -6);
        Expect.Floats(A.ceil(), 1, -2, 3, 1, 5, -6);
        Expect.Floats(A.trunc(), 1, -2, 3, 0, 5, -6);
        Expect.Floats(A.square(), 1, 4, 9, 0.25, 25, 36);
        Expect.Floats(A.relu(), 1, 0, 3, 0.5, 5, 0);
        Expect.Floats(A.neg(), -1, 2, -3, -0.5, -5, 6);
        Expect.Floats(A.reciprocal(), 1, -0.5, 0.33333334, 2, 0.2, -0.16666667);
    }

    [Fact]
    public void Rounding_goes_to_even() => Expect.Floats(tensor(new[] { 0.5, 1.5, 2.5, -0.5, -1.5 }).round(), 0, 2, 2, 0, -2);

    [Fact]
    public void Clamp_and_extremes()
    {
        Expect.Floats(A.clamp(-1, 3), 1, -1, 3, 0.5, 3, -1);
        Expect.Floats(A.clamp(min: 0), 1, 0, 3, 0.5, 5, 0);
        Expect.Floats(clamp(A, max: 1), 1, -2, 1, 0.5, 1, -6);
        Expect.Floats(maximum(A, zeros(1)), 1, 0, 3, 0.5, 5, 0);
        Expect.Floats(A.minimum(zeros(1)), 0, -2, 0, 0, 0, -6);
    }

    [Fact]
    public void Comparisons_are_element_wise()
    {
        Expect.Bools(A > 0, true, false, true, true, true, false);
        Expect.Bools(A >= 3, false, false, true, false, true, false);
        Expect.Bools(A < A.abs(), false, true, false, false, false, true);
        Expect.Bools(A <= -2, false, true, false, false, false, true);
        Expect.Bools(A == 3, false, false, true, false, false, false);
        Expect.Bools(A != A, false, false, false, false, false, false);
        Expect.Bools(A.eq(A), true, true, true, true, true, true);
        Expect.Bools(A.ne(1) & A.gt(0), false, false, true, true, true, false);
        Expect.Bools(~(A.lt(0) | A.ge(5)), true, false, true, true, false, false);
        Expect.Bools(A.gt(0) ^ A.gt(2), true, false, false, true, false, false);
        Expect.Bools(A.gt(0).logical_not(), false, true, false, false, false, true);
        Expect.Bools(A.gt(0).logical_and(A.gt(2)), false, false, true, false, true, false);
        Expect.Bools(A.gt(0).logical_or(A.lt(-5)), true, false, true, true, true, true);
    }

    [Fact]
    public void Special_numbers_are_told_apart()
    {
        var t = tensor(new[] { float.NaN, float.PositiveInfinity, 1f });
        Expect.Bools(t.isnan(), true, false, false);
        Expect.Bools(t.isinf(), false, true, false);
        Expect.Bools(t.isfinite(), false, false, true);
        Expect.Floats(t.nan_to_num().isfinite().all().to_type(float32), 1);
    }

    [Fact]
    public void Equality_of_whole_tensors()
    {
        Assert.True(A.equal(A));
        Assert.False(A.equal(A + 1e-6));
        Assert.True(A.allclose(A + 1e-7));
        Assert.False(allclose(A, A + 1e-3));
        Assert.True(A.allclose(A + 0.1, rtol: 0, atol: 0.2));
    }

    [Fact]
    public void Products()
    {
        var b = tensor(new[] { 1f, 0f, 2f, 1f, 0f, 1f }, [3, 2]);
        Expect.Floats(A.matmul(b), -3, 1, 10.5, -1);
        Expect.Floats(A.mm(b), -3, 1, 10.5, -1);
        Expect.Floats(mm(A, A.t()), 14, -27.5, -27.5, 61.25);
        Expect.Floats(einsum("ij,kj->ik", A, A), 14, -27.5, -27.5, 61.25);
        Expect.Floats(A.mv(ones(3)), 2, -0.5);
        Expect.Floats(A[0].dot(A[1]), -27.5);
        Expect.Floats(A.unsqueeze(0).bmm(b.unsqueeze(0)), -3, 1, 10.5, -1);
        Expect.Floats(ones(2, 2).addmm(A, b), -2, 2, 11.5, 0);
        Expect.Floats(tensor(new[] { 1f, 2f }).outer(tensor(new[] { 3f, 4f })), 3, 4, 6, 8);
    }

    [Fact]
    public void Soft_maximum()
    {
        Expect.Floats(
            A.softmax(1), 0.11849965155124664, 0.0058997501619160175, 0.8756005764007568, 0.010986761189997196, 0.9889967441558838, 1.651792808843311e-05);
        Expect.Floats(
            log_softmax(A, 1), -2.132845163345337, -5.132845401763916, -0.13284526765346527, -4.511064052581787, -0.011064248159527779, -11.011064529418945);
        Expect.Floats(A.logsumexp(1), 3.132845163345337, 5.011064052581787);
    }
}
