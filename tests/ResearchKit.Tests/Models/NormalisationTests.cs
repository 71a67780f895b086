using ResearchKit.Data;
using ResearchKit.Models;

namespace ResearchKit.Tests.Models;

public class NormalisationTests
{
    static readonly ImageSet Two = new("two", 2, 3, 1, 2, [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16], [0, 1], ["a", "b"]);

    [Fact]
    public void Caffe_takes_blue_first_and_values_of_0_to_255_less_the_mean()
    {
        Assert.Equal([5, 6, 3, 4, 1, 2, 15, 16, 13, 14, 11, 12], Normalisation.Caffe.Arrange(Two).Pixels);
        using var batches = new Batches(Normalisation.Caffe.Arrange(Two), 2, Normalisation.Caffe.Statistics);
        using var input = batches.Get(0, 0).Input.contiguous();
        Assert.Equal([5 - 104f, 6 - 104f, 3 - 117f, 4 - 117f, 1 - 123f, 2 - 123f], input.data<float>().ToArray()[..6]);
    }

    [Fact]
    public void Others_leave_the_channels_where_they_are() => Assert.Same(Two, Normalisation.ImageNet.Arrange(Two));

    [Theory]
    [InlineData("imagenet")]
    [InlineData("caffe")]
    [InlineData("0.5,0.5,0.5/0.25,0.25,0.25")]
    [InlineData("0.13/0.3")]
    public void Names_and_numbers_are_read(string text) => Assert.Equal(text, Normalisation.Parse(text)!.ToString());

    [Fact]
    public void The_datas_own_is_no_fixed_one() => Assert.Null(Normalisation.Parse("data"));

    [Theory]
    [InlineData("")]
    [InlineData("imagnet")]
    [InlineData("0.5")]
    [InlineData("0.5,0.5/0.5")]
    [InlineData("0.5/0")]
    [InlineData("0.5/-1")]
    [InlineData("0.5/NaN")]
    [InlineData("a/b")]
    [InlineData("0.5/0.5/0.5")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains("means and deviations", Assert.Throws<ArgumentException>(() => Normalisation.Parse(text)).Message);

    [Fact]
    public void Images_of_other_channels_are_refused() =>
        Assert.Contains("for 3 channels, but two has 1", Assert.Throws<ArgumentException>(() => Normalisation.Caffe.Arrange(Two with { Channels = 1 })).Message);
}
