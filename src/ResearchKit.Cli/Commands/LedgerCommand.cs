using System.CommandLine;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit ledger</c>: every claim of every paper with its verdict.</summary>
static class LedgerCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var json = new Option<bool>("--json") { Description = "Print a JSON array." };
        var store = Options.Store("--out");
        var command = new Command("ledger", "Print each claim of each paper with our number and its verdict.") { json, store };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(json), Shell.Store(parsed.GetValue(store))));
        return command;
    }

    static int Run(Shell shell, bool json, RunStore store)
    {
        var rows = Ledger.Rows(shell.Catalog.Recipes, shell.AllRuns(store).Select(r => r.Record));
        if (json)
        {
            shell.Line(Ledger.ToJson(rows));
            return ExitCode.Fine;
        }
        shell.Claims(rows, withPaper: true);
        shell.Line(rows.Count == 0 ? "There are no claims: this build has no recipes."
            : $"{rows.Count} claims: " + string.Join(", ", rows.GroupBy(r => r.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.Words()}")) + ".");
        return ExitCode.Fine;
    }
}
