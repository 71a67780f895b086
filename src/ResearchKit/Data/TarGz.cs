using System.Formats.Tar;
using System.IO.Compression;

namespace ResearchKit.Data;

/// <summary>Takes named files out of a .tar.gz; nothing else of it reaches the disk.</summary>
static class TarGz
{
    /// <summary>How much an archive may hold before it is refused.</summary>
    public sealed record Limits(int Entries = 1000, long Bytes = 2L << 30);

    /// <summary>
    /// Hands each wanted member to <paramref name="take"/> in the order of the archive. Absolute paths, <c>..</c>, backslashes, links,
    /// devices, names that differ only in case, and archives beyond the limits are refused, wherever in the archive they are.
    /// </summary>
    /// <param name="path">The archive.</param>
    /// <param name="wanted">The members' full names in the archive.</param>
    /// <param name="take">Gets a member's name and its bytes.</param>
    /// <param name="limits">The limits, or null for the usual ones.</param>
    /// <param name="ct">Stops between two reads.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, hostile, or lacks a wanted member.</exception>
    public static void Extract(string path, IReadOnlyCollection<string> wanted, Action<string, Stream> take, Limits? limits, CancellationToken ct)
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

    /// <summary>Hands every file to <paramref name="take"/> in the order of the archive; refuses what <see cref="Extract"/> refuses.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged or hostile.</exception>
    public static void ForEach(string path, Action<string, Stream> take, Limits? limits, CancellationToken ct)
    {
        limits ??= new Limits();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using var unzipped = new LimitedStream(new GZipStream(file, CompressionMode.Decompress), limits.Bytes, ct);
            using var reader = new TarReader(unzipped);
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                    continue;
                Check(entry);
                if (!seen.Add(entry.Name.TrimEnd('/')))
                    throw new InvalidDataException($"it holds '{entry.Name}' twice, perhaps in different case");
                if (seen.Count > limits.Entries)
                    throw new InvalidDataException($"it holds more than {limits.Entries} entries");
                if (entry.EntryType is not TarEntryType.Directory)
                    take(entry.Name, entry.DataStream ?? Stream.Null);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{path}: the archive is refused: {e.Message}", e);
        }
    }

    static void Check(TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.Directory))
            throw new InvalidDataException($"'{entry.Name}' is neither a file nor a folder but a {entry.EntryType}");
        if (entry.Name.Length == 0 || entry.Name[0] == '/' || entry.Name.Any(c => c is '\\' or ':' || char.IsControl(c))
            || entry.Name.Split('/').Contains(".."))
            throw new InvalidDataException($"the name '{entry.Name}' leads out of its folder or is not a plain one");
    }

    sealed class LimitedStream(Stream inner, long limit, CancellationToken ct) : Stream
    {
        long total;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            ct.ThrowIfCancellationRequested();
            var read = inner.Read(buffer);
            if ((total += read) > limit)
                throw new InvalidDataException($"it unpacks to more than {limit} bytes");
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
