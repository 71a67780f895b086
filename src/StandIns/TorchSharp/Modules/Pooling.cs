using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                new(functional.Two(kernel_size), functional.Two(stride ?? kernel_size), functional.Two(padding ?? 0), functional.Two(dilation ?? 1), ceil_mode);

            public static MaxPool2d MaxPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                new(functional.Two(kernel_size), functional.Two(stride ?? kernel_size), functional.Two(padding ?? (0, 0)), functional.Two(dilation ?? (1, 1)), ceil_mode);

            public static MaxPool2d MaxPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                new(kernel_size, stride ?? kernel_size, padding ?? [0, 0], dilation ?? [1, 1], ceil_mode);

            public static AvgPool2d AvgPool2d(
                long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                new(functional.Two(kernel_size), functional.Two(stride ?? kernel_size), functional.Two(padding ?? 0), ceil_mode, count_include_pad, divisor_override);

            public static AvgPool2d AvgPool2d(
                (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                new(functional.Two(kernel_size), functional.Two(stride ?? kernel_size), functional.Two(padding ?? (0, 0)), ceil_mode, count_include_pad, divisor_override);

            public static AvgPool2d AvgPool2d(
                long[] kernel_size, long[]? strides = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                new(kernel_size, strides ?? kernel_size, padding ?? [0, 0], ceil_mode, count_include_pad, divisor_override);

            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new(functional.Two(output_size));
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new(functional.Two(output_size));
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new([.. output_size]);
            public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long output_size) => new(functional.Two(output_size));
            public static AdaptiveMaxPool2d AdaptiveMaxPool2d((long, long) output_size) => new(functional.Two(output_size));
            public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new([.. output_size]);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>The largest value in each window.</summary>
    public sealed class MaxPool2d : nn.Module<Tensor, Tensor>
    {
        readonly long[] _kernel, _stride, _padding, _dilation;

        internal MaxPool2d(long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode)
            : base(nameof(MaxPool2d))
        {
            (_kernel, _stride, _padding, _dilation, ceil_mode) = (kernel, stride, padding, dilation, ceilMode);
        }

        public IReadOnlyList<long> kernel_size => _kernel;
        public IReadOnlyList<long> stride => _stride;
        public IReadOnlyList<long> padding => _padding;
        public IReadOnlyList<long> dilation => _dilation;
        public bool ceil_mode { get; }

        public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, _kernel, _stride, _padding, _dilation, ceil_mode);
    }

    /// <summary>The mean of each window.</summary>
    public sealed class AvgPool2d : nn.Module<Tensor, Tensor>
    {
        readonly long[] _kernel, _stride, _padding;

        internal AvgPool2d(long[] kernel, long[] stride, long[] padding, bool ceilMode, bool countIncludePad, long? divisorOverride)
            : base(nameof(AvgPool2d))
        {
            (_kernel, _stride, _padding) = (kernel, stride, padding);
            (ceil_mode, count_include_pad, divisor_override) = (ceilMode, countIncludePad, divisorOverride);
        }

        public IReadOnlyList<long> kernel_size => _kernel;
        public IReadOnlyList<long> stride => _stride;
        public IReadOnlyList<long> padding => _padding;
        public bool ceil_mode { get; }
        public bool count_include_pad { get; }
        public long? divisor_override { get; }

        public override Tensor forward(Tensor input) => nn.functional.avg_pool2d(input, _kernel, _stride, _padding, ceil_mode, count_include_pad, divisor_override);
    }

    /// <summary>Means of windows that divide the image into a given number.</summary>
    public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
    {
        readonly long[] _size;

        internal AdaptiveAvgPool2d(long[] size)
            : base(nameof(AdaptiveAvgPool2d)) => _size = size;

        public IReadOnlyList<long> output_size => _size;

        public override Tensor forward(Tensor input) => nn.functional.adaptive_avg_pool2d(input, _size);
    }

    /// <summary>The largest values of windows that divide the image into a given number.</summary>
    public sealed class AdaptiveMaxPool2d : nn.Module<Tensor, Tensor>
    {
        readonly long[] _size;

        internal AdaptiveMaxPool2d(long[] size)
            : base(nameof(AdaptiveMaxPool2d)) => _size = size;

        public IReadOnlyList<long> output_size => _size;

        public override Tensor forward(Tensor input) => nn.functional.AdaptiveMaxPool2d(input, _size);
    }
}
