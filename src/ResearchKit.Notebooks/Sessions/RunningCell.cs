namespace ResearchKit.Notebooks.Sessions;

/// <summary>A cell while it runs. It is found from every thread and task that the cell has started.</summary>
sealed class RunningCell(NotebookSession session, string kernel, int number, CellOutput output, CancellationToken cancellation)
{
    static readonly AsyncLocal<RunningCell?> s_current = new();
    static volatile RunningCell? s_latest;

    /// <summary>
    /// The cell that the calling code belongs to. Code that outlives its cell, and callbacks that belong to none, count as part of
    /// the one that runs.
    /// </summary>
    public static RunningCell? Current => s_current.Value is { Ended: false } own ? own : s_latest;

    /// <summary>The cell that the calling code was started by, even if it has ended.</summary>
    public static RunningCell? Own => s_current.Value;

    public NotebookSession Session { get; } = session;

    /// <summary>The kernel that runs the part of the cell at hand.</summary>
    public string Kernel { get; set; } = kernel;

    /// <summary>Its number in the order of execution.</summary>
    public int Number { get; } = number;

    public CellOutput Output { get; } = output;

    public CancellationToken Cancellation { get; } = cancellation;

    public bool Ended { get; private set; }

    /// <summary>Why the cell cannot be replaced by what it has left; null if nothing is known.</summary>
    public string? Unrepeatable { get; set; }

    public void Begin() => (s_current.Value, s_latest) = (this, this);

    public void End()
    {
        Ended = true;
        s_current.Value = null;
        if (s_latest == this)
            s_latest = null;
    }
}
