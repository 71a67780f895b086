using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Data;

public sealed class HostileArchiveTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> What => [.. HostileArchives.All.Select(h => h.What)];

    [Fact]
    public void There_are_thirty_of_them_at_least() => Assert.InRange(HostileArchives.All.Count, 30, int.MaxValue);

    [Theory]
    [MemberData(nameof(What))]
    public void A_hostile_archive_is_refused_by_reason_and_leaves_nothing(string what)
    {
        var hostile = HostileArchives.All.Single(h => h.What == what);
        var archive = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "own")).FullName, "set.tgz");
        File.WriteAllBytes(archive, hostile.Bytes);

        // Unpacked as a data set is: two wanted files, which a hostile archive may well hold too.
        var cache = new DataCache(Path.Combine(folder, "cache")) { Sources = new SourceOptions(Path.Combine(folder, "own")) };
        var error = Assert.Throws<DataUnavailableException>(() => cache.Fetch(Entry(hostile.Bytes)));
        Assert.Contains($"{archive}: the archive is refused: ", error.Message);
        Assert.Contains(hostile.Reason, error.Message);
        AssertNoneOutside(["own/set.tgz", "cache/.locks/set"]);

        // Read in place, as a folder of images is.
        var inPlace = Assert.Throws<InvalidDataException>(() => Archive.ForEach(archive, (_, content) => content.CopyTo(Stream.Null)));
        Assert.Contains(hostile.Reason, inPlace.Message);
        AssertNoneOutside(["own/set.tgz", "cache/.locks/set"]);
    }

    [Fact]
    public void A_harmless_archive_of_the_same_make_is_taken()
    {
        var bytes = Pack();
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "own")).FullName, "set.tgz"), bytes);
        var cached = new DataCache(Path.Combine(folder, "cache")) { Sources = new SourceOptions(Path.Combine(folder, "own")) }.Fetch(Entry(bytes));
        Assert.Equal(HostileArchives.A, File.ReadAllBytes(cached.PathOf("a")));
    }

    // The broken twin: an extraction that trusts names and types. The check above must find what it leaves outside its folder.
    [Fact]
    public void A_trusting_extraction_is_found_out()
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "a", "b", "target")).FullName;
        foreach (var hostile in HostileArchives.All.Where(h => h.What.StartsWith("a path upwards", StringComparison.Ordinal)))
        {
            using var reader = new TarReader(new GZipStream(new MemoryStream(hostile.Bytes), CompressionMode.Decompress));
            while (reader.GetNextEntry() is { } entry)
            {
                var path = Path.Combine(target, entry.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (!Directory.Exists(path))
                    File.WriteAllBytes(path, []);
            }
        }
        Assert.Throws<Xunit.Sdk.EqualException>(() => AssertNoneOutside(
            [.. Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))]));
    }

    void AssertNoneOutside(string[] expected) => Assert.Equal(expected.Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal));

    static CatalogEntry Entry(byte[] archive) => new("set", "asset", "The set", "d", "terms", "c", "h",
        [Listed("a", HostileArchives.A), Listed("b", HostileArchives.B)],
        [new("folder"), new("npm", Package: "set", Version: "1.0.0", Recipe: "untar", Folder: "pack/") { Artifacts = [Listed("set.tgz", archive)] }]);

    static CatalogFile Listed(string name, byte[] bytes) => new(name, bytes.Length, Sha256: Convert.ToHexStringLower(SHA256.HashData(bytes)));

    static byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "./pack/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./pack/a") { DataStream = new MemoryStream(HostileArchives.A) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "pack/b") { DataStream = new MemoryStream(HostileArchives.B) });
        }
        return packed.ToArray();
    }
}
