using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>Writes dot products of signs times alpha of the filter and K of the window.</summary>
internal readonly unsafe struct ScaledSums(SignSums dots, float* output, float* alpha, float* k, ImageLayout layout) : ISumSink
{
    public void Take(int image, int pixel, int pixels, int filter, int filters, int* sums, int stride)
    {
        var start = (long)image * dots.Pixels + pixel;
        for (var i = 0; i < pixels; i++)
        {
            var row = sums + i * stride;
            // In planes, the numbers change places afterwards; until then they stay where the sums were.
            var target = layout == ImageLayout.Nhwc ? output + (start + i) * dots.Filters + filter : (float*)row;
            var isBorder = dots.IsBorder(pixel + i);
            if (isBorder)
                dots.Convert(pixel + i, filter, filters, row);
            Scale(row, isBorder, alpha + filter, k == null ? 1 : k[start + i], target, filters);
        }
        if (layout == ImageLayout.Nchw)
            Transposition.Copy((float*)sums, stride, output + ((long)image * dots.Filters + filter) * dots.Pixels + pixel, dots.Pixels, pixels, filters);
    }

    void Scale(int* sums, bool isConverted, float* alpha, float k, float* target, int count)
    {
        var i = 0;
        for (; i <= count - Vector512<int>.Count; i += Vector512<int>.Count)
        {
            var value = Vector512.Load(sums + i);
            (Vector512.ConvertToSingle(isConverted ? value : dots.Dots(value)) * (Vector512.Load(alpha + i) * k)).Store(target + i);
        }
        for (; i < count; i++)
            target[i] = (isConverted ? sums[i] : dots.Length - 2 * sums[i]) * (alpha[i] * k);
    }
}
