using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// Rows of activation bits times <see cref="BitSlices"/>: for each row and filter the sum over all positions, planes of weights (w)
/// and planes of activations (a) of 2^(w + a) times the product of the bits (arXiv:1606.06160, Eq. 3). One thread's working memory.
/// </summary>
internal sealed unsafe class BitProduct
{
    /// <summary>Patterns of a group of three bits.</summary>
    public const int Patterns = 1 << BitSlices.Group;

    /// <summary>Rows of patterns hold their numbers times this.</summary>
    public const int PatternScale = 16;

    /// <summary>Groups are counted in runs of this length; rows and tables are read that far.</summary>
    public const int GroupsAtOnce = 16;

    // Two thirds of the first-level cache.
    const int TableBytes = 32 << 10;

    // Room for 32 planes and eight of zeros.
    const int JoinedBytes = 40 * 32;

    readonly BitSlices weights;
    readonly int activationBits;
    readonly bool signs;
    readonly int planes;
    readonly PinnedMemory memory;
    readonly byte* table;
    readonly byte* counters;
    readonly byte* joined;

    /// <param name="weights">The weights.</param>
    /// <param name="activationBits">Planes of activations.</param>
    /// <param name="signs">Whether a product of bits is 1 where they differ (bits are signs), or where both are 1.</param>
    /// <param name="rows">The most rows that are counted at once.</param>
    public BitProduct(BitSlices weights, int activationBits, bool signs, int rows)
    {
        (this.weights, this.activationBits, this.signs, Rows) = (weights, activationBits, signs, rows);
        planes = Planes(weights, activationBits);
        var sizes = (Table: TableBytes, Counters: rows * planes * 64, Joined: 3 * JoinedBytes);
        memory = new(sizes.Table + sizes.Counters + sizes.Joined);
        table = memory.Start;
        counters = table + sizes.Table;
        joined = counters + sizes.Counters;
    }

    /// <summary>The most rows that are counted at once.</summary>
    public int Rows { get; }

    /// <summary>Planes of a row's counters: a half counts up to groups * (2^bits - 1) * (2^bits - 1).</summary>
    /// <exception cref="ArgumentException">A sum could exceed 31 bits.</exception>
    public static int Planes(BitSlices weights, int activationBits)
    {
        var largest = (long)weights.Groups * ((1 << weights.Bits) - 1) * ((1 << activationBits) - 1);
        if (3 * largest > int.MaxValue)
            throw new ArgumentException($"A sum over {weights.Groups} groups of {weights.Bits} x {activationBits} bits exceeds 31 bits.");
        return Math.Max(64 - (int)ulong.LeadingZeroCount((ulong)largest), 6 + weights.Bits + activationBits - 2);
    }

    /// <summary>How many filters, in words of 64, the block that starts at a word has.</summary>
    public int BlockWords(int word, InstructionSet set)
    {
        var left = weights.Words - word;
        return set switch
        {
            InstructionSet.Avx512 when left >= 4 => 4,
            InstructionSet.Avx512 or InstructionSet.Avx2 when left >= 2 => 2,
            _ => 1,
        };
    }

    /// <summary>Counts a block of filters for some rows.</summary>
    /// <param name="word">The block's first word.</param>
    /// <param name="rows">Patterns: [activation planes, rows, groups]; 16 bytes more are read behind each row.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="planeStride">From one plane's first row to the next one's.</param>
    /// <param name="count">At most <see cref="Rows"/>.</param>
    /// <param name="set">The instructions to use.</param>
    public void Count(int word, byte* rows, nint stride, nint planeStride, int count, InstructionSet set)
    {
        var words = BlockWords(word, set);
        var tableGroups = TableBytes / (Patterns * 16 * words);
        new Span<byte>(counters, count * planes * 16 * words).Clear();
        for (var bit = 0; bit < weights.Bits; bit++)
        {
            for (var group = 0; group < weights.Groups; group += tableGroups)
            {
                var groups = Math.Min(tableGroups, weights.Groups - group);
                Tabulate(weights.Position(bit, group, word), groups, words, set);
                for (var plane = 0; plane < activationBits; plane++)
                    CountTable(rows + plane * planeStride + group, stride, groups, words, count, bit + plane, set);
            }
        }
    }

    void Tabulate(ulong* slices, int groups, int words, InstructionSet set)
    {
        switch (set, words)
        {
            case (InstructionSet.Avx512, 4):
                BitBlock<Vector512<ulong>, TernaryBits512, Vector256<ulong>, TernaryBits256>.Tabulate(slices, weights.Words, groups, signs, table);
                break;
            case (InstructionSet.Avx512, 2):
                BitBlock<Vector256<ulong>, TernaryBits256, Vector128<ulong>, TernaryBits128>.Tabulate(slices, weights.Words, groups, signs, table);
                break;
            case (_, 2):
                BitBlock<Vector256<ulong>, PlainBits256, Vector128<ulong>, PlainBits128>.Tabulate(slices, weights.Words, groups, signs, table);
                break;
            default:
                BitBlock<Vector128<ulong>, PlainBits128, ulong, PlainBits64>.Tabulate(slices, weights.Words, groups, signs, table);
                break;
        }
    }

    void CountTable(byte* rows, nint stride, int groups, int words, int count, int plane, InstructionSet set)
    {
        switch (set, words)
        {
            case (InstructionSet.Avx512, 4):
                BitBlock<Vector512<ulong>, TernaryBits512, Vector256<ulong>, TernaryBits256>.Count(table, groups, rows, stride, count, counters, planes, plane);
                break;
            case (InstructionSet.Avx512, 2):
                BitBlock<Vector256<ulong>, TernaryBits256, Vector128<ulong>, TernaryBits128>.Count(table, groups, rows, stride, count, counters, planes, plane);
                break;
            case (InstructionSet.Avx512, _):
                BitBlock<Vector128<ulong>, TernaryBits128, ulong, PlainBits64>.Count(table, groups, rows, stride, count, counters, planes, plane);
                break;
            case (_, 2):
                BitBlock<Vector256<ulong>, PlainBits256, Vector128<ulong>, PlainBits128>.Count(table, groups, rows, stride, count, counters, planes, plane);
                break;
            default:
                BitBlock<Vector128<ulong>, PlainBits128, ulong, PlainBits64>.Count(table, groups, rows, stride, count, counters, planes, plane);
                break;
        }
    }

    /// <summary>The sums of one row of the last <see cref="Count"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="words">The block's words.</param>
    /// <param name="sums">64 for each word.</param>
    /// <param name="set">The instructions to use.</param>
    public void Read(int row, int words, int* sums, InstructionSet set)
    {
        var counter = counters + row * planes * 16 * words;
        // Each width has its own place, so that behind the last plane there are zeros.
        var bits = joined + words / 2 * JoinedBytes;
        switch (words)
        {
            case 4:
                BitBlock<Vector512<ulong>, TernaryBits512, Vector256<ulong>, TernaryBits256>.Join(counter, planes, bits);
                break;
            case 2:
                BitBlock<Vector256<ulong>, PlainBits256, Vector128<ulong>, PlainBits128>.Join(counter, planes, bits);
                break;
            default:
                BitBlock<Vector128<ulong>, PlainBits128, ulong, PlainBits64>.Join(counter, planes, bits);
                break;
        }
        BitTransposition.ToNumbers((ulong*)bits, planes + 2, words, sums, set);
    }
}
