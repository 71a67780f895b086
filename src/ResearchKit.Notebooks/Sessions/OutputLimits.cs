namespace ResearchKit.Notebooks.Sessions;

/// <summary>How much a cell may put out before the middle of it is left out, so that no notebook becomes too large to open.</summary>
/// <param name="StreamLength">Characters on the console.</param>
/// <param name="Displays">Values shown.</param>
/// <param name="DisplayLength">Characters of all values shown.</param>
public sealed record OutputLimits(long StreamLength = 2 << 20, int Displays = 2_000, long DisplayLength = 64 << 20);
