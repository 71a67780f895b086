using System.Net;
using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("researchkit-test-").FullName;
    readonly byte[] content = new byte[300_000];
    readonly List<DownloadProgress> reports = [];

    public DownloadTests() => new Random(1).NextBytes(content);

    string Target => Path.Combine(folder, "file");

    string Part => Target + ".part";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_lands_under_its_name_with_no_part_left_and_progress_told()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, content));
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(["file"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Equal((300_000, 300_000), (reports[^1].Bytes, reports[^1].TotalBytes));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_resumed_where_it_broke()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, content, breakAfter: 120_000));
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(3, server.Ranges.Count);
        Assert.Null(server.Ranges[0]);
        Assert.All(server.Ranges.Skip(1), range => Assert.StartsWith("bytes=", range));
    }

    [Fact]
    public async Task A_part_of_an_earlier_run_is_resumed()
    {
        File.WriteAllBytes(Part, content[..100_000]);
        File.WriteAllText(Part + ".validator", "\"v1\"");
        using var server = new TinyServer(c => TinyServer.Send(c, content));
        await FetchAsync(server);
        Assert.Equal(["bytes=100000-"], server.Ranges);
        Assert.Equal(content, File.ReadAllBytes(Target));
        Assert.Equal(100_000, reports[0].Bytes);
    }

    [Fact]
    public async Task A_part_of_another_version_is_thrown_away()
    {
        File.WriteAllBytes(Part, new byte[100_000]);
        File.WriteAllText(Part + ".validator", "\"v0\"");
        using var server = new TinyServer(c => TinyServer.Send(c, content));
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_all_again()
    {
        File.WriteAllBytes(Part, new byte[100_000]);
        using var server = new TinyServer(c =>
        {
            c.Response.ContentLength64 = content.Length;
            c.Response.OutputStream.Write(content);
            c.Response.Close();
        });
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_part_that_the_server_has_no_continuation_of_is_fetched_anew()
    {
        File.WriteAllBytes(Part, new byte[200_000]);
        var requests = 0;
        using var server = new TinyServer(c =>
        {
            if (requests++ > 0)
            {
                TinyServer.Send(c, content);
                return;
            }
            c.Response.StatusCode = 416;
            c.Response.Close();
        });
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task A_part_longer_than_the_file_is_fetched_anew()
    {
        File.WriteAllBytes(Part, new byte[400_000]);
        using var server = new TinyServer(c => TinyServer.Send(c, content));
        await FetchAsync(server);
        Assert.Equal(content, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task A_refusal_is_told_at_once_and_a_part_is_kept(int status)
    {
        File.WriteAllBytes(Part, content[..100_000]);
        using var server = new TinyServer(c =>
        {
            c.Response.StatusCode = status;
            c.Response.Close();
        });
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(server));
        Assert.Contains($"{server.Address}file: the server answered {status}", error.Message);
        Assert.Single(server.Ranges);
        Assert.Equal(content[..100_000], File.ReadAllBytes(Part));
    }

    [Fact]
    public async Task A_server_with_a_file_of_another_length_is_refused_before_any_byte_is_written()
    {
        using var server = new TinyServer(c => TinyServer.Send(c, content[..299_999]));
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(server));
        Assert.Contains("the server has 299999 bytes in the place of 300000", error.Message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData(299_999, "ended after 299999 of 300000 bytes")]
    [InlineData(300_001, "more than the expected 300000 bytes")]
    public async Task A_server_that_does_not_say_the_length_cannot_send_another(int length, string reason)
    {
        using var server = new TinyServer(c =>
        {
            c.Response.SendChunked = true;
            c.Response.OutputStream.Write(new byte[length]);
            c.Response.Close();
        });
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(server));
        Assert.Contains(reason, error.Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_silent_server_is_given_up_after_the_time_limit()
    {
        using var release = new ManualResetEventSlim();
        using var server = new TinyServer(_ => release.Wait());
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(server, stall: TimeSpan.FromMilliseconds(200)));
        release.Set();
        Assert.Contains("nothing came for 0.2 s", error.Message);
    }

    [Fact]
    public async Task No_server_at_all_is_told()
    {
        TinyServer gone;
        using (gone = new TinyServer(_ => { }))
        {
        }
        var error = await Assert.ThrowsAsync<IOException>(() => FetchAsync(gone));
        Assert.Contains("Connection refused", error.Message);
    }

    [Fact]
    public async Task Stopped_by_the_user_it_keeps_the_part_and_the_next_run_resumes_it()
    {
        using var stop = new CancellationTokenSource();
        var slow = true;
        using var server = new TinyServer(c =>
        {
            if (slow)
            {
                c.Response.ContentLength64 = content.Length;
                c.Response.OutputStream.Write(content, 0, 150_000);
                c.Response.OutputStream.Flush();
                return;
            }
            TinyServer.Send(c, content);
        });
        var fetch = FetchAsync(server, ct: stop.Token);
        while (!File.Exists(Part) || new FileInfo(Part).Length < 150_000)
            await Task.Delay(10);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch);
        Assert.False(File.Exists(Target));

        slow = false;
        await FetchAsync(server);
        Assert.Equal("bytes=150000-", server.Ranges[^1]);
        Assert.Equal(content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_full_disk_is_told_apart_from_other_errors()
    {
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Assert.True(SourceReader.IsDiskFull(Assert.ThrowsAny<IOException>(() => full.Write(content))));
        Assert.False(SourceReader.IsDiskFull(new IOException()));
    }

    async Task FetchAsync(TinyServer server, TimeSpan? stall = null, CancellationToken ct = default)
    {
        using var download = new Download(stallTimeout: stall);
        var progress = new Recorder(reports);
        await download.FetchAsync(new Uri(server.Address + "file"), Target, content.Length,
            have => new ProgressMeter(progress, "set", "downloading file", content.Length, have), ct);
    }

    sealed class Recorder(List<DownloadProgress> reports) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => reports.Add(value);
    }
}
