using FsCheck;
using FsCheck.Fluent;
using ResearchKit.Formats;

namespace ResearchKit.Tests.Formats;

public class RelativeIndexTests
{
    [Fact]
    public void The_papers_figure_2_has_a_filler_at_12()
    {
        var (gaps, sources) = RelativeIndex.Encode([1, 4, 15], 3);

        var positions = RelativeIndex.Decode(gaps);
        Assert.Equal([1, 4, 12, 15], positions);
        Assert.Equal([0, 1, -1, 2], sources);
        Assert.Equal([1, 3, 8, 3], positions.Select((position, i) => i == 0 ? position : position - positions[i - 1]));
        Assert.Equal([1, 2, 7, 2], gaps);
        Assert.Equal(8, RelativeIndex.Bound(3));
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(24, 2)]
    [InlineData(25, 3)]
    public void Fillers_are_inserted_where_a_gap_exceeds_the_bound(int difference, int fillers)
    {
        var (gaps, sources) = RelativeIndex.Encode([5, 5 + difference], 3);

        Assert.Equal(fillers, RelativeIndex.CountFillers([5, 5 + difference], 3));
        Assert.Equal(fillers, sources.Count(source => source < 0));
        Assert.Equal(5 + difference, RelativeIndex.Decode(gaps)[^1]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 2)]
    public void The_first_gap_counts_the_zeros_from_the_start(int first, int fillers)
    {
        var (gaps, sources) = RelativeIndex.Encode([first], 3);

        Assert.Equal(fillers + 1, gaps.Length);
        Assert.Equal(0, sources[^1]);
        Assert.Equal(first, RelativeIndex.Decode(gaps)[^1]);
    }

    [Fact]
    public void Any_positions_come_back_at_any_width()
    {
        Prop.ForAll<NonNegativeInt[], byte>((distances, width) =>
        {
            var bits = width % 8 + 1;
            var positions = new int[distances.Length];
            var position = -1;
            for (var i = 0; i < positions.Length; i++) positions[i] = position += distances[i].Get % 1500 + 1;

            var (gaps, sources) = RelativeIndex.Encode(positions, bits);
            var decoded = RelativeIndex.Decode(gaps);

            Assert.All(gaps, gap => Assert.InRange(gap, 0, (1 << bits) - 1));
            Assert.Equal(positions, decoded.Where((_, i) => sources[i] >= 0));
            Assert.All(Enumerable.Range(0, gaps.Length).Where(i => sources[i] < 0), i => Assert.Equal((1 << bits) - 1, gaps[i]));
            Assert.Equal(gaps.Length - positions.Length, RelativeIndex.CountFillers(positions, bits));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Positions_that_do_not_ascend_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RelativeIndex.Encode([3, 3], 4));
        Assert.Throws<ArgumentException>(() => RelativeIndex.Encode([-1], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelativeIndex.Encode([3], 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelativeIndex.Encode([3], 0));
    }
}
