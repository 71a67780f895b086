using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    readonly Kit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public void Help_lists_the_commands_and_the_exit_codes()
    {
        foreach (var arguments in new[] { Array.Empty<string>(), ["--help"] })
        {
            var (code, output, _) = _kit.Run(arguments);
            Assert.Equal(0, code);
            foreach (var word in new[] { "list", "show", "reproduce", "runs", "report", "ledger", "doctor", "Exit codes", "130" })
                Assert.Contains(word, output);
        }
    }

    [Fact]
    public void List_and_show_print_what_the_recipe_says()
    {
        Assert.Contains("toy-net", _kit.Run("list").Output);
        var (code, output, _) = _kit.Run("show", "toy-net");
        Assert.Equal(0, code);
        foreach (var word in new[] { "arXiv:1601.00001", "Smaller toys break less.", "above 0, 4 to 6", "epochs", "a whole number", "under a second" })
            Assert.Contains(word, output);
    }

    [Fact]
    public void The_ledger_as_json_is_an_array_with_the_named_fields()
    {
        _kit.In("reproduce", "toy-net", "--seeds", "3");
        var (code, output, _) = _kit.In("ledger", "--json");
        Assert.Equal(0, code);
        var rows = JsonNode.Parse(output)!.AsArray().Where(r => (string)r!["paper"]! == "toy-net").ToArray();
        Assert.Equal(["reproduced", "reproduced", "not tested at this scale"], rows.Select(r => (string)r!["verdict"]!));
        Assert.Equal("there is one machine only", (string)rows[2]!["reason"]!);
        Assert.All(rows, r => Assert.Equal(
            "paper id where statement kind unit paperValue ourValue low high seeds scale verdict reason run",
            string.Join(' ', r!.AsObject().Select(p => p.Key))));
    }

    [Fact]
    public void The_ledger_without_a_run_says_what_to_type()
    {
        var rows = JsonNode.Parse(_kit.In("ledger", "--json").Output)!.AsArray().Where(r => (string)r!["paper"]! == "toy-net");
        Assert.All(rows, r => Assert.Equal("no run yet; type: ./kit reproduce toy-net", (string)r!["reason"]!));
        Assert.Contains("not tested", _kit.In("ledger").Output);
    }

    [Fact]
    public void Runs_are_listed_and_reported_by_the_beginning_of_their_id()
    {
        Assert.Contains("0 finished runs", _kit.In("runs").Output);
        _kit.In("reproduce", "toy-net", "--seeds", "2");
        var id = ((string)JsonNode.Parse(File.ReadAllText(_kit.Record()))!["id"]!)[..12];
        Assert.Contains(id, _kit.In("runs").Output);
        Assert.Contains("2 finished runs", _kit.In("runs").Output);
        foreach (var name in new[] { id, "toy-net", Path.GetFileName(Path.GetDirectoryName(_kit.Record())!), Path.GetDirectoryName(_kit.Record())! })
        {
            var file = Path.Combine(_kit.Folder, "r.html");
            var (code, output, error) = _kit.Run("report", name, "--out", file, "--runs", _kit.Folder);
            Assert.Equal("", error);
            Assert.Equal(0, code);
            Assert.Equal(file, output.Trim());
            Assert.Contains("Toy nets [and markup]", File.ReadAllText(file));
            File.Delete(file);
        }
        var unknown = _kit.Run("report", "toy-ent", "--runs", _kit.Folder);
        Assert.Equal(2, unknown.Code);
        Assert.Contains("Did you mean 'toy-net'?", unknown.Error);
    }

    [Fact]
    public void An_interrupted_run_is_named_until_it_is_finished()
    {
        Directory.CreateDirectory(Path.Combine(_kit.Folder, "toy-net-quick-seed1-abc.partial"));
        Assert.Contains("Not finished: toy-net-quick-seed1-abc.", _kit.In("runs").Output);
    }

    [Fact]
    public void Doctor_says_what_was_found()
    {
        var (code, output, _) = _kit.In("doctor");
        Assert.Contains(code, new[] { 0, 1 });
        Assert.Equal(code == 0, output.Contains("All that is essential is there.", StringComparison.Ordinal));
        foreach (var word in new[] { ".NET", "libtorch", "BLAS", "packages", "processor", "data", "runs", "npm" })
            Assert.Contains(word, output);
    }

    [Fact]
    public void The_cache_of_notebook_cells_is_counted_and_cleared()
    {
        File.WriteAllText(Path.Combine(_kit.Folder, "a.cell"), "");
        Assert.StartsWith("1 cached cell, 0.0 MB", _kit.Run("notebook", "cache", "--cache", _kit.Folder).Output);
        Assert.StartsWith("removed 1 cached cell,", _kit.Run("notebook", "cache", "--clear", "--cache", _kit.Folder).Output);
        Assert.Empty(Directory.GetFiles(_kit.Folder));
        var both = _kit.Run("notebook", "run", "a.ipynb", "--cache", _kit.Folder, "--no-cache");
        Assert.Equal(2, both.Code);
        Assert.Contains("exclude each other", both.Error);
    }

    [Theory]
    [InlineData("3", new[] { 1, 2, 3 })]
    [InlineData("4,7", new[] { 4, 7 })]
    [InlineData("7,", new[] { 7 })]
    [InlineData("2, 2,1", new[] { 2, 1 })]
    public void Seeds_are_a_count_or_a_list(string text, int[] seeds) => Assert.Equal(seeds, Options.ParseSeeds(text));
}
