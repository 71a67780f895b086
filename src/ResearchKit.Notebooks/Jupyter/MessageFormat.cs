using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Notebooks.Jupyter;

/// <summary>Jupyter's messages as frames of ZeroMQ, signed with the key of the connection file (protocol 5.3).</summary>
sealed class MessageFormat(byte[] key)
{
    /// <summary>The newest version of the protocol that every client in use speaks.</summary>
    public const string ProtocolVersion = "5.3";

    const int SignedFrames = 4;

    static readonly byte[] s_delimiter = "<IDS|MSG>"u8.ToArray(), s_empty = "{}"u8.ToArray();
    static readonly JsonDocumentOptions s_options = new() { MaxDepth = 256 };
    static readonly JsonSerializerOptions s_written = new() { MaxDepth = 256 };

    readonly string _session = Guid.NewGuid().ToString("N");
    int _sent;

    /// <summary>Writes a message.</summary>
    /// <param name="identities">The route, or the topic.</param>
    /// <param name="type">What kind of message it is.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">The message that caused it; null for none.</param>
    public IReadOnlyList<byte[]> Write(IReadOnlyList<byte[]> identities, string type, JsonObject content, JupyterMessage? parent)
    {
        var header = new JsonObject
        {
            ["msg_id"] = $"{_session}_{Interlocked.Increment(ref _sent)}",
            ["session"] = _session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        };
        byte[][] signed = [Bytes(header), parent?.HeaderBytes ?? s_empty, s_empty, Bytes(content)];
        return [.. identities, s_delimiter, Signature(signed), .. signed];
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidDataException">It is malformed, or not signed with the key.</exception>
    public JupyterMessage Read(IReadOnlyList<byte[]> frames)
    {
        var delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(s_delimiter))
            delimiter++;
        var first = delimiter + 2;
        if (frames.Count < first + SignedFrames)
            throw new InvalidDataException("it has not the frames of a message");
        byte[][] signed = [.. frames.Skip(first).Take(SignedFrames)];
        if (!CryptographicOperations.FixedTimeEquals(Signature(signed), frames[delimiter + 1]))
            throw new InvalidDataException("its signature is not one by this connection's key");
        try
        {
            var header = Parsed(signed[0]);
            return new([.. frames.Take(delimiter)], signed[0], (string?)header["msg_type"] ?? "", Parsed(signed[1]), Parsed(signed[2]), Parsed(signed[3]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"it is not JSON: {e.Message}", e);
        }
    }

    byte[] Signature(byte[][] signed)
    {
        if (key.Length == 0)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var frame in signed)
            hash.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, s_written);

    static JsonObject Parsed(byte[] json) => JsonNode.Parse(json, documentOptions: s_options) as JsonObject ?? throw new InvalidOperationException("an object was expected");
}
