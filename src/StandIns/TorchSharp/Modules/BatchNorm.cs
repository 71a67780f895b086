using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, dtype);

            public static BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Normalises each channel by its mean and variance: of the batch in training, running ones in evaluation.</summary>
    public abstract class BatchNorm : nn.Module<Tensor, Tensor>
    {
        static readonly Operator s_add = new("aten::add_", "Scalar");

        readonly double? _momentum;
        readonly long _minDimensions, _maxDimensions;
        Parameter? _weight, _bias;

        private protected BatchNorm(
            string name, long minDimensions, long maxDimensions, long features, double eps, double? momentum, bool affine, bool track, ScalarType? dtype)
            : base(name)
        {
            (num_features, this.eps, _momentum) = (features, eps, momentum);
            (_minDimensions, _maxDimensions) = (minDimensions, maxDimensions);
            if (affine)
            {
                _weight = Weights.Parameter([features], dtype, 1);
                _bias = Weights.Parameter([features], dtype, 0);
                Weights.Register(this, _weight, _bias);
            }

            if (track)
            {
                running_mean = Weights.Buffer([features], dtype, 0);
                running_var = Weights.Buffer([features], dtype, 1);
                num_batches_tracked = Weights.Buffer([], ScalarType.Int64, 0);
                register_buffer(nameof(running_mean), running_mean);
                register_buffer(nameof(running_var), running_var);
                register_buffer(nameof(num_batches_tracked), num_batches_tracked);
            }
        }

        public long num_features { get; }
        public double eps { get; }
        public double? momentum => _momentum;
        public bool affine => _weight is not null;
        public bool track_running_stats => running_mean is not null;
        public Tensor? running_mean { get; }
        public Tensor? running_var { get; }
        public Tensor? num_batches_tracked { get; }

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

        public void reset_running_stats()
        {
            if (running_mean is not null)
            {
                nn.init.zeros_(running_mean);
                nn.init.ones_(running_var!);
                nn.init.zeros_(num_batches_tracked!);
            }
        }

        public override Tensor forward(Tensor input)
        {
            long dimensions = input.dim();
            if (dimensions < _minDimensions || dimensions > _maxDimensions)
            {
                throw new ArgumentException(
                    $"{GetName()} takes {(_minDimensions == _maxDimensions ? _minDimensions : $"{_minDimensions} or {_maxDimensions}")} dimensions; the input is {input.Signature()}.", nameof(input));
            }

            double factor = _momentum ?? 0;
            if (training && num_batches_tracked is not null)
            {
                s_add.Run(num_batches_tracked, 1L);
                if (_momentum is null)
                {
                    factor = 1.0 / num_batches_tracked.Span<long>()[0];
                }
            }

            return nn.functional.batch_norm(input, running_mean, running_var, _weight, _bias, training || running_mean is null, factor, eps);
        }
    }

    /// <summary>Batch normalisation of <c>[N, C]</c> or <c>[N, C, L]</c>.</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long features, double eps, double? momentum, bool affine, bool track, ScalarType? dtype)
            : base(nameof(BatchNorm1d), 2, 3, features, eps, momentum, affine, track, dtype)
        {
        }
    }

    /// <summary>Batch normalisation of <c>[N, C, H, W]</c>.</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long features, double eps, double? momentum, bool affine, bool track, ScalarType? dtype)
            : base(nameof(BatchNorm2d), 4, 4, features, eps, momentum, affine, track, dtype)
        {
        }
    }
}
