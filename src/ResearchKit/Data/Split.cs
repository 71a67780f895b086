namespace ResearchKit.Data;

/// <summary>Divides the published training images into training and validation, the same way everywhere and always.</summary>
public static class Split
{
    const ulong Seed = 20151001;

    /// <summary>
    /// The indices of both parts, each in rising order. The rule: a class with n of the N images gives n x count / N of them,
    /// rounded down; those still lacking come one each from the classes with the largest remainders, the lower class first. The images of
    /// class c in rising order, permuted by <see cref="SplitMix64.Permutation"/>(n, 20151001, c): the first ones are the class's share.
    /// </summary>
    /// <param name="labels">The class of each image, [N].</param>
    /// <param name="count">How many images to hold out for validation.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or more than there are images.</exception>
    public static (int[] Train, int[] Validation) Stratified(ReadOnlySpan<int> labels, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, labels.Length);
        var members = new List<List<int>>();
        for (var i = 0; i < labels.Length; i++)
        {
            while (members.Count <= labels[i])
                members.Add([]);
            members[labels[i]].Add(i);
        }

        var total = Math.Max(1, labels.Length);
        var shares = members.Select(m => (int)((long)m.Count * count / total)).ToArray();
        foreach (var c in Enumerable.Range(0, members.Count)
            .OrderByDescending(c => (long)members[c].Count * count % total).ThenBy(c => c).Take(count - shares.Sum()))
            shares[c]++;

        var held = new bool[labels.Length];
        for (var c = 0; c < members.Count; c++)
        {
            foreach (var position in SplitMix64.Permutation(members[c].Count, Seed, (ulong)c).AsSpan(0, shares[c]))
                held[members[c][position]] = true;
        }
        return ([.. Indices(held, false)], [.. Indices(held, true)]);
    }

    internal static (ImageSet Train, ImageSet Validation) Stratified(ImageSet images, string name, int count)
    {
        var (train, validation) = Stratified(images.Labels, count);
        return (images.Select(train, $"{name} train"), images.Select(validation, $"{name} validation"));
    }

    static IEnumerable<int> Indices(bool[] held, bool wanted) => Enumerable.Range(0, held.Length).Where(i => held[i] == wanted);
}
