using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);
            public static Unflatten Unflatten(long dim, params long[] unflattened_size) => new(dim, [.. unflattened_size]);
            public static Identity Identity() => new();
            public static ZeroPad2d ZeroPad2d(long padding) => new([padding, padding, padding, padding]);
            public static ZeroPad2d ZeroPad2d((long, long, long, long) padding) => new([padding.Item1, padding.Item2, padding.Item3, padding.Item4]);
            public static PixelShuffle PixelShuffle(long upscale_factor) => new(upscale_factor);

            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, Device? device = null, ScalarType? dtype = null) =>
                new(num_embeddings, embedding_dims, padding_idx, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Joins dimensions into one.</summary>
    public sealed class Flatten : nn.Module<Tensor, Tensor>
    {
        static readonly Operator s_flatten = new("aten::flatten", "using_ints");

        internal Flatten(long startDim, long endDim)
            : base(nameof(Flatten)) => (start_dim, end_dim) = (startDim, endDim);

        public long start_dim { get; }
        public long end_dim { get; }

        public override Tensor forward(Tensor input) => s_flatten.Call(input, start_dim, end_dim);
    }

    /// <summary>Splits a dimension into several.</summary>
    public sealed class Unflatten : nn.Module<Tensor, Tensor>
    {
        static readonly Operator s_unflatten = new("aten::unflatten", "int");
        readonly long[] _size;

        internal Unflatten(long dim, long[] size)
            : base(nameof(Unflatten)) => (this.dim, _size) = (dim, size);

        public long dim { get; }

        public override Tensor forward(Tensor tensor) => s_unflatten.Call(tensor, dim, _size);
    }

    /// <summary>Hands the input through.</summary>
    public sealed class Identity : nn.Module<Tensor, Tensor>
    {
        static readonly Operator s_alias = new("aten::alias");

        internal Identity()
            : base(nameof(Identity))
        {
        }

        public override Tensor forward(Tensor tensor) => s_alias.Call(tensor);
    }

    /// <summary>Puts zeros around images: left, right, top, bottom.</summary>
    public sealed class ZeroPad2d : nn.Module<Tensor, Tensor>
    {
        readonly long[] _padding;

        internal ZeroPad2d(long[] padding)
            : base(nameof(ZeroPad2d)) => _padding = padding;

        public override Tensor forward(Tensor input) => nn.functional.pad(input, _padding);
    }

    /// <summary>Turns <c>[N, C r², H, W]</c> into <c>[N, C, H r, W r]</c>.</summary>
    public sealed class PixelShuffle : nn.Module<Tensor, Tensor>
    {
        internal PixelShuffle(long upscaleFactor)
            : base(nameof(PixelShuffle)) => upscale_factor = upscaleFactor;

        public long upscale_factor { get; }

        public override Tensor forward(Tensor tensor) => nn.functional.pixel_shuffle(tensor, upscale_factor);
    }

    /// <summary>A table of vectors, looked up by index.</summary>
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        static readonly Operator s_select = new("aten::select", "int");
        readonly long? _paddingIndex;
        Parameter _weight;

        internal Embedding(long rows, long dimensions, long? paddingIndex, ScalarType? dtype)
            : base(nameof(Embedding))
        {
            _paddingIndex = paddingIndex is < 0 ? paddingIndex + rows : paddingIndex;
            _weight = Weights.Parameter([rows, dimensions], dtype);
            Weights.Register(this, _weight, null);
            nn.init.normal_(_weight);
            if (_paddingIndex is { } index)
            {
                using var mode = no_grad();
                using var row = s_select.Call(_weight, 0L, index);
                nn.init.zeros_(row);
            }
        }

        public Parameter weight
        {
            get => _weight;
            set => ReplaceParameter(nameof(weight), _weight = value);
        }

        public override Tensor forward(Tensor input) => nn.functional.embedding(input, _weight, _paddingIndex);
    }
}
