using System.CommandLine;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit show NAME</c>: the paper, its claims, scales and parameters.</summary>
static class ShowCommand
{
    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string>("NAME") { Description = "A recipe, as kit list prints it." };
        var scale = new Option<string>("--scale") { Description = "Whose parameters to show.", DefaultValueFactory = _ => "quick" };
        var command = new Command("show", "Show a recipe: idea, claims, scales and parameters.") { name, scale };
        command.SetAction(parsed => Run(shell(), parsed.GetValue(name)!, Options.ParseScale(parsed.GetValue(scale)!)));
        return command;
    }

    static int Run(Shell shell, string name, Scale scale)
    {
        var recipe = shell.Catalog.Get(name);
        var paper = recipe.Paper;
        shell.Line($"{paper.Title}");
        shell.Line($"{paper.Authors}. {paper.Venue}. {(paper.ArXiv.Length == 0 ? "" : "arXiv:" + paper.ArXiv)}".TrimEnd());
        shell.Line();
        shell.Line(recipe.Idea);
        shell.Table(
            ["Claim", "Where", "Kind", "Paper", "What it takes"],
            recipe.Claims.Select(c => (IReadOnlyList<string>)
                [$"{c.Statement} ({c.Id})", c.Where, c.Kind.ToString().ToLowerInvariant(), Numbers.Printed(c.PaperValue, c.Unit), Takes(c)]),
            3);
        shell.Table(["Scale", "One seed"], Enum.GetValues<Scale>().Select(s => (IReadOnlyList<string>)[s.Word(), recipe.Budget(s)]));
        shell.Table(
            ["Parameter", $"At {scale.Word()}", "Takes"],
            ParameterSettings.Describe(recipe.Parameters(scale)).Select(p => (IReadOnlyList<string>)[p.Name, p.Value, p.Type]));
        shell.Line($"Run it: ./kit reproduce {recipe.Name}");
        return ExitCode.Fine;
    }

    static string Takes(Claim claim)
    {
        if (claim.Kind == ClaimKind.Exact)
            return claim.Rounding == 0 ? "equal" : $"equal within {Numbers.Value(claim.Rounding)}";
        var side = $"{(claim.Direction == Direction.Above ? "above" : "below")} {Numbers.Value(claim.NoEffect)}";
        var band = (double.IsFinite(claim.BandLow), double.IsFinite(claim.BandHigh)) switch
        {
            (true, true) => $", {Numbers.Value(claim.BandLow)} to {Numbers.Value(claim.BandHigh)}",
            (true, false) => $", at least {Numbers.Value(claim.BandLow)}",
            (false, true) => $", at most {Numbers.Value(claim.BandHigh)}",
            _ => "",
        };
        return side + band + (claim.Because.Length == 0 ? "" : $": {claim.Because}");
    }
}
