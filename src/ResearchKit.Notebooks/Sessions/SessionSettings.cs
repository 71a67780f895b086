using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Sessions;

/// <summary>What a session starts from.</summary>
public sealed record SessionSettings
{
    /// <summary>The kernel of cells that name none.</summary>
    public string DefaultKernel { get; init; } = KernelName.CSharp;

    /// <summary>The folder that relative paths start from: <c>#r</c>, <c>#load</c>, <c>#!import</c>, and NuGet's configuration.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>NuGet's lock file; null for none. Once it exists, packages are restored as it says.</summary>
    public string? LockFile { get; init; }

    /// <summary>How much a cell may put out.</summary>
    public OutputLimits Limits { get; init; } = new();

    /// <summary>
    /// Answers the questions of cells; null if the user cannot be asked, then a cell that asks fails. Called from the thread of
    /// the cell, which waits.
    /// </summary>
    public Func<InputRequest, string?>? Input { get; init; }

    /// <summary>True to warm up the C# compiler at once, so that the first cell does not wait for it.</summary>
    public bool WarmUp { get; init; } = true;
}
