using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using ResearchKit.Data;
using ResearchKit.Formats;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Caching;

/// <summary>What a cell has come to.</summary>
/// <param name="Key">What it was computed from.</param>
/// <param name="Declarations">The cell's code with its statements left out: types, methods, usings and variables without values.</param>
/// <param name="Variables">The variables, in the order of their values.</param>
/// <param name="Events">What it put out.</param>
/// <param name="Computed">When it ran.</param>
/// <param name="Seconds">How long it took.</param>
sealed record CellResult(
    string Key, string Declarations, IReadOnlyList<string> Variables, IReadOnlyList<CellEvent> Events, DateTimeOffset Computed, double Seconds);

/// <summary>
/// Results of cells in a folder, one file each, named by its key. A file is written as a whole, so processes that run at once do not
/// disturb each other; it holds a checksum, and one that does not fit counts as none.
/// </summary>
/// <param name="folder">The folder; it is created when something is written.</param>
public sealed class CellCache(string folder)
{
    const string Ending = ".cell";
    static readonly JsonSerializerOptions s_options = new() { MaxDepth = 256 };

    // Then follow the SHA-256 of the rest, the length of the header, the header as JSON, and the values.
    static ReadOnlySpan<byte> Magic => "rk-cell1"u8;

    /// <summary>The user's cache of cells, beside the data: <c>notebook-cells</c> in the folder of <see cref="DataCache.Default"/>.</summary>
    public static string DefaultFolder => Path.Combine(DataCache.Default.Root, "notebook-cells");

    /// <summary>How many results there are, and their bytes.</summary>
    public (int Cells, long Bytes) Measure()
    {
        var files = Files();
        return (files.Length, files.Sum(f => f.Length));
    }

    /// <summary>Removes all results, and nothing else that lies in the folder.</summary>
    /// <returns>How many there were.</returns>
    public int Clear()
    {
        AtomicFile.RemoveLeftovers(folder);
        var files = Files();
        foreach (var file in files)
            file.Delete();
        return files.Length;
    }

    /// <summary>The result of a key; null if there is none or it is damaged, which is said.</summary>
    internal (CellResult Result, byte[] Values)? Find(string key, out string? notice)
    {
        notice = null;
        var path = PathOf(key);
        try
        {
            if (!File.Exists(path))
                return null;
            var bytes = File.ReadAllBytes(path);
            var body = Magic.Length + SHA256.HashSizeInBytes;
            if (bytes.Length >= body + sizeof(int) && bytes.AsSpan().StartsWith(Magic)
                && SHA256.HashData(bytes.AsSpan(body)).AsSpan().SequenceEqual(bytes.AsSpan(Magic.Length, SHA256.HashSizeInBytes)))
            {
                var header = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(body));
                var result = JsonSerializer.Deserialize<CellResult>(bytes.AsSpan(body + sizeof(int), header), s_options);
                if (result?.Key == key)
                    return (result, bytes[(body + sizeof(int) + header)..]);
            }
            notice = Damaged(key);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            notice = Damaged(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            notice = $"{path} cannot be read ({e.Message}), so the cell runs.";
        }
        return null;
    }

    /// <summary>Keeps a result.</summary>
    /// <exception cref="NotCachedException">The folder cannot be written to.</exception>
    internal void Write(CellResult result, byte[] values)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(result, s_options);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(length);
        hash.AppendData(header);
        hash.AppendData(values);
        byte[] front = [.. Magic, .. hash.GetHashAndReset(), .. length];
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(PathOf(result.Key), stream =>
            {
                stream.Write(front);
                stream.Write(header);
                stream.Write(values);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotCachedException($"{e.Message} Another folder is chosen with --cache DIR.");
        }
    }

    /// <summary>What is said of an entry that does not hold what was written.</summary>
    internal string Damaged(string key) => $"{PathOf(key)} is damaged, so the cell runs and the file is written anew.";

    string PathOf(string key) => Path.Combine(folder, key + Ending);

    FileInfo[] Files() => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles("*" + Ending) : [];
}
