using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class KMeansTests
{
    static readonly KMeansStart[] Lloyd = [KMeansStart.Linear, KMeansStart.Density, KMeansStart.Random];

    static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    static float[] Weights(Random random, int count) => random.Next(4) switch
    {
        0 => [.. Enumerable.Range(0, count).Select(_ => Gaussian(random))],
        1 => [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(-4, 5))],
        2 => [.. Enumerable.Range(0, count).Select(_ => 1000 + random.NextSingle())],
        _ => [.. Enumerable.Range(0, count).Select(_ => MathF.Pow(10, random.Next(-3, 4)) * Gaussian(random))],
    };

    // All ways to cut the sorted weights into at most k runs, in double.
    static double BruteForce(double[] sorted, int begin, int k)
    {
        if (begin == sorted.Length)
            return 0;
        if (k == 0)
            return double.PositiveInfinity;
        var least = double.PositiveInfinity;
        for (var end = begin + 1; end <= sorted.Length; end++)
        {
            var mean = sorted[begin..end].Average();
            least = Math.Min(least, sorted[begin..end].Sum(value => (value - mean) * (value - mean)) + BruteForce(sorted, end, k - 1));
        }
        return least;
    }

    [Fact]
    public void The_optimum_is_the_brute_force_optimum_in_a_thousand_small_cases()
    {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++)
        {
            var weights = Weights(random, 1 + random.Next(11));
            var k = 1 + random.Next(6);
            var expected = BruteForce([.. weights.Select(value => (double)value).Order()], 0, k);
            var result = KMeans.Cluster(weights, k, KMeansStart.Optimal);
            Consistent(weights, k, result);
            // Centroids are rounded to float, weights up to 1e3 have halves of a unit in the last place of 3e-5.
            var rounding = weights.Length * Math.Pow(weights.Max(Math.Abs) * 1.2e-7, 2);
            Assert.InRange(result.SumOfSquares, expected - 1e-9 * expected - rounding, expected + 1e-6 * expected + rounding);
        }
    }

    [Fact]
    public void The_optimum_is_that_of_the_quadratic_dynamic_programme()
    {
        var random = new Random(2);
        foreach (var (count, k) in new[] { (100, 2), (300, 7), (500, 32), (700, 3), (400, 399), (400, 200), (1000, 16) })
        {
            var weights = Enumerable.Range(0, count).Select(_ => Gaussian(random)).ToArray();
            var result = KMeans.Cluster(weights, k, KMeansStart.Optimal);
            Consistent(weights, k, result);
            Assert.Equal(Quadratic([.. weights.Order()], k), result.SumOfSquares, 1e-6 * result.SumOfSquares + 1e-12);
        }
    }

    static double Quadratic(float[] sorted, int k)
    {
        var cost = Enumerable.Repeat(double.PositiveInfinity, sorted.Length + 1).ToArray();
        cost[0] = 0;
        for (var q = 0; q < k; q++)
        {
            var next = Enumerable.Repeat(double.PositiveInfinity, sorted.Length + 1).ToArray();
            for (var begin = 0; begin < sorted.Length; begin++)
            {
                var (mean, squares) = (0.0, 0.0);
                for (var end = begin; end < sorted.Length; end++)
                {
                    // Welford's update.
                    var difference = sorted[end] - mean;
                    mean += difference / (end - begin + 1);
                    squares += difference * (sorted[end] - mean);
                    next[end + 1] = Math.Min(next[end + 1], cost[begin] + squares);
                }
            }
            cost = next;
        }
        return cost[^1];
    }

    [Fact]
    public void Lloyd_never_beats_the_optimum_and_never_gets_worse()
    {
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var weights = Weights(random, 20 + random.Next(500));
            var k = 1 + random.Next(16);
            var optimum = KMeans.Cluster(weights, k, KMeansStart.Optimal).SumOfSquares;
            var rounding = weights.Length * Math.Pow(weights.Max(Math.Abs) * 1.2e-7, 2);
            foreach (var start in Lloyd)
            {
                var before = double.PositiveInfinity;
                for (var iterations = 0; iterations < 40; iterations++)
                {
                    var result = KMeans.Cluster(weights, k, start, round, iterations);
                    Consistent(weights, k, result);
                    Assert.True(result.SumOfSquares <= before * (1 + 1e-9) + rounding);
                    Assert.True(result.SumOfSquares >= optimum * (1 - 1e-6) - rounding);
                    if (result.Iterations < iterations)
                        break;
                    before = result.SumOfSquares;
                }
            }
        }
    }

    [Fact]
    public void Lloyd_does_what_the_plain_algorithm_does()
    {
        var random = new Random(4);
        var weights = Enumerable.Range(0, 400).Select(_ => Gaussian(random)).ToArray();
        var centroids = Enumerable.Range(0, 8).Select(i => weights.Min() + (double)(weights.Max() - weights.Min()) * i / 7).ToArray();
        var assignment = new int[weights.Length];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = 0; i < weights.Length; i++)
            {
                var nearest = Enumerable.Range(0, 8).MinBy(c => Math.Abs(weights[i] - centroids[c]));
                changed |= nearest != assignment[i];
                assignment[i] = nearest;
            }
            for (var c = 0; c < 8; c++)
                centroids[c] = weights.Where((_, i) => assignment[i] == c).Select(value => (double)value).DefaultIfEmpty(centroids[c]).Average();
        }
        var result = KMeans.Cluster(weights, 8, KMeansStart.Linear);
        Assert.Equal(assignment, result.Assignment);
        Assert.All(centroids.Zip(result.Codebook), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void The_initial_centroids_are_those_of_the_paper()
    {
        float[] weights = [0, 1, 2, 3, 4, 5, 6, 100];
        Assert.Equal([0, 50, 100], KMeans.Cluster(weights, 3, KMeansStart.Linear, maximumIterations: 0).Codebook);
        Assert.Equal([1, 3, 5, 100], KMeans.Cluster(weights, 4, KMeansStart.Density, maximumIterations: 0).Codebook);
        var random = KMeans.Cluster(weights, 3, KMeansStart.Random, seed: 7, maximumIterations: 0).Codebook;
        Assert.Equal(3, random.Distinct().Intersect(weights).Count());
        Assert.Equal(random, KMeans.Cluster(weights, 3, KMeansStart.Random, seed: 7, maximumIterations: 0).Codebook);
        Assert.Contains(Enumerable.Range(0, 9), seed =>
            !KMeans.Cluster(weights, 3, KMeansStart.Random, seed, 0).Codebook.SequenceEqual(random));
    }

    [Fact]
    public void Optimal_clusters_of_a_worked_example()
    {
        var result = KMeans.Cluster([5, 1, 9, 1.5f, 5.5f, 9.5f, 0.5f], 3, KMeansStart.Optimal);
        Assert.Equal([1, 5.25f, 9.25f], result.Codebook);
        Assert.Equal([1, 0, 2, 0, 1, 2, 0], result.Assignment);
        Assert.Equal(0.75, result.SumOfSquares, 12);
    }

    [Fact]
    public void No_more_different_weights_than_clusters_are_their_own_codebook()
    {
        float[] weights = [3, -1, 3, 3, 0, -0f, -1];
        foreach (var start in Lloyd.Append(KMeansStart.Optimal))
            foreach (var k in new[] { 3, 4, 100 })
            {
                var result = KMeans.Cluster(weights, k, start);
                Assert.Equal([-1, 0, 3], result.Codebook);
                Assert.Equal([2, 0, 2, 2, 1, 1, 0], result.Assignment);
                Assert.Equal(0, result.SumOfSquares);
            }
    }

    [Fact]
    public void An_empty_cluster_keeps_its_centroid()
    {
        var result = KMeans.Cluster([0, 0.1f, 0.2f, 9.9f, 10], 4, KMeansStart.Linear);
        Assert.Equal(4, result.Codebook.Length);
        Assert.Equal(10f / 3, result.Codebook[1], 1e-5f);
        Assert.Equal([0, 0, 0, 3, 3], result.Assignment);
    }

    [Fact]
    public void What_cannot_be_clustered_is_refused()
    {
        Assert.Contains("Weight 1 is NaN", Assert.Throws<ArgumentException>(() => KMeans.Cluster([1, float.NaN], 2)).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => KMeans.Cluster([float.NegativeInfinity], 2)).Message);
        Assert.Throws<ArgumentException>(() => KMeans.Cluster([], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Cluster([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Cluster([1, 2], 1, (KMeansStart)9));
    }

    static void Consistent(float[] weights, int k, KMeansResult result)
    {
        Assert.Equal(weights.Length, result.Assignment.Length);
        Assert.Equal(Math.Min(k, weights.Distinct().Count()), result.Codebook.Length);
        Assert.Equal(result.Codebook.Order(), result.Codebook);
        var squares = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = Math.Abs((double)weights[i] - result.Codebook[result.Assignment[i]]);
            var nearest = result.Codebook.Min(centroid => Math.Abs((double)weights[i] - centroid));
            Assert.True(distance <= nearest + 1e-6 * Math.Abs(weights[i]) + 1e-6);
            squares += distance * distance;
        }
        Assert.Equal(squares, result.SumOfSquares, 1e-9 * squares);
    }
}
