using System.Text.Json.Nodes;
using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public class LedgerTests
{
    static readonly ToyRecipe Toy = new();

    static RunRecord Record(int seed, double? gain, Scale scale = Scale.Quick, int day = 1, ToyParameters? parameters = null,
        bool synthetic = false, string threads = "2") => new()
        {
            Id = $"{scale}-{seed}-{day}",
            Recipe = "toy",
            Scale = scale,
            Seed = seed,
            Parameters = RunJson.Parameters(parameters ?? Toy.ParametersOf(scale)),
            Started = new(2026, 11, day, 0, 0, 0, TimeSpan.Zero),
            Environment = new Dictionary<string, string> { ["threads"] = threads, ["load-at-start"] = $"{seed}" },
            Data = [new("d", "s", synthetic, new Dictionary<string, string> { ["f"] = synthetic ? "0" : "1" })],
            Claims = [new("weights", 10), new("gain", gain, gain is null ? "no luck" : null)],
        };

    static LedgerRow Row(string id, params RunRecord[] records) => Ledger.Rows([Toy], records).Single(r => r.Id == id);

    static RunRecord[] Three(double gain, Scale scale = Scale.Quick, int day = 1, string threads = "2") =>
        [.. Enumerable.Range(1, 3).Select(s => Record(s, gain + (s / 10.0), scale, day, threads: threads))];

    [Fact]
    public void Without_a_record_every_claim_says_what_to_type()
    {
        var rows = Ledger.Rows([Toy], []);
        Assert.Equal(["weights", "speed", "gain"], rows.Select(r => r.Id));
        Assert.All(rows, r => Assert.Equal((Verdict.NotTested, "no run yet; type: ./kit reproduce toy"), (r.Verdict, r.Reason)));
    }

    [Fact]
    public void Seeds_of_one_recipe_are_pooled()
    {
        var row = Row("gain", Three(4.8));
        Assert.Equal(Verdict.Reproduced, row.Verdict);
        Assert.Equal([1, 2, 3], row.Seeds);
        Assert.Equal(5.0, row.OurValue!.Value, 12);
        Assert.True(row.Low < 5 && row.High > 5);
        Assert.Equal(Scale.Quick, row.Scale);
        Assert.Equal(Verdict.NeedsSeeds, Row("gain", Record(1, 5)).Verdict);
        Assert.Equal(Verdict.NotTested, Row("speed", Three(5)).Verdict);
        Assert.Contains("--again", Row("speed", Three(5)).Reason);
    }

    [Fact]
    public void Records_that_differ_are_not_pooled()
    {
        Assert.Equal(Verdict.NeedsSeeds, Row("gain", Record(1, 5), Record(2, 5), Record(3, 5, threads: "1")).Verdict);
        Assert.Equal(Verdict.NeedsSeeds, Row("gain", Record(1, 5), Record(2, 5), Record(3, 5, parameters: new() { Epochs = 9 })).Verdict);
        Assert.Equal(Verdict.NeedsSeeds, Row("gain", Record(1, 5), Record(2, 5), Record(3, 5, Scale.Full)).Verdict);
    }

    [Fact]
    public void The_largest_scale_the_full_group_and_the_newest_win_in_that_order()
    {
        Assert.Equal(Scale.Full, Row("gain", [.. Three(5, day: 9), Record(1, 0, Scale.Full)]).Scale);
        Assert.Equal(Verdict.Reproduced, Row("gain", [.. Three(4.8), Record(1, 0, day: 9, threads: "1")]).Verdict);
        Assert.Equal(Verdict.Partly, Row("gain", [.. Three(4.8), .. Three(2, day: 9, threads: "1")]).Verdict);
    }

    [Fact]
    public void Drawn_data_and_changed_parameters_come_last()
    {
        Assert.Equal(Scale.Smoke, Row("gain", Record(1, 5, Scale.Smoke), Record(1, 5, Scale.Quick, synthetic: true)).Scale);
        var changed = Row("gain", [.. Enumerable.Range(1, 3).Select(s => Record(s, 5 + (s / 10.0), parameters: new() { Epochs = 9 }))]);
        Assert.Equal(Verdict.Reproduced, changed.Verdict);
        Assert.EndsWith("with other parameters than the recipe's: epochs", changed.Reason);
    }

    [Fact]
    public void A_seed_that_was_run_again_counts_once_with_its_newest_value()
    {
        var row = Row("gain", [.. Three(4.8), Record(1, 5.5, day: 2)]);
        Assert.Equal([1, 2, 3], row.Seeds);
        Assert.Equal((5.5 + 5.0 + 5.1) / 3, row.OurValue!.Value, 12);
        Assert.Equal("Quick-1-2", row.Run);
    }

    [Fact]
    public void A_claim_that_a_run_could_not_test_gives_its_reason()
    {
        var row = Row("gain", Record(1, null));
        Assert.Equal((Verdict.NotTestedAtThisScale, "no luck"), (row.Verdict, row.Reason));
        Assert.Equal(Scale.Smoke, Row("gain", Record(1, null), Record(1, 5, Scale.Smoke)).Scale);
    }

    [Fact]
    public void Json_has_exactly_the_fields_of_the_ledger()
    {
        var rows = JsonNode.Parse(Ledger.ToJson(Ledger.Rows([Toy], [Record(1, double.NaN)])))!.AsArray();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            ["paper", "id", "where", "statement", "kind", "unit", "paperValue", "ourValue", "low", "high", "seeds", "scale", "verdict", "reason", "run"],
            row!.AsObject().Select(p => p.Key)));
        Assert.Equal("needs 3 seeds", (string)rows[2]!["verdict"]!);
        Assert.Null(rows[2]!["ourValue"]);
        Assert.Equal("trained", (string)rows[2]!["kind"]!);
        Assert.Equal("quick", (string)rows[0]!["scale"]!);
        Assert.Equal([1], rows[0]!["seeds"]!.AsArray().Select(s => (int)s!));
    }
}
