using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Runs;

/// <summary>Watches a run. Calls come one at a time.</summary>
public interface IRunObserver
{
    /// <summary>A code cell begins.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="number">Its number among the code cells, from 1.</param>
    /// <param name="count">How many code cells there are.</param>
    void Begin(NotebookCell cell, int number, int count);

    /// <summary>The cell has put something out.</summary>
    void Output(CellEvent output);

    /// <summary>The cell has ended.</summary>
    void End(CellOutcome outcome);
}
