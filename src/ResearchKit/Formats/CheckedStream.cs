namespace ResearchKit.Formats;

/// <summary>A file of a zip archive, compared with the length and the checksum that the archive's directory gives.</summary>
sealed class CheckedStream(Stream inner, string name, long length, uint checksum, CancellationToken ct) : ReadOnlyStream
{
    long total;
    uint found;

    public override int Read(Span<byte> buffer)
    {
        ct.ThrowIfCancellationRequested();
        var read = inner.Read(buffer);
        found = Crc32.Of(buffer[..read], found);
        if ((total += read) > length)
            throw new InvalidDataException($"'{name}' unpacks to more than its {length} bytes");
        if (read == 0 && buffer.Length > 0 && (total < length || found != checksum))
            throw new InvalidDataException($"'{name}' does not match its {(total < length ? "length" : "checksum")}");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
