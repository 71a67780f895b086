namespace ResearchKit.Kernels;

/// <summary>Where k-means begins (arXiv:1510.00149, Sec. 3.2), or that it finds the optimum.</summary>
public enum KMeansStart
{
    /// <summary>Evenly spaced between the least and the largest weight; the paper's choice, as it keeps the few large weights.</summary>
    Linear,

    /// <summary>Evenly spaced in the cumulative distribution, at its (i + 1/2)/k quantiles.</summary>
    Density,

    /// <summary>k random weights of different value (Forgy).</summary>
    Random,

    /// <summary>The least possible sum of squares, by dynamic programming (Wang and Song, R Journal 3(2), 2011; arXiv:1701.07204).</summary>
    Optimal,
}

/// <summary>A clustering of weights.</summary>
/// <param name="Codebook">The centroids, ascending: k of them, or all different weights if there are no more than k.</param>
/// <param name="Assignment">For each weight the index of its centroid.</param>
/// <param name="SumOfSquares">Sum over the weights of (weight - centroid)^2 (Eq. 2), with the centroids as in <paramref name="Codebook"/>.</param>
/// <param name="Iterations">Iterations of Lloyd's algorithm that changed a cluster; 0 for the optimum.</param>
public sealed record KMeansResult(float[] Codebook, int[] Assignment, double SumOfSquares, int Iterations);

/// <summary>One-dimensional k-means for weight sharing (arXiv:1510.00149, Sec. 3.1).</summary>
public static class KMeans
{
    /// <summary>
    /// Clusters weights into at most <paramref name="k"/> values. Lloyd's algorithm runs until no weight changes its cluster;
    /// a weight halfway between two centroids goes to the lower one, and a cluster that runs empty keeps its centroid, so
    /// that it can fill again. The optimum needs 4 k bytes of memory for each different weight; Lloyd a constant.
    /// </summary>
    /// <param name="weights">At least one finite number, in any order; pass the non-zero weights of a pruned layer.</param>
    /// <param name="k">Number of clusters, at least 1.</param>
    /// <param name="start">The initial centroids.</param>
    /// <param name="seed">For <see cref="KMeansStart.Random"/>; the same seed gives the same centroids.</param>
    /// <param name="maximumIterations">A limit for Lloyd's algorithm; 0 returns the initial centroids.</param>
    /// <exception cref="ArgumentException">There are no weights, one is not finite, or a number is out of range.</exception>
    public static KMeansResult Cluster(
        ReadOnlySpan<float> weights, int k, KMeansStart start = KMeansStart.Linear, int seed = 0, int maximumIterations = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumIterations);
        if (weights.IsEmpty)
            throw new ArgumentException("There are no weights to cluster.", nameof(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]))
                throw new ArgumentException($"Weight {i} is {weights[i]}; k-means needs finite weights.", nameof(weights));
        }
        var points = new SortedPoints(weights);
        var iterations = 0;
        float[] codebook;
        int[] bounds;
        if (points.Count <= k)
        {
            codebook = points.Values.ToArray();
            bounds = [.. Enumerable.Range(0, points.Count + 1)];
        }
        else if (start == KMeansStart.Optimal)
        {
            bounds = OptimalPartition.Find(points, k);
            codebook = [.. Enumerable.Range(0, k).Select(i => (float)points.Mean(bounds[i], bounds[i + 1]))];
        }
        else
        {
            var centroids = Initial(points, k, start, seed);
            bounds = Partition(points, centroids);
            while (iterations < maximumIterations)
            {
                for (var i = 0; i < k; i++)
                {
                    if (bounds[i] < bounds[i + 1])
                        centroids[i] = points.Mean(bounds[i], bounds[i + 1]);
                }
                var next = Partition(points, centroids);
                if (next.AsSpan().SequenceEqual(bounds))
                    break;
                bounds = next;
                iterations++;
            }
            codebook = [.. centroids.Select(centroid => (float)centroid)];
        }
        return new(codebook, Assign(weights, points, bounds), points.SumOfSquares(bounds, codebook), iterations);
    }

    static double[] Initial(SortedPoints points, int k, KMeansStart start, int seed)
    {
        var values = points.Values;
        var centroids = new double[k];
        switch (start)
        {
            case KMeansStart.Linear:
                var (least, largest) = ((double)values[0], (double)values[^1]);
                for (var i = 0; i < k; i++)
                    centroids[i] = k == 1 ? (least + largest) / 2 : least + (largest - least) * i / (k - 1);
                break;
            case KMeansStart.Density:
                for (var i = 0; i < k; i++)
                    centroids[i] = values[points.IndexOfRank((long)((i + 0.5) / k * points.TotalWeight))];
                break;
            case KMeansStart.Random:
                // Each draw is a weight not drawn before, so a frequent value is a likelier start, as Forgy has it.
                var random = new Random(seed);
                var chosen = new SortedSet<float>();
                var ranks = new int[points.TotalWeight];
                for (var i = 0; i < ranks.Length; i++)
                    ranks[i] = i;
                for (var i = 0; chosen.Count < k; i++)
                {
                    var drawn = random.Next(i, ranks.Length);
                    (ranks[i], ranks[drawn]) = (ranks[drawn], ranks[i]);
                    chosen.Add(values[points.IndexOfRank(ranks[i])]);
                }
                centroids = [.. chosen.Select(value => (double)value)];
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(start), start, "There is no such initialisation.");
        }
        return centroids;
    }

    /// <summary>The clusters of sorted points that are nearest to each sorted centroid: cluster i is [bounds[i], bounds[i + 1]).</summary>
    static int[] Partition(SortedPoints points, double[] centroids)
    {
        var bounds = new int[centroids.Length + 1];
        for (var i = 1; i < centroids.Length; i++)
            bounds[i] = Math.Max(bounds[i - 1], points.CountUpTo((centroids[i - 1] + centroids[i]) / 2));
        bounds[^1] = points.Count;
        return bounds;
    }

    static int[] Assign(ReadOnlySpan<float> weights, SortedPoints points, int[] bounds)
    {
        // First weights of the clusters, padded to a power of two; a cluster without weights is never found.
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bounds.Length);
        var first = new float[size];
        for (var i = 0; i < size; i++)
            first[i] = i < bounds.Length - 1 && bounds[i] < points.Count ? points.Values[bounds[i]] : float.PositiveInfinity;
        var assignment = new int[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var weight = weights[i];
            var at = 0;
            for (var step = size / 2; step > 0; step /= 2)
                at += first[at + step] <= weight ? step : 0;
            assignment[i] = at;
        }
        return assignment;
    }
}
