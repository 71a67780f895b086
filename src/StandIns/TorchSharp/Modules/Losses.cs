using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A module that compares two inputs.</summary>
            public abstract class Loss<T1, T2, TResult> : Module<T1, T2, TResult>
            {
                protected Loss(Reduction reduction)
                    : base("Loss") => this.reduction = reduction;

                public Reduction reduction { get; }
            }

            public static CrossEntropyLoss CrossEntropyLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index ?? -100, reduction);

            public static NLLLoss NLLLoss(Tensor? weight = null, long? ignore_index = null, Reduction reduction = Reduction.Mean) =>
                new(weight, ignore_index ?? -100, reduction);

            public static MSELoss MSELoss(Reduction reduction = Reduction.Mean) => new(reduction);
            public static L1Loss L1Loss(Reduction reduction = Reduction.Mean) => new(reduction);
            public static SmoothL1Loss SmoothL1Loss(Reduction reduction = Reduction.Mean, double beta = 1.0) => new(reduction, beta);
            public static HuberLoss HuberLoss(double delta = 1.0, Reduction reduction = Reduction.Mean) => new(delta, reduction);
            public static BCELoss BCELoss(Tensor? weight = null, Reduction reduction = Reduction.Mean) => new(weight, reduction);

            public static BCEWithLogitsLoss BCEWithLogitsLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                new(weight, reduction, pos_weights);

            public static KLDivLoss KLDivLoss(bool log_target = true, Reduction reduction = Reduction.Mean) => new(log_target, reduction);
            public static CosineEmbeddingLoss CosineEmbeddingLoss(double margin = 0.0, Reduction reduction = Reduction.Mean) => new(margin, reduction);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <inheritdoc cref="functional.cross_entropy"/>
    public sealed class CrossEntropyLoss : Loss<Tensor, Tensor, Tensor>
    {
        readonly Tensor? _weight;

        internal CrossEntropyLoss(Tensor? weight, long ignoreIndex, Reduction reduction)
            : base(reduction) => (_weight, ignore_index) = (weight, ignoreIndex);

        public long ignore_index { get; }

        public override Tensor forward(Tensor input, Tensor target) => functional.cross_entropy(input, target, _weight, ignore_index, reduction);
    }

    /// <inheritdoc cref="functional.nll_loss"/>
    public sealed class NLLLoss : Loss<Tensor, Tensor, Tensor>
    {
        readonly Tensor? _weight;

        internal NLLLoss(Tensor? weight, long ignoreIndex, Reduction reduction)
            : base(reduction) => (_weight, ignore_index) = (weight, ignoreIndex);

        public long ignore_index { get; }

        public override Tensor forward(Tensor input, Tensor target) => functional.NllLoss(input, target, _weight, ignore_index, reduction);
    }

    /// <summary>Squared differences.</summary>
    public sealed class MSELoss : Loss<Tensor, Tensor, Tensor>
    {
        internal MSELoss(Reduction reduction)
            : base(reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) => functional.mse_loss(input, target, reduction);
    }

    /// <summary>Absolute differences.</summary>
    public sealed class L1Loss : Loss<Tensor, Tensor, Tensor>
    {
        internal L1Loss(Reduction reduction)
            : base(reduction)
        {
        }

        public override Tensor forward(Tensor input, Tensor target) => functional.l1_loss(input, target, reduction);
    }

    /// <summary>Squared differences near zero, absolute ones beyond.</summary>
    public sealed class SmoothL1Loss : Loss<Tensor, Tensor, Tensor>
    {
        internal SmoothL1Loss(Reduction reduction, double beta)
            : base(reduction) => this.beta = beta;

        public double beta { get; }

        public override Tensor forward(Tensor input, Tensor target) => functional.smooth_l1_loss(input, target, reduction, beta);
    }

    /// <summary>Squared differences up to delta, straight lines beyond.</summary>
    public sealed class HuberLoss : Loss<Tensor, Tensor, Tensor>
    {
        internal HuberLoss(double delta, Reduction reduction)
            : base(reduction) => this.delta = delta;

        public double delta { get; }

        public override Tensor forward(Tensor input, Tensor target) => functional.huber_loss(input, target, delta, reduction);
    }

    /// <summary>Cross entropy of probabilities of two classes.</summary>
    public sealed class BCELoss : Loss<Tensor, Tensor, Tensor>
    {
        readonly Tensor? _weight;

        internal BCELoss(Tensor? weight, Reduction reduction)
            : base(reduction) => _weight = weight;

        public override Tensor forward(Tensor input, Tensor target) => functional.binary_cross_entropy(input, target, _weight, reduction);
    }

    /// <summary>Cross entropy of logits of two classes.</summary>
    public sealed class BCEWithLogitsLoss : Loss<Tensor, Tensor, Tensor>
    {
        readonly Tensor? _weight, _posWeights;

        internal BCEWithLogitsLoss(Tensor? weight, Reduction reduction, Tensor? posWeights)
            : base(reduction) => (_weight, _posWeights) = (weight, posWeights);

        public override Tensor forward(Tensor input, Tensor target) =>
            functional.binary_cross_entropy_with_logits(input, target, _weight, reduction, _posWeights);
    }

    /// <inheritdoc cref="functional.kl_div"/>
    public sealed class KLDivLoss : Loss<Tensor, Tensor, Tensor>
    {
        internal KLDivLoss(bool logTarget, Reduction reduction)
            : base(reduction) => log_target = logTarget;

        public bool log_target { get; }

        public override Tensor forward(Tensor input, Tensor target) => functional.kl_div(input, target, log_target, reduction);
    }

    /// <summary>Pulls pairs of vectors together (target 1) or apart (target -1).</summary>
    public sealed class CosineEmbeddingLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
    {
        internal CosineEmbeddingLoss(double margin, Reduction reduction)
            : base(nameof(CosineEmbeddingLoss)) => (this.margin, this.reduction) = (margin, reduction);

        public double margin { get; }
        public Reduction reduction { get; }

        public override Tensor forward(Tensor input1, Tensor input2, Tensor target) => functional.cosine_embedding_loss(input1, input2, target, margin, reduction);
    }
}
