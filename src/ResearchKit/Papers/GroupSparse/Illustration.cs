using ResearchKit.Experiments;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>The paper's small example of what each penalty can take away: two inputs, five outputs.</summary>
static class Illustration
{
    const int Inputs = 2, Outputs = 5;

    /// <summary>Share of connections that are gone when some inputs and some outputs are free, in per cent.</summary>
    internal static double Removed(int freeInputs, int freeOutputs) => 100.0 * ((Inputs * Outputs) - ((Inputs - freeInputs) * (Outputs - freeOutputs))) / (Inputs * Outputs);

    internal static void Report(Experiment run)
    {
        run.Claim("fig1-group", Removed(1, 0));
        run.Claim("fig1-sparse-group", Removed(1, 2));
    }
}
