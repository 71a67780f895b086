namespace ResearchKit.Formats;

/// <summary>
/// Positions of non-zero weights as small relative indices, arXiv:1510.00149, Sec. 2 and Fig. 2.
/// </summary>
/// <remarks>
/// <para>An entry's <em>gap</em> is the number of zeros between the entry before it (or the start) and itself, 0 to 2^bits - 1,
/// so that differences of position from 1 up to the paper's bound 2^bits fit in <c>bits</c> bits. Where a difference exceeds the
/// bound, filler entries with the largest gap and the value zero stand 2^bits apart until the rest fits.</para>
/// <para>Figure 2 (3 bits, bound 8; non-zeros at 1, 4, 15) has entries at 1, 4, 12 (filler), 15: gaps 1, 2, 7, 2 here and
/// differences 1, 3, 8, 3 in the figure, whose first one counts from position 0. The authors' released files store the same
/// gaps.</para>
/// </remarks>
public static class RelativeIndex
{
    /// <summary>The largest difference of position between neighbouring entries: 2^bits.</summary>
    public static int Bound(int bits)
    {
        CheckBits(bits);
        return 1 << bits;
    }

    /// <summary>The number of fillers that <paramref name="positions"/> need at <paramref name="bits"/> bits.</summary>
    /// <exception cref="ArgumentException">The positions are negative or do not ascend strictly.</exception>
    public static long CountFillers(ReadOnlySpan<int> positions, int bits)
    {
        CheckBits(bits);
        var fillers = 0L;
        var previous = -1;
        foreach (var position in positions)
        {
            if (position <= previous) throw NotAscending(position, previous);
            fillers += (position - previous - 1) >> bits;
            previous = position;
        }

        return fillers;
    }

    /// <summary>Codes ascending positions as gaps with fillers.</summary>
    /// <param name="positions">Positions of the non-zeros, strictly ascending, from 0.</param>
    /// <param name="bits">Width of a gap, 1 to 8.</param>
    /// <returns>The gap of each entry, and for each entry the number of the non-zero it holds or -1 for a filler.</returns>
    /// <exception cref="ArgumentException">The positions are negative or do not ascend strictly.</exception>
    public static (byte[] Gaps, int[] Sources) Encode(ReadOnlySpan<int> positions, int bits)
    {
        var entries = checked((int)(positions.Length + CountFillers(positions, bits)));
        var gaps = new byte[entries];
        var sources = new int[entries];
        var bound = 1 << bits;
        var previous = -1;
        var entry = 0;
        for (var i = 0; i < positions.Length; i++)
        {
            for (; positions[i] - previous > bound; previous += bound)
            {
                gaps[entry] = (byte)(bound - 1);
                sources[entry++] = -1;
            }

            gaps[entry] = (byte)(positions[i] - previous - 1);
            sources[entry++] = i;
            previous = positions[i];
        }

        return (gaps, sources);
    }

    /// <summary>The position of every entry, fillers included.</summary>
    /// <exception cref="OverflowException">The last position exceeds <see cref="int.MaxValue"/>.</exception>
    public static int[] Decode(ReadOnlySpan<byte> gaps)
    {
        var positions = new int[gaps.Length];
        var position = -1;
        for (var i = 0; i < gaps.Length; i++)
        {
            position = checked(position + gaps[i] + 1);
            positions[i] = position;
        }

        return positions;
    }

    /// <summary>The smallest length of an array that holds all entries: one more than the last position.</summary>
    internal static long Span(ReadOnlySpan<byte> gaps)
    {
        long span = gaps.Length;
        foreach (var gap in gaps) span += gap;
        return span;
    }

    internal static void CheckBits(int bits)
    {
        if (bits is < 1 or > 8)
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "A code or a gap is 1 to 8 bits wide.");
    }

    static ArgumentException NotAscending(int position, int previous) =>
        new($"Positions must ascend strictly from 0, but {position} follows {previous}.", nameof(position));
}
