using System.IO.Compression;
using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class JpegTests
{
    // The SHA-256 of what Pillow 9.4 decodes, converted to RGB where it is not grey.
    public static TheoryData<string, byte[], int, string> Samples => new()
    {
        { "chroma at half size", JpegSamples.Colour, 3, "7b24d38da0776c7303f291a51f89300a46a7361e81e7ad94d990a9627b34114a" },
        { "chroma at full size", JpegSamples.Full, 3, "0eff207aed0f1125ad723d50ca7f0d00fd7b88897ecf1cd4b05867d9ba31e899" },
        { "progressive", JpegSamples.Progressive, 3, "7b24d38da0776c7303f291a51f89300a46a7361e81e7ad94d990a9627b34114a" },
        { "grey", JpegSamples.Grey, 1, "05e0133b579f9e92ca1bb3e5c7eba99cba64ddee987cf8e1c04630c094793abd" },
        { "cyan, magenta, yellow, black", JpegSamples.Cmyk, 3, "64ff0441016b7645d9a5ffd748fa51e8da29595103167dca9ad02d691a0cd588" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decodes_to_the_bytes_that_Pillow_gives(string kind, byte[] bytes, int channels, string sha256)
    {
        var image = Jpeg.Decode(bytes, kind);
        Assert.Equal((21, 13, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(image.Pixels)));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        foreach (var sample in new[] { JpegSamples.Colour, JpegSamples.Progressive, JpegSamples.Grey })
        {
            for (var length = 0; length < sample.Length - 2; length++)
                Assert.Throws<InvalidDataException>(() => Jpeg.Decode(sample.AsSpan(0, length), "cut.jpg"));
        }
    }

    // The frame's header of the first sample: marker, length, bits, height, width, channels.
    static readonly int Frame = JpegSamples.Colour.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0, 0x00, 0x11]);

    [Theory]
    [InlineData(1, 0xC9, "arithmetic")]
    [InlineData(1, 0xC3, "lossless")]
    [InlineData(3, 0x10, "wrong length")]
    [InlineData(4, 12, "12 bits")]
    [InlineData(6, 0, "0 pixels")]
    [InlineData(8, 0, "outside the limit")]
    [InlineData(5, 0xFF, "cannot hold")]
    [InlineData(9, 2, "wrong length")]
    [InlineData(0, 0x00, "0x00 stands where a marker should")]
    public void A_header_that_says_something_else_is_refused_by_reason(int at, byte value, string reason)
    {
        var bytes = JpegSamples.Colour.ToArray();
        bytes[Frame + at] = value;
        if (reason == "outside the limit")
            bytes[Frame + 7] = 0;
        if (reason == "0 pixels")
            (bytes[Frame + 5], bytes[Frame + 6], reason) = (0, 0, "x 0 pixels");
        var error = Assert.Throws<InvalidDataException>(() => Jpeg.Decode(bytes, "bad.jpg"));
        Assert.StartsWith("'bad.jpg' cannot be decoded: ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void An_image_beyond_the_limit_of_memory_is_refused() =>
        Assert.Contains("limit of 818 bytes", Assert.Throws<InvalidDataException>(() => Jpeg.Decode(JpegSamples.Colour, "x", 21 * 13 * 3 - 1)).Message);

    [Fact]
    public void Other_formats_are_refused_as_no_jpeg()
    {
        Assert.Contains("does not begin", Assert.Throws<InvalidDataException>(() => Jpeg.Decode("GIF89a"u8, "x")).Message);
        Assert.Contains("does not begin", Assert.Throws<InvalidDataException>(() => Jpeg.Decode([], "x")).Message);
    }

    [Fact]
    public void Few_bytes_may_hold_many_pixels_but_a_claim_alone_takes_no_memory()
    {
        using var unpacked = new GZipStream(new MemoryStream(JpegSamples.FlatGzip), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        var bytes = memory.ToArray();
        var image = Jpeg.Decode(bytes, "flat.jpg");
        Assert.Equal((2000, 1500, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal([10, 200, 30], image.Pixels[^3..]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => Jpeg.Decode(bytes.AsSpan(0, bytes.Length - 200), "cut.jpg"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * bytes.Length + (1 << 20));
    }
}
