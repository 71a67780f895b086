using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public class ParameterSettingsTests
{
    static ToyParameters Set(params string[] settings) => (ToyParameters)ParameterSettings.Apply(new ToyParameters(), settings);

    [Fact]
    public void Every_simple_type_can_be_set()
    {
        var set = Set("epochs=7", "learning-rate=1e-3", "Augment=no", "dataset=cifar-10", "init=density", "widths=10, 20,30",
            "densities=0.5", "inits=random,linear", "clip=0.25");
        Assert.Equal(7, set.Epochs);
        Assert.Equal(0.001, set.LearningRate);
        Assert.False(set.Augment);
        Assert.Equal("cifar-10", set.Dataset);
        Assert.Equal(Init.Density, set.Init);
        Assert.Equal([10, 20, 30], set.Widths);
        Assert.Equal([0.5], set.Densities);
        Assert.Equal([Init.Random, Init.Linear], set.Inits);
        Assert.Equal(0.25, set.Clip);
        Assert.Null(Set("clip=1", "clip=none").Clip);
        Assert.Empty(Set("widths=").Widths);
    }

    [Fact]
    public void The_original_stays_as_it_was()
    {
        var original = new ToyParameters();
        ParameterSettings.Apply(original, ["epochs=9"]);
        Assert.Equal(3, original.Epochs);
    }

    [Theory]
    [InlineData("epoch=3", "Did you mean 'epochs'")]
    [InlineData("epoch=3", "learningRate")]
    [InlineData("epochs=three", "epochs takes a whole number (here 3)")]
    [InlineData("epochs=3.5", "a whole number")]
    [InlineData("learningRate=fast", "a number (here 0.1)")]
    [InlineData("learningRate=NaN", "a number")]
    [InlineData("augment=maybe", "true or false")]
    [InlineData("init=lineer", "one of Linear, Density, Random")]
    [InlineData("init=lineer", "Did you mean 'Linear'?")]
    [InlineData("init=1", "one of Linear")]
    [InlineData("widths=1,x", "a list with commas, each a whole number (here 300,100)")]
    [InlineData("clip=x", "a number or none (here none)")]
    [InlineData("epochs", "not of the form name=value, such as epochs=3")]
    [InlineData("=3", "not of the form")]
    public void A_bad_setting_is_explained(string setting, string message) =>
        Assert.Contains(message, Assert.Throws<UsageException>(() => Set(setting)).Message);

    [Fact]
    public void Parameters_are_described_with_type_and_value() =>
        Assert.Contains(("widths", "a list with commas, each a whole number", "300,100"), ParameterSettings.Describe(new ToyParameters()));
}
