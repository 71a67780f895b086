namespace ResearchKit.Data;

/// <summary>Why one source did not give the files.</summary>
/// <param name="Source">The source in words.</param>
/// <param name="Reason">What went wrong, naming file and place.</param>
public sealed record SourceFailure(string Source, string Reason);

/// <summary>No source gave the files of a data set or an asset; the message lists each with its reason, and says what to do.</summary>
public sealed class DataUnavailableException : IOException
{
    internal DataUnavailableException(CatalogEntry entry, IReadOnlyList<SourceFailure> failures, string cacheRoot)
        : base(Describe(entry, failures, cacheRoot))
    {
        Entry = entry.Name;
        Failures = failures;
    }

    /// <summary>The name of the data set or asset.</summary>
    public string Entry { get; }

    /// <summary>Each source that was tried, in order, with its reason.</summary>
    public IReadOnlyList<SourceFailure> Failures { get; }

    static string Describe(CatalogEntry entry, IReadOnlyList<SourceFailure> failures, string cacheRoot)
    {
        var archives = entry.Sources.Where(s => s.Artifacts.Count > 0)
            .Select(s => string.Join(" and ", s.Artifacts.Select(a => a.Name))).Distinct();
        return $"{entry.Title} could not be had from any source:\n"
            + string.Concat(failures.Select((f, i) => $"  {i + 1}. {f.Source}: {f.Reason.Replace("\n", "\n     ")}\n"))
            + $"What to do: put {string.Join(", ", entry.Files.Select(f => f.Name))} into a folder"
            + string.Concat(archives.Select(a => $", or {a}"))
            + $", and type: export RESEARCHKIT_DATA=THAT-FOLDER (its makers' page: {entry.Homepage})\n"
            + $"An interrupted download goes on where it stopped when the command is given again. The cache is {cacheRoot}.";
    }
}
