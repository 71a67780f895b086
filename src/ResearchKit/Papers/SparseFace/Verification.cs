using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Papers.SparseFace;

/// <summary>Whether two pictures show the same person, by the cosine of their features, as on Labeled Faces in the Wild.</summary>
static class Verification
{
    /// <summary>All pairs of the same person, and as many of different ones, drawn with a seed; in an order that mixes them.</summary>
    /// <param name="people">The person of each picture.</param>
    /// <param name="seed">Of the draw, the same for all networks that are compared.</param>
    internal static (int First, int Second, bool Same)[] Pairs(IReadOnlyList<int> people, int seed)
    {
        var random = new SplitMix64((ulong)seed, 1512);
        var same = new List<(int, int, bool)>();
        for (int i = 0; i < people.Count; i++)
        {
            for (int j = i + 1; j < people.Count; j++)
            {
                if (people[i] == people[j])
                {
                    same.Add((i, j, true));
                }
            }
        }

        var different = new HashSet<(int, int)>();
        int possible = (people.Count * (people.Count - 1) / 2) - same.Count;
        while (different.Count < Math.Min(same.Count, possible))
        {
            int i = random.NextInt32(people.Count), j = random.NextInt32(people.Count);
            if (people[i] != people[j])
            {
                different.Add((Math.Min(i, j), Math.Max(i, j)));
            }
        }

        (int, int, bool)[] all = [.. same, .. different.Order().Select(d => (d.Item1, d.Item2, false))];
        return [.. SplitMix64.Permutation(all.Length, (ulong)seed, 1512).Select(k => all[k])];
    }

    /// <summary>Accuracy in per cent over ten folds: for each, the threshold that is best on the nine others.</summary>
    /// <param name="similarities">Of each pair.</param>
    /// <param name="same">Whether it is of one person.</param>
    internal static double TenFold(IReadOnlyList<double> similarities, IReadOnlyList<bool> same)
    {
        const int Folds = 10;
        int right = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            var others = Enumerable.Range(0, same.Count).Where(k => k % Folds != fold).Select(k => (Value: similarities[k], Same: same[k])).OrderBy(p => p.Value).ToArray();
            double threshold = Threshold(others);
            right += Enumerable.Range(0, same.Count).Count(k => k % Folds == fold && similarities[k] >= threshold == same[k]);
        }

        return 100.0 * right / same.Count;
    }

    /// <summary>Cosines of the pairs' features.</summary>
    /// <param name="features">[N, features].</param>
    /// <param name="pairs">Places in it.</param>
    internal static double[] Similarities(Tensor features, IReadOnlyList<(int First, int Second, bool Same)> pairs)
    {
        using var scope = NewDisposeScope();
        var unit = features / features.norm(1, keepdim: true).clamp_min(1e-12);
        float[] cosines = unit.mm(unit.t()).flatten().data<float>().ToArray();
        int n = (int)features.shape[0];
        return [.. pairs.Select(p => (double)cosines[(p.First * n) + p.Second])];
    }

    /// <summary>Of pairs in rising order: the value from which on "same" is right most often.</summary>
    static double Threshold((double Value, bool Same)[] ordered)
    {
        // All are called the same at first; then the threshold passes one pair after the other.
        int right = ordered.Count(p => p.Same), best = right;
        double threshold = double.NegativeInfinity;
        for (int k = 0; k < ordered.Length; k++)
        {
            right += ordered[k].Same ? -1 : 1;
            bool isLastOfItsValue = k + 1 == ordered.Length || ordered[k + 1].Value > ordered[k].Value;
            if (isLastOfItsValue && right > best)
            {
                (best, threshold) = (right, k + 1 < ordered.Length ? (ordered[k].Value + ordered[k + 1].Value) / 2 : double.PositiveInfinity);
            }
        }

        return threshold;
    }
}
