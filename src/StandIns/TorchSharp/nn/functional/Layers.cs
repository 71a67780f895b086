namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            static readonly long[] s_one1 = [1], s_zero1 = [0], s_one2 = [1, 1], s_zero2 = [0, 0];

            static readonly Operator s_linear = new("aten::linear"), s_embedding = new("aten::embedding"), s_oneHot = new("aten::one_hot");
            static readonly Operator s_conv1d = new("aten::conv1d"), s_conv2d = new("aten::conv2d"), s_convTranspose2d = new("aten::conv_transpose2d", "input");
            static readonly Operator s_conv1dPadding = new("aten::conv1d", "padding"), s_conv2dPadding = new("aten::conv2d", "padding");
            static readonly Operator s_batchNorm = new("aten::batch_norm"), s_layerNorm = new("aten::layer_norm"), s_groupNorm = new("aten::group_norm");
            static readonly Operator s_instanceNorm = new("aten::instance_norm");
            static readonly Operator s_dropout = new("aten::dropout"), s_dropoutInPlace = new("aten::dropout_");
            static readonly Operator s_featureDropout = new("aten::feature_dropout"), s_featureDropoutInPlace = new("aten::feature_dropout_");
            static readonly Operator s_alphaDropout = new("aten::alpha_dropout"), s_alphaDropoutInPlace = new("aten::alpha_dropout_");
            static readonly Operator s_add = new("aten::add", "Tensor"), s_addScalar = new("aten::add", "Scalar"), s_mul = new("aten::mul", "Tensor"), s_mulScalar = new("aten::mul", "Scalar");
            static readonly Operator s_div = new("aten::div", "Tensor"), s_power = new("aten::pow", "Tensor_Scalar"), s_clampMin = new("aten::clamp_min");
            static readonly Operator s_view = new("aten::view"), s_reshape = new("aten::reshape"), s_squeeze = new("aten::squeeze", "dim"), s_unsqueeze = new("aten::unsqueeze");
            static readonly Operator s_norm = new("aten::norm", "ScalarOpt_dim"), s_cosineSimilarity = new("aten::cosine_similarity"), s_im2col = new("aten::im2col");
            static readonly Operator s_avgPool3d = new("aten::avg_pool3d");

            /// <summary><c>x Wᵀ + b</c>; weights are <c>[out, in]</c>.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => s_linear.Call(input, weights, bias);

            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                s_conv1d.Call(input, weight, bias, One(stride, s_one1), One(padding, s_zero1), One(dilation, s_one1), groups);

            /// <summary>Input <c>[N, C, H, W]</c>, weight <c>[out, C / groups, kH, kW]</c>.</summary>
            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1) =>
                s_conv2d.Call(input, weight, bias, strides ?? s_one2, padding ?? s_zero2, dilation ?? s_one2, groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias, long[]? strides, Padding padding, long[]? dilation = null, long groups = 1) =>
                s_conv2dPadding.Call(input, weight, bias, strides ?? s_one2, padding == Padding.Same ? "same" : "valid", dilation ?? s_one2, groups);

            internal static Tensor Convolve1d(Tensor input, Tensor weight, Tensor? bias, long[] stride, Padding padding, long[] dilation, long groups) =>
                s_conv1dPadding.Call(input, weight, bias, stride, padding == Padding.Same ? "same" : "valid", dilation, groups);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? stride = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1) =>
                s_convTranspose2d.Call(input, weight, bias, stride ?? s_one2, padding ?? s_zero2, output_padding ?? s_zero2, groups, dilation ?? s_one2);

            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                s_batchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-5) =>
                s_instanceNorm.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                s_layerNorm.Call(input, normalized_shape, weight, bias, eps, true);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
                s_groupNorm.Call(input, num_groups, weight, bias, eps, true);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                (inplace ? s_dropoutInPlace : s_dropout).Call(input, p, training);

            /// <summary>Zeroes whole channels.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                (inplace ? s_featureDropoutInPlace : s_featureDropout).Call(input, p, training);

            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                (inplace ? s_alphaDropoutInPlace : s_alphaDropout).Call(input, p, training);

            public static Tensor embedding(Tensor input, Tensor weight, long? padding_idx = null, bool scale_grad_by_freq = false, bool sparse = false) =>
                s_embedding.Call(weight, input, padding_idx ?? -1, scale_grad_by_freq, sparse);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => s_oneHot.Call(x, num_classes);

            /// <summary>Each channel divided by the energy of the <paramref name="size"/> channels around it (AlexNet, Sec. 3.3).</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 1e-4, double beta = 0.75, double k = 1.0)
            {
                var shape = input.shape;
                if (shape.Length < 3)
                {
                    throw new ArgumentException($"local_response_norm needs at least three dimensions; the input is {input.Signature()}.", nameof(input));
                }

                // Channels become the depth of one image, so that a three-dimensional average runs along them: PyTorch's own way.
                long rest = shape.Length == 3 ? 1 : shape.AsSpan(3).ToArray().Aggregate(1L, (x, y) => x * y);
                long[] volume = [shape[0], 1, shape[1], shape[2], rest];
                using var squared = s_mul.Call(input, input);
                using var image = s_reshape.Call(squared, volume);
                using var padded = pad(image, [0, 0, 0, 0, size / 2, (size - 1) / 2]);
                using var mean = s_avgPool3d.Call(padded, new[] { size, 1, 1 }, s_one3, s_zero3, false, true, Arg.None);
                using var energy = s_reshape.Call(mean, shape);
                using var scaled = s_mulScalar.Call(energy, alpha);
                using var shifted = s_addScalar.Call(scaled, k);
                using var divisor = s_power.Call(shifted, beta);
                return s_div.Call(input, divisor);
            }

            static readonly long[] s_one3 = [1, 1, 1], s_zero3 = [0, 0, 0];

            /// <summary>Vectors along <paramref name="dim"/> divided by their p-norm.</summary>
            public static Tensor normalize(Tensor input, double p = 2, long dim = 1, double eps = 1e-12)
            {
                using var norm = s_norm.Call(input, p, new[] { dim }, true);
                using var divisor = s_clampMin.Call(norm, eps);
                return s_div.Call(input, divisor);
            }

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-8) => s_cosineSimilarity.Call(x1, x2, dim, eps);

            /// <summary>Sliding blocks as columns: <c>[N, C kH kW, L]</c>.</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long? dilation = null, long? padding = null, long? stride = null) =>
                s_im2col.Call(input, Two(kernel_size), Two(dilation ?? 1), Two(padding ?? 0), Two(stride ?? 1));

            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                s_im2col.Call(input, Two(kernel_size), Two(dilation ?? (1, 1)), Two(padding ?? (0, 0)), Two(stride ?? (1, 1)));

            internal static long[] Two(long x) => [x, x];
            internal static long[] Two((long, long) x) => [x.Item1, x.Item2];
            static long[] One(long? x, long[] otherwise) => x is { } v ? [v] : otherwise;
        }
    }
}
