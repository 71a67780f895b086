using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

/// <summary>A random shape, mostly small and now and then with many channels or filters, and the plain way to compute it.</summary>
sealed record RandomConvolution(ConvolutionGeometry Geometry, int Batch, int Height, int Width)
{
    public static RandomConvolution Of(Random random)
    {
        int Size(int small, int large) => 1 + random.Next(random.Next(25) == 0 ? large : small);
        var geometry = new ConvolutionGeometry(
            Size(20, 260), Size(20, 530), Size(4, 11), Size(4, 11), 1 + random.Next(3), random.Next(4));
        int Input(int kernel) => Math.Max(1, kernel - 2 * geometry.Padding) + random.Next(5);
        return new(geometry, 1 + random.Next(3), Input(geometry.KernelHeight), Input(geometry.KernelWidth));
    }

    public int Inputs => Batch * Geometry.Channels * Height * Width;

    public int OutputHeight => Geometry.OutputHeight(Height);

    public int OutputWidth => Geometry.OutputWidth(Width);

    public int Outputs => Batch * Geometry.Filters * OutputHeight * OutputWidth;

    /// <summary>Place of a value of the input.</summary>
    public int At(int image, int channel, int y, int x, ImageLayout layout) => layout == ImageLayout.Nhwc
        ? ((image * Height + y) * Width + x) * Geometry.Channels + channel
        : ((image * Geometry.Channels + channel) * Height + y) * Width + x;

    /// <summary>Place of a value of the output.</summary>
    public int OutputAt(int image, int filter, int y, int x, ImageLayout layout) => layout == ImageLayout.Nhwc
        ? ((image * OutputHeight + y) * OutputWidth + x) * Geometry.Filters + filter
        : ((image * Geometry.Filters + filter) * OutputHeight + y) * OutputWidth + x;

    /// <summary>Convolution of integers, [batch, height, width, filters]; the input [batch, height, width, channels].</summary>
    public int[] Reference(int[] input, int[] weights, int padding)
    {
        var (outputs, g) = (new int[Outputs], Geometry);
        for (var image = 0; image < Batch; image++)
            for (var y = 0; y < OutputHeight; y++)
                for (var x = 0; x < OutputWidth; x++)
                    for (var ky = 0; ky < g.KernelHeight; ky++)
                        for (var kx = 0; kx < g.KernelWidth; kx++)
                        {
                            var (row, column) = (y * g.Stride - g.Padding + ky, x * g.Stride - g.Padding + kx);
                            var inside = (uint)row < (uint)Height && (uint)column < (uint)Width;
                            for (var filter = 0; filter < g.Filters; filter++)
                            {
                                var sum = 0;
                                for (var channel = 0; channel < g.Channels; channel++)
                                {
                                    var value = inside ? input[At(image, channel, row, column, ImageLayout.Nhwc)] : padding;
                                    sum += value * weights[((filter * g.Channels + channel) * g.KernelHeight + ky) * g.KernelWidth + kx];
                                }
                                outputs[OutputAt(image, filter, y, x, ImageLayout.Nhwc)] += sum;
                            }
                        }
        return outputs;
    }
}
