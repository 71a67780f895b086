using ResearchKit.Data;

namespace ResearchKit.Tests.Data;

public class SpellingTests
{
    static readonly string[] Known = ["mnist", "cifar10", "shapes", "shapes-rgb", "deep-compression"];

    [Theory]
    [InlineData("minst", "mnist")]
    [InlineData("MNIST", "mnist")]
    [InlineData("cifar-10", "cifar10")]
    [InlineData("cifar", "cifar10")]
    [InlineData("shape", "shapes")]
    [InlineData("deep_compresion", "deep-compression")]
    [InlineData("imagenet", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    public void Suggests_the_nearest_name_or_none(string typed, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(typed, Known));

    [Fact]
    public void An_unknown_data_set_is_named_with_a_suggestion_and_the_known_ones()
    {
        var error = Assert.Throws<ArgumentException>(() => DataSets.Load("cifar-10"));
        Assert.Contains("There is no data set 'cifar-10'. Did you mean 'cifar10'? Known: mnist, cifar10, ", error.Message);
        Assert.All(DataSets.Names, name => Assert.Contains(name, error.Message));
    }
}
