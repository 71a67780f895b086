namespace ResearchKit.Experiments;

/// <summary>One seed of one recipe at one scale, to be run.</summary>
public sealed record RunRequest
{
    /// <summary>What to run.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>How much of it.</summary>
    public Scale Scale { get; init; } = Scale.Quick;

    /// <summary>The seed of all random numbers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The parameters, or null for those of the scale.</summary>
    public object? Parameters { get; init; }

    /// <summary>The command line that repeats the run, for the record.</summary>
    public string Command { get; init; } = "";

    /// <summary>True to run again what was run before, and to do its stages again.</summary>
    public bool Again { get; init; }

    /// <summary>Ends the run at its next safe place; it resumes when it is asked for again.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Who watches.</summary>
    public IProgress<RunProgress>? Progress { get; init; }
}

/// <summary>A finished run in a store.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Folder">Its folder, with the files that the record names.</param>
/// <param name="Reused">True if it was there before it was asked for.</param>
public sealed record StoredRun(RunRecord Record, string Folder, bool Reused);
