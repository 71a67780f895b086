using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Files;

/// <summary>
/// The text format of .NET Interactive: cells begin with a line such as <c>#!fsharp</c>. It holds no outputs. Tags of cells, which it
/// has no place for, are kept under <c>researchkit.tags</c> of its <c>#!meta</c> block.
/// </summary>
static class DibFile
{
    const string Meta = "#!meta";

    public static Notebook Read(string name, ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new InvalidDataException($"{name} is not a notebook that can be read: it holds zero bytes, so it is not text.");
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var start = Array.FindIndex(lines, l => l.Length > 0);
        var metadata = new JsonObject();
        if (start >= 0 && lines[start].TrimEnd() == Meta)
        {
            var end = Array.FindIndex(lines, start + 1, l => l.StartsWith("#!", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            metadata = ReadMeta(name, start + 2, string.Join('\n', lines[(start + 1)..end]));
            start = end;
        }
        var kernels = Declared(metadata);
        var defaultKernel = Notebook.DefaultKernelOf(metadata);
        var notebook = new Notebook(defaultKernel);
        if (metadata.Count > 0)
        {
            var merged = notebook.Metadata;
            var polyglot = merged["polyglot_notebook"]!.AsObject();
            foreach (var (key, value) in metadata)
            {
                if (key == "kernelInfo")
                    polyglot["kernelInfo"] = value?.DeepClone();
                else
                    merged[key] = value?.DeepClone();
            }
            notebook.Metadata = merged;
        }

        var kernel = defaultKernel;
        var cell = new List<string>();
        foreach (var line in lines.Skip(Math.Max(start, 0)))
        {
            var selected = line.StartsWith("#!", StringComparison.Ordinal) ? Selected(line[2..].Trim(), kernels) : null;
            if (selected is null)
            {
                cell.Add(line);
                continue;
            }
            Add(notebook, kernel, cell);
            kernel = selected;
        }
        Add(notebook, kernel, cell);
        RestoreTags(notebook);
        return notebook;
    }

    public static byte[] Write(Notebook notebook)
    {
        var text = new StringBuilder();
        text.Append(Meta).Append("\n\n").Append(MetaOf(notebook).ToJsonString()).Append("\n\n");
        foreach (var cell in notebook.Cells.Where(c => c.Kind != CellKind.Raw && c.Source.Trim().Length > 0))
        {
            var source = cell.Source.Trim('\n');
            if (cell.Kind != CellKind.Code || KernelName.OnFirstLine(source) is null)
                text.Append("#!").Append(cell.Kernel).Append("\n\n");
            text.Append(source).Append("\n\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString().TrimEnd('\n') + "\n");
    }

    static JsonObject MetaOf(Notebook notebook)
    {
        var metadata = notebook.Metadata;
        var info = (metadata["polyglot_notebook"] as JsonObject)?["kernelInfo"]?.DeepClone()
            ?? Notebook.KernelInfo(notebook.DefaultKernel, notebook.Kernels);
        var meta = new JsonObject { ["kernelInfo"] = info };
        var cells = notebook.Cells.Where(c => c.Kind != CellKind.Raw && c.Source.Trim().Length > 0).ToArray();
        var tags = new JsonObject();
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Tags is { Count: > 0 } named)
                tags[$"{i}"] = new JsonArray([.. named.Select(t => JsonValue.Create(t))]);
        }
        if (tags.Count > 0)
            meta["researchkit"] = new JsonObject { ["tags"] = tags };
        foreach (var (key, value) in metadata)
        {
            if (key is not ("kernelspec" or "language_info" or "polyglot_notebook" or "dotnet_interactive" or "kernelInfo" or "researchkit" or "papermill"))
                meta[key] = value?.DeepClone();
        }
        return meta;
    }

    static void RestoreTags(Notebook notebook)
    {
        var metadata = notebook.Metadata;
        if (metadata["researchkit"] is not JsonObject kept || kept["tags"] is not JsonObject tags)
            return;
        foreach (var (place, named) in tags)
        {
            if (int.TryParse(place, out var i) && i >= 0 && i < notebook.Cells.Count && named is JsonArray words)
                notebook.Cells[i].Tags = [.. words.Select(w => w!.ToString())];
        }
        metadata.Remove("researchkit");
        notebook.Metadata = metadata;
    }

    static JsonObject ReadMeta(string name, int line, string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new InvalidDataException(
                $"{name} is not a notebook that can be read: line {line}: the block after {Meta} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name} is not a notebook that can be read: line {line + (e.LineNumber ?? 0)}: "
                + $"the block after {Meta} is not JSON.", e);
        }
    }

    static Dictionary<string, string> Declared(JsonObject metadata)
    {
        var kernels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (metadata["kernelInfo"] is not JsonObject info || info["items"] is not JsonArray items)
            return kernels;
        foreach (var item in items.OfType<JsonObject>())
        {
            if (NotebookCell.Word(item, "name") is not { } kernel)
                continue;
            kernels[kernel] = kernel;
            foreach (var alias in (item["aliases"] as JsonArray ?? []).OfType<JsonValue>())
            {
                if (alias.TryGetValue<string>(out var word))
                    kernels.TryAdd(word, kernel);
            }
        }
        return kernels;
    }

    static string? Selected(string word, Dictionary<string, string> declared) =>
        declared.GetValueOrDefault(word) is { } name ? KernelName.Of(name) : KernelName.IsKnown(word) ? KernelName.Of(word) : null;

    static void Add(Notebook notebook, string kernel, List<string> lines)
    {
        var source = string.Join('\n', lines.SkipWhile(string.IsNullOrWhiteSpace)).TrimEnd();
        lines.Clear();
        if (source.Length > 0)
            notebook.Cells.Add(NotebookCell.Create(kernel == KernelName.Markdown ? CellKind.Markdown : CellKind.Code, source, kernel));
    }
}
