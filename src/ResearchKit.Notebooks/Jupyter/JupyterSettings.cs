using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>What a kernel starts from.</summary>
public sealed record JupyterSettings
{
    /// <summary>The file in which the front end says where to listen.</summary>
    public required string ConnectionFile { get; init; }

    /// <summary>The program that serves as the process of the cells, with its arguments: it calls <see cref="Workers.NotebookWorker.Run"/>.</summary>
    public required IReadOnlyList<string> WorkerCommand { get; init; }

    /// <summary>The language of cells that name none: <c>csharp</c> or <c>fsharp</c>.</summary>
    public string Language { get; init; } = KernelName.CSharp;

    /// <summary>The folder that relative paths of cells start from; Jupyter starts kernels in the folder of the notebook.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>Takes what the user of the front end need not know.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;
}
