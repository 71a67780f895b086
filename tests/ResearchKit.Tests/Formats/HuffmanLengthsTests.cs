using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class HuffmanLengthsTests
{
    [Fact]
    public void A_textbook_example_has_its_lengths()
    {
        // Cormen et al., Introduction to Algorithms, the chapter on Huffman codes: 224 (thousand) bits.
        var lengths = HuffmanLengths.Optimal([45, 13, 12, 16, 9, 5], out var total);

        Assert.Equal([1, 3, 3, 3, 4, 4], lengths);
        Assert.Equal(224, total);
    }

    public static TheoryData<string, long[]> Distributions => new()
    {
        { "two symbols", [3, 1000] },
        { "all equal", [.. Enumerable.Repeat(7L, 256)] },
        { "equal, no power of two", [.. Enumerable.Repeat(7L, 37)] },
        { "with absent symbols", [0, 5, 0, 0, 1, 9, 0, 2] },
        { "Fibonacci", [.. Fibonacci(40)] },
        { "geometric", [.. Enumerable.Range(0, 30).Select(i => 1L << i)] },
        { "random", [.. RandomCounts(256, 1)] },
        { "random, skewed", [.. RandomCounts(64, 2).Select(count => count * count * count + 1)] },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Optimal_lengths_meet_the_laws(string name, long[] counts)
    {
        var lengths = HuffmanLengths.Optimal(counts, out var total);

        Assert.NotEmpty(name);
        Assert.Equal(1.0, Kraft(lengths));
        Assert.Equal(Total(counts, lengths), total);
        var average = (double)total / counts.Sum();
        Assert.InRange(average, HuffmanLengths.Entropy(counts) - 1e-9, HuffmanLengths.Entropy(counts) + 1);
        Assert.All(counts.Zip(lengths), pair => Assert.Equal(pair.First > 0, pair.Second > 0));
        // The naive algorithm with a list that is sorted again each time: the internal nodes' weights.
        var nodes = counts.Where(count => count > 0).ToList();
        var internalWeights = 0L;
        while (nodes.Count > 1)
        {
            nodes.Sort();
            var parent = nodes[0] + nodes[1];
            internalWeights += parent;
            nodes.RemoveRange(0, 2);
            nodes.Add(parent);
        }

        Assert.Equal(internalWeights, total);
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Limited_lengths_are_complete_and_optimal_where_the_limit_does_not_bind(string name, long[] counts)
    {
        var optimal = HuffmanLengths.Optimal(counts, out var total);
        var present = counts.Count(count => count > 0);
        var least = Math.Max(1, (int)Math.Ceiling(Math.Log2(present)));
        var previous = long.MaxValue;
        for (var limit = least; limit <= 14; limit++)
        {
            var lengths = HuffmanLengths.Limited(counts, limit);

            Assert.True(lengths.Max() <= limit, name);
            Assert.Equal(1.0, Kraft(lengths));
            var bits = Total(counts, lengths);
            Assert.InRange(bits, total, previous);
            if (optimal.Max() <= limit) Assert.Equal(total, bits);
            previous = bits;
        }
    }

    [Fact]
    public void Limited_lengths_are_the_best_of_all_complete_codes()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var counts = Enumerable.Range(0, random.Next(2, 7)).Select(_ => (long)Math.Exp(random.NextDouble() * 8)).ToArray();
            var limit = random.Next(3, 5);

            var bits = Total(counts, HuffmanLengths.Limited(counts, limit));

            Assert.Equal(Best(counts, limit, 0, 0), bits);
        }

        // Every way to give lengths whose Kraft sum does not exceed 1.
        static long Best(long[] counts, int limit, int symbol, int used)
        {
            if (used > 1 << limit) return long.MaxValue;
            if (symbol == counts.Length) return 0;
            var best = long.MaxValue;
            for (var length = 1; length <= limit; length++)
            {
                var rest = Best(counts, limit, symbol + 1, used + (1 << (limit - length)));
                if (rest < long.MaxValue) best = Math.Min(best, rest + counts[symbol] * length);
            }

            return best;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_single_symbol_takes_one_bit(int symbol)
    {
        var counts = new long[8];
        counts[symbol] = 42;

        var optimal = HuffmanLengths.Optimal(counts, out var total);

        Assert.Equal(42, total);
        Assert.Equal(1, optimal[symbol]);
        Assert.Equal(1.0, Kraft(optimal));
        Assert.Equal(optimal, HuffmanLengths.Limited(counts, 12));
        Assert.Equal(0, HuffmanLengths.Entropy(counts));
    }

    [Fact]
    public void Entropy_of_known_distributions()
    {
        Assert.Equal(5.0, HuffmanLengths.Entropy([.. Enumerable.Repeat(9L, 32)]), 12);
        Assert.Equal(1.75, HuffmanLengths.Entropy([4, 2, 1, 1]), 12);
        Assert.Equal(0.0, HuffmanLengths.Entropy([0, 0]));
    }

    [Fact]
    public void Counts_that_cannot_be_coded_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HuffmanLengths.Optimal([0, 0], out _));
        Assert.Throws<ArgumentException>(() => HuffmanLengths.Optimal([4], out _));
        Assert.Throws<ArgumentException>(() => HuffmanLengths.Optimal([4, -1], out _));
        Assert.Throws<ArgumentException>(() => HuffmanLengths.Limited([1, 1, 1], 1));
        Assert.Throws<ArgumentException>(() => HuffmanLengths.Count([1, 9, 2], 8));
    }

    [Fact]
    public void Counting_counts_each_symbol()
    {
        var symbols = new byte[10_003];
        new Random(4).NextBytes(symbols);

        Assert.Equal(
            Enumerable.Range(0, 256).Select(symbol => (long)symbols.Count(value => value == symbol)),
            HuffmanLengths.Count(symbols, 256));
    }

    internal static IEnumerable<long> Fibonacci(int count)
    {
        var (a, b) = (1L, 1L);
        for (var i = 0; i < count; i++)
        {
            yield return a;
            (a, b) = (b, a + b);
        }
    }

    static long[] RandomCounts(int symbols, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, symbols).Select(_ => (long)random.Next(1, 10_000))];
    }

    static double Kraft(byte[] lengths) => lengths.Where(length => length > 0).Sum(length => Math.ScaleB(1, -length));

    static long Total(long[] counts, byte[] lengths) => counts.Zip(lengths).Sum(pair => pair.First * pair.Second);
}
