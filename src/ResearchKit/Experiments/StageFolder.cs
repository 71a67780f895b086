namespace ResearchKit.Experiments;

/// <summary>Where a stage keeps its checkpoints and its result.</summary>
/// <param name="Path">The folder; it exists.</param>
/// <param name="Resumed">True if an earlier attempt was interrupted and left something here.</param>
public sealed record StageFolder(string Path, bool Resumed)
{
    /// <summary>The full path of a file of the stage.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);
}
