using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Notebooks.Jupyter;

namespace ResearchKit.Notebooks.Tests.Jupyter;

public sealed class MessageFormatTests
{
    readonly string _folder = Directory.CreateTempSubdirectory("connection-").FullName;

    // The signature is that of Python's hmac and hashlib.
    static List<byte[]> Frames(string signature = "36b8fef6e4d0aed0c820c8cdb5d0937aa062cdcf570515e2c968fdc279a16bbb") =>
        [.. new[] { "route", "<IDS|MSG>", signature, """{"msg_id":"1","msg_type":"x_request","odd":[1]}""", "{}", "{}", """{"a":"ä"}""" }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void A_message_signed_elsewhere_is_read_and_answered_with_its_header_as_it_was()
    {
        var format = new MessageFormat("key"u8.ToArray());
        var message = format.Read(Frames());
        Assert.Equal(("x_request", "ä"), (message.Type, message.Text("a")));
        var answer = format.Write(message.Identities, "x_reply", new() { ["status"] = "ok" }, message);
        Assert.Equal("route", Encoding.UTF8.GetString(answer[0]));
        Assert.Equal(Frames()[3], answer[4]);
        Assert.Equal("ok", format.Read(answer).Text("status"));
    }

    [Theory]
    [InlineData(2, "36b8fef6e4d0aed0c820c8cdb5d0937aa062cdcf570515e2c968fdc279a16bb0")]
    [InlineData(2, "")]
    [InlineData(3, "{}")]
    [InlineData(6, """{"a":"b"}""")]
    [InlineData(1, "no delimiter")]
    public void A_message_that_was_changed_is_refused(int frame, string text)
    {
        var frames = Frames();
        frames[frame] = Encoding.UTF8.GetBytes(text);
        Assert.Throws<InvalidDataException>(() => new MessageFormat("key"u8.ToArray()).Read(frames));
    }

    [Fact]
    public void Without_a_key_nothing_is_signed_and_what_is_not_JSON_is_refused()
    {
        var format = new MessageFormat([]);
        Assert.Equal("x_request", format.Read(Frames("")).Type);
        var frames = Frames("");
        frames[6] = "[1"u8.ToArray();
        Assert.Contains("not JSON", Assert.Throws<InvalidDataException>(() => format.Read(frames)).Message);
    }

    [Theory]
    [InlineData("{", "is not a connection file")]
    [InlineData("[]", "lacks 'signature_scheme'")]
    [InlineData("""{"signature_scheme": "hmac-md5"}""", "only hmac-sha256")]
    [InlineData("""{"signature_scheme": "hmac-sha256", "transport": "tcp", "ip": 3}""", "lacks 'ip'")]
    public void A_connection_file_that_is_none_is_told_of(string text, string words)
    {
        var path = Path.Combine(_folder, "c.json");
        File.WriteAllText(path, text);
        var message = Assert.Throws<InvalidDataException>(() => ConnectionFile.Read(path)).Message;
        Assert.Contains(words, message);
        Assert.Contains(path, message);
    }
}
