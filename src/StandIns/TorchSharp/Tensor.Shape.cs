namespace TorchSharp;

public static partial class torch
{
    /// <content>Shapes and views.</content>
    public partial class Tensor
    {
        static readonly Operator s_reshape = new("aten::reshape"), s_view = new("aten::view"), s_view_as = new("aten::view_as"), s_reshape_as = new("aten::reshape_as");
        static readonly Operator s_flatten = new("aten::flatten", "using_ints"), s_unflatten = new("aten::unflatten", "int"), s_permute = new("aten::permute");
        static readonly Operator s_transpose = new("aten::transpose", "int"), s_transpose_ = new("aten::transpose_"), s_t = new("aten::t"), s_T = new("aten::numpy_T");
        static readonly Operator s_mT = new("aten::mT"), s_squeeze = new("aten::squeeze"), s_squeezeDim = new("aten::squeeze", "dim");
        static readonly Operator s_unsqueeze = new("aten::unsqueeze"), s_unsqueeze_ = new("aten::unsqueeze_"), s_squeeze_ = new("aten::squeeze_"), s_squeezeDim_ = new("aten::squeeze_", "dim");
        static readonly Operator s_expand = new("aten::expand"), s_expand_as = new("aten::expand_as"), s_repeat = new("aten::repeat"), s_tile = new("aten::tile");
        static readonly Operator s_repeat_interleave = new("aten::repeat_interleave", "self_int"), s_repeat_interleaveTensor = new("aten::repeat_interleave", "self_Tensor");
        static readonly Operator s_narrow = new("aten::narrow"), s_select = new("aten::select", "int"), s_slice = new("aten::slice", "Tensor");
        static readonly Operator s_flip = new("aten::flip"), s_roll = new("aten::roll"), s_unfold = new("aten::unfold"), s_movedim = new("aten::movedim", "intlist");
        static readonly Operator s_triu = new("aten::triu"), s_tril = new("aten::tril"), s_diag = new("aten::diag"), s_diagonal = new("aten::diagonal");
        static readonly Operator s_diag_embed = new("aten::diag_embed"), s_rot90 = new("aten::rot90"), s_as_strided = new("aten::as_strided");
        static readonly Operator s_split = new("aten::split", "Tensor"), s_splitSizes = new("aten::split_with_sizes"), s_chunk = new("aten::chunk"), s_unbind = new("aten::unbind", "int");
        static readonly Operator s_broadcast_to = new("aten::broadcast_to"), s_tensor_split = new("aten::tensor_split", "sections");

        public Tensor reshape(params long[] shape) => s_reshape.Call(this, shape);
        public Tensor view(params long[] shape) => s_view.Call(this, shape);
        public Tensor view_as(Tensor other) => s_view_as.Call(this, other);
        public Tensor reshape_as(Tensor other) => s_reshape_as.Call(this, other);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => s_flatten.Call(this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => s_unflatten.Call(this, dim, sizes);
        public Tensor permute(params long[] permutation) => s_permute.Call(this, permutation);
        public Tensor transpose(long dim0, long dim1) => s_transpose.Call(this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => s_transpose_.CallInPlace(this, dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor t() => s_t.Call(this);
        public Tensor T => s_T.Call(this);
        public Tensor mT => s_mT.Call(this);
        public Tensor movedim(long[] source, long[] destination) => s_movedim.Call(this, source, destination);
        public Tensor squeeze(long? dim = null) => dim is { } d ? s_squeezeDim.Call(this, d) : s_squeeze.Call(this);
        public Tensor squeeze_(long? dim = null) => dim is { } d ? s_squeezeDim_.CallInPlace(this, d) : s_squeeze_.CallInPlace(this);
        public Tensor unsqueeze(long dim) => s_unsqueeze.Call(this, dim);
        public Tensor unsqueeze_(long dim) => s_unsqueeze_.CallInPlace(this, dim);
        public Tensor expand(params long[] sizes) => s_expand.Call(this, sizes);
        public Tensor expand(long[] sizes, bool isImplicit) => s_expand.Call(this, sizes, isImplicit);
        public Tensor expand_as(Tensor other) => s_expand_as.Call(this, other);
        public Tensor broadcast_to(params long[] shape) => s_broadcast_to.Call(this, shape);
        public Tensor repeat(params long[] sizes) => s_repeat.Call(this, sizes);
        public Tensor tile(params long[] reps) => s_tile.Call(this, reps);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            s_repeat_interleave.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            s_repeat_interleaveTensor.Call(this, repeats, dim, output_size);

        public Tensor narrow(long dim, long start, long length) => s_narrow.Call(this, dim, start, length);
        public Tensor select(long dim, long index) => s_select.Call(this, dim, index);
        public Tensor slice(long dim, long start, long finish, long step) => s_slice.Call(this, dim, start, finish, step);
        public Tensor flip(params long[] dims) => s_flip.Call(this, dims);
        public Tensor fliplr() => flip(1);
        public Tensor flipud() => flip(0);
        public Tensor roll(long shifts, long? dims = null) => s_roll.Call(this, new[] { shifts }, dims is { } d ? new[] { d } : []);
        public Tensor roll(long[] shifts, long[] dims) => s_roll.Call(this, shifts, dims);
        public Tensor rot90(long k = 1, (long, long)? dims = null) => s_rot90.Call(this, k, dims is var (a, b) ? new[] { a, b } : new long[] { 0, 1 });

        /// <summary>Windows of <paramref name="size"/> along a dimension, as a view with the windows in a new last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => s_unfold.Call(this, dimension, size, step);

        public Tensor triu(long diagonal = 0) => s_triu.Call(this, diagonal);
        public Tensor tril(long diagonal = 0) => s_tril.Call(this, diagonal);
        public Tensor diag(long diagonal = 0) => s_diag.Call(this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => s_diagonal.Call(this, offset, dim1, dim2);
        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => s_diag_embed.Call(this, offset, dim1, dim2);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) => s_as_strided.Call(this, size, strides, storageOffset);

        public Tensor[] split(long size, long dim = 0) => s_split.CallList(this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => s_splitSizes.CallList(this, sizes, dim);
        public Tensor[] chunk(long chunks, long dim = 0L) => s_chunk.CallList(this, chunks, dim);
        public Tensor[] tensor_split(long size, long dim = 0L) => s_tensor_split.CallList(this, size, dim);
        public Tensor[] unbind(long dim = 0L) => s_unbind.CallList(this, dim);
    }

    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor swapaxes(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor swapdims(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);
    public static Tensor t(Tensor input) => input.t();
    public static Tensor movedim(Tensor input, long[] source, long[] destination) => input.movedim(source, destination);
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);
    public static Tensor tile(Tensor input, long[] reps) => input.tile(reps);

    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);
    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);
    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);
    public static Tensor fliplr(Tensor input) => input.fliplr();
    public static Tensor flipud(Tensor input) => input.flipud();
    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);
    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);
    public static Tensor rot90(Tensor input, long k = 1, (long, long)? dims = null) => input.rot90(k, dims);
    public static Tensor triu(Tensor input, long diagonal = 0L) => input.triu(diagonal);
    public static Tensor tril(Tensor input, long diagonal = 0L) => input.tril(diagonal);
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);
    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal(offset, dim1, dim2);
    public static Tensor[] split(Tensor tensor, long split_size, long dim = 0L) => tensor.split(split_size, dim);
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) => tensor.split(split_size_or_sections, dim);
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0L) => input.chunk(chunks, dim);
    public static Tensor[] unbind(Tensor input, long dim = 0L) => input.unbind(dim);
}
