namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            static readonly Operator s_maxPool1d = new("aten::max_pool1d"), s_maxPool2d = new("aten::max_pool2d");
            static readonly Operator s_avgPool1d = new("aten::avg_pool1d"), s_avgPool2d = new("aten::avg_pool2d");
            static readonly Operator s_adaptiveAvgPool2d = new("aten::adaptive_avg_pool2d"), s_adaptiveMaxPool2d = new("aten::adaptive_max_pool2d");
            static readonly Operator s_alias = new("aten::alias");
            static readonly Operator s_pad = new("aten::pad"), s_pixelShuffle = new("aten::pixel_shuffle");
            static readonly Operator s_nearest = new("aten::upsample_nearest2d", "vec"), s_bilinear = new("aten::upsample_bilinear2d", "vec");
            static readonly Operator s_bicubic = new("aten::upsample_bicubic2d", "vec");

            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                s_maxPool1d.Call(input, new[] { kernel_size }, new[] { stride ?? kernel_size }, One(padding, s_zero1), One(dilation, s_one1), ceil_mode);

            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Two(kernel_size), Two(stride ?? kernel_size), Two(padding ?? 0), Two(dilation ?? 1), ceil_mode);

            public static Tensor max_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Two(kernel_size), Two(stride ?? kernel_size), Two(padding ?? (0, 0)), Two(dilation ?? (1, 1)), ceil_mode);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                s_maxPool2d.Call(input, kernel_size, strides ?? kernel_size, padding ?? s_zero2, dilation ?? s_one2, ceil_mode);

            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true) =>
                s_avgPool1d.Call(input, new[] { kernel_size }, new[] { stride ?? kernel_size }, One(padding, s_zero1), ceil_mode, count_include_pad);

            public static Tensor avg_pool2d(
                Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Two(kernel_size), Two(stride ?? kernel_size), Two(padding ?? 0), ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Two(kernel_size), Two(stride ?? kernel_size), Two(padding ?? (0, 0)), ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(
                Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                s_avgPool2d.Call(input, kernel_size, strides ?? kernel_size, padding ?? s_zero2, ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => s_adaptiveAvgPool2d.Call(input, Two(output_size));
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => s_adaptiveAvgPool2d.Call(input, Two(output_size));
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => s_adaptiveAvgPool2d.Call(input, output_size);

            internal static Tensor AdaptiveMaxPool2d(Tensor input, long[] output_size)
            {
                var (values, indices) = s_adaptiveMaxPool2d.Call2(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>Pads the last dimension first: <c>[left, right, top, bottom, ...]</c>.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant => s_pad.Call(input, pad, "constant", value),
                PaddingModes.Zeros => s_pad.Call(input, pad, "constant", 0.0),
                PaddingModes.Reflect => s_pad.Call(input, pad, "reflect", Arg.None),
                PaddingModes.Replicate => s_pad.Call(input, pad, "replicate", Arg.None),
                PaddingModes.Circular => s_pad.Call(input, pad, "circular", Arg.None),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such padding mode."),
            };

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad, pad], mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Two(pad), mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Resizes images <c>[N, C, H, W]</c> to a size or by factors: one of the two is given.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null,
                bool recompute_scale_factor = false, bool antialias = false)
            {
                if ((size is null) == (scale_factor is null))
                {
                    throw new ArgumentException("interpolate takes either size or scale_factor.");
                }

                if (recompute_scale_factor || antialias || x.dim() != 4)
                {
                    throw new NotSupportedException("The TorchSharp stand-in interpolates images [N, C, H, W], without antialias and recompute_scale_factor.");
                }

                return mode switch
                {
                    InterpolationMode.Nearest => s_nearest.Call(x, size, scale_factor),
                    InterpolationMode.Bilinear => s_bilinear.Call(x, size, align_corners ?? false, scale_factor),
                    InterpolationMode.Bicubic => s_bicubic.Call(x, size, align_corners ?? false, scale_factor),
                    _ => throw new NotSupportedException($"The TorchSharp stand-in interpolates by Nearest, Bilinear and Bicubic, not {mode}."),
                };
            }

            internal static Tensor Alias(Tensor x) => s_alias.Call(x);

            public static Tensor pixel_shuffle(Tensor x, long upscale_factor) => s_pixelShuffle.Call(x, upscale_factor);
        }
    }
}
