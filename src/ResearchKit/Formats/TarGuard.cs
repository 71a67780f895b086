using System.Text;

namespace ResearchKit.Formats;

/// <summary>
/// Watches the headers of a tar archive on their way to the reader, which makes room for long names and attributes of any length that
/// a header claims: those, and sizes that can be read in two ways, are refused before it sees them. Also ends an archive that unpacks to
/// more than its limit.
/// </summary>
sealed class TarGuard(Stream inner, long limit, CancellationToken ct) : ReadOnlyStream
{
    const int Block = 512, SizeAt = 124, SizeLength = 12, KindAt = 156, LongestAttributes = 1 << 16;
    readonly byte[] header = new byte[Block];
    readonly MemoryStream attributes = new();
    long total, content;
    int filled;
    bool inAttributes;

    public override int Read(Span<byte> buffer)
    {
        ct.ThrowIfCancellationRequested();
        // No further than to the end of a header, so that none passes before it is judged.
        var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, content > 0 ? content : Block - filled)]);
        if ((total += read) > limit)
            throw new InvalidDataException($"it unpacks to more than {limit} bytes");
        Watch(buffer[..read]);
        return read;
    }

    /// <summary>Whether the end mark has come; an archive that was cut off lacks it.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads what follows the end mark of the archive.</summary>
    public void ReadToEnd()
    {
        var rest = new byte[Block];
        for (int read; (read = inner.Read(rest)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            if ((total += read) > limit)
                throw new InvalidDataException($"it unpacks to more than {limit} bytes");
        }
    }

    void Watch(ReadOnlySpan<byte> bytes)
    {
        if (content > 0)
        {
            if (inAttributes)
                attributes.Write(bytes);
            content -= bytes.Length;
            if (content == 0 && inAttributes)
                JudgeAttributes();
            return;
        }
        bytes.CopyTo(header.AsSpan(filled));
        filled += bytes.Length;
        if (filled == Block)
        {
            JudgeHeader();
            filled = 0;
        }
    }

    void JudgeHeader()
    {
        if (!header.AsSpan().ContainsAnyExcept((byte)0))
        {
            HasEnded = true;
            return;
        }
        var size = Size();
        inAttributes = header[KindAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K';
        if (inAttributes && size > LongestAttributes)
            throw new InvalidDataException($"it has a name or attributes of {size} bytes");
        attributes.SetLength(0);
        content = (size + Block - 1) / Block * Block;
    }

    // Octal digits, perhaps after blanks, up to a blank or a zero. Larger sizes than 8 GiB are written in other ways.
    long Size()
    {
        long size = 0;
        var digits = header.AsSpan(SizeAt, SizeLength).TrimStart((byte)' ').TrimEnd([(byte)' ', (byte)0]);
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                throw new InvalidDataException("the size of an entry is not a plain octal number");
            size = size * 8 + digit - '0';
        }
        return size;
    }

    // An attribute may replace the size in the header that follows.
    void JudgeAttributes()
    {
        if (header[KindAt] is (byte)'x' or (byte)'g' && Encoding.Latin1.GetString(attributes.GetBuffer(), 0, (int)attributes.Length) is var text
            && (text.Contains(" size=", StringComparison.Ordinal) || text.Contains("GNU.sparse", StringComparison.Ordinal)))
            throw new InvalidDataException("its attributes give an entry another size than its header");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
