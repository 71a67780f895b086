using System.CommandLine;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit reproduce NAME</c>: runs a recipe and sets its claims beside what was found.</summary>
static class ReproduceCommand
{
    sealed record Ask(string Name, string Scale, string Seeds, IReadOnlyList<string> Settings, DirectoryInfo? Out, bool Again);

    public static Command Create(Func<Shell> shell)
    {
        var name = new Argument<string>("NAME") { Description = "A recipe, as kit list prints it." };
        var scale = new Option<string>("--scale")
        {
            Description = "smoke (seconds), quick (minutes), full (hours) or paper.",
            HelpName = "SCALE",
            DefaultValueFactory = _ => "quick",
        };
        var seeds = new Option<string>("--seeds")
        {
            Description = "How many (3 is seeds 1, 2 and 3), or which, with commas (4,7).",
            HelpName = "SEEDS",
            DefaultValueFactory = _ => "1",
        };
        var set = new Option<string[]>("--set") { Description = "Change a parameter; may be given several times.", HelpName = "name=value" };
        var store = Options.Store("--out");
        var again = new Option<bool>("--again") { Description = "Run again what has been run before, trained stages included." };
        var command = new Command("reproduce", "Run a recipe and set the paper's claims beside what was found.") { name, scale, seeds, set, store, again };
        command.SetAction(parsed => Run(shell(), new(
            parsed.GetValue(name)!, parsed.GetValue(scale)!, parsed.GetValue(seeds)!, parsed.GetValue(set) ?? [], parsed.GetValue(store), parsed.GetValue(again))));
        return command;
    }

    static int Run(Shell shell, Ask ask)
    {
        var recipe = shell.Catalog.Get(ask.Name);
        var scale = Options.ParseScale(ask.Scale);
        var seeds = Options.ParseSeeds(ask.Seeds);
        var parameters = ParameterSettings.Apply(recipe.Parameters(scale), ask.Settings);
        var store = Shell.Store(ask.Out);
        shell.Line($"{recipe.Paper.Title} ({recipe.Paper.Venue})");
        shell.Line($"Scale {scale.Word()}, {(seeds.Count == 1 ? "seed" : "seeds")} {string.Join(", ", seeds)}; one seed takes: {recipe.Budget(scale)}");
        var runs = new List<StoredRun>();
        foreach (var seed in seeds)
        {
            shell.Cancellation.ThrowIfCancellationRequested();
            var run = ProgressView.Watch(shell, $"seed {seed}", progress => store.Run(new()
            {
                Recipe = recipe,
                Scale = scale,
                Seed = seed,
                Parameters = parameters,
                Command = CommandFor(ask with { Out = null }, seed == 1 ? "1" : $"{seed},"),
                Again = ask.Again,
                Cancellation = shell.Cancellation,
                Progress = progress,
            }));
            shell.Line(run.Reused ? $"Seed {seed}: run before, on {run.Record.Started:yyyy-MM-dd}; --again runs it again."
                : $"Seed {seed}: done in {Numbers.Seconds(run.Record.Seconds)}.");
            runs.Add(run);
        }
        Conclude(shell, recipe, store, runs, ask);
        return ExitCode.Fine;
    }

    static void Conclude(Shell shell, Recipe recipe, RunStore store, IReadOnlyList<StoredRun> runs, Ask ask)
    {
        RunRecord[] records = [.. runs.Select(r => r.Record)];
        var rows = Ledger.Rows([recipe], records);
        shell.Claims(rows, withPaper: false);
        foreach (var run in runs)
        {
            shell.Line($"Record: {Path.Combine(run.Folder, RunRecordFile.Name)}");
            foreach (var file in run.Record.Files)
                shell.Line($"  {Path.Combine(run.Folder, file.Name)} ({Numbers.Bytes(file.Bytes)})");
        }
        if (records.Any(r => !Ledger.Poolable(r, records[0])))
            shell.Line("The seeds were run with different settings of the machine or versions; they are not pooled. --again runs them alike.");
        var report = ReportCommand.DefaultPath(store, records[0]);
        ReportCommand.Write(shell, records, recipe, report);
        shell.Line($"Report: {report}");
        if (rows.Any(r => r.Verdict == Verdict.NeedsSeeds))
            shell.Line($"For verdicts on the trained claims type: {CommandFor(ask, $"{Judgement.SeedsNeeded}")}");
    }

    static string CommandFor(Ask ask, string seeds)
    {
        var words = new List<string> { "./kit", "reproduce", ask.Name };
        if (ask.Scale != "quick")
            words.AddRange(["--scale", ask.Scale]);
        if (seeds != "1")
            words.AddRange(["--seeds", seeds]);
        foreach (var setting in ask.Settings)
            words.AddRange(["--set", setting]);
        if (ask.Out is not null)
            words.AddRange(["--out", ask.Out.ToString()]);
        return string.Join(' ', words.Select(KitApp.Quote));
    }
}
