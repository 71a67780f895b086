namespace TorchSharp;

public static partial class torch
{
    /// <content>Extremes, order statistics and counts.</content>
    public partial class Tensor
    {
        static readonly Operator s_max = new("aten::max"), s_maxDim = new("aten::max", "dim"), s_min = new("aten::min"), s_minDim = new("aten::min", "dim");
        static readonly Operator s_amax = new("aten::amax"), s_amin = new("aten::amin"), s_argmax = new("aten::argmax"), s_argmin = new("aten::argmin");
        static readonly Operator s_aminmax = new("aten::aminmax"), s_topk = new("aten::topk"), s_sort = new("aten::sort", "stable");
        static readonly Operator s_argsort = new("aten::argsort"), s_kthvalue = new("aten::kthvalue"), s_mode = new("aten::mode");
        static readonly Operator s_median = new("aten::median"), s_nanmedian = new("aten::nanmedian");
        static readonly Operator s_quantile = new("aten::quantile"), s_nanquantile = new("aten::nanquantile");
        static readonly Operator s_unique = new("aten::_unique2"), s_uniqueDim = new("aten::unique_dim"), s_bincount = new("aten::bincount");
        static readonly Operator s_uniqueConsecutive = new("aten::unique_consecutive"), s_histc = new("aten::histc");
        static readonly Operator s_searchsorted = new("aten::searchsorted", "Tensor"), s_bucketize = new("aten::bucketize", "Tensor");
        static readonly Operator s_isin = new("aten::isin", "Tensor_Tensor"), s_diff = new("aten::diff");

        public Tensor max() => s_max.Call(this);
        public Tensor max(Tensor other) => maximum(other);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => s_maxDim.Call2(this, dim, keepdim);
        public Tensor min() => s_min.Call(this);
        public Tensor min(Tensor other) => minimum(other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => s_minDim.Call2(this, dim, keepdim);
        public Tensor amax(params long[] dims) => s_amax.Call(this, dims);
        public Tensor amax(long[] dims, bool keepdim) => s_amax.Call(this, dims, keepdim);
        public Tensor amin(params long[] dims) => s_amin.Call(this, dims);
        public Tensor amin(long[] dims, bool keepdim) => s_amin.Call(this, dims, keepdim);
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => s_aminmax.Call2(this, dim, keepdim);
        public Tensor argmax() => s_argmax.Call(this);
        public Tensor argmax(long dim, bool keepdim = false) => s_argmax.Call(this, dim, keepdim);
        public Tensor argmin() => s_argmin.Call(this);
        public Tensor argmin(long dim, bool keepdim = false) => s_argmin.Call(this, dim, keepdim);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            s_topk.Call2(this, k, dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            s_sort.Call2(this, stable, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) => s_argsort.Call(this, dim, descending);

        /// <summary>The k-th smallest elements, counted from one.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => s_kthvalue.Call2(this, k, dim ?? -1, keepdim);

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false) => s_mode.Call2(this, dim, keepdim);

        /// <summary>The lower median where the count is even, as in PyTorch.</summary>
        public Tensor median() => s_median.Call(this);

        public Tensor nanmedian() => s_nanmedian.Call(this);
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => s_quantile.Call(this, q, dim, keepdim);
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => s_nanquantile.Call(this, q, dim, keepdim);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } d
                ? s_uniqueDim.Call3(this, d, sorted, return_inverse, return_counts)
                : s_unique.Call3(this, sorted, return_inverse, return_counts);
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = s_uniqueConsecutive.Call3(this, return_inverse, return_counts, dim);
            return (output, Wanted(inverse, return_inverse), Wanted(counts, return_counts));
        }

        static Tensor? Wanted(Tensor tensor, bool wanted)
        {
            if (wanted)
            {
                return tensor;
            }

            tensor.Dispose();
            return null;
        }

        public Tensor bincount(Tensor? weights = null, long minlength = 0) => s_bincount.Call(this, weights, minlength);

        /// <summary>Counts of equal bins between <paramref name="min"/> and <paramref name="max"/>, or over the range of the data where both are 0.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => s_histc.Call(this, bins, min, max);

        internal Tensor SearchSorted(Tensor values, bool out_int32, bool right) => s_searchsorted.Call(this, values, out_int32, right);
        internal Tensor Bucketize(Tensor boundaries, bool out_int32, bool right) => s_bucketize.Call(this, boundaries, out_int32, right);
        internal Tensor IsIn(Tensor test, bool assumeUnique, bool invert) => s_isin.Call(this, test, assumeUnique, invert);
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => s_diff.Call(this, n, dim, prepend, append);
    }

    public static Tensor max(Tensor input) => input.max();
    public static Tensor max(Tensor input, Tensor other) => input.maximum(other);
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);
    public static Tensor min(Tensor input) => input.min();
    public static Tensor min(Tensor input, Tensor other) => input.minimum(other);
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false) => input.amax(dims, keepdim);
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false) => input.amin(dims, keepdim);
    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) => input.aminmax(dim, keepdim);
    public static Tensor argmax(Tensor input) => input.argmax();
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);
    public static Tensor argmin(Tensor input) => input.argmin();
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    public static (Tensor values, Tensor indexes) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true) =>
        tensor.topk(k, dim, largest, sorted);

    public static (Tensor Values, Tensor Indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false) =>
        input.sort(dim, descending, stable);

    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);
    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);
    public static (Tensor values, Tensor indices) mode(Tensor input, long dim = -1L, bool keepdim = false) => input.mode(dim, keepdim);
    public static Tensor median(Tensor input) => input.median();
    public static Tensor nanmedian(Tensor input) => input.nanmedian();
    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.quantile(q, dim, keepdim);
    public static Tensor nanquantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.nanquantile(q, dim, keepdim);

    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
        input.unique(sorted, return_inverse, return_counts, dim);

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);
    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => input.histc(bins, min, max);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false) =>
        sorted_sequence.SearchSorted(values, out_int32, right);

    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) =>
        input.Bucketize(boundaries, outInt32, right);

    public static Tensor isin(Tensor elements, Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
        elements.IsIn(test_elements, assumeUnique, invert);

    public static Tensor diff(Tensor input, long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => input.diff(n, dim, prepend, append);
}
