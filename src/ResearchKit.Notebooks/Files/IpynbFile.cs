using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Files;

/// <summary>
/// Jupyter's file format, nbformat 4.0 to 4.5. A notebook that is read and not changed is written byte for byte; in a changed one
/// every key that was not set is.
/// </summary>
static class IpynbFile
{
    public const int MaxDepth = 256;

    /// <summary>Reads a notebook.</summary>
    /// <param name="name">What errors call the file.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="InvalidDataException">The content is damaged or of another format; the message names the place.</exception>
    public static Notebook Read(string name, ReadOnlySpan<byte> bytes)
    {
        var text = Decode(name, bytes);
        if (string.IsNullOrWhiteSpace(text))
            throw Damaged(name, "it is empty", "a notebook holds at least {\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}");
        using var document = Parse(name, text);
        var root = document.RootElement;
        Need(name, "the document", root, JsonValueKind.Object);
        CheckFormat(name, root);
        Need(name, "cells", Member(root, "cells"), JsonValueKind.Array);
        if (root.TryGetProperty("metadata", out var metadata))
            Need(name, "metadata", metadata, JsonValueKind.Object);

        var members = JsonMembers.Read(root);
        var defaultKernel = Notebook.DefaultKernelOf(members.Get("metadata") as JsonObject ?? []);
        var cells = new List<NotebookCell>();
        foreach (var element in root.GetProperty("cells").EnumerateArray())
        {
            CheckCell(name, $"cells[{cells.Count}]", element);
            cells.Add(new(JsonMembers.Read(element), defaultKernel));
        }
        return new(members, cells) { ReadText = text, Indent = IndentOf(text) };
    }

    /// <summary>The bytes of a notebook.</summary>
    public static byte[] Write(Notebook notebook) => Encoding.UTF8.GetBytes(Text(notebook));

    static string Text(Notebook notebook)
    {
        GiveIds(notebook);
        var sameCells = notebook.Cells.SequenceEqual(notebook.ReadCells);
        if (notebook.ReadText is { } read && sameCells && !notebook.Members.Changed && !notebook.Cells.Exists(c => c.Members.Changed))
            return read;
        var indent = notebook.Indent;
        var cells = new StringBuilder();
        foreach (var cell in notebook.Cells)
            cells.Append(cells.Length == 0 ? "[" : ",").Append(JsonText.NewLine(indent, 2)).Append(cell.Members.Write(indent, 2));
        cells.Append(cells.Length == 0 ? "[]" : JsonText.NewLine(indent, 1) + "]");
        var text = notebook.Members.Write(indent, 0, new Dictionary<string, string> { ["cells"] = cells.ToString() });
        // Jupyter ends a file with a line break; a file that had none stays without.
        return notebook.ReadText?.EndsWith('}') == true ? text : text + "\n";
    }

    static void GiveIds(Notebook notebook)
    {
        if (notebook.MinorFormat < 5)
        {
            foreach (var cell in notebook.Cells.Except(notebook.ReadCells))
                cell.Members.Remove("id");
            return;
        }
        var taken = new HashSet<string>();
        foreach (var cell in notebook.Cells)
        {
            if (cell.Id is { } id && taken.Add(id))
                continue;
            // Derived from the place and the text, so that the same notebook always gets the same ids.
            var seed = $"{notebook.Cells.IndexOf(cell)}\n{cell.Source}";
            var fresh = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..8];
            while (!taken.Add(fresh))
                fresh += "x";
            cell.Id = fresh;
        }
    }

    static string Decode(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw Damaged(name, $"byte {e.Index} is not UTF-8", "save it again as UTF-8");
        }
    }

    static JsonDocument Parse(string name, string text)
    {
        try
        {
            return JsonDocument.Parse(text, new() { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw Damaged(name, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: not JSON ({Sentence(e.Message)})",
                "the file may have been cut off or hold the marks of a merge");
        }
    }

    static void CheckFormat(string name, JsonElement root)
    {
        if (!root.TryGetProperty("nbformat", out var format) || format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var major))
            throw Damaged(name, "nbformat is missing or not a number", "is this a notebook?");
        if (major != 4)
            throw Damaged(name, $"nbformat is {major}, and only 4 is read", "convert it with: jupyter nbconvert --to notebook --nbformat 4");
        if (root.TryGetProperty("nbformat_minor", out var minor) && (minor.ValueKind != JsonValueKind.Number || !minor.TryGetInt32(out _)))
            throw Damaged(name, "nbformat_minor is not a whole number", "it is 5 in new files");
    }

    static void CheckCell(string name, string place, JsonElement cell)
    {
        Need(name, place, cell, JsonValueKind.Object);
        var kind = Member(cell, "cell_type");
        Need(name, $"{place}.cell_type", kind, JsonValueKind.String);
        if (kind!.Value.GetString() is not ("code" or "markdown" or "raw"))
            throw Damaged(name, $"{place}.cell_type is '{kind.Value.GetString()}'", "it must be code, markdown or raw");
        var source = Member(cell, "source");
        if (source is { ValueKind: JsonValueKind.Array })
        {
            var line = 0;
            foreach (var item in source.Value.EnumerateArray())
                Need(name, $"{place}.source[{line++}]", item, JsonValueKind.String);
        }
        else
        {
            Need(name, $"{place}.source", source, JsonValueKind.String, "a string or a list of strings");
        }
        CheckText(name, $"{place}.source", source!.Value);
        foreach (var (member, expected) in new[] { ("metadata", JsonValueKind.Object), ("outputs", JsonValueKind.Array), ("id", JsonValueKind.String) })
        {
            if (Member(cell, member) is { } value)
                Need(name, $"{place}.{member}", value, expected);
        }
    }

    // Half of a surrogate pair can be escaped in JSON, but no string can hold it.
    static void CheckText(string name, string place, JsonElement source)
    {
        try
        {
            if (source.ValueKind == JsonValueKind.String)
                source.GetString();
            else
                foreach (var line in source.EnumerateArray())
                    line.GetString();
        }
        catch (InvalidOperationException)
        {
            throw Damaged(name, $"{place} holds an escape that is no character", "remove the lone \\uD800 to \\uDFFF");
        }
    }

    static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    static void Need(string name, string place, JsonElement? value, JsonValueKind kind, string? words = null)
    {
        if (value?.ValueKind != kind)
        {
            words ??= kind switch { JsonValueKind.Object => "an object", JsonValueKind.Array => "a list", _ => "a string" };
            throw Damaged(name, $"{place} is {(value is null ? "missing" : $"not {words}")}", $"it must be {words}");
        }
    }

    static InvalidDataException Damaged(string name, string what, string how) => new($"{name} is not a notebook that can be read: {what}; {how}.");

    static string Sentence(string message)
    {
        // The parser repeats the place at the end of its message.
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    static int IndentOf(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        var spaces = 0;
        while (line > 0 && line + spaces < text.Length && text[line + spaces] == ' ')
            spaces++;
        return spaces is > 0 and <= 8 ? spaces : 1;
    }
}
