namespace ResearchKit.Notebooks.Sessions;

/// <summary>The names that may stand at a place in code.</summary>
/// <param name="Matches">The names, in alphabetical order.</param>
/// <param name="Start">Where the text begins that a name replaces, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
public sealed record CodeCompletions(IReadOnlyList<string> Matches, int Start, int End);
