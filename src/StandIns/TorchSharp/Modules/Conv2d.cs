using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), null, (dilation, dilation), padding_mode, groups, bias, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), padding ?? (0, 0), null, dilation ?? (1, 1), padding_mode, groups, bias, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (0, 0), padding, (dilation, dilation), padding_mode, groups, bias, dtype);

            public static Conv2d Conv2d(
                long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride ?? (1, 1), (0, 0), padding, dilation ?? (1, 1), padding_mode, groups, bias, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, padding, null, dilation, padding_mode, groups, bias, dtype);

            public static Conv1d Conv1d(
                long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, kernel_size, stride, 0, padding, dilation, padding_mode, groups, bias, dtype);

            public static ConvTranspose2d ConvTranspose2d(
                long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (output_padding, output_padding), (dilation, dilation), padding_mode, groups, bias, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Convolution of images <c>[N, C, H, W]</c>.</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(
            long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, Padding? named, (long, long) dilation,
            PaddingModes mode, long groups, bool bias, ScalarType? dtype)
            : base(nameof(Conv2d), inChannels, outChannels, nn.functional.Two(kernel), nn.functional.Two(stride), nn.functional.Two(padding), named, nn.functional.Two(dilation), mode, groups, bias, dtype)
        {
        }

        public override Tensor forward(Tensor input) => NamedPadding is { } named
            ? nn.functional.conv2d(input, weight, bias, Stride, named, Dilation, groups)
            : nn.functional.conv2d(input, weight, bias, Stride, Pad, Dilation, groups);
    }

    /// <summary>Convolution of sequences <c>[N, C, L]</c>.</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(
            long inChannels, long outChannels, long kernel, long stride, long padding, Padding? named, long dilation, PaddingModes mode, long groups, bool bias, ScalarType? dtype)
            : base(nameof(Conv1d), inChannels, outChannels, [kernel], [stride], [padding], named, [dilation], mode, groups, bias, dtype)
        {
        }

        public override Tensor forward(Tensor input) => NamedPadding is { } named
            ? nn.functional.Convolve1d(input, weight, bias, Stride, named, Dilation, groups)
            : nn.functional.conv1d(input, weight, bias, Stride[0], Pad[0], Dilation[0], groups);
    }

    /// <summary>The adjoint of a convolution: images grow. The weight is <c>[in, out / groups, kH, kW]</c>.</summary>
    public sealed class ConvTranspose2d : Convolution
    {
        readonly long[] _outputPadding;

        internal ConvTranspose2d(
            long inChannels, long outChannels, (long, long) kernel, (long, long) stride, (long, long) padding, (long, long) outputPadding, (long, long) dilation,
            PaddingModes mode, long groups, bool bias, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), inChannels, outChannels, nn.functional.Two(kernel), nn.functional.Two(stride), nn.functional.Two(padding), null, nn.functional.Two(dilation), mode, groups, bias, dtype, transposed: true)
        {
            _outputPadding = nn.functional.Two(outputPadding);
        }

        public override Tensor forward(Tensor input) => nn.functional.conv_transpose2d(input, weight, bias, Stride, Pad, _outputPadding, Dilation, groups);
    }
}
