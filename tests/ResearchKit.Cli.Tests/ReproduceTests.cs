using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Tests;

public sealed class ReproduceTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public void A_run_prints_claims_files_and_what_to_type_for_verdicts()
    {
        var (code, output, error) = _kit.In("reproduce", "toy-net");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("Toy nets [and markup] (Toys 2016)", output);
        Assert.Contains("training  50 %  loss 0.1 [x]", output);
        Assert.Contains("It is [better].", output);
        Assert.Contains("reproduced", output);
        Assert.Contains("needs 3 seeds", output);
        Assert.Contains("not tested at this", output);
        Assert.Contains(_kit.Record(), output);
        Assert.Contains("toy.rkdc (3 B)", output);
        Assert.Contains($"./kit reproduce toy-net --seeds 3 --out {_kit.Folder}", output);
        var report = Path.Combine(_kit.Folder, "toy-net-quick-report.html");
        Assert.Contains(report, output);
        Assert.Contains("</html>", File.ReadAllText(report));
    }

    [Fact]
    public void Three_seeds_give_a_verdict_and_reuse_the_one_that_is_there()
    {
        _kit.In("reproduce", "toy-net");
        var (code, output, _) = _kit.In("reproduce", "toy-net", "--seeds", "3");
        Assert.Equal(0, code);
        Assert.Contains("Seed 1: run before", output);
        Assert.Contains("Seed 3: done", output);
        Assert.DoesNotContain("needs 3 seeds", output);
        Assert.DoesNotContain("For verdicts", output);
        Assert.Contains("Seed 1: done", _kit.In("reproduce", "toy-net", "--again").Output);
    }

    [Fact]
    public void A_recipe_that_fails_does_not_stop_the_next_and_the_table_tells()
    {
        var (code, output, error) = _kit.In("reproduce", "broken-net", "toy-net", "--scale", "smoke");
        Assert.Equal(1, code);
        Assert.Equal("kit: broken-net: InvalidOperationException: it is [broken]", error.Trim());
        Assert.Contains("1 of 2 recipes done in", output);
        var table = output[output.IndexOf("Claims with", StringComparison.Ordinal)..];
        Assert.Matches(@"broken-net\s+failed: InvalidOperationException: it is", table);
        Assert.Matches(@"toy-net\s+done\s+2 of 3", table);
        Assert.Contains("\"toy-net\"", File.ReadAllText(_kit.Record()));
    }

    [Fact]
    public void The_record_holds_the_command_that_repeats_it()
    {
        _kit.In("reproduce", "toy-net", "--scale", "smoke", "--seeds", "7,", "--set", "epochs=5", "--set", "ends=a b");
        var record = JsonNode.Parse(File.ReadAllText(_kit.Record()))!;
        // Without the folder of runs: records are shared, and where one lay on somebody's disk says nothing about it.
        Assert.Equal("./kit reproduce toy-net --scale smoke --seeds 7, --set epochs=5 --set 'ends=a b'", (string)record["command"]!);
        Assert.Equal(5, (int)record["parameters"]!["epochs"]!);
        Assert.Equal(7, (int)record["seed"]!);
    }

    [Theory]
    [InlineData("Did you mean 'toy-net'?", "reproduce", "toynte")]
    [InlineData("Did you mean 'smoke'?", "reproduce", "toy-net", "--scale", "smok")]
    [InlineData("Did you mean 'epochs'?", "reproduce", "toy-net", "--set", "epoch=3")]
    [InlineData("takes a whole number", "reproduce", "toy-net", "--set", "epochs=x")]
    [InlineData("are not seeds", "reproduce", "toy-net", "--seeds", "many")]
    [InlineData("are not seeds", "reproduce", "toy-net", "--seeds", "0")]
    [InlineData("are not seeds", "reproduce", "toy-net", "--seeds", "1,-2")]
    [InlineData("Did you mean '--seeds'?", "reproduce", "toy-net", "--seed", "3")]
    [InlineData("Did you mean 'reproduce'?", "reprodcue", "toy-net")]
    [InlineData("or give --all", "reproduce")]
    [InlineData("or give --all", "reproduce", "toy-net", "--all")]
    [InlineData("needs one NAME", "reproduce", "toy-net", "broken-net", "--set", "epochs=3")]
    [InlineData("Did you mean 'toy-net'?", "reproduce", "broken-net", "toy-ent")]
    [InlineData("not an assembly", "list", "--recipes", "/nowhere.dll")]
    [InlineData("Did you mean 'toy-net'?", "show", "toy-ent")]
    public void What_is_unknown_ends_with_two_and_a_suggestion(string message, params string[] arguments)
    {
        var (code, output, error) = _kit.Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, error);
        Assert.StartsWith("kit: ", error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal("", output);
    }

    [Theory]
    [InlineData("error", 1, "InvalidOperationException: shapes do not fit (add --verbose to see where)")]
    [InlineData("disk", 1, "kit: the disk is full")]
    [InlineData("data", 3, "kit: Toys could not be had from any source")]
    [InlineData("cancel", 130, "to resume type: ./kit reproduce toy-net --set ends=cancel --out ")]
    public void An_error_in_the_run_is_one_clear_message(string ends, int expected, string message)
    {
        var (code, _, error) = _kit.In("reproduce", "toy-net", "--set", $"ends={ends}");
        Assert.Equal(expected, code);
        Assert.Contains(message, error);
        Assert.DoesNotContain("   at ", error);
        Assert.Contains("   at ", _kit.In("reproduce", "toy-net", "--set", $"ends={ends}", "--verbose").Error);
        Assert.Empty(Directory.EnumerateFiles(_kit.Folder, "record.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_damaged_record_is_named_and_nothing_is_overwritten()
    {
        _kit.In("reproduce", "toy-net");
        File.WriteAllText(_kit.Record(), "{ \"schema\": 1, ");
        var (code, _, error) = _kit.In("reproduce", "toy-net");
        Assert.Equal(1, code);
        Assert.Contains($"{_kit.Record()}: damaged run record at line 1", error);
        Assert.Equal("{ \"schema\": 1, ", File.ReadAllText(_kit.Record()));
        var ledger = _kit.In("ledger", "--json");
        Assert.Equal(0, ledger.Code);
        Assert.Contains("left out", ledger.Error);
        Assert.Equal(0, _kit.In("reproduce", "toy-net", "--again").Code);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_kit.Folder, "file");
        File.WriteAllText(file, "");
        string[][] commands =
        [
            ["reproduce", "toy-net", "--out", Path.Combine(file, "runs")],
            ["train", "lenet-5", "--data", "shapes", "--out", Path.Combine(file, "training")],
        ];
        foreach (var command in commands)
        {
            var (code, _, error) = _kit.Run(command);
            Assert.Equal(1, code);
            Assert.Contains(file, error);
            Assert.Contains("Name another folder with --out or RESEARCHKIT_RUNS.", error);
        }
    }
}
