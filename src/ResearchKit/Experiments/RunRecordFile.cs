using System.Text.Json;
using ResearchKit.Formats;

namespace ResearchKit.Experiments;

/// <summary>Run records on disk: <c>record.json</c> in the folder of the run.</summary>
public static class RunRecordFile
{
    /// <summary>The name of the file in the folder of a run.</summary>
    public const string Name = "record.json";

    const int Schema = 1;

    /// <summary>Writes a record; there is the whole new file or the old one.</summary>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public static void Write(string path, RunRecord record) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, record, RunJson.Options));

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another schema; the message names file, place and remedy.</exception>
    public static RunRecord Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads a record from memory; <paramref name="path"/> stands for the file in messages.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    internal static RunRecord Parse(byte[] bytes, string path)
    {
        RunRecord record;
        try
        {
            using (var document = JsonDocument.Parse(bytes))
            {
                CheckSchema(path, document.RootElement);
                JsonNulls.Refuse(document.RootElement);
            }

            record = JsonSerializer.Deserialize<RunRecord>(bytes, RunJson.Options)!;
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $"line {line + 1}, byte {e.BytePositionInLine + 1}" : "no place";
            throw new InvalidDataException($"{path}: damaged run record at {place}: {Sentence(e)} {Remedy(path)}", e);
        }
        catch (InvalidOperationException e)
        {
            // System.Text.Json's answer to a name that is no valid text.
            throw new InvalidDataException($"{path}: damaged run record: {e.Message} {Remedy(path)}", e);
        }
        Check(path, record);
        return record;
    }

    static void CheckSchema(string path, JsonElement root)
    {
        var found = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out var s)
            && s.ValueKind == JsonValueKind.Number && s.TryGetInt32(out var n) ? n : 0;
        if (found == 0)
            throw new InvalidDataException($"{path}: not a run record: it has no schema number. {Remedy(path)}");
        if (found != Schema)
            throw new InvalidDataException(
                $"{path}: schema {found} is not known; this version reads schema {Schema}. Read it with the version that wrote it, "
                + $"or delete {Path.GetDirectoryName(path)} and run again.");
    }

    static void Check(string path, RunRecord record)
    {
        foreach (var metric in record.Metrics)
        {
            if (metric.Epochs.Count != metric.Values.Count)
                throw Bad($"metric '{metric.Name}' has {metric.Values.Count} values for {metric.Epochs.Count} epochs");
        }
        foreach (var figure in record.Figures)
        {
            foreach (var series in figure.Series)
            {
                var places = series.X?.Count ?? series.Labels?.Count;
                if (places != series.Y.Count)
                    throw Bad($"series '{series.Name}' of figure '{figure.Title}' has {series.Y.Count} values for {places ?? 0} places");
            }
        }
        foreach (var table in record.Tables)
        {
            if (table.Rows.FirstOrDefault(r => r.Count != table.Columns.Count) is { } row)
                throw Bad($"table '{table.Title}' has a row of {row.Count} cells under {table.Columns.Count} headings");
        }

        InvalidDataException Bad(string what) => new($"{path}: damaged run record: {what}. {Remedy(path)}");
    }

    // The position stands in the message of its own accord, counted from 0; it is said once, counted from 1.
    static string Sentence(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? e.Message : e.Message[..end]).Replace(" Path: $ |", "", StringComparison.Ordinal).TrimEnd(' ', '|', '.') + ".";
    }

    static string Remedy(string path) => $"Delete {Path.GetDirectoryName(path)} and run again.";
}
