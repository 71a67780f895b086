namespace ResearchKit.Data;

/// <summary>Where data came from, so that a result can be traced to its bytes.</summary>
/// <param name="Source">The source that was used, in words.</param>
/// <param name="Sha256">The SHA-256 of each file, in hexadecimal digits, by the file's name.</param>
/// <param name="Terms">The licence or the terms of use.</param>
/// <param name="Credit">Who made the data.</param>
public sealed record DataProvenance(string Source, IReadOnlyDictionary<string, string> Sha256, string Terms, string Credit);

/// <summary>A data set or asset that is in the cache, whole and verified when it landed.</summary>
/// <param name="Entry">What the catalog says of it.</param>
/// <param name="Folder">The folder that holds its files.</param>
/// <param name="Provenance">Where the files came from.</param>
public sealed record CachedEntry(CatalogEntry Entry, string Folder, DataProvenance Provenance)
{
    /// <summary>The full path of one of its files.</summary>
    public string PathOf(string file) => Path.Combine(Folder, Entry.Files.Single(f => f.Name == file).Name);
}
