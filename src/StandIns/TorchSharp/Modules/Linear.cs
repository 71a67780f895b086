using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary><c>y = x Wᵀ + b</c>; the weight is <c>[out, in]</c>.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        Parameter _weight;
        Parameter? _bias;

        internal Linear(long inFeatures, long outFeatures, bool hasBias, ScalarType? dtype)
            : base(nameof(Linear))
        {
            in_features = inFeatures;
            out_features = outFeatures;
            _weight = Weights.Parameter([outFeatures, inFeatures], dtype);
            _bias = hasBias ? Weights.Parameter([outFeatures], dtype) : null;
            Weights.Register(this, _weight, _bias);
            Weights.ResetLikePyTorch(_weight, _bias);
        }

        public long in_features { get; }
        public long out_features { get; }

        public Parameter weight
        {
            get => _weight;
            set => ReplaceParameter(nameof(weight), _weight = value);
        }

        public Parameter? bias
        {
            get => _bias;
            set => ReplaceParameter(nameof(bias), _bias = value);
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight, _bias);
    }
}
