using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResearchKit.Kernels;

/// <summary>Packs the channels of a pixel to patterns of three bits, as <see cref="BitProduct"/> looks them up.</summary>
internal static unsafe class PatternPacking
{
    // Channels that are packed at once: 16 patterns.
    const int Run = 48;

    /// <summary>Signs of floats: a bit is 1 for a negative value. Zero of either sign and NaN count as positive.</summary>
    /// <returns>The mean of |x| over the channels: A of arXiv:1603.05279, Sec. 3.2.</returns>
    public static float Signs(float* x, int channels, byte* patterns)
    {
        var size = Vector512<float>.Zero;
        var left = channels;
        for (; left >= Run; left -= Run, x += Run, patterns += Run / BitSlices.Group)
            Spread(Negative(x, ref size) | Negative(x + 16, ref size) << 16 | Negative(x + 32, ref size) << 32, patterns);
        if (left > 0)
        {
            var (bits, at) = (0UL, 0);
            for (; at <= left - Vector512<float>.Count; at += Vector512<float>.Count)
                bits |= Negative(x + at, ref size) << at;
            if (at < left)
                bits |= NegativeRest(x + at, left - at, ref size) << at;
            SpreadRest(bits, patterns, BitSlices.GroupsFor(left));
        }
        return Vector512.Sum(size) / channels;
    }

    /// <summary>One bit of codes.</summary>
    [SkipLocalsInit]
    public static void Bits(byte* codes, int channels, int bit, byte* patterns)
    {
        var left = channels;
        for (; left >= Run; left -= Run, codes += Run, patterns += Run / BitSlices.Group)
            Spread(Bits(codes, bit), patterns);
        if (left > 0)
        {
            var rest = stackalloc byte[Run];
            new Span<byte>(codes, left).CopyTo(new(rest, Run));
            new Span<byte>(rest + left, Run - left).Clear();
            SpreadRest(Bits(rest, bit), patterns, BitSlices.GroupsFor(left));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Negative(float* x, ref Vector512<float> size)
    {
        var values = Vector512.Load(x);
        size += Vector512.Abs(values);
        return Vector512.LessThan(values, Vector512<float>.Zero).ExtractMostSignificantBits();
    }

    static ulong NegativeRest(float* x, int count, ref Vector512<float> size)
    {
        var rest = stackalloc float[Vector512<float>.Count];
        for (var i = 0; i < count; i++)
            rest[i] = x[i];
        return Negative(rest, ref size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Bits(byte* codes, int bit) =>
        Highest(codes, bit) | Highest(codes + 16, bit) << 16 | Highest(codes + 32, bit) << 32;

    // Shifts of whole 16-bit lanes do: only the highest bit of each byte is looked at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Highest(byte* codes, int bit) => (Vector128.Load((ushort*)codes) << (7 - bit)).AsByte().ExtractMostSignificantBits();

    // 48 bits to 16 patterns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Spread(ulong bits, byte* patterns)
    {
        *(ulong*)patterns = Eight(bits & 0xFFFFFF);
        *(ulong*)(patterns + 8) = Eight(bits >> 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Eight(ulong bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(bits, 0x7070707070707070);
        bits = bits & 0xFFF | (bits & 0xFFF000) << 20;
        bits = bits & 0x3F0000003F | (bits & 0xFC000000FC0) << 10;
        return (bits & 0x7000700070007 | (bits & 0x38003800380038) << 5) << 4;
    }

    // Nothing behind the pixel's patterns may be written: the border of the image may lie there.
    static void SpreadRest(ulong bits, byte* patterns, int groups)
    {
        if (groups >= 8)
        {
            *(ulong*)patterns = Eight(bits & 0xFFFFFF);
            (bits, groups) = (bits >> 24, groups - 8);
            patterns += 8;
        }
        for (var spread = Eight(bits & 0xFFFFFF); groups > 0; groups--, spread >>= 8)
            *patterns++ = (byte)spread;
    }
}
