using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Kernels;

/// <summary>Makes numbers of bit planes: number i has bit i of plane p as its bit p.</summary>
internal static unsafe class BitTransposition
{
    // Octet o of a number's eight planes, the highest plane first, as the multiplication of bit matrices wants it.
    static readonly Vector512<byte> Octets = Vector512.Create([.. Enumerable.Range(0, 64).Select(i => (byte)((7 - i % 8) * 8 + i / 8))]);

    static readonly Vector512<byte> UnitMatrices = Vector512.Create(0x8040201008040201).AsByte();

    /// <summary>Whether the quick way is there: byte permutation and multiplication of bit matrices.</summary>
    static bool HasMatrices { get; } = Avx512Vbmi.IsSupported && Gfni.V512.IsSupported;

    /// <summary>Numbers of a run of planes.</summary>
    /// <param name="planes">[count, words], the lowest plane first. Eight planes at a time are read, so that what follows them has to be readable
    /// and zero.</param>
    /// <param name="count">Number of planes, at most 32.</param>
    /// <param name="words">Words of 64 bits of a plane: 1, 2 or 4.</param>
    /// <param name="numbers">64 numbers for each word.</param>
    /// <param name="set">The instructions to use.</param>
    public static void ToNumbers(ulong* planes, int count, int words, int* numbers, InstructionSet set)
    {
        var quick = set == InstructionSet.Avx512 && HasMatrices;
        for (var plane = 0; plane < count; plane += 8, planes += 8 * words)
        {
            if (quick)
                Eight(planes, words, plane, numbers);
            else
            {
                for (var word = 0; word < words; word++)
                    Horner(planes + word, words, Math.Min(8, count - plane), plane, numbers + 64 * word);
            }
        }
    }

    // Brings the same word of all eight planes together.
    static void Eight(ulong* planes, int words, int shift, int* numbers)
    {
        if (words == 1)
        {
            Enter(Vector512.Load(planes), shift, numbers);
            return;
        }
        var (a, b) = (Vector512.Load(planes), Vector512.Load(planes + 8));
        var (even, odd) = (Even(a, b), Odd(a, b));
        if (words == 2)
        {
            Enter(even, shift, numbers);
            Enter(odd, shift, numbers + 64);
            return;
        }
        (a, b) = (Vector512.Load(planes + 16), Vector512.Load(planes + 24));
        var (even2, odd2) = (Even(a, b), Odd(a, b));
        Enter(Even(even, even2), shift, numbers);
        Enter(Even(odd, odd2), shift, numbers + 64);
        Enter(Odd(even, even2), shift, numbers + 128);
        Enter(Odd(odd, odd2), shift, numbers + 192);
    }

    static Vector512<ulong> Even(Vector512<ulong> a, Vector512<ulong> b) =>
        Avx512F.PermuteVar8x64x2(a, Vector512.Create(0UL, 2, 4, 6, 8, 10, 12, 14), b);

    static Vector512<ulong> Odd(Vector512<ulong> a, Vector512<ulong> b) =>
        Avx512F.PermuteVar8x64x2(a, Vector512.Create(1UL, 3, 5, 7, 9, 11, 13, 15), b);

    static void Enter(Vector512<ulong> word, int shift, int* numbers) =>
        Enter(Gfni.V512.GaloisFieldAffineTransform(UnitMatrices, Avx512Vbmi.PermuteVar64x8(word.AsByte(), Octets), 0), shift, numbers);

    static void Enter(Vector512<byte> bytes, int shift, int* numbers)
    {
        var (low, high) = Vector512.Widen(bytes);
        Enter(low, shift, numbers);
        Enter(high, shift, numbers + 32);
    }

    static void Enter(Vector512<ushort> halves, int shift, int* numbers)
    {
        var (low, high) = Vector512.Widen(halves);
        if (shift > 0)
        {
            low = (low << shift) + Vector512.Load((uint*)numbers);
            high = (high << shift) + Vector512.Load((uint*)numbers + 16);
        }
        low.Store((uint*)numbers);
        high.Store((uint*)numbers + 16);
    }

    // Thirty-two numbers at a time, from the highest plane down: each doubles and takes its bit.
    static void Horner(ulong* planes, nint words, int count, int shift, int* numbers)
    {
        var bits = Vector256.Create(0x8040201008040201).AsByte();
        var spread = Vector256.Create((byte)0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 18, 18, 18, 18, 18, 18, 18, 18, 19, 19, 19, 19, 19, 19, 19, 19);
        for (var half = 0; half < 2; half++, numbers += 32)
        {
            var bytes = Vector256<byte>.Zero;
            for (var plane = count - 1; plane >= 0; plane--)
            {
                var word = Vector256.Create((uint)(planes[plane * words] >> 32 * half)).AsByte();
                bytes += bytes - Vector256.Equals(Vector256.Shuffle(word, spread) & bits, bits);
            }
            var (low, high) = Vector256.Widen(bytes);
            Enter(low, shift, numbers);
            Enter(high, shift, numbers + 16);
        }
    }

    static void Enter(Vector256<ushort> halves, int shift, int* numbers)
    {
        var (low, high) = Vector256.Widen(halves);
        if (shift > 0)
        {
            low = (low << shift) + Vector256.Load((uint*)numbers);
            high = (high << shift) + Vector256.Load((uint*)numbers + 8);
        }
        low.Store((uint*)numbers);
        high.Store((uint*)numbers + 8);
    }
}
