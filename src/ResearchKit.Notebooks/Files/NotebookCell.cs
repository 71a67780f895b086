using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Caching;

namespace ResearchKit.Notebooks.Files;

/// <summary>A cell of a notebook. Keys that are not named here are kept.</summary>
public sealed class NotebookCell
{
    static readonly string[] s_cachingKeys = ["cached", "computed", "seconds", "notice"];

    readonly JsonMembers _members;
    readonly string _defaultKernel;

    internal NotebookCell(JsonMembers members, string defaultKernel) => (_members, _defaultKernel) = (members, defaultKernel);

    internal JsonMembers Members => _members;

    /// <summary>A new cell.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="source">Its text.</param>
    /// <param name="kernel">The kernel of a code cell.</param>
    public static NotebookCell Create(CellKind kind, string source, string kernel = KernelName.CSharp)
    {
        var members = new JsonMembers();
        members.Set("cell_type", kind switch { CellKind.Code => "code", CellKind.Markdown => "markdown", _ => "raw" });
        if (kind == CellKind.Code)
            members.Set("execution_count", null);
        members.Set("metadata", kind != CellKind.Code ? [] : new JsonObject
        {
            ["dotnet_interactive"] = new JsonObject { ["language"] = kernel },
            ["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel },
        });
        if (kind == CellKind.Code)
            members.Set("outputs", new JsonArray());
        return new(members, kernel) { Source = source };
    }

    /// <summary>What the cell is.</summary>
    public CellKind Kind => _members.Get("cell_type")?.GetValue<string>() switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The name that is unique in its notebook; null before nbformat 4.5.</summary>
    public string? Id
    {
        get => _members.Get("id")?.GetValue<string>();
        internal set => _members.Set("id", value);
    }

    /// <summary>The text, with <c>\n</c> between lines.</summary>
    public string Source
    {
        get => Text(_members.Get("source")).ReplaceLineEndings("\n");
        set => _members.Set("source", Lines(value));
    }

    /// <summary>
    /// The kernel that the cell runs on: a selector on its first line, else its metadata in the newer and in the older spelling,
    /// else that of the notebook.
    /// </summary>
    public string Kernel
    {
        get
        {
            if (Kind != CellKind.Code)
                return KernelName.Markdown;
            var metadata = Metadata;
            var named = Word(metadata["polyglot_notebook"], "kernelName") ?? Word(metadata["dotnet_interactive"], "language");
            return KernelName.OnFirstLine(Source) ?? KernelName.Of(named ?? _defaultKernel);
        }
    }

    /// <summary>The cell's metadata, as a copy.</summary>
    public JsonObject Metadata
    {
        get => _members.Get("metadata") as JsonObject ?? [];
        set => _members.Set("metadata", value);
    }

    /// <summary>The tags, such as papermill's <c>parameters</c>.</summary>
    public IReadOnlyList<string> Tags
    {
        get => Metadata["tags"] is JsonArray tags ? [.. tags.Select(t => t?.GetValueKind() == System.Text.Json.JsonValueKind.String ? t.GetValue<string>() : "")] : [];
        set
        {
            var metadata = Metadata;
            metadata["tags"] = new JsonArray([.. value.Select(t => JsonValue.Create(t))]);
            Metadata = metadata;
        }
    }

    /// <summary>The outputs of a code cell in nbformat's form, as a copy.</summary>
    public JsonArray Outputs
    {
        get => _members.Get("outputs") as JsonArray ?? [];
        set => _members.Set("outputs", value);
    }

    /// <summary>The place of the cell in the order of execution; null if it has not been run.</summary>
    public int? ExecutionCount
    {
        get => _members.Get("execution_count") is JsonValue value && value.TryGetValue<int>(out var count) ? count : null;
        set => _members.Set("execution_count", value);
    }

    /// <summary>Removes what running it has left: outputs, execution count, and what runners note in its metadata.</summary>
    public void Strip()
    {
        if (Kind == CellKind.Code)
        {
            Outputs = [];
            ExecutionCount = null;
        }
        var metadata = Metadata;
        if (metadata.Remove("papermill") | metadata.Remove("execution") | SetCaching(metadata, null))
            Metadata = metadata;
    }

    /// <summary>The data files that the cell reads, by its metadata: <c>researchkit.inputs</c>; null if that is not a list of names.</summary>
    internal IReadOnlyList<string>? Inputs => (Metadata["researchkit"] as JsonObject)?["inputs"] switch
    {
        null => [],
        JsonArray files when files.All(f => f is JsonValue v && v.TryGetValue<string>(out var name) && name.Length > 0) => [.. files.Select(f => f!.GetValue<string>())],
        _ => null,
    };

    /// <summary>Notes in a cell's metadata what the cache did; null removes such a note. What the author has set stays.</summary>
    /// <returns>True if something changed.</returns>
    internal static bool SetCaching(JsonObject metadata, CellCaching? caching)
    {
        var own = metadata["researchkit"] as JsonObject;
        var changed = s_cachingKeys.Aggregate(false, (removed, key) => own?.Remove(key) == true || removed);
        if (caching is not null)
        {
            if (own is null)
                metadata["researchkit"] = own = [];
            own["cached"] = caching.Hit;
            own["computed"] = caching.Computed?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
            own["seconds"] = Math.Round(caching.Seconds, 3);
            if (caching.Notice is { } notice)
                own["notice"] = notice;
            return true;
        }
        if (own?.Count == 0)
            metadata.Remove("researchkit");
        return changed;
    }

    /// <summary>Text as nbformat stores it: a list of lines that keep their ends, or one string.</summary>
    internal static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(l => l?.GetValue<string>())),
        JsonValue value => value.GetValue<string>(),
        _ => "",
    };

    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) + 1;
            end = end == 0 ? text.Length : end;
            lines.Add(text[start..end]);
        }
        return lines;
    }

    internal static string? Word(JsonNode? node, string name) =>
        node is JsonObject members && members[name] is JsonValue value && value.TryGetValue<string>(out var word) && word.Length > 0 ? word : null;
}
