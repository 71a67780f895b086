using System.Runtime.CompilerServices;
using ResearchKit.Kernels;

namespace ResearchKit.Papers.XnorNet;

/// <summary>The float convolution that a reader would write first, one product after the other: the kind of baseline that 58 times is over.</summary>
static class PlainConvolution
{
    /// <summary>One image.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="x">[C, H, W].</param>
    /// <param name="weights">[F, C, h, w].</param>
    /// <param name="y">[F, H', W'], overwritten.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // at once: it is not called often enough to be compiled again
    internal static void Run(ConvolutionGeometry geometry, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y, int height, int width)
    {
        var g = geometry;
        int rows = g.OutputHeight(height), columns = g.OutputWidth(width);
        for (int filter = 0; filter < g.Filters; filter++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    float sum = 0;
                    for (int channel = 0; channel < g.Channels; channel++)
                    {
                        for (int ky = 0; ky < g.KernelHeight; ky++)
                        {
                            for (int kx = 0; kx < g.KernelWidth; kx++)
                            {
                                int iy = (row * g.Stride) + ky - g.Padding, ix = (column * g.Stride) + kx - g.Padding;
                                if (iy >= 0 && iy < height && ix >= 0 && ix < width)
                                {
                                    sum += x[(((channel * height) + iy) * width) + ix] * weights[(((((filter * g.Channels) + channel) * g.KernelHeight) + ky) * g.KernelWidth) + kx];
                                }
                            }
                        }
                    }

                    y[(((filter * rows) + row) * columns) + column] = sum;
                }
            }
        }
    }
}
