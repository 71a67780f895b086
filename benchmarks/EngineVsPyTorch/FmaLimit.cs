using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>What one core can do at most: independent fused multiply-adds in registers.</summary>
static class FmaLimit
{
    /// <summary>GFLOP/s of one thread, the best of some rounds.</summary>
    internal static double GigaflopsPerCore()
    {
        double best = 0;
        for (int round = 0; round < 20; round++)
        {
            long start = Stopwatch.GetTimestamp();
            const int Turns = 1_000_000;
            float sum = Vector512.IsHardwareAccelerated ? Loop512(Turns) : Loop256(Turns);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            int lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
            best = Math.Max(best, float.IsNaN(sum) ? 0 : 2.0 * lanes * 12 * Turns / seconds / 1e9);
        }

        return best;
    }

    static float Loop512(int turns)
    {
        var (a, b, c, d, e, f) = (V512(1), V512(2), V512(3), V512(4), V512(5), V512(6));
        var (g, h, i, j, k, l) = (V512(7), V512(8), V512(9), V512(10), V512(11), V512(12));
        var (factor, term) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        for (int t = 0; t < turns; t++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, term);
            b = Vector512.FusedMultiplyAdd(b, factor, term);
            c = Vector512.FusedMultiplyAdd(c, factor, term);
            d = Vector512.FusedMultiplyAdd(d, factor, term);
            e = Vector512.FusedMultiplyAdd(e, factor, term);
            f = Vector512.FusedMultiplyAdd(f, factor, term);
            g = Vector512.FusedMultiplyAdd(g, factor, term);
            h = Vector512.FusedMultiplyAdd(h, factor, term);
            i = Vector512.FusedMultiplyAdd(i, factor, term);
            j = Vector512.FusedMultiplyAdd(j, factor, term);
            k = Vector512.FusedMultiplyAdd(k, factor, term);
            l = Vector512.FusedMultiplyAdd(l, factor, term);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    static float Loop256(int turns)
    {
        var (a, b, c, d, e, f) = (V256(1), V256(2), V256(3), V256(4), V256(5), V256(6));
        var (g, h, i, j, k, l) = (V256(7), V256(8), V256(9), V256(10), V256(11), V256(12));
        var (factor, term) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        for (int t = 0; t < turns; t++)
        {
            a = Vector256.FusedMultiplyAdd(a, factor, term);
            b = Vector256.FusedMultiplyAdd(b, factor, term);
            c = Vector256.FusedMultiplyAdd(c, factor, term);
            d = Vector256.FusedMultiplyAdd(d, factor, term);
            e = Vector256.FusedMultiplyAdd(e, factor, term);
            f = Vector256.FusedMultiplyAdd(f, factor, term);
            g = Vector256.FusedMultiplyAdd(g, factor, term);
            h = Vector256.FusedMultiplyAdd(h, factor, term);
            i = Vector256.FusedMultiplyAdd(i, factor, term);
            j = Vector256.FusedMultiplyAdd(j, factor, term);
            k = Vector256.FusedMultiplyAdd(k, factor, term);
            l = Vector256.FusedMultiplyAdd(l, factor, term);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    static Vector512<float> V512(float x) => Vector512.Create(x);

    static Vector256<float> V256(float x) => Vector256.Create(x);
}
