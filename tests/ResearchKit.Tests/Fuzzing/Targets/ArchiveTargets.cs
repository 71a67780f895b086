using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Fuzzing.Targets;

/// <summary>What is checked of every archive: only plain names come out of it.</summary>
abstract class ArchiveTarget : FuzzTarget
{
    public override Type Covers => typeof(Archive);

    public override IReadOnlyList<byte[]> Words =>
        [.. new[] { "/", "../", "..", "\\", "ustar", "path=../x\n", " size=", "././@LongLink", "PK\x01\x02", "PK\x03\x04" }.Select(Encoding.ASCII.GetBytes)];

    public override void Decode(byte[] bytes)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var buffer = new byte[4096];
        Archive.ForEach(new MemoryStream(bytes), "x", (name, content) =>
        {
            Assert.True(names.Add(name), name);
            Assert.False(name.StartsWith('/') || name.Split('/').Any(part => part is "" or "." or "..") || name.Contains('\\'), name);
            while (content.Read(buffer) > 0)
            {
            }
        }, new ArchiveLimits(Entries: 100), default);
    }

    protected static byte[] Tar(TarEntryFormat format)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            TarEntry Entry(TarEntryType kind, string name) => format switch
            {
                TarEntryFormat.Pax => new PaxTarEntry(kind, name),
                TarEntryFormat.Gnu => new GnuTarEntry(kind, name),
                _ => new UstarTarEntry(kind, name),
            };
            writer.WriteEntry(Entry(TarEntryType.Directory, "set/"));
            var longest = "set/" + new string('n', format == TarEntryFormat.Ustar ? 90 : 130);
            foreach (var (name, content) in new[] { ("set/a", "the first"), (longest, "the second"), ("set/empty", "") })
            {
                var entry = Entry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(Encoding.ASCII.GetBytes(content));
                writer.WriteEntry(entry);
            }
        }
        return tar.ToArray();
    }

    protected static byte[] Gzip(byte[] tar)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(tar);
        return packed.ToArray();
    }
}

/// <summary>Damage to the compressed bytes.</summary>
sealed class TarGzTarget : ArchiveTarget
{
    public override IEnumerable<byte[]> Files() => [Gzip(Tar(TarEntryFormat.Pax)), Gzip(Tar(TarEntryFormat.Gnu))];
}

/// <summary>Damage to the tar inside, with the checksums of its headers mended.</summary>
sealed class TarTarget : ArchiveTarget
{
    const int Block = 512, ChecksumAt = 148;

    public override IEnumerable<byte[]> Files() => [Tar(TarEntryFormat.Pax), Tar(TarEntryFormat.Gnu), Tar(TarEntryFormat.Ustar)];

    public override byte[] Wrap(byte[] bytes) => Gzip(bytes);

    public override byte[] Mend(byte[] bytes, Random random)
    {
        for (var at = 0; at + Block <= bytes.Length; at += Block)
        {
            var header = bytes.AsSpan(at, Block);
            if (!header.Slice(257, 5).SequenceEqual("ustar"u8))
                continue;
            header.Slice(ChecksumAt, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var value in header)
                sum += value;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[ChecksumAt..]);
        }
        return bytes;
    }
}

/// <summary>Damage to a zip, with the checksums of stored files mended.</summary>
sealed class ZipTarget : ArchiveTarget
{
    public override IEnumerable<byte[]> Files() => [Zip(CompressionLevel.NoCompression), Zip(CompressionLevel.Optimal)];

    public override byte[] Mend(byte[] bytes, Random random) => ZipChecksums.Mend(bytes);

    static byte[] Zip(CompressionLevel level)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("set/");
            foreach (var name in new[] { "set/a", "set/b", "set/c" })
            {
                using var content = zip.CreateEntry(name, level).Open();
                content.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(name, 20))));
            }
        }
        return bytes.ToArray();
    }
}

/// <summary>Checksums of stored files in a zip.</summary>
static class ZipChecksums
{
    const int DirectoryEntry = 46, LocalHeader = 30;

    /// <summary>Writes into the directory what the contents have now.</summary>
    public static byte[] Mend(byte[] bytes)
    {
        for (var at = bytes.AsSpan().IndexOf("PK\x01\x02"u8); at >= 0 && at + DirectoryEntry <= bytes.Length;)
        {
            var entry = bytes.AsSpan(at, DirectoryEntry);
            var (method, size, local) = (BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]));
            if (method == 0 && local + (long)LocalHeader <= bytes.Length)
            {
                var names = bytes.AsSpan((int)local + 26, 4);
                var start = local + (long)LocalHeader + BinaryPrimitives.ReadUInt16LittleEndian(names) + BinaryPrimitives.ReadUInt16LittleEndian(names[2..]);
                if (start + size <= bytes.Length)
                    BinaryPrimitives.WriteUInt32LittleEndian(entry[16..], Crc32.Of(bytes.AsSpan((int)start, (int)size)));
            }
            var next = bytes.AsSpan(at + 4).IndexOf("PK\x01\x02"u8);
            at = next < 0 ? -1 : at + 4 + next;
        }
        return bytes;
    }
}
