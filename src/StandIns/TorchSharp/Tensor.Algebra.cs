namespace TorchSharp;

public static partial class torch
{
    /// <content>Products, soft maximum and other linear algebra.</content>
    public partial class Tensor
    {
        static readonly Operator s_matmul = new("aten::matmul"), s_mm = new("aten::mm"), s_bmm = new("aten::bmm"), s_mv = new("aten::mv"), s_dot = new("aten::dot");
        static readonly Operator s_addmm = new("aten::addmm"), s_addmm_ = new("aten::addmm_"), s_addmv = new("aten::addmv"), s_addbmm = new("aten::addbmm"), s_baddbmm = new("aten::baddbmm");
        static readonly Operator s_outer = new("aten::outer"), s_kron = new("aten::kron"), s_trace = new("aten::trace"), s_cdist = new("aten::cdist");
        static readonly Operator s_softmax = new("aten::softmax", "int"), s_log_softmax = new("aten::log_softmax", "int"), s_einsum = new("aten::einsum");
        static readonly Operator s_roundDecimals = new("aten::round", "decimals"), s_nan_to_numValues = new("aten::nan_to_num"), s_tensordot = new("aten::tensordot");
        static readonly Operator s_svd = new("aten::linalg_svd"), s_inverse = new("aten::linalg_inv"), s_cov = new("aten::cov"), s_corrcoef = new("aten::corrcoef");

        public Tensor matmul(Tensor target) => s_matmul.Call(this, target);
        public Tensor mm(Tensor target) => s_mm.Call(this, target);
        public Tensor bmm(Tensor batch2) => s_bmm.Call(this, batch2);
        public Tensor mv(Tensor target) => s_mv.Call(this, target);
        public Tensor dot(Tensor target) => s_dot.Call(this, target);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => s_addmm.Call(this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => s_addmm_.CallInPlace(this, mat1, mat2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) => s_addmv.Call(this, mat, vec, beta, alpha);
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_addbmm.Call(this, batch1, batch2, beta, alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => s_baddbmm.Call(this, batch1, batch2, beta, alpha);
        public Tensor outer(Tensor vec2) => s_outer.Call(this, vec2);
        public Tensor kron(Tensor other) => s_kron.Call(this, other);
        public Tensor trace() => s_trace.Call(this);
        public Tensor softmax(long dim, ScalarType? dtype = null) => s_softmax.Call(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => s_log_softmax.Call(this, dim, dtype);
        public Tensor round(long decimals) => s_roundDecimals.Call(this, decimals);
        public Tensor nan_to_num(double? nan, double? posinf = null, double? neginf = null) => s_nan_to_numValues.Call(this, nan, posinf, neginf);
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => s_cov.Call(this, correction, fweights, aweights);
        public Tensor corrcoef() => s_corrcoef.Call(this);
        public Tensor inverse() => s_inverse.Call(this);

        internal Tensor TensorDot(Tensor b, long[] dimsA, long[] dimsB) => s_tensordot.Call(this, b, dimsA, dimsB);
        internal (Tensor U, Tensor S, Tensor Vh) Svd(bool fullMatrices) => s_svd.Call3(this, fullMatrices);
        internal Tensor CDist(Tensor other, double p) => s_cdist.Call(this, other, p);
        internal static Tensor Einsum(string equation, Tensor[] tensors) => s_einsum.Call(equation, tensors);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);
    public static Tensor trace(Tensor input) => input.trace();
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0) => x1.CDist(x2, p);
    public static Tensor einsum(string equation, params Tensor[] tensors) => Tensor.Einsum(equation, tensors);
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.TensorDot(b, dims1, dims2);
    public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
    public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);
    public static Tensor round(Tensor input, long decimals) => input.round(decimals);
    public static Tensor cov(Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => input.cov(correction, fweights, aweights);
    public static Tensor corrcoef(Tensor input) => input.corrcoef();
    public static Tensor inverse(Tensor input) => input.inverse();

    public static class linalg
    {
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => input.Svd(fullMatrices);
        public static Tensor inv(Tensor input) => input.inverse();
    }
}
