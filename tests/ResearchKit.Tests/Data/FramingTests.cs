using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Data;

public class FramingTests
{
    // The SHA-256 of what torchvision 0.14 makes of the drawing below with Resize and CenterCrop, as [3, Side, Side].
    [Theory]
    [InlineData(29, 29, "76dab8281c4f067a5debeee44881c46974deda9b4d7f451fe69762bb4fcb8434")]
    [InlineData(64, 64, "46da1ad1a021bd256d978f669d4c6162b416ac4d41214d3f30112177255b13ab")]
    [InlineData(16, 16, "68c9ab53903275342e202e23be539d972e69eae67ab5ee88412e0d909690d5dc")]
    [InlineData(10, 7, "f73fc7c5227f8e2973279606f52e871e9a56345ca220a9f7419970279b8a2390")]
    [InlineData(33, 28, "b8afc19dc24f4bbc55912713858e60028816e2d046d73f50fcad988641b01929")]
    [InlineData(5, 1, "cd26de8582afa29d39c67761fc740f6162dd4a10318b11725e465f1d684b7c91")]
    [InlineData(29, 20, "240b9e03acc338f93d1683fc1a57523cf6ac67c439b7347c60d7e27eae4c7ad9")]
    public void Resizes_and_crops_to_the_bytes_that_torchvision_gives(int shorterSide, int side, string sha256) =>
        Assert.Equal(sha256, Hash(new Framing(shorterSide, side).Apply(Drawing())));

    [Fact]
    public void A_grey_image_has_three_planes_alike()
    {
        var drawing = Drawing();
        var grey = new DecodedImage(drawing.Width, drawing.Height, 1, [.. drawing.Pixels.Where((_, i) => i % 3 == 0)]);
        Assert.Equal("c698cde9e5a6701076792082a3973cb1ab738cec4efbd1908ee7ab589526c9e0", Hash(new Framing(14, 12).Apply(grey)));
    }

    [Fact]
    public void A_tall_image_is_cropped_from_above_and_below()
    {
        var drawing = Drawing();
        var turned = new byte[drawing.Pixels.Length];
        for (var y = 0; y < drawing.Height; y++)
        {
            for (var x = 0; x < drawing.Width; x++)
                drawing.Pixels.AsSpan((y * drawing.Width + x) * 3, 3).CopyTo(turned.AsSpan((x * drawing.Height + y) * 3));
        }
        Assert.Equal("1dd214682678100f2af5f47f79f3ac49f4f74f9d875e09d3e2d85cf18f6198df",
            Hash(new Framing(14, 12).Apply(new DecodedImage(drawing.Height, drawing.Width, 3, turned))));
    }

    [Theory]
    [InlineData(10, 11)]
    [InlineData(10, 0)]
    public void A_square_that_does_not_fit_is_refused(int shorterSide, int side) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Framing(shorterSide, side).Apply(Drawing()));

    static DecodedImage Drawing()
    {
        const int width = 37, height = 29;
        var pixels = new byte[height * width * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = (y * width + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(x * 7 + y * 3), (byte)(x * x + y * 5), (byte)(x * y * 11));
            }
        }
        return new DecodedImage(width, height, 3, pixels);
    }

    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
