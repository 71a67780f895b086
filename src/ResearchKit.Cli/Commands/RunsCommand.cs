using System.CommandLine;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit runs</c>: what was run.</summary>
static class RunsCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var store = Options.Store("--out");
        var command = new Command("runs", "List the runs that there are, newest first.") { store };
        command.SetAction(parsed => Run(shell(), Shell.Store(parsed.GetValue(store))));
        return command;
    }

    static int Run(Shell shell, RunStore store)
    {
        var runs = store.Runs(shell.Warn);
        if (runs.Count > 0)
        {
            shell.Table(
                ["Run", "Recipe", "Scale", "Seed", "Started (UTC)", "Took", "Claims"],
                runs.Select(r => (IReadOnlyList<string>)
                [
                    r.Record.Id[..Math.Min(12, r.Record.Id.Length)], r.Record.Recipe, r.Record.Scale.Word(), $"{r.Record.Seed}", $"{r.Record.Started:yyyy-MM-dd HH:mm}",
                    Numbers.Seconds(r.Record.Seconds), $"{r.Record.Claims.Count(c => c.Value is not null)} of {r.Record.Claims.Count}",
                ]),
                3, 5, 6);
        }
        shell.Line($"{runs.Count} finished run{(runs.Count == 1 ? "" : "s")} in {store.Root}.");
        foreach (var unfinished in store.Unfinished())
            shell.Line($"Not finished: {unfinished}. To resume, give its command again.");
        if (runs.Count > 0)
            shell.Line($"A report of one: ./kit report {runs[0].Record.Id[..Math.Min(12, runs[0].Record.Id.Length)]}");
        return ExitCode.Fine;
    }
}
