namespace ResearchKit.Data;

/// <summary>Finds the name that a mistyped one was meant to be.</summary>
public static class Spelling
{
    /// <summary>
    /// The known name nearest to what was typed by the number of letters changed, or null when none is near: at most one change
    /// in three letters, or one name beginning with the other. Upper and lower case, hyphens, underscores and points are alike.
    /// </summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        var plain = Plain(typed);
        if (plain.Length == 0)
            return null;
        return known
            .Select(name => (name, distance: Distance(plain, Plain(name))))
            .Where(candidate => candidate.distance <= Math.Max(1, plain.Length / 3)
                || plain.Length >= 3 && Plain(candidate.name).StartsWith(plain, StringComparison.Ordinal)
                || candidate.name.Length >= 3 && plain.StartsWith(Plain(candidate.name), StringComparison.Ordinal))
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => candidate.name, StringComparer.Ordinal)
            .Select(candidate => candidate.name)
            .FirstOrDefault();
    }

    /// <summary>One sentence for an unknown name: what is unknown, what it may have been meant to be, and what there is.</summary>
    /// <param name="what">What is named, such as <c>data set</c>.</param>
    /// <param name="typed">The name that is not known.</param>
    /// <param name="known">The names that are.</param>
    public static string Unknown(string what, string typed, IReadOnlyCollection<string> known)
    {
        var nearest = Nearest(typed, known);
        return $"There is no {what} '{typed}'." + (nearest is null ? "" : $" Did you mean '{nearest}'?")
            + $" Known: {string.Join(", ", known)}.";
    }

    static string Plain(string name) => string.Concat(name.ToLowerInvariant().Where(char.IsLetterOrDigit));

    // Optimal string alignment: a swap of neighbours counts once, as it is one slip of the fingers.
    static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
