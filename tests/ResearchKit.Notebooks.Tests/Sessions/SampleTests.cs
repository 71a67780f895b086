using System.Text;
using ResearchKit.Experiments;
using ResearchKit.Notebooks.Files;
using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Sessions;

/// <summary>
/// Small notebooks in the manner of public tutorials; each names a text that its outputs must hold. They share a session, as starting
/// F# takes seconds.
/// </summary>
public sealed class SampleTests(Cells cells) : IClassFixture<Cells>
{
    static readonly string s_folder = Path.Combine(Repository.Folder!, "tests", "ResearchKit.Notebooks.Tests", "Samples");

    public static TheoryData<string> Names => [.. Directory.GetFiles(s_folder).Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_sample_runs_and_shows_what_it_says(string name)
    {
        var notebook = NotebookFile.Read(Path.Combine(s_folder, name));
        var shown = new StringBuilder();
        var failures = new List<string>();
        foreach (var cell in notebook.Cells.Where(c => c.Kind == CellKind.Code))
        {
            var outcome = await cells.Session.ExecuteAsync(new(cell.Source, cell.Kernel), e => shown.Append(Text(e)));
            if (outcome.Status == CellStatus.Failed && !cell.Tags.Contains("raises-exception"))
                failures.AddRange(outcome.Error!.Traceback);
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Contains((string)notebook.Metadata["expects"]!, shown.ToString());
    }

    // Text that is written in pieces comes in as many events as the machine has time for.
    static string Text(CellEvent e) => e is StreamEvent s ? s.Text : $"|{Shown(e)}|";

    static string Shown(CellEvent e) => e switch
    {
        DisplayEvent d => $"{d.Data["text/plain"]}{d.Data["text/html"]}",
        UpdateEvent u => $"update {u.Data["text/plain"]}",
        ResultEvent r => $"= {r.Data["text/plain"]}|{string.Join(',', r.Data.Select(p => p.Key))}|{r.Data["text/html"]}",
        _ => "",
    };
}
