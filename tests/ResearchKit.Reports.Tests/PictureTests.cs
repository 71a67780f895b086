using ResearchKit.Reports;

namespace ResearchKit.Reports.Tests;

public sealed class PictureTests
{
    [Fact]
    public void A_bitmap_has_its_rows_from_the_bottom_up_in_blue_green_red()
    {
        var bytes = Picture.Bitmap(2, 1, (row, _) => row == 0 ? ((byte)1, (byte)2, (byte)3) : ((byte)4, (byte)5, (byte)6));
        Assert.Equal([(byte)'B', (byte)'M', 62, 0, 0, 0], bytes[..6]);
        Assert.Equal([6, 5, 4, 0, 3, 2, 1, 0], bytes[54..]);
    }

    [Theory]
    [InlineData(0, 255, 255, 255)]
    [InlineData(1, 8, 48, 107)]
    [InlineData(7, 8, 48, 107)]
    [InlineData(double.NaN, 255, 255, 255)]
    public void A_shade_goes_from_white_to_dark_blue(double value, byte red, byte green, byte blue) =>
        Assert.Equal((red, green, blue), Picture.Shade(value));

    [Fact]
    public void A_title_is_escaped_and_a_zoomed_picture_has_its_size()
    {
        string html = Picture.Html(3, 5, (_, _) => (0, 0, 0), zoom: 4, "\"><script>");
        Assert.Contains("width=\"20\" height=\"12\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_picture_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Picture.Bitmap(0, 1, (_, _) => (0, 0, 0)));
}
