using System.Numerics;
using System.Runtime.InteropServices;
using ResearchKit.Kernels;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>Float convolutions in plain C#, NCHW, one thread.</summary>
static class FloatConvolution
{
    /// <summary>im2col, then a matrix product with <see cref="Vector{T}"/> in blocks of four filters by two vectors of pixels.</summary>
    internal static void Im2Col(float[] x, float[] weights, float[] y, float[] columns, Layer layer, int batch)
    {
        var g = layer.Geometry;
        var (length, pixels) = (g.Channels * g.Taps, layer.OutputSize * layer.OutputSize);
        for (var image = 0; image < batch; image++)
        {
            Lower(x.AsSpan(image * g.Channels * layer.Size * layer.Size), columns, layer);
            Multiply(weights, columns, y.AsSpan(image * g.Filters * pixels, g.Filters * pixels), g.Filters, length, pixels);
        }
    }

    static void Lower(ReadOnlySpan<float> x, float[] columns, Layer layer)
    {
        var (g, size, outputs) = (layer.Geometry, layer.Size, layer.OutputSize);
        var at = 0;
        for (var channel = 0; channel < g.Channels; channel++)
            for (var ky = 0; ky < g.KernelHeight; ky++)
                for (var kx = 0; kx < g.KernelWidth; kx++)
                    for (var row = 0; row < outputs; row++)
                    {
                        var iy = row * g.Stride + ky - g.Padding;
                        for (var column = 0; column < outputs; column++, at++)
                        {
                            var ix = column * g.Stride + kx - g.Padding;
                            columns[at] = iy >= 0 && iy < size && ix >= 0 && ix < size ? x[(channel * size + iy) * size + ix] : 0;
                        }
                    }
    }

    // y[filters, pixels] = a[filters, length] * b[length, pixels].
    static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int filters, int length, int pixels)
    {
        var width = Vector<float>.Count;
        ref var first = ref MemoryMarshal.GetReference(b);
        for (var filter = 0; filter < filters; filter += 4)
        {
            var rows = Math.Min(4, filters - filter);
            var pixel = 0;
            for (; rows == 4 && pixel <= pixels - 2 * width; pixel += 2 * width)
            {
                Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
                for (var k = 0; k < length; k++)
                {
                    var b0 = Vector.LoadUnsafe(ref first, (nuint)(k * pixels + pixel));
                    var b1 = Vector.LoadUnsafe(ref first, (nuint)(k * pixels + pixel + width));
                    var w = new Vector<float>(a[filter * length + k]);
                    (s00, s01) = (Vector.FusedMultiplyAdd(w, b0, s00), Vector.FusedMultiplyAdd(w, b1, s01));
                    w = new(a[(filter + 1) * length + k]);
                    (s10, s11) = (Vector.FusedMultiplyAdd(w, b0, s10), Vector.FusedMultiplyAdd(w, b1, s11));
                    w = new(a[(filter + 2) * length + k]);
                    (s20, s21) = (Vector.FusedMultiplyAdd(w, b0, s20), Vector.FusedMultiplyAdd(w, b1, s21));
                    w = new(a[(filter + 3) * length + k]);
                    (s30, s31) = (Vector.FusedMultiplyAdd(w, b0, s30), Vector.FusedMultiplyAdd(w, b1, s31));
                }
                Store(y, filter * pixels + pixel, s00, s01);
                Store(y, (filter + 1) * pixels + pixel, s10, s11);
                Store(y, (filter + 2) * pixels + pixel, s20, s21);
                Store(y, (filter + 3) * pixels + pixel, s30, s31);
            }
            for (var row = filter; row < filter + rows; row++)
                for (var rest = pixel; rest < pixels; rest++)
                {
                    var sum = 0f;
                    for (var k = 0; k < length; k++) sum += a[row * length + k] * b[k * pixels + rest];
                    y[row * pixels + rest] = sum;
                }
        }
    }

    static void Store(Span<float> y, int at, Vector<float> a, Vector<float> b)
    {
        a.CopyTo(y[at..]);
        b.CopyTo(y[(at + Vector<float>.Count)..]);
    }
}
