using System.Net;
using System.Net.Sockets;

namespace ResearchKit.Tests.Data;

/// <summary>A web server on this machine that answers as a test says.</summary>
sealed class TinyServer : IDisposable
{
    readonly HttpListener listener = new();
    readonly Action<HttpListenerContext> answer;

    public TinyServer(Action<HttpListenerContext> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>The Range header of each request so far, or null.</summary>
    public List<string?> Ranges { get; } = [];

    /// <summary>Sends a file as a good server does: ranges, a strong ETag, 416 beyond the end.</summary>
    public static void Send(HttpListenerContext context, byte[] content, string? etag = "\"v1\"", int? breakAfter = null)
    {
        var response = context.Response;
        var from = 0;
        if (etag is not null)
            response.Headers["ETag"] = etag;
        if (context.Request.Headers["Range"] is { } range && (context.Request.Headers["If-Range"] is not { } tag || tag == etag))
        {
            from = int.Parse(range["bytes=".Length..^1]);
            if (from >= content.Length)
            {
                response.StatusCode = 416;
                response.Headers["Content-Range"] = $"bytes */{content.Length}";
                response.Close();
                return;
            }
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }
        response.ContentLength64 = content.Length - from;
        var end = Math.Min(content.Length, from + (breakAfter ?? content.Length));
        response.OutputStream.Write(content, from, end - from);
        if (end < content.Length)
        {
            response.OutputStream.Flush();
            Thread.Sleep(50);
            response.Abort();
            return;
        }
        response.Close();
    }

    public void Dispose() => listener.Close();

    async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            lock (Ranges)
                Ranges.Add(context.Request.Headers["Range"]);
            _ = Task.Run(() =>
            {
                try
                {
                    answer(context);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
                {
                    // The client went away, or the test is over.
                }
            });
        }
    }
}
