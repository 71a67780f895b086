namespace ResearchKit.Notebooks.Files;

/// <summary>What a cell is to Jupyter.</summary>
public enum CellKind
{
    /// <summary>Runs on a kernel.</summary>
    Code,

    /// <summary>Prose.</summary>
    Markdown,

    /// <summary>Neither: passed on as it stands.</summary>
    Raw,
}
