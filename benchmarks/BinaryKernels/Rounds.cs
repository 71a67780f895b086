using System.Diagnostics;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>Contestants that take turns in one process, so that all see the same neighbours.</summary>
sealed class Rounds
{
    readonly List<(string Name, Action Action, int Calls)> contestants = [];
    readonly Dictionary<string, double[]> times = [];

    /// <param name="name">What it is called.</param>
    /// <param name="action">One call.</param>
    internal Rounds Add(string name, Action action)
    {
        action();
        action();
        var start = Stopwatch.GetTimestamp();
        action();
        var once = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        // Five milliseconds a round, or one call.
        contestants.Add((name, action, Math.Max(1, (int)(5 / once))));
        return this;
    }

    internal Rounds Run(int rounds)
    {
        foreach (var (name, _, _) in contestants) times[name] = new double[rounds];
        // The first rounds warm up.
        for (var round = -2; round < rounds; round++)
            for (var i = 0; i < contestants.Count; i++)
            {
                var (name, action, calls) = contestants[(i + Math.Abs(round)) % contestants.Count];
                var start = Stopwatch.GetTimestamp();
                for (var call = 0; call < calls; call++) action();
                if (round >= 0) times[name][round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
            }
        return this;
    }

    /// <summary>Median microseconds of a call.</summary>
    internal double Median(string name) => Middle(times[name]);

    /// <summary>Microseconds of the quickest round.</summary>
    internal double Best(string name) => times[name].Min();

    /// <summary>Median over the rounds of how many times longer one took than the other.</summary>
    internal double Ratio(string slow, string quick) => Middle([.. times[slow].Zip(times[quick], (a, b) => a / b)]);

    internal bool Has(string name) => times.ContainsKey(name);

    static double Middle(double[] values) => values.Order().ElementAt(values.Length / 2);
}
