using ResearchKit.Experiments;

namespace ResearchKit.Papers.Ssl;

/// <summary>Operations that are left, worked out from the printed numbers of filters, channels, columns and neurons.</summary>
static class PrintedArithmetic
{
    const double Conv1Filters = 20, Conv2Filters = 50, Conv1Columns = 25, Conv2Columns = 500;

    internal static void Report(Experiment run)
    {
        run.Claim("table1-lenet2-flop", 100 * 19 * 4 / (Conv2Filters * Conv1Filters));
        run.Claim("table1-lenet3-flop", 100 * 12 * 3 / (Conv2Filters * Conv1Filters));
        run.Claim("table2-lenet4-flop", 100 * 41 / Conv2Columns);
        run.Claim("table2-lenet5-flop", 100 * 7 / Conv1Columns * 1 / Conv1Filters);
        run.Claim("mlp3-flop", 100.0 * 434 * 174 / (784 * 500));
    }
}
