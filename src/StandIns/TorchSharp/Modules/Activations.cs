using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ReLU ReLU(bool inplace = false) => new(inplace);
            public static ReLU6 ReLU6(bool inplace = false) => new(inplace);
            public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);
            public static ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);
            public static SiLU SiLU(bool inplace = false) => new(inplace);
            public static GELU GELU(bool inplace = false) => new(inplace);
            public static Mish Mish(bool inplace = false) => new(inplace);
            public static Hardswish Hardswish(bool inplace = false) => new(inplace);
            public static Hardsigmoid Hardsigmoid(bool inplace = false) => new(inplace);
            public static Hardtanh Hardtanh(double min_val = -1.0, double max_val = 1.0, bool inplace = false) => new(min_val, max_val, inplace);
            public static Softplus Softplus(double beta = 1.0, double threshold = 20.0) => new(beta, threshold);
            public static Sigmoid Sigmoid() => new();
            public static Tanh Tanh() => new();
            public static Softmax Softmax(long dim) => new(dim);
            public static LogSoftmax LogSoftmax(long dim) => new(dim);
            public static PReLU PReLU(long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) => new(num_parameters, init, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>max(x, 0).</summary>
    public sealed class ReLU : nn.Module<Tensor, Tensor>
    {
        internal ReLU(bool inplace)
            : base(nameof(ReLU)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.relu(input, inplace);
    }

    /// <summary>min(max(x, 0), 6).</summary>
    public sealed class ReLU6 : nn.Module<Tensor, Tensor>
    {
        internal ReLU6(bool inplace)
            : base(nameof(ReLU6)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.relu6(input, inplace);
    }

    /// <summary>x, or a fraction of it where it is negative.</summary>
    public sealed class LeakyReLU : nn.Module<Tensor, Tensor>
    {
        internal LeakyReLU(double negative_slope, bool inplace)
            : base(nameof(LeakyReLU)) => (this.negative_slope, this.inplace) = (negative_slope, inplace);

        public double negative_slope { get; }
        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.leaky_relu(input, negative_slope, inplace);
    }

    /// <summary>x, or alpha (exp(x) - 1) where it is negative.</summary>
    public sealed class ELU : nn.Module<Tensor, Tensor>
    {
        internal ELU(double alpha, bool inplace)
            : base(nameof(ELU)) => (this.alpha, this.inplace) = (alpha, inplace);

        public double alpha { get; }
        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.elu(input, alpha, inplace);
    }

    /// <summary>x times its sigmoid.</summary>
    public sealed class SiLU : nn.Module<Tensor, Tensor>
    {
        internal SiLU(bool inplace)
            : base(nameof(SiLU)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.silu(input, inplace);
    }

    /// <summary>x times the normal distribution function of x.</summary>
    public sealed class GELU : nn.Module<Tensor, Tensor>
    {
        internal GELU(bool inplace)
            : base(nameof(GELU)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.gelu(input, inplace);
    }

    /// <summary>x tanh(softplus(x)).</summary>
    public sealed class Mish : nn.Module<Tensor, Tensor>
    {
        internal Mish(bool inplace)
            : base(nameof(Mish)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.mish(input, inplace);
    }

    /// <summary>x times its hard sigmoid.</summary>
    public sealed class Hardswish : nn.Module<Tensor, Tensor>
    {
        internal Hardswish(bool inplace)
            : base(nameof(Hardswish)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.hardswish(input, inplace);
    }

    /// <summary>A sigmoid of three straight lines.</summary>
    public sealed class Hardsigmoid : nn.Module<Tensor, Tensor>
    {
        internal Hardsigmoid(bool inplace)
            : base(nameof(Hardsigmoid)) => this.inplace = inplace;

        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.hardsigmoid(input, inplace);
    }

    /// <summary>x, clipped.</summary>
    public sealed class Hardtanh : nn.Module<Tensor, Tensor>
    {
        internal Hardtanh(double min_val, double max_val, bool inplace)
            : base(nameof(Hardtanh)) => (this.min_val, this.max_val, this.inplace) = (min_val, max_val, inplace);

        public double min_val { get; }
        public double max_val { get; }
        public bool inplace { get; }

        public override Tensor forward(Tensor input) => nn.functional.hardtanh(input, min_val, max_val, inplace);
    }

    /// <summary>log(1 + exp(beta x)) / beta.</summary>
    public sealed class Softplus : nn.Module<Tensor, Tensor>
    {
        internal Softplus(double beta, double threshold)
            : base(nameof(Softplus)) => (this.beta, this.threshold) = (beta, threshold);

        public double beta { get; }
        public double threshold { get; }

        public override Tensor forward(Tensor input) => nn.functional.softplus(input, beta, threshold);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public sealed class Sigmoid : nn.Module<Tensor, Tensor>
    {
        internal Sigmoid()
            : base(nameof(Sigmoid))
        {
        }

        public override Tensor forward(Tensor input) => nn.functional.sigmoid(input);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public sealed class Tanh : nn.Module<Tensor, Tensor>
    {
        internal Tanh()
            : base(nameof(Tanh))
        {
        }

        public override Tensor forward(Tensor input) => nn.functional.tanh(input);
    }

    /// <summary>Probabilities along a dimension.</summary>
    public sealed class Softmax : nn.Module<Tensor, Tensor>
    {
        internal Softmax(long dim)
            : base(nameof(Softmax)) => this.dim = dim;

        public long dim { get; }

        public override Tensor forward(Tensor input) => nn.functional.softmax(input, dim);
    }

    /// <summary>Log-probabilities along a dimension.</summary>
    public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
    {
        internal LogSoftmax(long dim)
            : base(nameof(LogSoftmax)) => this.dim = dim;

        public long dim { get; }

        public override Tensor forward(Tensor input) => nn.functional.log_softmax(input, dim);
    }

    /// <summary>x, or a learned fraction of it where it is negative.</summary>
    public sealed class PReLU : nn.Module<Tensor, Tensor>
    {
        Parameter _weight;

        internal PReLU(long parameters, double init, ScalarType? dtype)
            : base(nameof(PReLU))
        {
            num_parameters = parameters;
            _weight = Weights.Parameter([parameters], dtype, init);
            Weights.Register(this, _weight, null);
        }

        public long num_parameters { get; }

        public Parameter weight
        {
            get => _weight;
            set => ReplaceParameter(nameof(weight), _weight = value);
        }

        public override Tensor forward(Tensor input) => nn.functional.prelu(input, _weight);
    }
}
