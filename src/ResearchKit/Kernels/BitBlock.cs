using System.Runtime.CompilerServices;

namespace ResearchKit.Kernels;

/// <summary>
/// The innermost part of all products of bits: a block of filters, as many as half a vector <typeparamref name="T"/> has bits,
/// against rows of activations.
/// </summary>
/// <remarks>
/// <para>Three positions are looked up at once (the "method of four Russians"): for the eight patterns that three activation bits
/// can have, a table row holds, for every filter of the block, how many of the three products are 1. The number has two bits, and
/// the row two halves, one for each. Rows are counted vertically, bit by bit, with carry-save adders as in the Harley-Seal
/// population count (arXiv:1611.07612, Sec. 3.2): two rows and the counter's lowest plane give a sum and a carry, two carries
/// go to the next plane, and so on. The halves stay apart until the end, where the second counts twice.</para>
/// <para>On average a row costs one full adder, two instructions with AVX-512: 3 x 256 products of bits for two instructions, where
/// exclusive or, population count and addition take nine.</para>
/// </remarks>
/// <typeparam name="T">A vector.</typeparam>
/// <typeparam name="TBits">Its logic.</typeparam>
/// <typeparam name="THalf">A vector of half the size: one bit for each filter.</typeparam>
/// <typeparam name="THalfBits">Its logic.</typeparam>
internal static unsafe class BitBlock<T, TBits, THalf, THalfBits>
    where T : unmanaged
    where TBits : struct, IBitVector<T>
    where THalf : unmanaged
    where THalfBits : struct, IBitVector<THalf>
{
    static int TableBytes => BitProduct.Patterns * TBits.Bytes;

    /// <summary>Fills the table of some groups.</summary>
    /// <param name="slices">The first group's first position.</param>
    /// <param name="words">From one position to the next.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="signs">Whether a product is a ^ w (1: signs differ) or a &amp; w.</param>
    /// <param name="table">[groups rounded up to a multiple of 16, 8 patterns, 2 halves]; what is rounded up is zero.</param>
    public static void Tabulate(ulong* slices, nint words, int groups, bool signs, byte* table)
    {
        for (var group = 0; group < groups; group++, slices += BitSlices.Group * words, table += TableBytes)
        {
            var (a1, b1, c1) = (THalfBits.Load((byte*)slices), THalfBits.Load((byte*)(slices + words)), THalfBits.Load((byte*)(slices + 2 * words)));
            // The product with an activation bit of 0 and of 1.
            var (a0, b0, c0) = (default(THalf), default(THalf), default(THalf));
            if (signs)
                (a0, b0, c0, a1, b1, c1) = (a1, b1, c1, THalfBits.Not(a1), THalfBits.Not(b1), THalfBits.Not(c1));
            Enter(table, 0, a0, b0, c0);
            Enter(table, 1, a1, b0, c0);
            Enter(table, 2, a0, b1, c0);
            Enter(table, 3, a1, b1, c0);
            Enter(table, 4, a0, b0, c1);
            Enter(table, 5, a1, b0, c1);
            Enter(table, 6, a0, b1, c1);
            Enter(table, 7, a1, b1, c1);
        }
        new Span<byte>(table, (-groups & (BitProduct.GroupsAtOnce - 1)) * TableBytes).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Enter(byte* table, int pattern, THalf a, THalf b, THalf c)
    {
        THalfBits.Store(table + pattern * TBits.Bytes, THalfBits.Parity(a, b, c));
        THalfBits.Store(table + pattern * TBits.Bytes + THalfBits.Bytes, THalfBits.Majority(a, b, c));
    }

    /// <summary>Looks the groups up for each row and adds what is found to the row's counters.</summary>
    /// <param name="table">As <see cref="Tabulate"/> left it.</param>
    /// <param name="groups">Number of groups.</param>
    /// <param name="rows">Patterns of the first row, 16 times their numbers; up to a multiple of 16 are read.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="counters">[rows, planes], the lowest plane first.</param>
    /// <param name="planes">Planes of a row's counters.</param>
    /// <param name="plane">The plane to which a lowest bit belongs: products count 2^plane.</param>
    // Inlined into its caller, it would leave no room for inlining what it calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Count(byte* table, int groups, byte* rows, nint stride, int count, byte* counters, int planes, int plane)
    {
        var last = (planes - plane) * TBits.Bytes;
        counters += plane * TBits.Bytes;
        for (var row = 0; row < count; row++, rows += stride, counters += planes * TBits.Bytes)
        {
            var (s0, s1, s2) = (Plane(counters, 0), Plane(counters, 1), Plane(counters, 2));
            var (s3, s4, s5) = (Plane(counters, 3), Plane(counters, 4), Plane(counters, 5));
            for (var group = 0; group < groups;)
            {
                // Up to 64 groups, whose carry belongs to the sixth plane and ripples upwards.
                var first = AddThirtyTwo(table, rows, ref group, groups, ref s0, ref s1, ref s2, ref s3, ref s4);
                var carry = Add(ref s5, first, group < groups ? AddThirtyTwo(table, rows, ref group, groups, ref s0, ref s1, ref s2, ref s3, ref s4) : default);
                for (var at = 6 * TBits.Bytes; at < last; at += TBits.Bytes)
                {
                    var s = TBits.Load(counters + at);
                    TBits.Store(counters + at, TBits.Xor(s, carry));
                    carry = TBits.And(s, carry);
                }
            }
            TBits.Store(counters, s0);
            TBits.Store(counters + TBits.Bytes, s1);
            TBits.Store(counters + 2 * TBits.Bytes, s2);
            TBits.Store(counters + 3 * TBits.Bytes, s3);
            TBits.Store(counters + 4 * TBits.Bytes, s4);
            TBits.Store(counters + 5 * TBits.Bytes, s5);
        }
    }

    /// <summary>One row's sums, bit by bit: its first half plus twice its second.</summary>
    /// <param name="counters">The row's counters.</param>
    /// <param name="planes">Planes of the counters; the sums have two more.</param>
    /// <param name="sums">[planes + 2], the lowest plane first.</param>
    public static void Join(byte* counters, int planes, byte* sums)
    {
        THalf carry = default, second = default;
        for (var plane = 0; plane < planes; plane++, counters += TBits.Bytes, sums += THalfBits.Bytes)
        {
            var first = THalfBits.Load(counters);
            THalfBits.Store(sums, THalfBits.Parity(first, second, carry));
            carry = THalfBits.Majority(first, second, carry);
            second = THalfBits.Load(counters + THalfBits.Bytes);
        }
        THalfBits.Store(sums, THalfBits.Xor(second, carry));
        THalfBits.Store(sums + THalfBits.Bytes, THalfBits.And(second, carry));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T AddThirtyTwo(byte* table, byte* row, ref int group, int groups, ref T s0, ref T s1, ref T s2, ref T s3, ref T s4)
    {
        var even = AddSixteen(table + group * TableBytes, row + group, ref s0, ref s1, ref s2, ref s3);
        group += BitProduct.GroupsAtOnce;
        T odd = default;
        if (group < groups)
            odd = AddSixteen(table + group * TableBytes, row + group, ref s0, ref s1, ref s2, ref s3);
        group += BitProduct.GroupsAtOnce;
        return Add(ref s4, even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T AddSixteen(byte* table, byte* row, ref T s0, ref T s1, ref T s2, ref T s3)
    {
        var low = AddEight(table, row, ref s0, ref s1, ref s2);
        var high = AddEight(table + 8 * TableBytes, row + 8, ref s0, ref s1, ref s2);
        return Add(ref s3, low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T AddEight(byte* table, byte* row, ref T s0, ref T s1, ref T s2)
    {
        // One load for eight patterns: the ports that load have enough to do with the table.
        var patterns = *(ulong*)row;
        var low = Add(ref s1, AddTwo(table, ref patterns, ref s0), AddTwo(table + 2 * TableBytes, ref patterns, ref s0));
        var high = Add(ref s1, AddTwo(table + 4 * TableBytes, ref patterns, ref s0), AddTwo(table + 6 * TableBytes, ref patterns, ref s0));
        return Add(ref s2, low, high);
    }

    // A pattern's number is stored times 16, so that what is left of the product with the row's size is an addressing mode.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T AddTwo(byte* table, ref ulong patterns, ref T s0)
    {
        var a = TBits.Load(table + (byte)patterns * (nuint)(TBits.Bytes / BitProduct.PatternScale));
        patterns >>= 8;
        var b = TBits.Load(table + TableBytes + (byte)patterns * (nuint)(TBits.Bytes / BitProduct.PatternScale));
        patterns >>= 8;
        return Add(ref s0, a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Add(ref T sum, T a, T b)
    {
        sum = TBits.Parity(sum, a, b);
        return TBits.Carry(a, b, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Plane(byte* counters, int plane) => TBits.Load(counters + plane * TBits.Bytes);
}
