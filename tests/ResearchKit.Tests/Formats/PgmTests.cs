using System.Text;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class PgmTests
{
    [Theory]
    [InlineData("P5\n3 2\n255\n\u0001\u0002\u0003\n##")]
    [InlineData("P5 3 2 255 \u0001\u0002\u0003\n##")]
    [InlineData("P5 # a comment\n3 2# another\r255\t\u0001\u0002\u0003\n##")]
    [InlineData("P2\n3 2\n255\n1 2 3\n10 35 35")]
    [InlineData("P2\n3\n2 255 1 # one\n2 3 10 35\n35\n# end")]
    public void Both_forms_give_the_same_pixels(string text)
    {
        var image = Pgm.Decode(Encoding.Latin1.GetBytes(text), "x.pgm");
        Assert.Equal((3, 2, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal([1, 2, 3, 10, 35, 35], image.Pixels);
    }

    [Fact]
    public void Values_up_to_another_largest_one_are_scaled() =>
        Assert.Equal([0, 17, 119, 255], Pgm.Decode("P2 4 1 15 0 1 7 15"u8, "x").Pixels);

    [Theory]
    [InlineData("P6 1 1 255 abc", "neither P5 nor P2")]
    [InlineData("", "neither P5 nor P2")]
    [InlineData("P5", "the width is missing")]
    [InlineData("P53 2 255 aaaaaa", "the width is missing")]
    [InlineData("P5 3 -2 255 aaaaaa", "the height is missing")]
    [InlineData("P5 3 2 255", "no blank")]
    [InlineData("P5 3 2 255 aaaaa", "5 bytes cannot hold 3 x 2")]
    [InlineData("P5 3 2 255 aaaaaaa", "1 bytes follow")]
    [InlineData("P5 0 2 255 ", "0 x 2 pixels")]
    [InlineData("P5 1 1 65535 aa", "values up to 65535")]
    [InlineData("P5 99999999999 1 255 a", "the width is missing or no plain number")]
    [InlineData("P5 999999999 999999999 255 a", "cannot hold")]
    [InlineData("P5 1 1 9 \n", "the value 10 is larger than 9")]
    [InlineData("P2 2 1 255 1", "cannot hold")]
    [InlineData("P2 2 1 255 1   ", "the value is missing")]
    [InlineData("P2 2 1 255 1 256", "the value 256 is larger")]
    [InlineData("P2 2 1 255 1 2 3", "follow the image")]
    [InlineData("P2 2 1 255 1#2 3", "the value is missing")]
    public void What_is_damaged_is_refused_by_reason(string text, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Pgm.Decode(Encoding.Latin1.GetBytes(text), "x.pgm"));
        Assert.StartsWith("'x.pgm' cannot be decoded: ", error.Message);
        Assert.Contains(reason, error.Message);
    }
}
