namespace ResearchKit.Cli;

/// <summary>What the command line ends with.</summary>
static class ExitCode
{
    public const int Fine = 0, Failed = 1, Usage = 2, NoData = 3, Busy = 4, Interrupted = 130;

    public const string Help = """
        Exit codes: 0 fine; 1 the run failed, or something essential is missing; 2 unknown name or wrong value; 3 data not
        available; 4 another process works on the same run; 130 interrupted with Ctrl-C (type the command again to resume).
        """;
}
