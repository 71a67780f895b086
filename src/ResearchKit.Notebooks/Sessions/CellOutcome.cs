using ResearchKit.Notebooks.Caching;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>All of it ran.</summary>
    Succeeded,

    /// <summary>It failed; an error was published.</summary>
    Failed,

    /// <summary>It was interrupted; an error that says so was published.</summary>
    Interrupted,

    /// <summary>It needs what this engine does not have; an error that says what was published.</summary>
    Unsupported,
}

/// <summary>How a cell ended, after everything it has put out was published.</summary>
/// <param name="Status">The way it ended.</param>
/// <param name="ExecutionCount">Its number in the order of execution.</param>
/// <param name="Error">What went wrong; null if nothing did.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record CellOutcome(CellStatus Status, int ExecutionCount, ErrorEvent? Error, double Seconds)
{
    /// <summary>What the cache did; null if the cell did not ask to be cached.</summary>
    public CellCaching? Caching { get; init; }
}
