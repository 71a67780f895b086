using System.Text.Json.Nodes;
using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public sealed class RunStoreTests : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly RunStore _store;

    public RunStoreTests() => _store = new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    static RunRequest Ask(Action<ToyParameters, Experiment> run, int seed = 1) => new() { Recipe = new ToyRecipe(run), Seed = seed };

    [Fact]
    public void A_run_leaves_a_record_that_reads_back_the_same()
    {
        var done = _store.Run(Ask((p, run) =>
        {
            run.Uses(new("mnist", "a mirror", false, new Dictionary<string, string> { ["train"] = "abc" }));
            run.Value("error", 1.5, "%");
            run.Claim("weights", 10);
            run.Claim("gain", double.NaN);
            run.NotTested("speed", "no \"second\" machine");
            run.Metric(new("loss", "nats", [1, 2], [0.5, double.PositiveInfinity]));
            run.Table(new("Table 1", ["a", "b"], [["1", "2"]], "note"));
            run.Figure(new("F", FigureKind.Bar, "x", "y", [new("s", null, ["é", "b"], [1, 2]) { FromPaper = true }]) { LogY = true });
            run.Environment["threads"] = "1";
            File.WriteAllText(Path.Combine(run.Folder, "net.bin"), "abc");
        }));
        var read = RunRecordFile.Read(Path.Combine(done.Folder, RunRecordFile.Name));
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(done.Record, RunJson.Options),
            System.Text.Json.JsonSerializer.Serialize(read, RunJson.Options));
        Assert.True(double.IsNaN(read.Claims[1].Value!.Value));
        Assert.Equal(new RunFile("net.bin", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), Assert.Single(read.Files));
        Assert.Equal("1", read.Environment["threads"]);
        Assert.Equal(["train"], read.Data[0].Checksums.Keys);
        Assert.Equal(2, (int)read.Parameters["epochs"]!);
        Assert.Equal("quick", (string)JsonNode.Parse(File.ReadAllText(Path.Combine(done.Folder, RunRecordFile.Name)))!["scale"]!);
    }

    [Fact]
    public void A_finished_run_is_reused_until_it_is_asked_for_again()
    {
        var times = 0;
        var ask = Ask((_, run) => File.WriteAllText(Path.Combine(run.Folder, "net.bin"), $"{++times}"));
        var first = _store.Run(ask);
        var second = _store.Run(ask);
        Assert.False(first.Reused);
        Assert.True(second.Reused);
        Assert.Equal(1, times);
        var third = _store.Run(ask with { Again = true });
        Assert.False(third.Reused);
        Assert.Equal(first.Folder, third.Folder);
        Assert.Equal("2", File.ReadAllText(Path.Combine(third.Folder, "net.bin")));
        Assert.Single(_store.Runs());
    }

    [Fact]
    public void Seed_scale_and_parameters_make_another_run()
    {
        var ask = Ask((_, _) => { });
        RunRequest[] asks =
        [
            ask, ask with { Seed = 2 }, ask with { Scale = Scale.Smoke }, ask with { Parameters = new ToyParameters { Epochs = 50 } },
            ask with { Parameters = new ToyParameters { Epochs = 2, Widths = [300, 101] } },
        ];
        Assert.Equal(asks.Length, asks.Select(RunStore.KeyOf).Distinct().Count());
        Assert.Equal(RunStore.KeyOf(ask), RunStore.KeyOf(ask with { Parameters = new ToyParameters { Epochs = 2 }, Command = "other" }));
    }

    [Fact]
    public void A_failed_run_leaves_no_record_and_an_old_one_as_it_was()
    {
        Assert.Throws<InvalidOperationException>(() => _store.Run(Ask((_, _) => throw new InvalidOperationException())));
        Assert.Empty(_store.Runs());
        Assert.Empty(_store.Unfinished());
        var done = _store.Run(Ask((_, run) => run.Claim("weights", 10)));
        Assert.Throws<InvalidOperationException>(() => _store.Run(
            Ask((_, run) => { File.WriteAllText(Path.Combine(run.Folder, "half"), ""); throw new InvalidOperationException(); }) with { Again = true }));
        Assert.Equal(10, RunRecordFile.Read(Path.Combine(done.Folder, RunRecordFile.Name)).Claims[0].Value);
        Assert.Equal([Path.GetFileName(done.Folder)], _store.Unfinished());
    }

    [Fact]
    public void A_kill_between_the_last_two_renames_loses_nothing()
    {
        var ask = Ask((_, run) => run.Claim("weights", 10));
        var done = _store.Run(ask);
        Directory.Move(done.Folder, done.Folder + ".partial");
        Assert.True(_store.Run(ask).Reused);
        Assert.Single(_store.Runs());
    }

    [Fact]
    public void Two_at_once_on_one_run_end_with_a_message_for_the_second()
    {
        _store.Run(Ask((_, _) =>
        {
            var busy = Assert.Throws<RunBusyException>(() => _store.Run(Ask((_, _) => { })));
            Assert.Contains("Seed 1 of toy is being worked on by this process", busy.Message);
        }));
        Assert.Single(_store.Runs());
    }

    [Fact]
    public void A_claim_that_the_recipe_does_not_make_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => _store.Run(Ask((_, run) => run.Claim("weight", 1))));
        Assert.Contains("Did you mean 'weights'?", e.Message);
        Assert.Throws<ArgumentException>(() => _store.Run(Ask((_, run) => { run.Claim("gain", 1); run.NotTested("gain", ""); })));
    }

    [Theory]
    [InlineData("{", "damaged run record at line 1, byte")]
    [InlineData("", "damaged run record at line 1, byte 1")]
    [InlineData("[]", "no schema number")]
    [InlineData("{\"schema\": 2}", "schema 2 is not known; this version reads schema 1")]
    [InlineData("{\"schema\": 1}", "id")]
    [InlineData("{\"schema\": 1,\n \"id\": 3}", "line 2, byte")]
    [InlineData("{\"schema\": \"quick\"}", "no schema number")]
    [InlineData("{\"schema\": 1, \"metrics\": [{}, null]}", "$.metrics[1]")]
    [InlineData("{\"sch\\ud800aaaaaaaaa\": 1}", "damaged run record")]
    public void A_damaged_record_is_refused_with_file_place_and_remedy(string json, string message)
    {
        var done = _store.Run(Ask((_, _) => { }));
        var path = Path.Combine(done.Folder, RunRecordFile.Name);
        File.WriteAllText(path, json);
        var e = Assert.Throws<InvalidDataException>(() => _store.Run(Ask((_, _) => { })));
        Assert.StartsWith(path + ": ", e.Message);
        Assert.Contains(message, e.Message);
        Assert.Contains("run again", e.Message);
        Assert.Throws<InvalidDataException>(() => _store.Runs());
        var told = new List<string>();
        Assert.Empty(_store.Runs(d => told.Add(d.Message)));
        Assert.Single(told);
    }

    [Fact]
    public void Every_cut_of_a_record_is_refused_and_none_crashes()
    {
        var done = _store.Run(Ask((_, run) => { run.Value("a", 1, ""); run.Metric(new("m", "", [1], [2])); }));
        var path = Path.Combine(done.Folder, RunRecordFile.Name);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.TrimEnd().Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => RunRecordFile.Read(path));
        }
    }

    [Fact]
    public void Lengths_that_do_not_agree_are_damage()
    {
        var done = _store.Run(Ask((_, run) => run.Metric(new("m", "", [1], [2]))));
        var path = Path.Combine(done.Folder, RunRecordFile.Name);
        RunRecordFile.Write(path, done.Record with { Metrics = [new("m", "", [1, 2], [2])] });
        Assert.Contains("metric 'm' has 1 values for 2 epochs", Assert.Throws<InvalidDataException>(() => RunRecordFile.Read(path)).Message);
    }

    [Fact]
    public void A_data_set_that_a_run_loads_stands_in_its_record()
    {
        var use = Assert.Single(_store.Run(Ask((_, run) => run.Load("shapes"))).Record.Data);
        Assert.Equal("shapes", use.Name);
        Assert.True(use.Synthetic);
        var e = Assert.Throws<UsageException>(() => _store.Run(Ask((_, run) => run.Load("shpaes"), seed: 2)));
        Assert.Contains("Did you mean 'shapes'?", e.Message);
    }

    [Fact]
    public void The_provenance_names_machine_and_code()
    {
        var facts = _store.Run(Ask((_, _) => { })).Record.Environment;
        foreach (var name in new[] { "os", "cpu", "cpu-features", "cores", "memory", "runtime", "code", "threads", "load-at-start" })
            Assert.False(string.IsNullOrWhiteSpace(facts[name]), name);
        Assert.Contains(facts["packages"], new[] { "standin", "official" });
        Assert.Matches("^([0-9a-f]{40}(-dirty)?|unknown)$", facts["commit"]);
        Assert.Contains("ResearchKit.Tests:", facts["code"]);
    }
}

static class ByteTrimming
{
    public static byte[] TrimEnd(this byte[] bytes) => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(bytes).TrimEnd());
}
