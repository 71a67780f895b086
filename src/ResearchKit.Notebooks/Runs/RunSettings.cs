using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Runs;

/// <summary>How a notebook is run.</summary>
public sealed record RunSettings
{
    /// <summary>Where the notebook with its outputs is written, after each cell; null to write none.</summary>
    public string? OutputPath { get; init; }

    /// <summary>What the notebook's metadata names as its origin.</summary>
    public string InputPath { get; init; } = "";

    /// <summary>The folder that relative paths of cells start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>NuGet's lock file; null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>The time that each cell may take; null for any.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The bytes that the objects of the notebook may take; by default three quarters of the machine's memory.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>True to go on after a cell that failed.</summary>
    public bool KeepGoing { get; init; }

    /// <summary>Answers to the questions of cells, by name or prompt.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of the cache for cells that ask for it, such as <see cref="Caching.CellCache.DefaultFolder"/>; null to run all cells.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>How much a cell may put out.</summary>
    public OutputLimits Limits { get; init; } = new();

    /// <summary>The program that serves as the process of the notebook, with its arguments: it calls <see cref="Workers.NotebookWorker.Run"/>.</summary>
    public required IReadOnlyList<string> WorkerCommand { get; init; }
}
