namespace TorchSharp;

public static partial class torch
{
    /// <content>Sums, means and moments.</content>
    public partial class Tensor
    {
        static readonly Operator s_sum = new("aten::sum"), s_sumDims = new("aten::sum", "dim_IntList"), s_nansum = new("aten::nansum");
        static readonly Operator s_mean = new("aten::mean"), s_meanDims = new("aten::mean", "dim"), s_nanmean = new("aten::nanmean");
        static readonly Operator s_std = new("aten::std"), s_stdDims = new("aten::std", "dim"), s_var = new("aten::var"), s_varDims = new("aten::var", "dim");
        static readonly Operator s_stdMean = new("aten::std_mean", "dim"), s_varMean = new("aten::var_mean", "dim");
        static readonly Operator s_prod = new("aten::prod"), s_prodDim = new("aten::prod", "dim_int");
        static readonly Operator s_cumsum = new("aten::cumsum"), s_cumprod = new("aten::cumprod"), s_logsumexp = new("aten::logsumexp");
        static readonly Operator s_logcumsumexp = new("aten::logcumsumexp");
        static readonly Operator s_norm = new("aten::norm", "Scalar"), s_normDim = new("aten::norm", "ScalarOpt_dim"), s_dist = new("aten::dist");
        static readonly Operator s_all = new("aten::all"), s_allDim = new("aten::all", "dim"), s_any = new("aten::any"), s_anyDim = new("aten::any", "dim");
        static readonly Operator s_count_nonzero = new("aten::count_nonzero"), s_count_nonzeroDims = new("aten::count_nonzero", "dim_IntList");

        public Tensor sum(ScalarType? type = null) => s_sum.Call(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => s_sumDims.Call(this, new[] { dim }, keepdim, type);

        // A literal 0 is also a ScalarType: without this overload sum(0) would be the sum of everything, as bytes.
        public Tensor sum(int dim, bool keepdim = false, ScalarType? type = null) => sum((long)dim, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => s_sumDims.Call(this, dim, keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);
        public Tensor nansum() => s_nansum.Call(this);

        public Tensor mean() => s_mean.Call(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => s_meanDims.Call(this, dimensions, keepdim, type);
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            s_nanmean.Call(this, dim is { } d ? new long[] { d } : null, keepdim, dtype);

        public Tensor std(bool unbiased = true) => s_std.Call(this, unbiased);
        public Tensor std(long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dimensions], unbiased, keepdim, type);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(s_stdDims.Call(this, dimensions, unbiased, keepdim), type);

        public Tensor var(bool unbiased = true) => s_var.Call(this, unbiased);
        public Tensor var(long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dimensions], unbiased, keepdim, type);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(s_varDims.Call(this, dimensions, unbiased, keepdim), type);

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            s_stdMean.Call2(this, dimensions, unbiased, keepdim) is var (s, m) ? (Typed(s, type), Typed(m, type)) : default;

        public (Tensor var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            s_varMean.Call2(this, dimensions, unbiased, keepdim) is var (v, m) ? (Typed(v, type), Typed(m, type)) : default;

        public Tensor prod(ScalarType? type = null) => s_prod.Call(this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => s_prodDim.Call(this, dim, keepdim, type);
        public Tensor prod(int dim, bool keepdim = false, ScalarType? type = null) => prod((long)dim, keepdim, type);
        public Tensor cumsum(long dim, ScalarType? type = null) => s_cumsum.Call(this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => s_cumprod.Call(this, dim, type);
        public Tensor logsumexp(long dim, bool keepdim = false) => s_logsumexp.Call(this, new[] { dim }, keepdim);
        public Tensor logcumsumexp(long dim) => s_logcumsumexp.Call(this, dim);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => s_norm.Call(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => s_normDim.Call(this, (double)p, new long[] { dim }, keepdim);
        public Tensor dist(Tensor other, float p = 2.0f) => s_dist.Call(this, other, p);

        public Tensor all() => s_all.Call(this);
        public Tensor all(long dim, bool keepdim = false) => s_allDim.Call(this, dim, keepdim);
        public Tensor any() => s_any.Call(this);
        public Tensor any(long dim, bool keepdim = false) => s_anyDim.Call(this, dim, keepdim);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? s_count_nonzero.Call(this) : s_count_nonzeroDims.Call(this, dims);

        static Tensor Typed(Tensor tensor, ScalarType? type)
        {
            if (type is not { } wanted || wanted == tensor.dtype)
            {
                return tensor;
            }

            using (tensor)
            {
                return tensor.to_type(wanted);
            }
        }
    }

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, int dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, long[] dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);
    public static Tensor nansum(Tensor input) => input.nansum();
    public static Tensor mean(Tensor input) => input.mean();
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null) => input.mean(dimensions, keepdim, type);
    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) => input.nanmean(dim, keepdim, dtype);
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);
    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);
    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var(dimensions, unbiased, keepdim, type);

    public static (Tensor std, Tensor mean) std_mean(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.std_mean(dimensions, unbiased, keepdim, type);

    public static (Tensor var, Tensor mean) var_mean(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.var_mean(dimensions, unbiased, keepdim, type);

    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);
    public static Tensor prod(Tensor input, int dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);
    public static Tensor cumprod(Tensor input, long dim, ScalarType? type = null) => input.cumprod(dim, type);
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);
    public static Tensor norm(Tensor input, float p = 2.0f) => input.norm(p);
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2.0f) => input.norm(dimension, keepdim, p);
    public static Tensor dist(Tensor input, Tensor other, float p = 2.0f) => input.dist(other, p);
    public static Tensor all(Tensor input) => input.all();
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);
    public static Tensor any(Tensor input) => input.any();
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);
    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);
}
