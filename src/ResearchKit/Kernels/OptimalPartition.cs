using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// The partition of sorted points into k runs with the least within-cluster sum of squares. D_q(i), the least cost of the
/// first i points in q clusters, is the minimum over j of D_(q-1)(j) + cost(j, i); the best j grows with i (divide and conquer
/// over i, arXiv:1701.07204 Sec. 2) and with q, which keeps almost all searches short. O(k n log n) time at most.
/// </summary>
internal sealed class OptimalPartition
{
    // Below this many points, plain search from the previous best j is quicker than dividing further.
    const int LeafSize = 12;

    readonly double[] weight, sum, squareSum;

    // D_(q-1)(j) less the sum of squares of the first j points, and D_q(i).
    readonly double[] previous, current;

    // The largest i for which the table of one cluster less is filled.
    int lastBefore;

    OptimalPartition(SortedPoints points)
    {
        (weight, sum, squareSum) = (points.Weight, points.Sum, points.SquareSum);
        previous = new double[points.Count + 1];
        current = new double[points.Count + 1];
    }

    /// <summary>The bounds of the clusters: cluster i is [bounds[i], bounds[i + 1]). Needs more points than clusters.</summary>
    public static int[] Find(SortedPoints points, int k) => new OptimalPartition(points).Find(points.Count, k);

    int[] Find(int count, int k)
    {
        var best = new int[k + 1][];
        for (var i = 1; i <= count; i++)
            current[i] = squareSum[i] - sum[i] * sum[i] / weight[i];
        for (var q = 2; q <= k; q++)
        {
            for (var i = q - 1; i <= count; i++)
                previous[i] = current[i] - squareSum[i];
            best[q] = GC.AllocateUninitializedArray<int>(count + 1);
            // Points left over must be enough for the clusters to come; of the last cluster only the whole is of use.
            var first = q == k ? count : q;
            lastBefore = count - (k - q) - 1;
            Solve(first, count - (k - q), q - 1, count - (k - q) - 1, best[q], q == 2 ? null : best[q - 1]);
        }
        var bounds = new int[k + 1];
        bounds[k] = count;
        for (var q = k; q >= 2; q--)
            bounds[q - 1] = best[q][bounds[q]];
        return bounds;
    }

    void Solve(int first, int last, int low, int high, int[] best, int[]? bestBefore)
    {
        while (first <= last)
        {
            if (last - first < LeafSize)
            {
                for (var i = first; i <= last; i++)
                    low = Search(i, low, high, best, bestBefore);
                return;
            }
            var middle = (first + last) >>> 1;
            var found = Search(middle, low, high, best, bestBefore);
            Solve(first, middle - 1, low, found, best, bestBefore);
            (first, low) = (middle + 1, found);
        }
    }

    // The first j in [low, high] with the least cost for i, kept in best and returned.
    int Search(int i, int low, int high, int[] best, int[]? bestBefore)
    {
        if (bestBefore is not null)
            low = Math.Max(low, Math.Min(bestBefore[Math.Min(i, lastBefore)], high));
        high = Math.Min(high, i - 1);
        var (weightOfI, sumOfI) = (weight[i], sum[i]);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(weight);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(sum);
        ref var costs = ref MemoryMarshal.GetArrayDataReference(previous);
        var least = double.PositiveInfinity;
        var at = low;
        var j = low;
        if (high - low >= 2 * Vector512<double>.Count)
        {
            var leasts = Vector512.Create(double.PositiveInfinity);
            var places = Vector512<long>.Zero;
            var place = Vector512.Create((long)j) + Vector512<long>.Indices;
            for (; j <= high - (Vector512<double>.Count - 1); j += Vector512<double>.Count)
            {
                var difference = Vector512.Create(sumOfI) - Vector512.LoadUnsafe(ref sums, (nuint)j);
                var cost = Vector512.LoadUnsafe(ref costs, (nuint)j)
                    - difference * difference / (Vector512.Create(weightOfI) - Vector512.LoadUnsafe(ref weights, (nuint)j));
                var less = Vector512.LessThan(cost, leasts);
                leasts = Vector512.ConditionalSelect(less, cost, leasts);
                places = Vector512.ConditionalSelect(less.AsInt64(), place, places);
                place += Vector512.Create((long)Vector512<double>.Count);
            }
            for (var lane = 0; lane < Vector512<double>.Count; lane++)
            {
                if (leasts[lane] < least || (leasts[lane] == least && places[lane] < at))
                    (least, at) = (leasts[lane], (int)places[lane]);
            }
        }
        for (; j <= high; j++)
        {
            var difference = sumOfI - Unsafe.Add(ref sums, j);
            var cost = Unsafe.Add(ref costs, j) - difference * difference / (weightOfI - Unsafe.Add(ref weights, j));
            if (cost < least)
                (least, at) = (cost, j);
        }
        current[i] = least + squareSum[i];
        best[i] = at;
        return at;
    }
}
