using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ResearchKit.Tests.Data;

/// <summary>Archives that try to write elsewhere than they should, or to take more than they should, each with the reason of its refusal.</summary>
static class HostileArchives
{
    public sealed record Hostile(string What, byte[] Bytes, string Reason);

    const string Leads = "leads out of its folder", Twice = "twice", NoFile = "neither a file nor a folder",
        Resized = "another size than its header";

    public static IReadOnlyList<Hostile> All { get; } =
    [
        Tar("an absolute path", Leads, ("/escaped", "x")),
        Tar("a path upwards", Leads, ("../escaped", "x")),
        Tar("a path upwards from a folder in it", Leads, ("pack/../../escaped", "x")),
        Tar("a path upwards at the end", Leads, ("pack/..", "x")),
        Tar("a path with Windows' separators", Leads, ("pack\\..\\..\\escaped", "x")),
        Tar("a drive of Windows", Leads, ("C:escaped", "x")),
        Tar("two slashes at the beginning", Leads, ("//escaped", "x")),
        Tar("a path under a second name for the same place", Leads, ("pack/./a", "x")),
        Tar("a control character in a name", Leads, ("pack/a\tescaped", "x")),
        Tar("a path upwards after a harmless beginning", Leads, ("./../escaped", "x")),
        Tar("one name twice", Twice, ("pack/a", "x")),
        Tar("one name in two cases", Twice, ("pack/A", "x")),
        Tar("one folder in two cases", "also there as", ("PACK/c", "x")),
        Tar("a file in a file", "also there as a file", ("pack/a/escaped", "x")),
        Tar("a symbolic link out", NoFile, Link(TarEntryType.SymbolicLink, "pack/link", "/")),
        Tar("a symbolic link out, and a file behind it", NoFile, Link(TarEntryType.SymbolicLink, "pack/link", "../.."), File("pack/link/escaped", "x")),
        Tar("a symbolic link in the place of a wanted file", NoFile, Link(TarEntryType.SymbolicLink, "pack/b", "../../escaped")),
        Tar("a hard link out", NoFile, Link(TarEntryType.HardLink, "pack/link", "/etc/passwd")),
        Tar("a device", NoFile, new PaxTarEntry(TarEntryType.CharacterDevice, "pack/null") { DeviceMajor = 1, DeviceMinor = 3 }),
        Tar("a pipe", NoFile, new PaxTarEntry(TarEntryType.Fifo, "pack/pipe")),
        Tar("a folder upwards", Leads, new PaxTarEntry(TarEntryType.Directory, "../escaped/")),
        Tar("a path upwards in an attribute", Leads, File(new string('d', 120) + "/../../../escaped", "x")),
        Tar("more entries than the limit", "more than 1000 entries", [.. Enumerable.Range(0, 1000).Select(i => File($"pack/f{i}", ""))]),
        new("a size of 8 GiB with nothing behind it", Gzip(Header("pack/c", "77777777777\0"u8)), "refused"),
        new("a size that is not a number", Gzip(Header("pack/c", "0000000zz\0\0\0"u8)), "not a plain octal number"),
        new("a size below zero", Gzip(Header("pack/c", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])), "not a plain octal number"),
        new("a long name of 1 GiB", Gzip(Header("././@LongLink", "10000000000\0"u8, 'L')), "a name or attributes of 1073741824 bytes"),
        new("attributes of 1 GiB", Gzip(Header("attributes", "10000000000\0"u8, 'x')), "a name or attributes of 1073741824 bytes"),
        new("an attribute that replaces a size", Gzip([.. Header("attributes", "00000000016\0"u8, 'x'), .. Filled("14 size=99999\n"u8)]), Resized),
        new("an attribute of a sparse file", Gzip([.. Header("attributes", "00000000026\0"u8, 'x'), .. Filled("22 GNU.sparse.major=1\n"u8)]), Resized),
        new("a bomb of zeros", Gzip([.. Header("pack/c", "00100000000\0"u8)], zeros: 16 << 20), "unpacks to more than"),
        Zip("an absolute path", Leads, ("/escaped", 0)),
        Zip("a path upwards", Leads, ("../escaped", 0)),
        Zip("a path with Windows' separators", Leads, ("pack\\..\\..\\escaped", 0)),
        Zip("a symbolic link", NoFile, ("pack/link", 0xA1FF)),
        Zip("a device", NoFile, ("pack/null", 0x21B6)),
        Zip("one name in two cases", Twice, ("pack/A", 0)),
        Zip("a file in a file", "also there as a file", ("pack/a/escaped", 0)),
        Zip("more entries than the limit", "more than 1000 entries", [.. Enumerable.Range(0, 1000).Select(i => ($"pack/f{i}", 0))]),
        new("zip: a wrong checksum", Altered("contents of a"u8, 0), "does not match its checksum"),
        new("zip: an encrypted entry", Flagged(1), "encrypted"),
        new("neither of the two", Encoding.ASCII.GetBytes("Rar!\x1A\x07\x00 and so on"), "neither a .tar.gz nor a .zip"),
        new("nothing", [], "neither a .tar.gz nor a .zip"),
    ];

    public static readonly byte[] A = Encoding.ASCII.GetBytes("contents of a"), B = Encoding.ASCII.GetBytes("contents of b");

    static Hostile Tar(string what, string reason, (string Name, string Content) entry) => Tar(what, reason, File(entry.Name, entry.Content));

    static Hostile Tar(string what, string reason, params TarEntry[] entries)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            TarEntry[] all = [File("pack/a", "contents of a"), File("pack/b", "contents of b"), .. entries];
            if (entries is [{ Name: "pack/b" }])
                all = [all[0], entries[0]];
            foreach (var entry in all)
                writer.WriteEntry(entry);
        }
        return new(what, Gzip(tar.ToArray()), reason);
    }

    static PaxTarEntry File(string name, string content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    static PaxTarEntry Link(TarEntryType kind, string name, string target) => new(kind, name) { LinkName = target };

    // A header alone, in the ustar form, with its checksum: the sum of its bytes with blanks in the checksum's own place.
    static byte[] Header(string name, ReadOnlySpan<byte> size, char kind = '0')
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\0"u8.CopyTo(header.AsSpan(108));
        "0000000\0"u8.CopyTo(header.AsSpan(116));
        size.CopyTo(header.AsSpan(124));
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        header[156] = (byte)kind;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        "00"u8.CopyTo(header.AsSpan(263));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    static byte[] Filled(ReadOnlySpan<byte> content)
    {
        var block = new byte[512];
        content.CopyTo(block);
        return block;
    }

    static byte[] Gzip(byte[] tar, int zeros = 0)
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar);
            zip.Write(new byte[zeros]);
        }
        return packed.ToArray();
    }

    static Hostile Zip(string what, string reason, params (string Name, int Mode)[] entries) =>
        new($"zip: {what}", Zip([("pack/a", 0), ("pack/b", 0), .. entries]), reason);

    static byte[] Zip(params (string Name, int Mode)[] entries)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, mode) in entries)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.ExternalAttributes = mode << 16;
                using var content = entry.Open();
                content.Write(Encoding.ASCII.GetBytes($"contents of {name[^1]}"));
            }
        }
        return bytes.ToArray();
    }

    // A stored file with one byte changed.
    static byte[] Altered(ReadOnlySpan<byte> content, int at)
    {
        var zip = Zip(("pack/a", 0), ("pack/b", 0));
        zip[zip.AsSpan().IndexOf(content) + at] ^= 1;
        return zip;
    }

    // The first flags in the local header and in the directory.
    static byte[] Flagged(byte flags)
    {
        var zip = Zip(("pack/a", 0), ("pack/b", 0));
        zip[6] |= flags;
        zip[zip.AsSpan().IndexOf("PK\x01\x02"u8) + 8] |= flags;
        return zip;
    }
}
