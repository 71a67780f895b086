using ResearchKit.Experiments;

namespace ResearchKit.Tests.Contract.Twins;

/// <summary>Recipes that are broken in one way each. They train nothing; what they report is made up of the seed.</summary>
[Collection(nameof(GlobalGenerator))]
public class RecipeTwins
{
    [Fact]
    public void A_right_recipe_passes_every_check()
    {
        var (first, again, other) = Three(new Twin());
        first.CheckBand();
        first.CheckSame(again);
        first.CheckOther(other);
    }

    [Fact]
    public void A_claim_that_is_passed_over_is_found() => InBand("says nothing about", new Twin { Claim = _ => { } });

    [Fact]
    public void A_claim_without_a_reason_is_found() => InBand("no reason", new Twin { Claim = run => run.NotTested("trained", " ") });

    [Fact]
    public void A_number_that_is_none_is_found()
    {
        InBand("is NaN", new Twin { Claim = run => run.Claim("trained", double.NaN) });
        InBand("is NaN", new Twin { Also = run => run.Value("error", double.NaN, "%") });
        InBand("not finite", new Twin { Also = run => run.Metric(new("loss", "nats", [1], [double.PositiveInfinity])) });
    }

    [Fact]
    public void An_exact_claim_that_comes_out_otherwise_is_found() => InBand("contradicted", new Twin { Weights = 11 });

    [Fact]
    public void Learning_nothing_is_found() => InBand("Nothing was learned", new Twin { Error = 89 });

    [Fact]
    public void Trained_numbers_without_a_training_are_found() => InBand("no metric of a training error", new Twin { Error = null });

    [Fact]
    public void Data_that_is_not_everywhere_is_found() => InBand("drawn data", new Twin
    {
        Also = run => run.Uses(new("mnist", "a folder", false, new Dictionary<string, string>())),
    });

    [Fact]
    public void Random_numbers_from_elsewhere_are_found()
    {
        var (first, again, _) = Three(new Twin { Also = run => run.Metric(new("loss", "nats", [1], [Random.Shared.NextDouble()])) });
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => first.CheckSame(again));
    }

    [Fact]
    public void A_choice_on_the_test_set_is_found()
    {
        var (first, again, _) = Three(new Twin { Also = run => File.WriteAllText(Path.Combine(run.Folder, "chosen"), $"{run.Load("shapes").Test.Labels[0]}") });
        LayerTwins.Fails("chosen on the test set", () => first.CheckSame(again));
    }

    [Fact]
    public void An_exit_that_depends_on_labels_is_found()
    {
        var (first, again, _) = Three(new Twin { Also = run => run.Value("exit/first", run.Load("shapes").Test.Labels[0], "images") });
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => first.CheckSame(again));
    }

    [Fact]
    public void Labels_that_could_not_be_changed_are_found()
    {
        var (first, again, _) = Three(new Twin { Scored = false });
        LayerTwins.Fails("run.Load", () => first.CheckSame(again));
    }

    [Fact]
    public void A_recipe_that_ignores_its_seed_is_found()
    {
        var (first, _, other) = Three(new Twin { Seeded = false });
        LayerTwins.Fails("ignore the seed", () => first.CheckOther(other));
    }

    [Fact]
    public void A_readme_that_maps_what_exists_passes() => CheckReadme(Readme());

    [Theory]
    [InlineData("`Judgement.Of`", "`Judgement.Off`", "`Judgement.Off`")] // a method that does not exist
    [InlineData("`Learning_nothing_is_found`", "`Learning_nothing`", "`Learning_nothing`")] // a test that does not exist
    [InlineData("`Learning_nothing_is_found`", "`ThreeRuns`", "`ThreeRuns`")] // a method that is no test
    [InlineData("`Judgement.Of`", "", "names no method")]
    [InlineData("Eq. 1,", "Sec. 1,", "Eq. 1 is cited")]
    [InlineData("- **None trained.** It is a twin.", "To be listed.", "Departures")]
    [InlineData("| in the paper |", "| where |", "has no table")]
    [InlineData("No run is committed yet.", "Reproduced!", "kit readme")] // a result written by hand
    public void A_readme_that_has_drifted_is_found(string right, string wrong, string because) =>
        LayerTwins.Fails(because, () => CheckReadme(Readme().Replace(right, wrong, StringComparison.Ordinal)));

    [Fact]
    public void A_readme_that_is_older_than_the_committed_records_is_found()
    {
        var recipe = new Twin();
        RunRecord record = new()
        {
            Id = "1",
            Recipe = recipe.Name,
            Scale = Scale.Quick,
            Seed = 1,
            Parameters = RunJson.Parameters(recipe.ParametersOf(Scale.Quick)),
            Started = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
            Environment = new Dictionary<string, string>(),
            Claims = [new("weights", 10)],
        };
        LayerTwins.Fails("kit readme", () => CheckReadme(Readme(), record));
        CheckReadme(ResearchKit.Reports.ReadmeResults.Update(Readme(), recipe, [record]), record);
    }

    static void CheckReadme(string text, params RunRecord[] committed) =>
        new PaperReadme(new Twin(), "", typeof(RecipeTwins).Assembly).CheckText(text, ["/// As in Eq. 1.", "/// As in arXiv:1234.56789, Eq. 7."], committed);

    static string Readme() => """
        # Twin

        | in the paper | method | test |
        | --- | --- | --- |
        | Eq. 1, what it says | `Judgement.Of` | `Learning_nothing_is_found` |

        ## Departures, and why

        - **None trained.** It is a twin.

        ## Results

        <!-- results: written by ./kit readme -->
        No run is committed yet. `./kit reproduce twin --seeds 3` makes one; records are committed to `data/results`.
        <!-- end of results -->
        """;

    static void InBand(string because, Twin recipe) => LayerTwins.Fails(because, () => SmokeRun.Of(recipe, 1).CheckBand());

    static (SmokeRun First, SmokeRun Relabelled, SmokeRun Other) Three(Twin recipe) =>
        (SmokeRun.Of(recipe, 1), SmokeRun.Of(recipe, 1, relabelled: true), SmokeRun.Of(recipe, 2));

    sealed record TwinParameters;

    sealed class Twin : Recipe<TwinParameters>
    {
        public double? Error { get; init; } = 20;
        public double Weights { get; init; } = 10;
        public bool Seeded { get; init; } = true;
        public bool Scored { get; init; } = true;
        public Action<Experiment> Claim { get; init; } = run => run.Claim("trained", 3);
        public Action<Experiment> Also { get; init; } = _ => { };

        public override string Name => "twin";
        public override Paper Paper { get; } = new("Twins", "A. Twin", "Twins 2016", "1601.00001");
        public override string Idea => "It is broken.";
        public override IReadOnlyList<Claim> Claims { get; } =
        [
            new("weights", "Eq. 1", "It has 10 weights.", ClaimKind.Exact, "", 10),
            new("trained", "Table 1", "It is better.", ClaimKind.Trained, "points", 3),
        ];

        public override string Budget(Scale scale) => "no time";

        public override TwinParameters ParametersOf(Scale scale) => new();

        public override void Run(TwinParameters parameters, Experiment run)
        {
            var data = run.Load("shapes");
            if (Error is { } error)
            {
                run.Metric(new("training error", "%", [1], [error + (Seeded ? run.Seed / 10.0 : 0)]));
            }

            if (Scored)
            {
                run.Value("error", data.Test.Labels[0], "%");
            }

            run.Claim("weights", Weights);
            Claim(run);
            Also(run);
        }
    }
}
