using System.CommandLine;
using System.Diagnostics;
using ResearchKit.Data;
using ResearchKit.Experiments;

namespace ResearchKit.Cli.Commands;

/// <summary><c>kit reproduce NAME...</c> or <c>--all</c>: runs recipes and sets their claims beside what was found.</summary>
static class ReproduceCommand
{
    sealed record Ask(string Name, string Scale, string Seeds, IReadOnlyList<string> Settings, DirectoryInfo? Out, bool Again);

    public static Command Create(Func<Shell> shell)
    {
        var names = new Argument<string[]>("NAME") { Description = "Recipes, as kit list prints them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every recipe, one after the other; one that fails does not stop the others." };
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
        var command = new Command("reproduce", "Run a recipe and set the paper's claims beside what was found.") { names, all, scale, seeds, set, store, again };
        names.Validators.Add(result =>
        {
            // An argument that takes any number of values takes mistyped options too.
            if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith('-')) is { } option)
                result.AddError(Spelling.Unknown("option", option.Value, [.. command.Options.Select(o => o.Name)]));
        });
        command.SetAction(parsed => Run(shell(), parsed.GetValue(names) ?? [], parsed.GetValue(all), new(
            "", parsed.GetValue(scale)!, parsed.GetValue(seeds)!, parsed.GetValue(set) ?? [], parsed.GetValue(store), parsed.GetValue(again))));
        return command;
    }

    static int Run(Shell shell, string[] names, bool all, Ask ask)
    {
        if (all == names.Length > 0)
            throw new UsageException("Name a recipe, as kit list prints it, or give --all instead.");
        // Every name and value is looked at before the first recipe runs.
        IReadOnlyList<Recipe> recipes = all ? shell.Catalog.Recipes : [.. names.Select(shell.Catalog.Get).Distinct()];
        Options.ParseScale(ask.Scale);
        Options.ParseSeeds(ask.Seeds);
        if (recipes is [var only])
        {
            Run(shell, only, ask with { Name = names.Length > 0 ? names[0] : only.Name });
            return ExitCode.Fine;
        }
        if (ask.Settings.Count > 0)
            throw new UsageException("--set changes a parameter of one recipe, so it needs one NAME.");
        return RunEach(shell, recipes, ask);
    }

    static int RunEach(Shell shell, IReadOnlyList<Recipe> recipes, Ask ask)
    {
        var (whole, rows, failed) = (Stopwatch.StartNew(), new List<IReadOnlyList<string>>(), 0);
        foreach (var recipe in recipes)
        {
            shell.Line();
            var clock = Stopwatch.StartNew();
            var (result, claims) = ("done", "");
            try
            {
                var found = Run(shell, recipe, ask with { Name = recipe.Name });
                claims = $"{found.Count(r => r.OurValue is not null)} of {found.Count}";
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed++;
                result = $"failed: {KitApp.Describe(e)}";
                shell.Error.WriteLine($"kit: {recipe.Name}: {KitApp.Describe(e)}");
            }
            rows.Add([recipe.Name, result, claims, Numbers.Seconds(clock.Elapsed.TotalSeconds)]);
        }
        shell.Table(["Recipe", "Result", "Claims with a number", "Took"], rows, 2, 3);
        shell.Line($"{recipes.Count - failed} of {recipes.Count} recipes done in {Numbers.Seconds(whole.Elapsed.TotalSeconds)}.");
        return failed > 0 ? ExitCode.Failed : ExitCode.Fine;
    }

    static IReadOnlyList<LedgerRow> Run(Shell shell, Recipe recipe, Ask ask)
    {
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
        return Conclude(shell, recipe, store, runs, ask);
    }

    static IReadOnlyList<LedgerRow> Conclude(Shell shell, Recipe recipe, RunStore store, IReadOnlyList<StoredRun> runs, Ask ask)
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
        return rows;
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
