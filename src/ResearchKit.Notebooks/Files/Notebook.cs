using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Files;

/// <summary>A notebook: cells and metadata. Keys that are not named here are kept.</summary>
public sealed class Notebook
{
    readonly JsonMembers _members;

    internal Notebook(JsonMembers members, IEnumerable<NotebookCell> cells)
    {
        _members = members;
        Cells = [.. cells];
        ReadCells = [.. Cells];
    }

    /// <summary>A notebook without cells, in the newest format.</summary>
    public Notebook(string defaultKernel = KernelName.CSharp)
    {
        var fsharp = KernelName.Of(defaultKernel) == KernelName.FSharp;
        var language = fsharp ? "F#" : "C#";
        _members = new();
        _members.Set("cells", new JsonArray());
        _members.Set("metadata", new JsonObject
        {
            ["kernelspec"] = new JsonObject
            {
                ["display_name"] = $".NET ({language})",
                ["language"] = language,
                ["name"] = fsharp ? ".net-fsharp" : ".net-csharp",
            },
            ["language_info"] = new JsonObject { ["name"] = language },
            ["polyglot_notebook"] = new JsonObject { ["kernelInfo"] = KernelInfo(KernelName.Of(defaultKernel), []) },
        });
        _members.Set("nbformat", 4);
        _members.Set("nbformat_minor", 5);
        Cells = [];
        ReadCells = [];
    }

    /// <summary>The cells in order.</summary>
    public List<NotebookCell> Cells { get; }

    internal JsonMembers Members => _members;

    /// <summary>The cells that were read, to see whether one was added or removed.</summary>
    internal IReadOnlyList<NotebookCell> ReadCells { get; }

    /// <summary>The text that was read, written again as long as nothing is changed; null for a new notebook.</summary>
    internal string? ReadText { get; init; }

    internal int Indent { get; init; } = 1;

    /// <summary>The notebook's metadata, as a copy.</summary>
    public JsonObject Metadata
    {
        get => _members.Get("metadata") as JsonObject ?? [];
        set => _members.Set("metadata", value);
    }

    /// <summary>The second number of the format: 0 to 5. Cells have ids from 5 on.</summary>
    public int MinorFormat => _members.Get("nbformat_minor") is JsonValue value && value.TryGetValue<int>(out var minor) ? minor : 0;

    /// <summary>The kernel of cells that name none.</summary>
    public string DefaultKernel => DefaultKernelOf(Metadata);

    /// <summary>The languages of the cells, the default first.</summary>
    public IReadOnlyList<string> Kernels => [.. Cells.Where(c => c.Kind == CellKind.Code).Select(c => c.Kernel).Prepend(DefaultKernel).Distinct()];

    /// <summary>Removes what running has left, in all cells and in the metadata, and the cells that a runner has injected.</summary>
    public void Strip()
    {
        Cells.RemoveAll(c => c.Tags.Contains("injected-parameters"));
        Cells.ForEach(c => c.Strip());
        var metadata = Metadata;
        // That its cells are cached is the author's wish; the rest of it a run has left.
        var cache = (metadata["researchkit"] as JsonObject)?["cache"]?.DeepClone();
        if (metadata.Remove("papermill") | metadata.Remove("researchkit"))
        {
            if (cache is not null)
                metadata["researchkit"] = new JsonObject { ["cache"] = cache };
            Metadata = metadata;
        }
    }

    internal static JsonObject KernelInfo(string defaultKernel, IEnumerable<string> kernels) => new()
    {
        ["defaultKernelName"] = defaultKernel,
        ["items"] = new JsonArray([.. kernels.Prepend(defaultKernel).Distinct().Select(name => new JsonObject
        {
            ["aliases"] = new JsonArray(),
            ["languageName"] = name,
            ["name"] = name,
        })]),
    };

    /// <summary>The default kernel by all spellings that are found, the most explicit first.</summary>
    internal static string DefaultKernelOf(JsonObject metadata)
    {
        var polyglot = metadata["polyglot_notebook"] as JsonObject;
        var named = NotebookCell.Word(metadata["kernelInfo"], "defaultKernelName")
            ?? NotebookCell.Word(polyglot?["kernelInfo"], "defaultKernelName")
            ?? NotebookCell.Word(polyglot, "defaultKernelName")
            ?? NotebookCell.Word(metadata["dotnet_interactive"], "defaultKernelName");
        if (named is not null)
            return KernelName.Of(named);
        var spec = metadata["kernelspec"];
        if (NotebookCell.Word(spec, "name") is { } name)
        {
            var bare = name.StartsWith(".net-", StringComparison.OrdinalIgnoreCase) ? name[5..] : name;
            if (KernelName.IsKnown(bare))
                return KernelName.Of(bare);
        }
        foreach (var language in new[] { NotebookCell.Word(spec, "language"), NotebookCell.Word(metadata["language_info"], "name") })
        {
            if (language is not null && KernelName.IsKnown(language))
                return KernelName.Of(language);
        }
        return KernelName.CSharp;
    }
}
