using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// What a count of differing signs is as a dot product: n - 2 * differing, and where the padding is 0 less the taps that lie outside,
/// which were counted as positive.
/// </summary>
internal readonly unsafe struct SignSums
{
    readonly ConvolutionGeometry geometry;
    readonly int height, width, outputWidth;
    readonly (int Top, int Bottom, int Left, int Right) inside;
    readonly int* tapSums;

    /// <param name="geometry">Sizes.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="tapSums">[taps, filters], or null if the padding is a sign.</param>
    public SignSums(ConvolutionGeometry geometry, int height, int width, int* tapSums)
    {
        (this.geometry, this.height, this.width) = (geometry, height, width);
        this.tapSums = tapSums;
        Pixels = geometry.OutputHeight(height) * geometry.OutputWidth(width);
        outputWidth = geometry.OutputWidth(width);
        Length = geometry.Channels * geometry.Taps;
        // The first window that starts in the image, and the first that no longer ends in it.
        var start = (geometry.Padding + geometry.Stride - 1) / geometry.Stride;
        inside = (start, End(height, geometry.KernelHeight, geometry), start, End(width, geometry.KernelWidth, geometry));
    }

    static int End(int size, int kernel, ConvolutionGeometry geometry) =>
        size + geometry.Padding < kernel ? 0 : (size + geometry.Padding - kernel) / geometry.Stride + 1;

    /// <summary>Pixels of an image of the output.</summary>
    public int Pixels { get; }

    public int Filters => geometry.Filters;

    /// <summary>Products in a sum.</summary>
    public int Length { get; }

    /// <summary>Makes counts of a pixel dot products.</summary>
    public void Convert(int pixel, int filter, int filters, int* sums)
    {
        var i = 0;
        for (; i <= filters - Vector512<int>.Count; i += Vector512<int>.Count)
            Dots(Vector512.Load(sums + i)).Store(sums + i);
        for (; i < filters; i++)
            sums[i] = Length - 2 * sums[i];
        if (IsBorder(pixel))
            TakeOut(pixel, filter, filters, sums);
    }

    /// <summary>Dot products of counts.</summary>
    public Vector512<int> Dots(Vector512<int> counts) => Vector512.Create(Length) - (counts << 1);

    /// <summary>Whether taps of a pixel's window have to be taken out.</summary>
    public bool IsBorder(int pixel)
    {
        if (tapSums == null)
            return false;
        var (y, x) = Math.DivRem(pixel, outputWidth);
        return y < inside.Top || y >= inside.Bottom || x < inside.Left || x >= inside.Right;
    }

    void TakeOut(int pixel, int filter, int filters, int* sums)
    {
        var (y, x) = Math.DivRem(pixel, outputWidth);
        var (top, left) = (y * geometry.Stride - geometry.Padding, x * geometry.Stride - geometry.Padding);
        for (var tap = 0; tap < geometry.Taps; tap++)
        {
            var (ky, kx) = Math.DivRem(tap, geometry.KernelWidth);
            if ((uint)(top + ky) < (uint)height && (uint)(left + kx) < (uint)width)
                continue;
            var outside = tapSums + (long)tap * geometry.Filters + filter;
            var i = 0;
            for (; i <= filters - Vector512<int>.Count; i += Vector512<int>.Count)
                (Vector512.Load(sums + i) - Vector512.Load(outside + i)).Store(sums + i);
            for (; i < filters; i++)
                sums[i] -= outside[i];
        }
    }
}
