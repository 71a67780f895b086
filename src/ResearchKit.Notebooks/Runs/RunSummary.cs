namespace ResearchKit.Notebooks.Runs;

/// <summary>How a run of a notebook ended, the worst thing that happened.</summary>
public enum RunEnd
{
    /// <summary>All cells ran.</summary>
    Completed,

    /// <summary>All cells ran but those that need what is not supported here.</summary>
    Partial,

    /// <summary>A cell failed.</summary>
    CellFailed,

    /// <summary>A cell took longer than it may.</summary>
    TimedOut,

    /// <summary>A cell ended the process in which the notebook ran.</summary>
    Died,

    /// <summary>The run was interrupted.</summary>
    Interrupted,
}

/// <summary>What came of a run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="CellsRun">How many code cells ran to their end.</param>
/// <param name="Cells">How many code cells there are.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Problems">One line for each cell that did not run to its end, with the number of the cell.</param>
public sealed record RunSummary(RunEnd End, int CellsRun, int Cells, double Seconds, IReadOnlyList<string> Problems);
