using ResearchKit.Notebooks.Caching;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>A cell to run.</summary>
/// <param name="Code">Its text, magic commands included.</param>
/// <param name="Kernel">The kernel that its metadata names; null for the session's default.</param>
/// <param name="Silent">True to leave the execution count as it is and to publish no result.</param>
/// <param name="Number">Its number in the order of execution, where another than the session counts; null for the session's own count.</param>
public sealed record CellRequest(string Code, string? Kernel = null, bool Silent = false, int? Number = null)
{
    /// <summary>What the cache has to know of it; null if no cell is cached.</summary>
    public CacheRequest? Cache { get; init; }
}
