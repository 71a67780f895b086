namespace ResearchKit.Experiments;

/// <summary>Student's t distribution with a whole number of degrees of freedom, by its finite sums.</summary>
/// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.</remarks>
public static class StudentT
{
    /// <summary>The probability that |T| is at most <paramref name="t"/>.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double WithinProbability(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        return Within(Math.Atan(t / Math.Sqrt(degrees)), degrees);
    }

    /// <summary>The t for which |T| is at most t with the given probability: the factor of a two-sided interval.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1: the number of values less one.</param>
    /// <param name="probability">Above 0 and below 1, such as 0.95.</param>
    public static double TwoSided(int degrees, double probability = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (probability is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability between 0 and 1 is needed.");
        double low = 0, high = Math.PI / 2;
        // The angle is bounded where t is not, and 60 halvings leave nothing of it.
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (Within(middle, degrees) < probability)
                low = middle;
            else
                high = middle;
        }
        return Math.Sqrt(degrees) * Math.Tan((low + high) / 2);
    }

    static double Within(double angle, int degrees)
    {
        var (sin, cos) = Math.SinCos(angle);
        var odd = degrees % 2 == 1;
        double term = odd ? cos : 1, sum = 0;
        for (var k = odd ? 1 : 0; k <= degrees - 2; k += 2)
        {
            sum += term;
            term *= cos * cos * (k + 1) / (k + 2);
        }
        return odd ? 2 / Math.PI * (angle + (sin * sum)) : sin * sum;
    }
}
