namespace ResearchKit.Notebooks.Sessions;

/// <summary>A cell cannot be run or has failed; carries what to show for it.</summary>
/// <param name="name">The kind of error.</param>
/// <param name="message">What went wrong.</param>
/// <param name="lines">The lines to print; by default the message.</param>
sealed class CellFailure(string name, string message, IReadOnlyList<string>? lines = null) : Exception(message)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Lines { get; } = lines ?? [.. message.Split('\n')];

    /// <summary>True if the cell needs what this engine does not have; a notebook may go on after it.</summary>
    public bool Unsupported { get; init; }
}
