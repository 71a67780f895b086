using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SparseFace;

/// <summary>How the connections that stay are chosen.</summary>
public enum Criterion
{
    /// <summary>By correlation, mostly high ones and some low ones, as the paper does.</summary>
    Correlation,

    /// <summary>The highest correlations only ("-h" in the paper).</summary>
    Highest,

    /// <summary>At random ("-r").</summary>
    Random,

    /// <summary>The largest weights.</summary>
    Magnitude,
}

/// <summary>Chooses for each neuron which of its connections stay (arXiv:1512.01891, Sec. 3).</summary>
public static class Selection
{
    /// <summary>The share of what stays that comes from the higher half: the paper's lambda in all experiments.</summary>
    internal const double FromHigherHalf = 0.75;

    /// <summary>A 0/1 mask in the shape of the criterion.</summary>
    /// <param name="criterion">How.</param>
    /// <param name="correlations">For each weight its correlation, the neuron's own in one row: [..., fan], or a convolution's [filters, ...].</param>
    /// <param name="weights">The weights, of the same shape.</param>
    /// <param name="share">S, what stays of each neuron's connections, in (0, 1].</param>
    /// <param name="random">Drawn from.</param>
    public static Tensor Mask(Criterion criterion, Tensor correlations, Tensor weights, double share, SplitMix64 random)
    {
        ArgumentNullException.ThrowIfNull(correlations);
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        int fan = (int)(weights.dim() == 4 ? weights.numel() / weights.shape[0] : weights.shape[^1]);
        float[] r = correlations.detach().flatten().data<float>().ToArray(), w = weights.detach().flatten().data<float>().ToArray();
        var mask = new float[r.Length];
        for (int first = 0; first < r.Length; first += fan)
        {
            var (row, size) = (r.AsMemory(first, fan), w.AsMemory(first, fan));
            foreach (int kept in Choose(criterion, row, size, share, random))
            {
                mask[first + kept] = 1;
            }
        }

        return tensor(mask, weights.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The connections of one neuron that stay.</summary>
    public static int[] Choose(Criterion criterion, ReadOnlyMemory<float> correlations, ReadOnlyMemory<float> weights, double share, SplitMix64 random)
    {
        int[] all = [.. Enumerable.Range(0, correlations.Length)];
        int count = Math.Max(1, (int)Math.Round(share * all.Length));
        int[] Positive() => [.. all.Where(k => correlations.Span[k] >= 0).OrderByDescending(k => correlations.Span[k])];
        int[] Negative() => [.. all.Where(k => correlations.Span[k] < 0).OrderBy(k => correlations.Span[k])];
        return criterion switch
        {
            Criterion.Magnitude => [.. all.OrderByDescending(k => Math.Abs(weights.Span[k])).Take(count)],
            Criterion.Random => Draw(all, count, random),
            Criterion.Highest => [.. Positive().Take((int)Math.Round(share * Positive().Length)), .. Negative().Take((int)Math.Round(share * Negative().Length))],
            _ => [.. Halves(Positive(), share, random), .. Halves(Negative(), share, random)],
        };
    }

    /// <summary>Of connections in falling order: lambda S K at random from the higher half, (1 - lambda) S K from the lower one.</summary>
    static IEnumerable<int> Halves(int[] ordered, double share, SplitMix64 random)
    {
        int half = (ordered.Length + 1) / 2, count = (int)Math.Round(share * ordered.Length);
        int high = Math.Min(half, (int)Math.Round(FromHigherHalf * count, MidpointRounding.AwayFromZero));
        return [.. Draw(ordered[..half], high, random), .. Draw(ordered[half..], count - high, random)];
    }

    static int[] Draw(int[] from, int count, SplitMix64 random)
    {
        int[] left = [.. from];
        count = Math.Min(count, left.Length);
        for (int k = 0; k < count; k++)
        {
            int other = k + random.NextInt32(left.Length - k);
            (left[k], left[other]) = (left[other], left[k]);
        }

        return left[..count];
    }
}
