using ResearchKit.Training;

namespace ResearchKit.Tests.Training;

public class ScheduleTests
{
    [Theory]
    [InlineData("constant", 0, 1), InlineData("constant", 0.9, 1)]
    [InlineData("cosine", 0, 1), InlineData("cosine", 0.5, 0.5), InlineData("cosine", 0.25, 0.853553390593)]
    [InlineData("linear", 0, 1), InlineData("linear", 0.75, 0.25)]
    [InlineData("step", 0.49, 1), InlineData("step", 0.5, 0.1), InlineData("step", 0.8, 0.01)]
    [InlineData("one-cycle", 0, 0.04), InlineData("one-cycle", 0.3, 1), InlineData("one-cycle", 0.15, 0.52), InlineData("one-cycle", 1, 4e-6)]
    public void Schedules_follow_their_closed_forms(string name, double progress, double factor) =>
        Assert.Equal(factor, Schedule.Parse(name).Factor(progress), 9);

    [Fact]
    public void Unknown_schedules_are_refused_with_the_known_ones() =>
        Assert.Contains("one-cycle", Assert.Throws<ArgumentException>(() => Schedule.Parse("cosin")).Message, StringComparison.Ordinal);
}
