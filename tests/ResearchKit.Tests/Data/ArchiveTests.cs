using System.Formats.Tar;
using System.IO.Compression;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Data;

public sealed class ArchiveTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;

    string ArchiveFile => Path.Combine(folder, "a.tar.gz");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<TarEntryFormat, TarEntryType, string> Hostile()
    {
        var data = new TheoryData<TarEntryFormat, TarEntryType, string>();
        foreach (var format in new[] { TarEntryFormat.Pax, TarEntryFormat.Gnu, TarEntryFormat.Ustar, TarEntryFormat.V7 })
        {
            var file = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
            foreach (var name in new[] { "/etc/x", "../x", "a/../../x", "a/..", "..", "a\\..\\..\\x", "C:x", "a\nx", "//x", "wanted/../../x" })
                data.Add(format, file, name);
            data.Add(format, TarEntryType.SymbolicLink, "wanted");
            data.Add(format, TarEntryType.HardLink, "wanted");
            data.Add(format, TarEntryType.Directory, "../d/");
            if (format == TarEntryFormat.V7)
                continue;
            data.Add(format, TarEntryType.CharacterDevice, "wanted");
            data.Add(format, TarEntryType.BlockDevice, "x");
            data.Add(format, TarEntryType.Fifo, "x");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_entry_is_refused_wherever_it_stands(TarEntryFormat format, TarEntryType type, string name)
    {
        var entry = Entry(format, type, name);
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            entry.LinkName = "/etc/passwd";
        Pack(File("wanted", "good"), entry);
        Assert.Contains("the archive is refused", Assert.Throws<InvalidDataException>(() => Take("wanted")).Message);
    }

    [Fact]
    public void Only_wanted_members_are_taken()
    {
        Pack(Entry(TarEntryFormat.Pax, TarEntryType.Directory, "d/"), File("d/a", "A"), File("d/b", "B"), File("c", "C"));
        Assert.Equal(["d/a=A", "c=C"], Take("d/a", "c"));
    }

    [Fact]
    public void A_member_that_is_missing_is_named()
    {
        Pack(File("a", "A"));
        Assert.Contains("it does not hold b", Assert.Throws<InvalidDataException>(() => Take("a", "b")).Message);
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_refused()
    {
        Pack(File("a", "A"), File("A", "B"));
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => Take("a")).Message);
    }

    [Fact]
    public void More_entries_or_bytes_than_the_limits_are_refused()
    {
        Pack([.. Enumerable.Range(0, 11).Select(i => File($"f{i}", ""))]);
        Assert.Contains("more than 10 entries",
            Assert.Throws<InvalidDataException>(() => Take(new ArchiveLimits(Entries: 10), "f0")).Message);

        Pack(File("bomb", new string('\0', 5_000_000)));
        Assert.InRange(new FileInfo(ArchiveFile).Length, 0, 50_000);
        Assert.Contains($"more than {(1 << 20) + 64 * new FileInfo(ArchiveFile).Length} bytes",
            Assert.Throws<InvalidDataException>(() => Take("bomb")).Message);
        Assert.Single(Take(new ArchiveLimits(Expansion: 1100), "bomb"));
    }

    [Fact]
    public void A_truncated_archive_never_passes_as_whole()
    {
        Pack(File("a", new string('a', 3000)), File("b", Guid.NewGuid().ToString()));
        var whole = System.IO.File.ReadAllBytes(ArchiveFile);
        var refused = 0;
        for (var length = 0; length < whole.Length - 8; length++)
        {
            System.IO.File.WriteAllBytes(ArchiveFile, whole[..length]);
            var names = 0;
            try
            {
                Archive.ForEach(ArchiveFile, (_, _) => names++);
                Assert.Equal(2, names);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        // A cut within the zeros at the end harms nothing.
        Assert.InRange(refused, whole.Length - 100, whole.Length - 8);
    }

    [Fact]
    public void Random_damage_gives_a_clear_error_and_no_other()
    {
        Pack(File("a", "first"), File("b", "second"));
        byte[] tar;
        using (var zipped = new GZipStream(System.IO.File.OpenRead(ArchiveFile), CompressionMode.Decompress))
        using (var memory = new MemoryStream())
        {
            zipped.CopyTo(memory);
            tar = memory.ToArray();
        }
        var random = new SplitMix64(8);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var damaged = tar.ToArray();
            for (var flips = 1 + random.NextInt32(3); flips > 0; flips--)
                damaged[random.NextInt32(2048)] = (byte)random.NextUInt64();
            using (var zip = new GZipStream(System.IO.File.Create(ArchiveFile), CompressionLevel.Fastest))
                zip.Write(damaged);
            try
            {
                Take("a", "b");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1, 2000);
    }

    static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.Pax => new PaxTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        _ => new V7TarEntry(type, name),
    };

    static PaxTarEntry File(string name, string content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) };

    void Pack(params TarEntry[] entries)
    {
        using var zip = new GZipStream(System.IO.File.Create(ArchiveFile), CompressionLevel.Optimal);
        using var writer = new TarWriter(zip);
        foreach (var entry in entries)
            writer.WriteEntry(entry);
    }

    List<string> Take(params string[] wanted) => Take(null, wanted);

    List<string> Take(ArchiveLimits? limits, params string[] wanted)
    {
        var taken = new List<string>();
        Archive.Extract(ArchiveFile, wanted, (name, content) => taken.Add($"{name}={new StreamReader(content).ReadToEnd()}"), limits, default);
        return taken;
    }
}
