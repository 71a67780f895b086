using System.Text.Json;
using ResearchKit.Formats;

namespace ResearchKit.Data;

/// <summary>
/// The folder outside git that holds fetched data: one folder for each entry, complete or absent. Files are unpacked in a folder of
/// their own, verified, and moved into place under a lock, so that processes started at once do not disturb each other.
/// </summary>
public sealed class DataCache
{
    const string ProvenanceFile = "provenance.json";
    const int WouldBlock = 11;
    static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>A cache in the folder <paramref name="root"/>, which is created when something is fetched.</summary>
    public DataCache(string root) => Root = Path.GetFullPath(root);

    /// <summary>
    /// The user's cache: the folder that RESEARCHKIT_CACHE names, or <c>researchkit</c> in the one that XDG_CACHE_HOME names, or
    /// <c>~/.cache/researchkit</c>.
    /// </summary>
    public static DataCache Default => new(Variable("RESEARCHKIT_CACHE") ?? Path.Combine(Variable("XDG_CACHE_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "researchkit"))
    {
        Sources = new SourceOptions(Variable("RESEARCHKIT_DATA")),
    };

    /// <summary>The full path of the cache.</summary>
    public string Root { get; }

    internal SourceOptions Sources { get; init; } = new(null);

    /// <summary>The entry if all its files are in the cache with the right lengths, or null. Touches no network.</summary>
    public CachedEntry? Find(CatalogEntry entry)
    {
        var folder = Path.Combine(Root, entry.Name);
        try
        {
            var landed = JsonSerializer.Deserialize<Landed>(File.ReadAllText(Path.Combine(folder, ProvenanceFile)), JsonOptions);
            // A catalog that has moved on to other bytes must not find the old ones.
            if (landed is not { Source: not null, Sha256: not null } || !entry.Files.All(f =>
                landed.Sha256.TryGetValue(f.Name, out var hash) && hash == f.Sha256
                && new FileInfo(Path.Combine(folder, f.Name)) is { Exists: true } info && info.Length == f.Bytes))
                return null;
            return new CachedEntry(entry, folder, new DataProvenance(landed.Source, landed.Sha256, entry.Terms, entry.Credit));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The entry from the cache, or from the first of its sources that gives the right bytes.</summary>
    /// <param name="entry">What to fetch.</param>
    /// <param name="progress">Told what is done, ten times a second at most.</param>
    /// <param name="ct">Stops the fetch; what was downloaded is kept and resumed by the next one.</param>
    /// <exception cref="DataUnavailableException">No source gave the files; the message says why and what to do.</exception>
    /// <exception cref="IOException">The cache cannot be written to, or its disk is full; the message says what to do.</exception>
    public CachedEntry Fetch(CatalogEntry entry, IProgress<DownloadProgress>? progress = null, CancellationToken ct = default) =>
        Find(entry) ?? Task.Run(() => FetchAsync(entry, progress, ct), ct).GetAwaiter().GetResult();

    /// <summary>Reads every file of a cached entry and compares it with its checksums.</summary>
    /// <exception cref="InvalidDataException">A file differs; the message says how to fetch it again.</exception>
    /// <exception cref="FileNotFoundException">The entry is not in the cache.</exception>
    public CachedEntry Verify(CatalogEntry entry, CancellationToken ct = default)
    {
        var cached = Find(entry) ?? throw new FileNotFoundException($"{entry.Title} is not, or not whole, in the cache {Root}.");
        try
        {
            foreach (var file in entry.Files)
                Checksum.Verify(Path.Combine(cached.Folder, file.Name), file, ct);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{e.Message} Remove the folder {cached.Folder}; the next use fetches it again.", e);
        }
        return cached;
    }

    async Task<CachedEntry> FetchAsync(CatalogEntry entry, IProgress<DownloadProgress>? progress, CancellationToken ct)
    {
        var folder = Path.Combine(Root, entry.Name);
        var landing = Path.Combine(Root, ".landing", entry.Name);
        var downloads = Path.Combine(Root, ".downloads", entry.Name);
        var locks = Path.Combine(Root, ".locks");
        try
        {
            CreateFolders(landing, downloads, locks);
            using var mine = await LockAsync(Path.Combine(locks, entry.Name), entry, progress, ct).ConfigureAwait(false);
            if (Find(entry) is { } landed)
                return landed;
            CheckSpace(entry);

            var source = await new SourceReader(Sources, entry, downloads, landing, Root, progress).ReadAsync(ct).ConfigureAwait(false);
            var sha256 = entry.Files.ToDictionary(f => f.Name, f => f.Sha256!);
            AtomicFile.Write(Path.Combine(landing, ProvenanceFile),
                stream => JsonSerializer.Serialize(stream, new Landed(source, DateTimeOffset.UtcNow, sha256), JsonOptions));
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(landing, folder);
            Directory.Delete(downloads, recursive: true);
            return Find(entry)!;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"The data cache cannot be written to: {e.Message} Allow user {Environment.UserName} to "
                + $"write in {Root}, or name another folder: export RESEARCHKIT_CACHE=FOLDER", e);
        }
        catch (IOException e) when (SourceReader.IsDiskFull(e))
        {
            throw new IOException($"The disk that holds the data cache {Root} is full: {e.Message} Free {Megabytes(SpaceNeeded(entry))} "
                + "MB there, or name a folder on another disk: export RESEARCHKIT_CACHE=FOLDER", e);
        }
    }

    void CreateFolders(params ReadOnlySpan<string> paths)
    {
        try
        {
            foreach (var path in paths)
                Directory.CreateDirectory(path);
        }
        catch (IOException e) when (!SourceReader.IsDiskFull(e))
        {
            throw new IOException($"The data cache cannot be created in {Root}: {e.Message} Name another folder: export "
                + "RESEARCHKIT_CACHE=FOLDER", e);
        }
    }

    static async Task<FileStream> LockAsync(string path, CatalogEntry entry, IProgress<DownloadProgress>? progress, CancellationToken ct)
    {
        var meter = new ProgressMeter(progress, entry.Name, "waiting for another process that is fetching it", null);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == WouldBlock)
            {
                meter.Add(0);
                await Task.Delay(200, ct).ConfigureAwait(false);
            }
        }
    }

    void CheckSpace(CatalogEntry entry)
    {
        var free = new DriveInfo(Root).AvailableFreeSpace;
        if (free < SpaceNeeded(entry))
            throw new IOException($"The disk that holds the data cache {Root} has {Megabytes(free)} MB free, and {entry.Title} needs "
                + $"{Megabytes(SpaceNeeded(entry))} MB. Free some space, or name a folder on another disk: export RESEARCHKIT_CACHE=FOLDER");
    }

    static long SpaceNeeded(CatalogEntry entry) =>
        (entry.Files.Sum(f => f.Bytes) + entry.Sources.Max(s => s.Artifacts.Sum(a => a.Bytes))) ?? 0;

    static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    sealed record Landed(string Source, DateTimeOffset Fetched, IReadOnlyDictionary<string, string> Sha256);
}

/// <summary>What the sources need to know of the machine.</summary>
/// <param name="Folder">The folder with the user's own copies, or null.</param>
/// <param name="NpmCommand">The npm client.</param>
/// <param name="StallTimeout">How long a server may be silent, or null for the usual time.</param>
sealed record SourceOptions(string? Folder, string NpmCommand = "npm", TimeSpan? StallTimeout = null);
