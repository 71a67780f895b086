namespace ResearchKit.Kernels;

/// <summary>K of XNOR-Net: the mean |x| of each window, as the box filter of A, the mean over channels (arXiv:1603.05279, Eq. 11).</summary>
internal static unsafe class WindowMeans
{
    /// <param name="a">[batch, height, width].</param>
    /// <param name="k">[batch, output height, output width]; what lies outside the image counts as 0.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="geometry">The window.</param>
    public static void Compute(float* a, float* k, int batch, int height, int width, ConvolutionGeometry geometry)
    {
        var (outputHeight, outputWidth) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        var share = 1f / geometry.Taps;
        for (var image = 0; image < batch; image++, a += height * width, k += outputHeight * outputWidth)
        {
            for (var y = 0; y < outputHeight; y++)
            {
                var (top, bottom) = Inside(y, geometry.KernelHeight, height, geometry);
                for (var x = 0; x < outputWidth; x++)
                {
                    var (left, right) = Inside(x, geometry.KernelWidth, width, geometry);
                    var sum = 0f;
                    for (var row = top; row < bottom; row++)
                        for (var column = left; column < right; column++)
                            sum += a[row * width + column];
                    k[y * outputWidth + x] = sum * share;
                }
            }
        }
    }

    static (int First, int Last) Inside(int output, int kernel, int size, ConvolutionGeometry geometry)
    {
        var start = output * geometry.Stride - geometry.Padding;
        return (Math.Max(0, start), Math.Min(size, start + kernel));
    }
}
