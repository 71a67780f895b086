using System.CommandLine;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit list</c>: the recipes that there are.</summary>
static class ListCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var command = new Command("list", "List the recipes, one for each paper.");
        command.SetAction(_ => Run(shell()));
        return command;
    }

    static int Run(Shell shell)
    {
        if (shell.Catalog.Recipes.Count == 0)
        {
            shell.Line("There are no recipes in this build.");
            return ExitCode.Fine;
        }
        shell.Table(
            ["Name", "Paper", "Venue", "Claims", "One seed, quick"],
            shell.Catalog.Recipes.Select(r => (IReadOnlyList<string>)
                [r.Name, r.Paper.Title, r.Paper.Venue, $"{r.Claims.Count}", r.Budget(Scale.Quick)]),
            3);
        shell.Line($"More on one: ./kit show {shell.Catalog.Recipes[0].Name}");
        return ExitCode.Fine;
    }
}
