using ResearchKit.Cli;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Runs;

namespace ResearchKit.Notebooks.Tests.Runs;

/// <summary>The notebooks of the kit itself.</summary>
public sealed class OwnNotebooksTests : IDisposable
{
    static readonly string s_notebooks = Path.Combine(Repository.Folder!, "notebooks");

    readonly string _folder = Directory.CreateTempSubdirectory("own-").FullName;

    public static TheoryData<string> Names => [.. Directory.GetFiles(s_notebooks, "*.ipynb").Select(f => Path.GetFileName(f)).Order()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_is_kept_without_outputs_and_takes_parameters(string name)
    {
        var path = Path.Combine(s_notebooks, name);
        Assert.Single(NotebookFile.Read(path).Cells, c => c.Tags.Contains("parameters"));
        using StringWriter output = new(), error = new();
        Assert.True(KitApp.Run(["notebook", "strip", "--check", path], output, error) == 0, output.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_runs_at_smoke_scale_and_draws_the_figures_that_it_speaks_of(string name)
    {
        using StringWriter output = new(), error = new();
        var (source, path) = (Path.Combine(s_notebooks, name), Path.Combine(_folder, name));
        // The ledger trains nothing, so it has no scale.
        string[] scale = new NotebookParameters(NotebookFile.Read(source)).Has("scale") ? ["-p", "scale=smoke"] : [];
        Assert.True(KitApp.Run(["notebook", "run", source, path, .. scale], output, error) == 0, $"{error}{output}");
        var cells = NotebookFile.Read(path).Cells;
        var captions = cells.Count(c => c.Kind == CellKind.Markdown && c.Source.Contains("*Figure ", StringComparison.Ordinal));
        Assert.InRange(captions, 1, 20);
        Assert.Equal(captions, cells.Sum(c => c.Kind != CellKind.Code ? 0 : c.Outputs.Count(o => o!["data"]?["application/vnd.plotly.v1+json"] is not null)));
    }
}
