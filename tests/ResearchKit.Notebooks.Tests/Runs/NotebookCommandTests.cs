using ResearchKit.Cli;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Notebooks.Tests.Runs;

public sealed class NotebookCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, params (string Source, string Tag)[] cells)
    {
        var notebook = new Notebook();
        foreach (var (source, tag) in cells)
        {
            var cell = NotebookCell.Create(CellKind.Code, source);
            if (tag.Length > 0)
                cell.Tags = [tag];
            notebook.Cells.Add(cell);
        }
        var path = Path.Combine(_folder, name);
        NotebookFile.Write(path, notebook);
        return path;
    }

    static (int Code, string Output, string Error) Kit(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (KitApp.Run(["notebook", .. arguments], output, error, plotlyJs: () => null), output.ToString(), error.ToString());
    }

    [Fact]
    public void Run_takes_parameters_shows_outputs_and_writes_a_new_file()
    {
        var path = Write("a.ipynb", ("var scale = \"quick\"; var n = 1;", "parameters"), ("Console.WriteLine($\"{scale} {n}\");", ""));
        var before = File.ReadAllBytes(path);
        var (code, output, error) = Kit("run", path, "-p", "n=3", "--parameter", "scale=smoke");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("    smoke 3", output);
        Assert.Equal(before, File.ReadAllBytes(path));
        var written = NotebookFile.Read(Path.Combine(_folder, "a.out.ipynb"));
        Assert.Equal(["parameters", "injected-parameters", ""], written.Cells.Select(c => c.Tags.Count > 0 ? c.Tags[0] : ""));
        Assert.Contains("smoke 3", written.Cells[2].Outputs.ToJsonString());
    }

    [Fact]
    public void What_is_wrong_with_the_command_is_said_before_anything_runs()
    {
        var path = Write("a.ipynb", ("var epochs = 1;", "parameters"));
        foreach (var (arguments, words) in new (string[], string)[]
        {
            (["run", path, "-p", "epoch=3"], "Did you mean 'epochs'?"),
            (["run", path, "-p", "epochs=x"], "a whole number"),
            (["run", path, "-p", "epochs"], "name=value"),
            (["run", path, path], "name another file"),
            (["run", path, Path.Combine(_folder, "o.dib")], "would hold no outputs"),
            (["run", path, "-f", "missing.yml"], "missing.yml"),
            (["run", path, "--timeout", "0"], "seconds above 0"),
            (["run", Path.Combine(_folder, "none.ipynb")], "There is no notebook"),
            (["run", "a.txt"], "does not end with .ipynb or .dib"),
        })
        {
            var (code, _, error) = Kit(arguments);
            Assert.Equal(2, code);
            Assert.Contains(words, error);
        }
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_damaged_notebook_is_told_of()
    {
        var path = Path.Combine(_folder, "bad.ipynb");
        File.WriteAllText(path, "{\"cells\": [");
        var (code, _, error) = Kit("run", path);
        Assert.Equal(1, code);
        Assert.Contains("bad.ipynb is not a notebook that can be read: line 1", error);
    }

    [Fact]
    public void Check_runs_at_smoke_scale_and_writes_nothing()
    {
        var good = Write("good.ipynb", ("var scale = \"quick\";", "parameters"), ("if (scale != \"smoke\") throw new Exception(scale);", ""));
        var bad = Write("bad.ipynb", ("missing", ""));
        var (code, output, _) = Kit("check", good, bad);
        Assert.Equal(1, code);
        Assert.Contains($"fine  {good}  3 of 3 cells", output);
        Assert.Contains($"FAILED  {bad}", output);
        Assert.Contains("CS0103", output);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Convert_and_strip()
    {
        var path = Write("a.ipynb", ("1", "parameters"));
        var dib = Path.Combine(_folder, "a.dib");
        Assert.Equal(0, Kit("convert", path, dib).Code);
        Assert.Contains("#!csharp", File.ReadAllText(dib));
        var back = Path.Combine(_folder, "b.ipynb");
        Assert.Equal(0, Kit("convert", dib, back).Code);
        Assert.Equal(["parameters"], NotebookFile.Read(back).Cells[0].Tags);

        Assert.Equal((0, ""), (Kit("strip", path).Code, Kit("strip", path).Output));
        var notebook = NotebookFile.Read(path);
        notebook.Cells[0].ExecutionCount = 3;
        NotebookFile.Write(path, notebook);
        Assert.Equal(1, Kit("strip", "--check", path).Code);
        Assert.Equal(0, Kit("strip", path).Code);
        Assert.Equal(0, Kit("strip", "--check", path).Code);
        Assert.Null(NotebookFile.Read(path).Cells[0].ExecutionCount);
    }
}
