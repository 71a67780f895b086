using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

/// <summary>Several seeds become one chart, one table, one number.</summary>
public class SeedsTests
{
    static RunRecord With(int seed, params double[] y) => Fixture.Record(seed) with
    {
        Figures = [new("f", FigureKind.Line, "x", "y", [new("ours", [1, 2], null, y), new("paper", [1], null, [7]) { FromPaper = true }])],
    };

    [Fact]
    public void A_series_at_the_same_places_becomes_its_mean_with_the_span_of_the_seeds()
    {
        var chart = Assert.Single(Seeds.Figures([With(0, 1, 10), With(1, 2, 20), With(2, 6, 60)]));
        Assert.Equal(["ours", "paper"], chart.Series.Select(series => series.Name));
        Assert.Equal([3, 30], chart.Series[0].Y);
        Assert.Equal([1, 10], chart.Series[0].Low!);
        Assert.Equal([6, 60], chart.Series[0].High!);
        Assert.Null(chart.Series[1].Low);
    }

    [Fact]
    public void Series_at_different_places_stay_apart_under_their_seeds()
    {
        var other = With(1, 3, 4);
        other = other with { Figures = [other.Figures[0] with { Series = [new("ours", [1, 3], null, [3, 4])] }] };
        var chart = Assert.Single(Seeds.Figures([With(0, 1, 2), other]));
        Assert.Equal(["ours, seed 0", "ours, seed 1", "paper"], chart.Series.Select(series => series.Name));
    }

    [Fact]
    public void Training_curves_of_a_net_and_unit_share_a_chart_and_what_the_lines_share_is_its_title()
    {
        var record = Fixture.Record(0) with
        {
            Metrics =
            [
                new("net/dense/error", "%", [1, 2], [5, 4]), new("net/pruned/error", "%", [1, 2], [4, 3]),
                new("net/dense/loss", "nats", [1, 2], [2, 1]), new("other", "", [1], [1]),
            ],
        };
        var charts = Seeds.TrainingCurves([record]).ToList();
        Assert.Equal(["net: error", "net: loss", "training"], charts.Select(chart => chart.Title));
        Assert.Equal(["dense", "pruned"], charts[0].Series.Select(series => series.Name));
        Assert.Equal("error, %", charts[0].YLabel);
    }

    [Fact]
    public void Cells_that_differ_in_a_number_show_its_mean_and_span_with_their_digits_and_unit()
    {
        static RunRecord Table(int seed, params string[] cells) =>
            Fixture.Record(seed) with { Tables = [new("t", ["a", "b", "c", "d"], [cells])] };

        var (_, rows) = Assert.Single(MergedTable.Of([Table(0, "ip1", "1.50 %", "-2x", "yes"), Table(1, "ip1", "1.70 %", "4x", "no")]));
        Assert.Equal([new("ip1", ""), new("1.60 %", "1.50 to 1.70"), new("1x", "−2 to 4"), new("yes / no", "")], rows[0]);
    }

    [Fact]
    public void Tables_of_different_shape_stay_apart()
    {
        var one = Fixture.Record(0) with { Tables = [new("t", ["a"], [["1"]])] };
        var two = Fixture.Record(1) with { Tables = [new("t", ["a"], [["1"], ["2"]])] };
        Assert.Equal(["t, seed 0", "t, seed 1"], MergedTable.Of([one, two]).Select(entry => entry.Table.Title));
    }
}
