using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>K of XNOR-Net: the mean |x| of each window, as the box filter of A, the mean over channels (arXiv:1603.05279, Eq. 11).</summary>
internal static unsafe class WindowMeans
{
    /// <param name="a">[batch, height, width].</param>
    /// <param name="k">[batch, output height, output width]; what lies outside the image counts as 0.</param>
    /// <param name="columns">Room for width + 2 * padding numbers, zero where the padding is.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="geometry">The window.</param>
    public static void Compute(float* a, float* k, float* columns, int batch, int height, int width, ConvolutionGeometry geometry)
    {
        var (outputHeight, outputWidth) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        var share = 1f / geometry.Taps;
        for (var image = 0; image < batch; image++, a += height * width)
        {
            for (var y = 0; y < outputHeight; y++, k += outputWidth)
            {
                // Down the columns first, then along the row: as many additions as the window has rows and columns.
                var start = y * geometry.Stride - geometry.Padding;
                SumRows(a, width, Math.Max(0, start), Math.Min(height, start + geometry.KernelHeight), columns + geometry.Padding);
                for (var x = 0; x < outputWidth; x++)
                {
                    var (sum, window) = (0f, x * geometry.Stride);
                    for (var kx = 0; kx < geometry.KernelWidth; kx++)
                        sum += columns[window + kx];
                    k[x] = sum * share;
                }
            }
        }
    }

    static void SumRows(float* a, int width, int first, int last, float* sums)
    {
        new Span<float>(sums, width).Clear();
        for (var row = first; row < last; row++)
        {
            var (x, values) = (0, row * width);
            for (; x <= width - Vector128<float>.Count; x += Vector128<float>.Count)
                (Vector128.Load(sums + x) + Vector128.Load(a + values + x)).Store(sums + x);
            for (; x < width; x++)
                sums[x] += a[values + x];
        }
    }
}
