namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>Something that runs training steps on the common network.</summary>
interface IContestant : IDisposable
{
    string Name { get; }

    StepTimes Run(int steps);
}

/// <summary>What some steps took.</summary>
/// <param name="Seconds">Wall time of all of them.</param>
/// <param name="Faults">Minor page faults of the process.</param>
/// <param name="Losses">Of each step.</param>
sealed record StepTimes(double Seconds, long Faults, double[] Losses);
