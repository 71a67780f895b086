namespace ResearchKit.Data;

/// <summary>
/// The generator behind every order and drawing of data: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", OOPSLA 2014). One 64-bit word of state; integer and IEEE arithmetic only, so that every platform draws
/// the same numbers.
/// </summary>
public sealed class SplitMix64
{
    const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Starts the generator at <paramref name="state"/>.</summary>
    /// <param name="state">The state as <see cref="State"/> gave it, or any seed.</param>
    public SplitMix64(ulong state) => State = state;

    /// <summary>Starts an independent sequence: state = mix(mix(seed) + stream), with the generator's own output function.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="stream">What is drawn: an epoch, a class, the index of an image.</param>
    public SplitMix64(ulong seed, ulong stream) => State = Mix(Mix(seed) + stream);

    /// <summary>The whole state; a generator made from it goes on where this one stands.</summary>
    public ulong State { get; private set; }

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64() => Mix(State += Increment);

    /// <summary>A whole number in [0, <paramref name="bound"/>), without bias (multiply and reject, arXiv:1805.10941).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (int)high;
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>
    /// The numbers 0 to <paramref name="n"/> - 1 in random order: Fisher and Yates from the end, where element i = n-1, ..., 1 is
    /// exchanged with element <see cref="NextInt32"/>(i + 1) of the sequence (<paramref name="seed"/>, <paramref name="epoch"/>).
    /// </summary>
    /// <param name="n">How many numbers.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch, so that each has an order of its own which does not depend on earlier ones.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public static int[] Permutation(int n, ulong seed, ulong epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        var random = new SplitMix64(seed, epoch);
        var order = new int[n];
        for (var i = 0; i < n; i++)
            order[i] = i;
        for (var i = n - 1; i > 0; i--)
        {
            var j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
