using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>What one core can do at most, measured in the same run as the layers, in operations a second (1 MAC = 2 operations).</summary>
/// <param name="Clock">GHz, by a chain of dependent multiplications of three cycles each.</param>
/// <param name="Float">Fused multiply-add of 16 floats.</param>
/// <param name="PopulationCount">Exclusive or, population count, addition of 512 bits.</param>
/// <param name="LookUp">Two ternary instructions for 3 x 256 products: the mix of <see cref="Kernels.BinaryConvolution"/>.</param>
/// <param name="LookUpWithLoads">The same with its loads.</param>
sealed record MachineLimits(double Clock, double Float, double PopulationCount, double LookUp, double LookUpWithLoads)
{
    const int Iterations = 200_000;

    internal static MachineLimits Measure()
    {
        if (!Avx512Vbmi.IsSupported) return new(ClockRate(), double.NaN, double.NaN, double.NaN, double.NaN);
        return new(ClockRate(), Best(Multiply) * 10 * 16 * 2, Best(Permute) * 8 * 512 * 2, Best(Ternary) * 16 / 2 * 768 * 2, Best(TernaryWithLoads) * 8 * 768 * 2);
    }

    internal static double ClockRate() => 24 * Best(Chain) / 1e9;

    // Iterations a second, of the quickest of many runs.
    static double Best(Action<int> run)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 60; round++)
        {
            var start = Stopwatch.GetTimestamp();
            run(Iterations);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return Iterations / best;
    }

    static ulong sink;
    static readonly byte[] memory = GC.AllocateArray<byte>(4096 + 64, pinned: true);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Chain(int count)
    {
        var x = 3UL;
        for (; count > 0; count--)
        {
            x *= x; x *= x; x *= x; x *= x;
            x *= x; x *= x; x *= x; x *= x;
        }
        sink += x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Multiply(int count)
    {
        Vector512<float> a = Vector512<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a;
        Vector512<float> x = Vector512.Create(1.0001f), y = Vector512.Create(0.9999f);
        for (; count > 0; count--)
        {
            a = Avx512F.FusedMultiplyAdd(x, y, a); b = Avx512F.FusedMultiplyAdd(x, y, b); c = Avx512F.FusedMultiplyAdd(x, y, c);
            d = Avx512F.FusedMultiplyAdd(x, y, d); e = Avx512F.FusedMultiplyAdd(x, y, e); f = Avx512F.FusedMultiplyAdd(x, y, f);
            g = Avx512F.FusedMultiplyAdd(x, y, g); h = Avx512F.FusedMultiplyAdd(x, y, h); i = Avx512F.FusedMultiplyAdd(x, y, i);
            j = Avx512F.FusedMultiplyAdd(x, y, j);
        }
        sink += (ulong)Vector512.Sum(a + b + c + d + e + f + g + h + i + j);
    }

    // .NET has no VPOPCNTQ. A byte permutation stands in for it: same ports, same rate on Golden Cove and on Zen 5.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Permute(int count)
    {
        Vector512<ulong> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        var (x, y) = (Vector512.Create((ulong)memory.Length), Vector512.Create(1UL << 40 | (uint)count));
        for (; count > 0; count--)
        {
            a += Popcount(x ^ a, y); b += Popcount(x ^ b, y); c += Popcount(x ^ c, y); d += Popcount(x ^ d, y);
            e += Popcount(x ^ e, y); f += Popcount(x ^ f, y); g += Popcount(x ^ g, y); h += Popcount(x ^ h, y);
        }
        sink += Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> Popcount(Vector512<ulong> x, Vector512<ulong> table) => Avx512Vbmi.PermuteVar64x8(table.AsByte(), x.AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Ternary(int count)
    {
        Vector512<ulong> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        var (x, y) = (Vector512.Create((ulong)memory.Length), Vector512.Create((ulong)count));
        for (; count > 0; count--)
        {
            a = T(a, x, y); b = T(b, x, y); c = T(c, x, y); d = T(d, x, y); e = T(e, x, y); f = T(f, x, y); g = T(g, x, y); h = T(h, x, y);
            a = T(a, x, y); b = T(b, x, y); c = T(c, x, y); d = T(d, x, y); e = T(e, x, y); f = T(f, x, y); g = T(g, x, y); h = T(h, x, y);
        }
        sink += Vector512.Sum(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static unsafe void TernaryWithLoads(int count)
    {
        var table = (byte*)(System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) + 63 & ~63);
        Vector512<ulong> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        var y = Vector512.Create((ulong)count);
        for (; count > 0; count--)
        {
            var patterns = *(ulong*)(table + (count & 63) * 8);
            a = Both(a, y, table, patterns, 0); b = Both(b, y, table, patterns, 1); c = Both(c, y, table, patterns, 2); d = Both(d, y, table, patterns, 3);
            e = Both(e, y, table, patterns, 4); f = Both(f, y, table, patterns, 5); g = Both(g, y, table, patterns, 6); h = Both(h, y, table, patterns, 7);
        }
        sink += Vector512.Sum(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static unsafe Vector512<ulong> Both(Vector512<ulong> a, Vector512<ulong> y, byte* table, ulong patterns, int i)
    {
        var row = Vector512.Load((ulong*)(table + i * 512 + 4 * (nuint)(byte)(patterns >> 8 * i)));
        return Avx512F.TernaryLogic(row, T(a, row, y), y, 0xD4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> T(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) => Avx512F.TernaryLogic(a, b, c, 0x96);
}
