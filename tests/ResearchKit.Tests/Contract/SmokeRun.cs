using System.Security.Cryptography;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Tests.Experiments;

namespace ResearchKit.Tests.Contract;

/// <summary>What a smoke run of a recipe gave, and the checks of it.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Run">Its results.</param>
/// <param name="Files">SHA-256 of each file that it left, by name.</param>
sealed record SmokeRun(Recipe Recipe, int Seed, Experiment Run, IReadOnlyDictionary<string, string> Files)
{
    // A network that learned something does better than guessing by so many points.
    const double BetterThanChance = 5;

    /// <summary>Runs a recipe at its smallest scale, in a folder of its own.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="relabelled">Whether the test images' labels are put in the opposite order.</param>
    internal static SmokeRun Of(Recipe recipe, int seed, bool relabelled = false)
    {
        using var folder = new TemporaryFolder();
        var run = new Experiment
        {
            Scale = Scale.Smoke,
            Seed = seed,
            Folder = folder.Path,
            Recipe = recipe,
            Stages = new StageStore(folder.Path + "-stages"),
            Disguise = data => relabelled ? data with { Test = data.Test with { Labels = [.. data.Test.Labels.Reverse()] } } : data,
        };
        try
        {
            recipe.Run(recipe.Parameters(Scale.Smoke), run);
            return new(recipe, seed, run, Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(
                f => Path.GetRelativePath(folder.Path, f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))));
        }
        finally
        {
            if (Directory.Exists(folder.Path + "-stages"))
            {
                Directory.Delete(folder.Path + "-stages", recursive: true);
            }
        }
    }

    /// <summary>
    /// The band of a smoke run: drawn data only; every claim answered, by a number or by the reason why not; every number finite; exact claims
    /// as printed; and, where something was trained, at least one network that does better than chance.
    /// </summary>
    internal void CheckBand()
    {
        Assert.All(Run.Data, d => Assert.True(d.Synthetic, $"{Recipe.Name}: a smoke run takes drawn data, which is there everywhere; this one took {d.Name}."));
        foreach (var claim in Recipe.Claims)
        {
            var result = Run.Claims.FirstOrDefault(c => c.Claim == claim.Id);
            Assert.True(result is not null, $"{Recipe.Name}: the run says nothing about the claim {claim.Id}. Call run.Claim, or run.NotTested with the reason.");
            Assert.True(result.Value is not null || !string.IsNullOrWhiteSpace(result.NotTestedBecause), $"{Recipe.Name}: {claim.Id} was not tested, and no reason is given.");
            Assert.True(result.Value is null || double.IsFinite(result.Value.Value), $"{Recipe.Name}: {claim.Id} is {result.Value}.");
            if (claim.Kind == ClaimKind.Exact && result.Value is { } value)
            {
                var judged = Judgement.Of(claim, [value], Scale.Smoke, synthetic: true);
                Assert.True(judged.Verdict == Verdict.Reproduced, $"{Recipe.Name}: the exact claim {claim.Id} is {judged.Verdict.Words()}: {judged.Reason}.");
            }
        }

        Assert.All(Run.Values, v => Assert.True(double.IsFinite(v.Value), $"{Recipe.Name}: the value {v.Name} is {v.Value}."));
        Assert.All(Run.Metrics, m => Assert.True(m.Values.All(double.IsFinite), $"{Recipe.Name}: the metric {m.Name} is not finite."));
        CheckLearning();
    }

    /// <summary>
    /// The same seed with other labels on the test images: the same training, files and exits, to the bit. Only scores on the test images may
    /// change, which are values, claims, and metrics with "test" in their names.
    /// </summary>
    internal void CheckSame(SmokeRun relabelled)
    {
        Assert.Equal(Run.Metrics.Where(Training).Select(Text), relabelled.Run.Metrics.Where(Training).Select(Text));
        foreach (var name in Files.Keys.Union(relabelled.Files.Keys))
        {
            Assert.True(Files.GetValueOrDefault(name) == relabelled.Files.GetValueOrDefault(name),
                $"{Recipe.Name}: {name} differs between two runs of one seed that differ in the labels of the test images alone. "
                + "Either a random number does not come from the seed, or something was chosen on the test set.");
        }

        Assert.Equal(Exits(Run), Exits(relabelled.Run));
        Assert.True(
            Run.Data.Count == 0 || !Scores(Run).SequenceEqual(Scores(relabelled.Run)),
            $"{Recipe.Name}: other labels on the test images change nothing, not even a score. Is the data loaded with run.Load?");

        static bool Training(MetricSeries metric) => !metric.Name.Contains("test", StringComparison.OrdinalIgnoreCase);
        static IEnumerable<string> Exits(Experiment run) => run.Values.Where(v => v.Name.Contains("exit", StringComparison.OrdinalIgnoreCase)).Select(v => $"{v}");
        static IEnumerable<string> Scores(Experiment run) => [.. run.Values.Select(v => $"{v}"), .. run.Claims.Select(c => $"{c}")];
    }

    /// <summary>Another seed: another training, where there is one.</summary>
    internal void CheckOther(SmokeRun other) => Assert.True(
        (Run.Metrics.Count == 0 && Files.Count == 0) || !Run.Metrics.Select(Text).SequenceEqual(other.Run.Metrics.Select(Text)) || Files.Any(f => other.Files.GetValueOrDefault(f.Key) != f.Value),
        $"{Recipe.Name}: seeds {Seed} and {other.Seed} gave the same to the last bit. Does something ignore the seed?");

    void CheckLearning()
    {
        MetricSeries[] errors = [.. Run.Metrics.Where(m => m.Unit == "%" && m.Name.EndsWith("error", StringComparison.Ordinal) && m.Values.Count > 0)];
        if (errors.Length == 0)
        {
            Assert.False(Recipe.Claims.Any(c => c.Kind == ClaimKind.Trained && Run.Claims.Any(r => r.Claim == c.Id && r.Value is not null)),
                $"{Recipe.Name}: there are numbers for trained claims, but no metric of a training error. Train with run.Train, which notes it.");
            return;
        }

        double chance = Run.Data.Min(d => 100 - (100.0 / DataSets.Load(d.Name).Train.ClassNames.Length));
        double best = errors.Min(m => m.Values.Min());
        Assert.True(best <= chance - BetterThanChance, $"{Recipe.Name}: the best error is {best} %, guessing has {chance} %. Nothing was learned.");
    }

    static string Text(MetricSeries metric) => $"{metric.Name} {metric.Unit} {string.Join(" ", metric.Values.Select(v => v.ToString("R")))}";
}
