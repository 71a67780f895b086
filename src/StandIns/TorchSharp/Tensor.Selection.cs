namespace TorchSharp;

public static partial class torch
{
    /// <content>Choosing, placing and joining elements.</content>
    public partial class Tensor
    {
        static readonly Operator s_index_select = new("aten::index_select"), s_gather = new("aten::gather"), s_take = new("aten::take");
        static readonly Operator s_take_along_dim = new("aten::take_along_dim"), s_nonzero = new("aten::nonzero"), s_argwhere = new("aten::argwhere");
        static readonly Operator s_scatter = new("aten::scatter", "src"), s_scatter_ = new("aten::scatter_", "src"), s_scatterValue_ = new("aten::scatter_", "value");
        static readonly Operator s_scatter_add = new("aten::scatter_add"), s_scatter_add_ = new("aten::scatter_add_");
        static readonly Operator s_masked_fill = new("aten::masked_fill", "Scalar"), s_masked_fill_ = new("aten::masked_fill_", "Scalar");
        static readonly Operator s_masked_select = new("aten::masked_select"), s_masked_scatter = new("aten::masked_scatter"), s_masked_scatter_ = new("aten::masked_scatter_");
        static readonly Operator s_index = new("aten::index", "Tensor"), s_index_put = new("aten::index_put"), s_index_put_ = new("aten::index_put_");
        static readonly Operator s_index_add = new("aten::index_add"), s_index_add_ = new("aten::index_add_");
        static readonly Operator s_index_copy = new("aten::index_copy"), s_index_copy_ = new("aten::index_copy_");
        static readonly Operator s_index_fill = new("aten::index_fill", "int_Scalar"), s_index_fill_ = new("aten::index_fill_", "int_Scalar");
        static readonly Operator s_where = new("aten::where", "self"), s_fill_ = new("aten::fill_", "Scalar"), s_zero_ = new("aten::zero_");

        public Tensor index_select(long dim, Tensor index) => s_index_select.Call(this, dim, index);
        public Tensor gather(long dim, Tensor index) => s_gather.Call(this, dim, index);
        public Tensor take(Tensor index) => s_take.Call(this, index);
        public Tensor take_along_dim(Tensor indices, long dim) => s_take_along_dim.Call(this, indices, dim);
        public Tensor nonzero() => s_nonzero.Call(this);
        public Tensor argwhere() => s_argwhere.Call(this);
        public Tensor scatter(long dim, Tensor index, Tensor src) => s_scatter.Call(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => s_scatter_.CallInPlace(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Scalar value) => s_scatterValue_.CallInPlace(this, dim, index, value);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => s_scatter_add.Call(this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => s_scatter_add_.CallInPlace(this, dim, index, src);
        public Tensor masked_fill(Tensor mask, Scalar value) => s_masked_fill.Call(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => s_masked_fill_.CallInPlace(this, mask, value);
        public Tensor masked_select(Tensor mask) => s_masked_select.Call(this, mask);
        public Tensor masked_scatter(Tensor mask, Tensor value) => s_masked_scatter.Call(this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => s_masked_scatter_.CallInPlace(this, mask, value);
        public Tensor index(params Tensor[] indices) => s_index.Call(this, indices);
        public Tensor index_put(Tensor value, params Tensor[] indices) => s_index_put.Call(this, indices, value);
        public Tensor index_put_(Tensor value, params Tensor[] indices) => s_index_put_.CallInPlace(this, indices, value);
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate) => s_index_put_.CallInPlace(this, indices, value, accumulate);
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => s_index_add.Call(this, dim, index, source, alpha);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => s_index_add_.CallInPlace(this, dim, index, source, alpha);
        public Tensor index_copy(long dim, Tensor index, Tensor source) => s_index_copy.Call(this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => s_index_copy_.CallInPlace(this, dim, index, source);
        public Tensor index_fill(long dim, Tensor index, Scalar value) => s_index_fill.Call(this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => s_index_fill_.CallInPlace(this, dim, index, value);

        /// <summary>This tensor where the condition holds, <paramref name="y"/> elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => s_where.Call(condition, this, y);

        public Tensor fill_(Scalar value) => s_fill_.CallInPlace(this, value);
        public Tensor zero_() => s_zero_.CallInPlace(this);
    }

    static readonly Operator s_cat = new("aten::cat"), s_stack = new("aten::stack"), s_meshgrid = new("aten::meshgrid", "indexing");
    static readonly Operator s_whereIndices = new("aten::where"), s_tril_indices = new("aten::tril_indices"), s_triu_indices = new("aten::triu_indices");

    static Tensor[] AsArray(IEnumerable<Tensor> tensors) => tensors as Tensor[] ?? [.. tensors];

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => s_cat.Call(AsArray(tensors), dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => s_stack.Call(AsArray(tensors), dim);
    public static Tensor hstack(IList<Tensor> tensors) => cat(tensors, tensors[0].ndim == 1 ? 0 : 1);
    public static Tensor vstack(IList<Tensor> tensors) => tensors[0].ndim == 1 ? stack(tensors) : cat(tensors);
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
    public static Tensor[] where(Tensor condition) => s_whereIndices.CallList(condition);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, indexing indexing = indexing.ij) =>
        s_meshgrid.CallList(AsArray(tensors), indexing.ToString());

    public static Tensor tril_indices(long row, long col, long offset = 0L) => s_tril_indices.Call(row, col, offset);
    public static Tensor triu_indices(long row, long col, long offset = 0L) => s_triu_indices.Call(row, col, offset);
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);
    public static Tensor take(Tensor input, Tensor index) => input.take(index);
    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim) => input.take_along_dim(indices, dim);
    public static Tensor nonzero(Tensor input) => input.nonzero();
    public static Tensor argwhere(Tensor input) => input.argwhere();
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);
    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add(dim, index, source, alpha);
    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);
}

/// <summary>What the axes of a mesh mean: matrix order or Cartesian order.</summary>
public enum indexing
{
    ij,
    xy,
}
