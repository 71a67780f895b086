using System.Diagnostics;

namespace ResearchKit.Measuring;

/// <summary>Two ways to do the same, timed in alternating rounds of one process, so that both see the same neighbours.</summary>
/// <param name="Baseline">Median milliseconds of a call of the baseline.</param>
/// <param name="Candidate">Median milliseconds of a call of the candidate.</param>
/// <param name="Ratio">Median over the rounds of baseline by candidate: above 1 the candidate is faster.</param>
/// <param name="Low">Lower quartile of that ratio.</param>
/// <param name="High">Upper quartile of that ratio.</param>
/// <param name="Rounds">Rounds timed.</param>
public sealed record PairedLatency(double Baseline, double Candidate, double Ratio, double Low, double High, int Rounds)
{
    /// <summary>Times both sides.</summary>
    /// <param name="baseline">One call of the baseline.</param>
    /// <param name="candidate">One call of the candidate.</param>
    /// <param name="rounds">Rounds, each with both sides.</param>
    /// <param name="millisecondsPerRound">Each side is called until a round took at least as long.</param>
    public static PairedLatency Of(Action baseline, Action candidate, int rounds = 15, double millisecondsPerRound = 20)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        int baselineCalls = CallsFor(baseline, millisecondsPerRound), candidateCalls = CallsFor(candidate, millisecondsPerRound);
        var (a, b, ratio) = (new double[rounds], new double[rounds], new double[rounds]);
        for (int k = 0; k < rounds; k++)
        {
            // Who goes first alternates: a slow moment should not always meet the same side.
            if (k % 2 == 0)
            {
                a[k] = Time(baseline, baselineCalls);
                b[k] = Time(candidate, candidateCalls);
            }
            else
            {
                b[k] = Time(candidate, candidateCalls);
                a[k] = Time(baseline, baselineCalls);
            }

            ratio[k] = a[k] / b[k];
        }

        return new(Quantile(a, 0.5), Quantile(b, 0.5), Quantile(ratio, 0.5), Quantile(ratio, 0.25), Quantile(ratio, 0.75), rounds);
    }

    static int CallsFor(Action action, double milliseconds)
    {
        // Warmed up, so that the just-in-time compiler has settled; then enough calls to fill a round.
        for (int k = 0; k < 3; k++)
        {
            action();
        }

        for (int calls = 1; ; calls *= 2)
        {
            double took = Time(action, calls) * calls;
            if (took >= milliseconds / 2)
            {
                return Math.Max(1, (int)Math.Ceiling(calls * milliseconds / took));
            }
        }
    }

    static double Time(Action action, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int k = 0; k < calls; k++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }

    static double Quantile(double[] values, double p)
    {
        double[] sorted = [.. values.Order()];
        double at = p * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
