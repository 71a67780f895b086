namespace ResearchKit.Formats;

/// <summary>A buffered, forward-only stream over a descriptor that it does not own.</summary>
internal sealed class DescriptorStream(string target, int descriptor, IFileCalls calls) : Stream
{
    readonly byte[] buffer = new byte[1 << 16];
    int buffered;
    long written;
    int failure;
    bool ended;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => Position;

    public override long Position
    {
        get => written + buffered;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        if (bytes.Length > buffer.Length - buffered)
            Flush();
        if (bytes.Length >= buffer.Length)
        {
            WriteOut(bytes);
            return;
        }
        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush()
    {
        WriteOut(buffer.AsSpan(0, buffered));
        buffered = 0;
    }

    /// <summary>Refuses any later use, as the descriptor's number may then belong to another file.</summary>
    public void End() => ended = true;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    void WriteOut(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        AtomicFile.Check(failure, target, "write");
        while (bytes.Length > 0)
        {
            var count = calls.Write(descriptor, bytes);
            if (count == -AtomicFile.Errno.Interrupted)
                continue;
            // Remembered, as a caller that swallowed the error must not get a file with a hole.
            failure = count == 0 ? -AtomicFile.Errno.InputOutput : Math.Min(count, 0);
            AtomicFile.Check(failure, target, "write");
            written += count;
            bytes = bytes[count..];
        }
    }
}
