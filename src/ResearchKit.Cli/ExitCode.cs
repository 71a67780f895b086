namespace ResearchKit.Cli;

/// <summary>What the command line ends with.</summary>
static class ExitCode
{
    public const int Fine = 0, Failed = 1, Usage = 2, NoData = 3, Busy = 4, Partial = 5, TimedOut = 6, Died = 7, Interrupted = 130;

    public const string Help = """
        Exit codes: 0 fine; 1 the run failed, or something essential is missing; 2 unknown name or wrong value; 3 data not
        available; 4 another process works on the same run; of a notebook: 5 cells that need what is not supported did not run,
        6 a cell took longer than it may, 7 a cell ended its process; 130 interrupted with Ctrl-C (type the command again to resume).
        """;
}
