namespace ResearchKit.Formats;

/// <summary>Code lengths from counts: optimal (Huffman), or optimal under a limit (package-merge).</summary>
/// <remarks>
/// A symbol that does not occur has length 0. A prefix code has at least two words, so where only one symbol occurs it gets one
/// bit, and a neighbour that does not occur takes the other word. Thus the Kraft sum is 1 in every case.
/// </remarks>
public static class HuffmanLengths
{
    /// <summary>Huffman's lengths, without a limit, and the total: the sum of the weights of all internal nodes.</summary>
    /// <param name="counts">Occurrences of each symbol of an alphabet of 2 to 256.</param>
    /// <param name="totalBits">Bits of all symbols together: the sum of count times length.</param>
    /// <exception cref="ArgumentException">No symbol occurs, a count is negative, or the alphabet's size is out of
    /// range.</exception>
    public static byte[] Optimal(ReadOnlySpan<long> counts, out long totalBits)
    {
        var leaves = SortedLeaves(counts);
        var n = leaves.Length;
        // Two queues: leaves ascending, and internal nodes, which come into being ascending. Node i is a leaf for i < n.
        var weights = new long[2 * n - 1];
        var parents = new int[2 * n - 1];
        for (var i = 0; i < n; i++) weights[i] = counts[leaves[i]];
        int leaf = 0, inner = n;
        totalBits = 0;
        for (var node = n; node < weights.Length; node++)
        {
            for (var child = 0; child < 2; child++)
            {
                var lightest = leaf < n && (inner >= node || weights[leaf] <= weights[inner]) ? leaf++ : inner++;
                weights[node] = checked(weights[node] + weights[lightest]);
                parents[lightest] = node;
            }

            totalBits = checked(totalBits + weights[node]);
        }

        var depths = new byte[weights.Length];
        for (var node = weights.Length - 2; node >= 0; node--) depths[node] = (byte)(depths[parents[node]] + 1);
        var lengths = new byte[counts.Length];
        for (var i = 0; i < n; i++) lengths[leaves[i]] = depths[i];
        return lengths;
    }

    /// <summary>
    /// The lengths with the smallest total among those of at most <paramref name="limit"/> bits (package-merge).
    /// </summary>
    /// <exception cref="ArgumentException">As <see cref="Optimal"/>, or more symbols occur than words of that length
    /// exist.</exception>
    public static byte[] Limited(ReadOnlySpan<long> counts, int limit)
    {
        var leaves = SortedLeaves(counts);
        var n = leaves.Length;
        if (limit is < 1 or > 62 || n > 1L << limit)
            throw new ArgumentException($"{n} symbols do not fit in codes of at most {limit} bits.", nameof(limit));

        // Each level's list merges the leaves with packages of two neighbours of the list below; only which is which is kept.
        var isLeaf = new bool[limit][];
        long[] below = [];
        for (var level = 0; level < limit; level++)
        {
            var packages = below.Length / 2;
            var list = new long[n + packages];
            isLeaf[level] = new bool[list.Length];
            for (int i = 0, leaf = 0, package = 0; i < list.Length; i++)
            {
                var packed = package < packages ? checked(below[2 * package] + below[2 * package + 1]) : long.MaxValue;
                var takesLeaf = leaf < n && (package >= packages || counts[leaves[leaf]] <= packed);
                isLeaf[level][i] = takesLeaf;
                list[i] = takesLeaf ? counts[leaves[leaf++]] : packed;
                if (!takesLeaf) package++;
            }

            below = list;
        }

        // The first 2n - 2 items at the top are the solution; a leaf's length is how often it was taken on the way down.
        var lengths = new byte[counts.Length];
        for (int level = limit - 1, taken = 2 * n - 2; level >= 0 && taken > 0; level--)
        {
            var takenLeaves = 0;
            for (var i = 0; i < taken; i++)
                if (isLeaf[level][i]) lengths[leaves[takenLeaves++]]++;
            taken = 2 * (taken - takenLeaves);
        }

        return lengths;
    }

    /// <summary>Shannon's entropy of the counts in bits per symbol: the lower bound of every code of single symbols.</summary>
    public static double Entropy(ReadOnlySpan<long> counts)
    {
        double total = 0, sum = 0;
        foreach (var count in counts) total += count;
        foreach (var count in counts)
            if (count > 0) sum -= count * Math.Log2(count / total);
        return total > 0 ? sum / total : 0;
    }

    /// <summary>Occurrences of each symbol.</summary>
    /// <param name="symbols">Symbols below <paramref name="alphabet"/>.</param>
    /// <param name="alphabet">Size of the alphabet, 2 to 256.</param>
    /// <exception cref="ArgumentException">A symbol is not of the alphabet.</exception>
    public static long[] Count(ReadOnlySpan<byte> symbols, int alphabet)
    {
        // Four histograms: equal neighbours then do not wait for each other's increments.
        Span<int> partial = stackalloc int[4 * 256];
        partial.Clear();
        var i = 0;
        for (; i + 4 <= symbols.Length; i += 4)
        {
            partial[symbols[i]]++;
            partial[256 + symbols[i + 1]]++;
            partial[512 + symbols[i + 2]]++;
            partial[768 + symbols[i + 3]]++;
        }

        for (; i < symbols.Length; i++) partial[symbols[i]]++;
        var counts = new long[alphabet];
        for (var symbol = 0; symbol < 256; symbol++)
        {
            var count = (long)partial[symbol] + partial[256 + symbol] + partial[512 + symbol] + partial[768 + symbol];
            if (symbol < alphabet) counts[symbol] = count;
            else if (count > 0)
                throw new ArgumentException($"Symbol {symbol} is outside the alphabet of {alphabet}.", nameof(symbols));
        }

        return counts;
    }

    static int[] SortedLeaves(ReadOnlySpan<long> counts)
    {
        if (counts.Length is < 2 or > 256)
            throw new ArgumentException($"An alphabet has 2 to 256 symbols, not {counts.Length}.", nameof(counts));
        var leaves = new List<int>(counts.Length);
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] < 0)
                throw new ArgumentException($"The count of symbol {symbol} is negative: {counts[symbol]}.", nameof(counts));
            if (counts[symbol] > 0) leaves.Add(symbol);
        }

        if (leaves.Count == 0) throw new ArgumentException("No symbol occurs, so there is nothing to code.", nameof(counts));
        if (leaves.Count == 1) leaves.Add(leaves[0] == 0 ? 1 : leaves[0] - 1);
        var sorted = leaves.ToArray();
        var keys = new (long, int)[sorted.Length];
        for (var i = 0; i < sorted.Length; i++) keys[i] = (counts[sorted[i]], sorted[i]);
        Array.Sort(keys, sorted);
        return sorted;
    }
}
