using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Kernels;

/// <summary>Transposes blocks of a row-major matrix of floats.</summary>
internal static unsafe class Transposition
{
    /// <summary>target[column, row] = source[row, column]; strides are in elements.</summary>
    public static void Copy(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns)
    {
        var (wholeRows, wholeColumns) = Avx.IsSupported ? (rows & ~7, columns & ~7) : (0, 0);
        for (var row = 0; row < wholeRows; row += 8)
        {
            for (var column = 0; column < wholeColumns; column += 8)
                Block(source + row * sourceStride + column, sourceStride, target + column * targetStride + row, targetStride);
        }
        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
                target[column * targetStride + row] = source[row * sourceStride + column];
        }
    }

    // Eight by eight: pairs, then fours, then halves of 128 bits change places.
    static void Block(float* source, nint sourceStride, float* target, nint targetStride)
    {
        var (a, b) = (Avx.LoadVector256(source), Avx.LoadVector256(source + sourceStride));
        var (c, d) = (Avx.LoadVector256(source + 2 * sourceStride), Avx.LoadVector256(source + 3 * sourceStride));
        var (e, f) = (Avx.LoadVector256(source + 4 * sourceStride), Avx.LoadVector256(source + 5 * sourceStride));
        var (g, h) = (Avx.LoadVector256(source + 6 * sourceStride), Avx.LoadVector256(source + 7 * sourceStride));
        var (abLow, abHigh, cdLow, cdHigh) = (Pairs(a, b, false), Pairs(a, b, true), Pairs(c, d, false), Pairs(c, d, true));
        var (efLow, efHigh, ghLow, ghHigh) = (Pairs(e, f, false), Pairs(e, f, true), Pairs(g, h, false), Pairs(g, h, true));
        Store(target, targetStride, 0, Fours(abLow, cdLow, false), Fours(efLow, ghLow, false));
        Store(target, targetStride, 1, Fours(abLow, cdLow, true), Fours(efLow, ghLow, true));
        Store(target, targetStride, 2, Fours(abHigh, cdHigh, false), Fours(efHigh, ghHigh, false));
        Store(target, targetStride, 3, Fours(abHigh, cdHigh, true), Fours(efHigh, ghHigh, true));
    }

    static Vector256<float> Pairs(Vector256<float> a, Vector256<float> b, bool high) => high ? Avx.UnpackHigh(a, b) : Avx.UnpackLow(a, b);

    static Vector256<float> Fours(Vector256<float> a, Vector256<float> b, bool high) =>
        (high ? Avx.UnpackHigh(a.AsDouble(), b.AsDouble()) : Avx.UnpackLow(a.AsDouble(), b.AsDouble())).AsSingle();

    static void Store(float* target, nint targetStride, int row, Vector256<float> a, Vector256<float> b)
    {
        Avx.Store(target + row * targetStride, Avx.Permute2x128(a, b, 0x20));
        Avx.Store(target + (row + 4) * targetStride, Avx.Permute2x128(a, b, 0x31));
    }
}
