using System.Net;
using System.Net.Http.Headers;

namespace ResearchKit.Data;

/// <summary>
/// Fetches one file over HTTP into a <c>.part</c> file beside its destination, which the next attempt resumes, and moves it to its
/// name when it is whole. A resumed file may be a mixture where the server gives no strong validator; the caller's checksum tells.
/// </summary>
sealed class Download : IDisposable
{
    const int Attempts = 4;
    readonly HttpClient client;

    public Download(TimeSpan? connectTimeout = null, TimeSpan? stallTimeout = null)
    {
        StallTimeout = stallTimeout ?? TimeSpan.FromSeconds(30);
        client = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout ?? TimeSpan.FromSeconds(5),
            // What is stored must be the bytes that the checksum is of.
            AutomaticDecompression = DecompressionMethods.None,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("ResearchKit", "1.0"));
    }

    /// <summary>How long no byte may come before the connection counts as broken.</summary>
    TimeSpan StallTimeout { get; }

    /// <summary>Fetches <paramref name="address"/>; connections that break are resumed as long as each attempt brings bytes.</summary>
    /// <exception cref="IOException">The server could not be reached, refused, stopped sending, or sent another length.</exception>
    public async Task FetchAsync(Uri address, string path, long expectedBytes, Func<long, ProgressMeter> meter, CancellationToken ct)
    {
        var part = path + ".part";
        for (var attempt = 1; ; attempt++)
        {
            var before = LengthOf(part);
            try
            {
                await TransferAsync(address, part, expectedBytes, meter, ct).ConfigureAwait(false);
                break;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException && !ct.IsCancellationRequested)
            {
                // A refusal or a dead host stays as it is; a connection that broke after some bytes, or a part that the server has no
                // continuation of and that is dropped, is worth another attempt.
                var after = LengthOf(part);
                if (attempt == Attempts || after == before || after < before && after > 0)
                    throw new IOException($"{address}: {Reason(e)}", e);
            }
        }
        DeleteValidator(part);
        File.Move(part, path, overwrite: true);
    }

    public void Dispose() => client.Dispose();

    async Task TransferAsync(Uri address, string part, long expectedBytes, Func<long, ProgressMeter> meter, CancellationToken ct)
    {
        var have = LengthOf(part);
        if (have >= expectedBytes)
        {
            // Whole already, or longer than it can be: the checksum decides about the first, the second starts again.
            if (have == expectedBytes)
                return;
            File.Delete(part);
            have = 0;
        }

        using var stall = CancellationTokenSource.CreateLinkedTokenSource(ct);
        stall.CancelAfter(StallTimeout);
        try
        {
            using var response = await RequestAsync(address, part, have, stall.Token).ConfigureAwait(false);
            var resumed = response.StatusCode == HttpStatusCode.PartialContent;
            if (resumed && response.Content.Headers.ContentRange?.From != have)
            {
                // The file that this part belongs to is gone; keeping the part would fail the same way for ever.
                File.Delete(part);
                throw new HttpRequestException($"sent bytes from {response.Content.Headers.ContentRange?.From} in the place of {have}");
            }
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                File.Delete(part);
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"the server answered {(int)response.StatusCode} ({response.ReasonPhrase})");
            if (!resumed)
                have = 0;
            var announced = have + response.Content.Headers.ContentLength;
            if (announced is { } length && length != expectedBytes)
                throw new HttpRequestException($"the server has {length} bytes in the place of {expectedBytes}");

            SaveValidator(part, response);
            await CopyAsync(response, part, have, expectedBytes, meter(have), stall).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {StallTimeout.TotalSeconds:0.#} s");
        }
    }

    async Task<HttpResponseMessage> RequestAsync(Uri address, string part, long have, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            if (File.Exists(Validator(part)) && RangeConditionHeaderValue.TryParse(await File.ReadAllTextAsync(Validator(part), ct)
                .ConfigureAwait(false), out var validator))
                request.Headers.IfRange = validator;
        }
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
    }

    async Task CopyAsync(HttpResponseMessage response, string part, long have, long expectedBytes, ProgressMeter meter,
        CancellationTokenSource stall)
    {
        using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
        using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.SetLength(have);
        file.Position = have;
        meter.Report();
        var buffer = new byte[1 << 17];
        while (true)
        {
            stall.CancelAfter(StallTimeout);
            var read = await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
            if (read == 0)
                break;
            if (file.Position + read > expectedBytes)
            {
                file.SetLength(0);
                throw new HttpRequestException($"the server sends more than the expected {expectedBytes} bytes");
            }
            file.Write(buffer, 0, read);
            meter.Add(read);
        }
        if (file.Position != expectedBytes)
            throw new HttpRequestException($"the connection ended after {file.Position} of {expectedBytes} bytes");
    }

    static string Reason(Exception e) => e is HttpRequestException { InnerException: { } inner } ? $"{e.Message} ({inner.Message})" : e.Message;

    static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    static string Validator(string part) => part + ".validator";

    static void DeleteValidator(string part) => File.Delete(Validator(part));

    // Only a strong ETag promises the same bytes (RFC 9110, 13.1.5).
    static void SaveValidator(string part, HttpResponseMessage response)
    {
        if (response.Headers.ETag is { IsWeak: false } tag)
            File.WriteAllText(Validator(part), tag.ToString());
        else if (response.StatusCode != HttpStatusCode.PartialContent)
            DeleteValidator(part);
    }
}
