namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            static readonly Operator s_crossEntropy = new("aten::cross_entropy_loss"), s_nll = new("aten::nll_loss_nd"), s_mse = new("aten::mse_loss");
            static readonly Operator s_l1 = new("aten::l1_loss"), s_smoothL1 = new("aten::smooth_l1_loss"), s_huber = new("aten::huber_loss");
            static readonly Operator s_klDiv = new("aten::kl_div"), s_bce = new("aten::binary_cross_entropy");
            static readonly Operator s_bceWithLogits = new("aten::binary_cross_entropy_with_logits"), s_cosineEmbedding = new("aten::cosine_embedding_loss");

            /// <summary>Logits <c>[N, C, ...]</c> against class indices <c>[N, ...]</c> or probabilities <c>[N, C, ...]</c>.</summary>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean, double label_smoothing = 0.0) =>
                s_crossEntropy.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>Log-probabilities <c>[N, C, ...]</c> against class indices <c>[N, ...]</c>.</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_nll.Call(input, target, weight, (long)reduction, -100L);

            internal static Tensor NllLoss(Tensor input, Tensor target, Tensor? weight, long ignoreIndex, Reduction reduction) =>
                s_nll.Call(input, target, weight, (long)reduction, ignoreIndex);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_mse.Call(input, target, (long)reduction);
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) => s_l1.Call(input, target, (long)reduction);

            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                s_smoothL1.Call(input, target, (long)reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                s_huber.Call(input, target, (long)reduction, delta);

            /// <summary>
            /// Kullback-Leibler divergence of log-probabilities. The target is in logarithms too unless
            /// <paramref name="log_target"/> is false: the other way round than in PyTorch.
            /// </summary>
            public static Tensor kl_div(Tensor x, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                s_klDiv.Call(x, target, (long)reduction, log_target);

            public static Tensor binary_cross_entropy(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                s_bce.Call(input, target, weight, (long)reduction);

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                s_bceWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            public static Tensor cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, double margin = 0.0, Reduction reduction = Reduction.Mean) =>
                s_cosineEmbedding.Call(input1, input2, target, margin, (long)reduction);
        }
    }
}
