using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public class StudentTTests
{
    // Any table of the t distribution, two-sided 95 %.
    [Theory]
    [InlineData(1, 12.706204736)]
    [InlineData(2, 4.302652730)]
    [InlineData(3, 3.182446305)]
    [InlineData(4, 2.776445105)]
    [InlineData(5, 2.570581836)]
    [InlineData(9, 2.262157163)]
    [InlineData(10, 2.228138852)]
    [InlineData(30, 2.042272456)]
    [InlineData(120, 1.979930405)]
    public void Factors_of_the_interval_are_those_of_the_tables(int degrees, double factor) =>
        Assert.Equal(factor, StudentT.TwoSided(degrees), tolerance: 1e-9);

    [Fact]
    public void One_and_two_degrees_have_closed_forms()
    {
        for (var p = 0.05; p < 1; p += 0.05)
        {
            Assert.Equal(Math.Tan(Math.PI * p / 2), StudentT.TwoSided(1, p), tolerance: 1e-9);
            Assert.Equal(p * Math.Sqrt(2 / (1 - (p * p))), StudentT.TwoSided(2, p), 9);
        }
    }

    [Fact]
    public void Probabilities_agree_with_the_integral_of_the_density()
    {
        foreach (var degrees in new[] { 1, 2, 3, 4, 7, 12 })
        {
            // The density without its constant, which the whole line gives.
            double Mass(double to) => Simpson(u => Math.Pow(Math.Cos(u), degrees - 1), Math.Atan(to / Math.Sqrt(degrees)));
            Assert.Equal(Mass(1.7) / Mass(1e12), StudentT.WithinProbability(1.7, degrees), 8);
        }
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(3, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.WithinProbability(-1, 3));
    }

    static double Simpson(Func<double, double> f, double to)
    {
        const int n = 2000;
        var h = to / n;
        return h / 3 * Enumerable.Range(0, n + 1).Sum(i => f(i * h) * (i is 0 or n ? 1 : i % 2 == 1 ? 4 : 2));
    }
}
