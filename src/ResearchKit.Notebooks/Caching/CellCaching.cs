namespace ResearchKit.Notebooks.Caching;

/// <summary>What the cache has to know of a cell before it runs.</summary>
/// <param name="Folder">The folder of the cache.</param>
/// <param name="Wanted">True if the cell asks to be cached; others are only part of the key of those that come after them.</param>
/// <param name="Inputs">The data files that the cell names, relative to the folder of the notebook: their contents are part of the key.</param>
/// <param name="Answers">What questions of cells are answered with, as text.</param>
public sealed record CacheRequest(string Folder, bool Wanted, IReadOnlyList<string> Inputs, string Answers);

/// <summary>What the cache did for a cell that asked to be cached.</summary>
/// <param name="Hit">True if outputs and variables came from the cache, and the cell did not run.</param>
/// <param name="Computed">When they were computed; null if nothing is in the cache.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Notice">What the user should be told: why the cell is not cached, or what was wrong with its entry.</param>
public sealed record CellCaching(bool Hit, DateTimeOffset? Computed, double Seconds, string? Notice);

/// <summary>A cell or its values cannot be cached; the message says why and goes on after "not cached: ".</summary>
sealed class NotCachedException(string why) : Exception(why);
