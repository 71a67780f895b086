namespace ResearchKit.Reports.Tests;

public class NumbersAndAxisTests
{
    [Theory]
    [InlineData(266_200, "266,200")]
    [InlineData(39.9123, "39.91")]
    [InlineData(0.5, "0.5")]
    [InlineData(-0.0312, "−0.0312")]
    [InlineData(0.00001234, "1.234e−5")]
    [InlineData(1234.56, "1,235")]
    [InlineData(double.NaN, "–")]
    public void Numbers_keep_four_significant_digits_and_all_of_a_whole_number(double value, string text) =>
        Assert.Equal(text, Numbers.Text(value));

    [Fact]
    public void The_interval_decides_the_digits_of_the_mean()
    {
        Assert.Equal(("39.9×", "38.4 to 41.4"), Numbers.WithInterval(39.912, 38.42, 41.41, "x"));
        Assert.Equal(("0.110\u00a0points", "0.098 to 0.122"), Numbers.WithInterval(0.11, 0.0981, 0.1221, "points"));
    }

    [Fact]
    public void A_linear_axis_has_round_ticks_around_its_values()
    {
        var axis = Axis.Over([0.13, 0.42, double.NaN], log: false);
        Assert.Equal(["0.1", "0.2", "0.3", "0.4", "0.5"], axis.Ticks.Select(tick => tick.Label));
        Assert.Equal(0, axis.Place(0.1), 12);
        Assert.Equal(0.5, axis.Place(0.3), 12);
    }

    [Fact]
    public void A_logarithmic_axis_spans_whole_decades_and_has_no_place_for_zero()
    {
        var axis = Axis.Over([0, 27, 1070], log: true);
        Assert.Equal(["10", "100", "1,000", "10,000"], axis.Ticks.Select(tick => tick.Label));
        Assert.False(axis.Shows(0));
        Assert.Equal(1.0 / 3, axis.Place(100), 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1e-7)]
    public void A_single_value_still_gets_an_axis(double value)
    {
        var axis = Axis.Over([value], log: false);
        Assert.InRange(axis.Ticks.Count, 2, 12);
        Assert.InRange(axis.Place(value), 0, 1);
    }
}
