using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, dtype);

            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-5, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, dtype);

            public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-5, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, dtype);

            public static LocalResponseNorm LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1.0) => new(size, alpha, beta, k);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Normalises each sample over its last dimensions.</summary>
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        readonly long[] _shape;
        Parameter? _weight, _bias;

        internal LayerNorm(long[] shape, double eps, bool affine, bool bias, ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (_shape, this.eps) = ([.. shape], eps);
            _weight = affine ? Weights.Parameter(shape, dtype, 1) : null;
            _bias = affine && bias ? Weights.Parameter(shape, dtype, 0) : null;
            Weights.Register(this, _weight, _bias);
        }

        public double eps { get; }

        public Parameter? weight
        {
            get => _weight;
            set => ReplaceParameter(nameof(weight), _weight = value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => ReplaceParameter(nameof(bias), _bias = value);
        }

        public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, _shape, _weight, _bias, eps);
    }

    /// <summary>Normalises groups of channels of each sample.</summary>
    public sealed class GroupNorm : nn.Module<Tensor, Tensor>
    {
        Parameter? _weight, _bias;

        internal GroupNorm(long groups, long channels, double eps, bool affine, ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            if (groups < 1 || channels % groups != 0)
            {
                throw new ArgumentException($"GroupNorm: {channels} channels cannot be split into {groups} groups.");
            }

            (num_groups, num_channels, this.eps) = (groups, channels, eps);
            _weight = affine ? Weights.Parameter([channels], dtype, 1) : null;
            _bias = affine ? Weights.Parameter([channels], dtype, 0) : null;
            Weights.Register(this, _weight, _bias);
        }

        public long num_groups { get; }
        public long num_channels { get; }
        public double eps { get; }

        public Parameter? weight
        {
            get => _weight;
            set => ReplaceParameter(nameof(weight), _weight = value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => ReplaceParameter(nameof(bias), _bias = value);
        }

        public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, num_groups, _weight, _bias, eps);
    }

    /// <summary>Local response normalisation across channels.</summary>
    public sealed class LocalResponseNorm : nn.Module<Tensor, Tensor>
    {
        internal LocalResponseNorm(long size, double alpha, double beta, double k)
            : base(nameof(LocalResponseNorm)) => (this.size, this.alpha, this.beta, this.k) = (size, alpha, beta, k);

        public long size { get; }
        public double alpha { get; }
        public double beta { get; }
        public double k { get; }

        public override Tensor forward(Tensor input) => nn.functional.local_response_norm(input, size, alpha, beta, k);
    }
}
