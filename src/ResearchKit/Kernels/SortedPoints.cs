namespace ResearchKit.Kernels;

/// <summary>Different values in ascending order with how often each occurs, and prefix sums that make a cluster's mean O(1).</summary>
internal sealed class SortedPoints
{
    readonly float[] values;
    readonly double centre;

    public SortedPoints(ReadOnlySpan<float> weights)
    {
        values = weights.ToArray();
        // Minus zero and zero are one value.
        for (var i = 0; i < values.Length; i++)
            values[i] += 0f;
        Array.Sort(values);
        var last = 0;
        // Sums are of differences from the median, which keeps them small and their differences exact to many digits.
        centre = values[values.Length / 2];
        var length = values.Length;
        (Weight, Sum, SquareSum) = (new double[length + 1], new double[length + 1], new double[length + 1]);
        for (var i = 0; i < length; i++)
        {
            if (i == 0 || values[i] != values[last - 1])
            {
                values[last] = values[i];
                (Weight[last + 1], Sum[last + 1], SquareSum[last + 1]) = (Weight[last], Sum[last], SquareSum[last]);
                last++;
            }
            var difference = values[i] - centre;
            Weight[last]++;
            Sum[last] += difference;
            SquareSum[last] += difference * difference;
        }
        Count = last;
    }

    /// <summary>Number of different values.</summary>
    public int Count { get; }

    /// <summary>Number of weights, repeated ones included.</summary>
    public long TotalWeight => (long)Weight[Count];

    public ReadOnlySpan<float> Values => values.AsSpan(0, Count);

    /// <summary>Entry i: over the first i values, the number of weights.</summary>
    public double[] Weight { get; }

    /// <summary>Entry i: over the first i values, the sum of the weights' differences from the median.</summary>
    public double[] Sum { get; }

    /// <summary>Entry i: over the first i values, the sum of the squares of these differences.</summary>
    public double[] SquareSum { get; }

    public double Mean(int begin, int end) =>
        // A single value is returned as it is: prefix sums would round it.
        end - begin == 1 ? values[begin] : Math.Clamp(centre + (Sum[end] - Sum[begin]) / (Weight[end] - Weight[begin]), values[begin], values[end - 1]);

    /// <summary>How many values are not above <paramref name="limit"/>.</summary>
    public int CountUpTo(double limit)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = values[middle] <= limit ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>The value of the weight of that rank (from 0) among all sorted weights.</summary>
    public int IndexOfRank(long rank)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Weight[middle + 1] <= rank ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    public double SumOfSquares(int[] bounds, float[] centroids)
    {
        var total = 0.0;
        for (var cluster = 0; cluster < centroids.Length; cluster++)
        {
            var inCluster = 0.0;
            for (var i = bounds[cluster]; i < bounds[cluster + 1]; i++)
            {
                var difference = (double)values[i] - centroids[cluster];
                inCluster += (Weight[i + 1] - Weight[i]) * difference * difference;
            }
            total += inCluster;
        }
        return total;
    }
}
