using System.Text.Json.Nodes;
using ResearchKit.Cli;
using ResearchKit.Notebooks.Caching;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Tests.Caching;

/// <summary>The cache as <c>kit notebook run</c> uses it.</summary>
public sealed class CacheCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Cache => Path.Combine(_folder, "cache");

    int Runs => File.Exists(Path.Combine(_folder, "log")) ? (int)new FileInfo(Path.Combine(_folder, "log")).Length : 0;

    string Mark => $"System.IO.File.AppendAllText(@\"{Path.Combine(_folder, "log")}\", \"x\");";

    string Write(Action<Notebook>? change, params (string Source, string Tag)[] cells)
    {
        var notebook = new Notebook();
        foreach (var (source, tag) in cells)
        {
            var cell = NotebookCell.Create(CellKind.Code, source, source.StartsWith("let ", StringComparison.Ordinal) ? "fsharp" : "csharp");
            if (tag.Length > 0)
                cell.Tags = [tag];
            notebook.Cells.Add(cell);
        }
        change?.Invoke(notebook);
        var path = Path.Combine(_folder, "a.ipynb");
        NotebookFile.Write(path, notebook);
        return path;
    }

    static void Set(NotebookCell cell, string key, JsonNode value)
    {
        var metadata = cell.Metadata;
        metadata["researchkit"] = new JsonObject { [key] = value };
        cell.Metadata = metadata;
    }

    static (int Code, string Output, string Error) Kit(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (KitApp.Run(["notebook", .. arguments], output, error, plotlyJs: () => null), output.ToString(), error.ToString());
    }

    NotebookCell Out(int cell) => NotebookFile.Read(Path.Combine(_folder, "a.out.ipynb")).Cells[cell];

    [Fact]
    public void A_tagged_cell_is_cached_and_the_run_and_its_file_say_so()
    {
        var path = Write(null, ("var n = 1;", "parameters"), ($"{Mark} var m = n * 10; Console.WriteLine(\"told\"); m", "cache"), ("let a = 1", "cache"), ("m + 1", ""));
        string[] run = ["run", path, "--cache", Cache];
        var first = Kit(run);
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("[3/4] not cached: only cells of C# alone are", first.Output);
        var told = Out(1).Outputs.ToJsonString();
        var second = Kit(run);
        Assert.Equal(1, Runs);
        Assert.Contains("[2/4] cached: computed 2", second.Output);
        Assert.Contains("    told", second.Output);
        Assert.Equal(told, Out(1).Outputs.ToJsonString());
        Assert.Contains("11", Out(3).Outputs.ToJsonString());
        var note = Out(1).Metadata["researchkit"]!;
        Assert.True((bool)note["cached"]!);
        Assert.EndsWith("Z", (string)note["computed"]!);
        Assert.True((double)note["seconds"]! > 0);
        Assert.Null(Out(3).Metadata["researchkit"]);
        // Another parameter is another result, and the first one is still there.
        Assert.Contains("20", Kit([.. run, "-p", "n=2"]).Output);
        Assert.Equal(2, Runs);
        Assert.Contains("cached: ", Kit(run).Output);
        Kit("run", path, "--no-cache");
        Assert.Equal(3, Runs);
        Assert.Contains($"2 cached cells, 0.0 MB: {Cache}", Kit("cache", "--cache", Cache).Output);
        Assert.Contains($"removed 2 cached cells, 0.0 MB: {Cache}", Kit("cache", "--clear", "--cache", Cache).Output);
        Kit(run);
        Assert.Equal(4, Runs);
    }

    [Fact]
    public void A_notebook_can_ask_for_all_its_cells_and_stripping_keeps_the_wish()
    {
        var path = Write(n => n.Metadata = new(n.Metadata.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))) { ["researchkit"] = new JsonObject { ["cache"] = true } },
            ("var n = 1;", "parameters"), ("#r \"nuget: Deedle\"", ""), ($"{Mark} var m = n;", ""), ("let a = 1", ""), ($"{Mark} var k = m;", ""));
        Assert.DoesNotContain("not cached", Kit("run", path, "--cache", Cache).Output);
        var second = Kit("run", path, "--cache", Cache).Output;
        Assert.Equal(2, Runs);
        Assert.Contains("[3/5] cached", second);
        Assert.Contains("[5/5] cached", second);
        var written = Path.Combine(_folder, "a.out.ipynb");
        Assert.Equal(0, Kit("strip", written).Code);
        Assert.Equal(["cache"], NotebookFile.Read(written).Metadata["researchkit"]!.AsObject().Select(m => m.Key));
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(written));
    }

    [Fact]
    public void Inputs_are_named_in_the_metadata_of_a_cell()
    {
        var path = Write(n => Set(n.Cells[0], "inputs", new JsonArray("data.csv")), ($"{Mark} var text = System.IO.File.ReadAllText(@\"{_folder}/data.csv\");", "cache"), ("text", ""));
        var missing = Kit("run", path, "--cache", Cache);
        Assert.Equal(1, missing.Code);
        Assert.Contains("data.csv under researchkit.inputs", missing.Error);
        foreach (var content in new[] { "one", "one", "two" })
        {
            File.WriteAllText(Path.Combine(_folder, "data.csv"), content);
            Assert.Equal(0, Kit("run", path, "--cache", Cache).Code);
            Assert.Contains(content, Out(1).Outputs.ToJsonString());
        }
        Assert.Equal(2, Runs);
        Assert.Equal("data.csv", (string)Out(0).Metadata["researchkit"]!["inputs"]![0]!);
        Write(n => Set(n.Cells[0], "inputs", "data.csv"), ("1", "cache"));
        var wrong = Kit("run", path, "--cache", Cache);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("must be a list of file names", wrong.Error);
        Assert.Contains("exclude each other", Kit("run", path, "--cache", Cache, "--no-cache").Error);
    }

    [Fact]
    public void Only_results_are_removed_from_the_folder()
    {
        Directory.CreateDirectory(Cache);
        File.WriteAllText(Path.Combine(Cache, "mine.txt"), "");
        Assert.Equal(0, new CellCache(Cache).Clear());
        Assert.Single(Directory.GetFiles(Cache));
        Assert.Equal((0, 0L), new CellCache(Path.Combine(_folder, "none")).Measure());
    }
}
