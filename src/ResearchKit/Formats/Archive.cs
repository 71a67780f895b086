using System.Formats.Tar;
using System.IO.Compression;

namespace ResearchKit.Formats;

/// <summary>How much an archive may hold before it is refused.</summary>
/// <param name="Entries">Files and folders.</param>
/// <param name="Expansion">How many times its own size the whole may have unpacked; 1 MiB is allowed in any case.</param>
public sealed record ArchiveLimits(int Entries = 1000, int Expansion = 64)
{
    internal long BytesFor(long archive) => (1 << 20) + Expansion * archive;
}

/// <summary>
/// Reads the files of a .tar.gz or .zip archive one after the other. Nothing reaches the disk, and the caller gets plain relative names
/// only: absolute paths, <c>..</c>, backslashes, links, devices, two entries of one name, names that differ only in case, a name that is
/// both a file and a folder, encrypted entries, and archives beyond the limits are refused, wherever in the archive they are.
/// </summary>
public static class Archive
{
    const int FileKind = 0xF000, RegularFile = 0x8000, Folder = 0x4000;

    /// <summary>Hands every file to <paramref name="take"/> in the order of the archive.</summary>
    /// <param name="path">The archive; its content says of which kind it is.</param>
    /// <param name="take">Gets a file's name and its bytes, which are checked as they are read.</param>
    /// <param name="limits">The limits, or null for the usual ones.</param>
    /// <param name="ct">Stops between two reads.</param>
    /// <exception cref="InvalidDataException">The archive is damaged or hostile; the message says why. Files before that place were
    /// handed over already.</exception>
    public static void ForEach(string path, Action<string, Stream> take, ArchiveLimits? limits = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(take);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        ForEach(file, path, take, limits, ct);
    }

    /// <summary>Reads an archive from a stream that can be sought in; <paramref name="name"/> stands for the file in error messages.</summary>
    /// <inheritdoc cref="ForEach(string, Action{string, Stream}, ArchiveLimits, CancellationToken)"/>
    internal static void ForEach(Stream file, string name, Action<string, Stream> take, ArchiveLimits? limits, CancellationToken ct)
    {
        limits ??= new ArchiveLimits();
        try
        {
            Span<byte> magic = stackalloc byte[2];
            var known = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
            file.Position = 0;
            if (known == magic.Length && magic is [0x1F, 0x8B])
                ReadTar(file, take, limits, ct);
            else if (known == magic.Length && magic is [(byte)'P', (byte)'K'])
                ReadZip(file, take, limits, ct);
            else
                throw new InvalidDataException("it is neither a .tar.gz nor a .zip");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException
            or NotSupportedException)
        {
            throw new InvalidDataException($"{name}: the archive is refused: {e.Message}", e);
        }
    }

    /// <summary>Hands each wanted file to <paramref name="take"/>, in the order of the archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">The files' full names in the archive.</param>
    /// <param name="take">Gets a file's name and its bytes.</param>
    /// <param name="limits">The limits, or null for the usual ones.</param>
    /// <param name="ct">Stops between two reads.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, hostile, or lacks a wanted file.</exception>
    public static void Extract(
        string path, IReadOnlyCollection<string> wanted, Action<string, Stream> take, ArchiveLimits? limits = null, CancellationToken ct = default)
    {
        var missing = wanted.ToHashSet(StringComparer.Ordinal);
        ForEach(path, (name, content) =>
        {
            if (missing.Remove(name))
                take(name, content);
        }, limits, ct);
        if (missing.Count > 0)
            throw new InvalidDataException($"{path}: the archive is refused: it does not hold {string.Join(", ", missing)}");
    }

    static void ReadTar(Stream file, Action<string, Stream> take, ArchiveLimits limits, CancellationToken ct)
    {
        var names = new ArchiveNames(limits.Entries);
        using var unzipped = new TarGuard(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true), limits.BytesFor(file.Length), ct);
        using var reader = new TarReader(unzipped, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.GlobalExtendedAttributes:
                    names.Count();
                    break;
                case TarEntryType.Directory:
                    names.AddFolder(entry.Name);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    take(names.AddFile(entry.Name), entry.DataStream ?? Stream.Null);
                    break;
                default:
                    throw new InvalidDataException($"'{entry.Name}' is neither a file nor a folder but a {entry.EntryType}");
            }
        }
        if (!unzipped.HasEnded)
            throw new InvalidDataException("it ends before its end mark: it was cut off");
        // The checksum of the whole comes last.
        unzipped.ReadToEnd();
    }

    static void ReadZip(Stream file, Action<string, Stream> take, ArchiveLimits limits, CancellationToken ct)
    {
        var names = new ArchiveNames(limits.Entries);
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var most = limits.BytesFor(file.Length);
        var left = most;
        foreach (var entry in archive.Entries)
        {
            ct.ThrowIfCancellationRequested();
            var kind = entry.ExternalAttributes >> 16 & FileKind;
            if (kind is not (0 or RegularFile or Folder))
                throw new InvalidDataException($"'{entry.FullName}' is neither a file nor a folder but a link or a device");
            if (entry.IsEncrypted)
                throw new InvalidDataException($"'{entry.FullName}' is encrypted");
            if (entry.FullName.EndsWith('/') || kind == Folder)
            {
                if (entry.Length > 0)
                    throw new InvalidDataException($"the folder '{entry.FullName}' has content");
                names.AddFolder(entry.FullName);
                continue;
            }
            if ((left -= entry.Length) < 0)
                throw new InvalidDataException($"it unpacks to more than {most} bytes");
            var name = names.AddFile(entry.FullName);
            using var content = new CheckedStream(entry.Open(), entry.FullName, entry.Length, entry.Crc32, ct);
            take(name, content);
        }
    }
}
