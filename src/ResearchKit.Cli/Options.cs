using System.CommandLine;
using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Cli;

/// <summary>Options that several commands share, and the reading of their values.</summary>
static class Options
{
    public static Option<DirectoryInfo?> Store(string name) => new(name)
    {
        Description = "The folder of runs (default: $RESEARCHKIT_RUNS, else runs/ in the repository).",
        HelpName = "DIR",
    };

    public static Scale ParseScale(string text) => Enum.GetValues<Scale>().Cast<Scale?>().FirstOrDefault(s => s!.Value.Word().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException(Spelling.Unknown("scale", text, [.. Enum.GetValues<Scale>().Select(s => s.Word())]));

    /// <summary>Seeds as typed: <c>3</c> is 1, 2 and 3; <c>4,7</c> is 4 and 7; <c>7,</c> is 7 alone.</summary>
    public static IReadOnlyList<int> ParseSeeds(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(p => int.TryParse(p, out var n) && n >= 0 ? n : -1).ToArray();
        if (numbers.Length == 0 || numbers.Contains(-1) || (!text.Contains(',', StringComparison.Ordinal) && numbers[0] is < 1 or > 1000))
            throw new UsageException($"'{text}' are not seeds: give a count from 1 to 1000, such as 3, or seeds with commas, such as 1,2,3 (or 7, for seed 7 alone).");
        return text.Contains(',', StringComparison.Ordinal) ? [.. numbers.Distinct()] : [.. Enumerable.Range(1, numbers[0])];
    }
}
