using ResearchKit.Notebooks.Sessions;

namespace ResearchKit.Notebooks.Tests.Sessions;

/// <summary>A session and what its cells have put out.</summary>
public sealed class Cells : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("notebook-").FullName;

    public Cells()
    {
        Session = new(new() { Folder = _folder, Input = r => r.Prompt == "Name?" ? "Ada" : null });
    }

    public NotebookSession Session { get; }

    public string Folder => _folder;

    public async Task<(CellOutcome Outcome, IReadOnlyList<CellEvent> Events)> RunAsync(string code, string kernel = "csharp", CancellationToken cancellation = default)
    {
        var events = new List<CellEvent>();
        var outcome = await Session.ExecuteAsync(new(code, kernel), events.Add, cancellation);
        return (outcome, events);
    }

    /// <summary>Runs a cell, and interrupts it shortly after it has said <c>begun</c>.</summary>
    public async Task<CellStatus> InterruptAsync(string code, string kernel = "csharp")
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Session.ExecuteAsync(new(code, kernel), e =>
        {
            if (e is StreamEvent { Text: ['b', 'e', 'g', 'u', 'n', ..] })
                begun.TrySetResult();
        });
        await Task.WhenAny(begun.Task, running);
        await Task.Delay(100);
        Session.Interrupt();
        return (await running.WaitAsync(TimeSpan.FromSeconds(60))).Status;
    }

    /// <summary>The plain form of what a cell has shown, all in one text; fails if the cell did.</summary>
    public async Task<string> TextAsync(string code, string kernel = "csharp")
    {
        var (outcome, events) = await RunAsync(code, kernel);
        Assert.True(outcome.Status == CellStatus.Succeeded, string.Join('\n', outcome.Error?.Traceback ?? []));
        return string.Join('|', Joined(events).Select(Plain));
    }

    public async Task<string> HtmlAsync(string code, string kernel = "csharp")
    {
        var (outcome, events) = await RunAsync(code, kernel);
        Assert.True(outcome.Status == CellStatus.Succeeded, string.Join('\n', outcome.Error?.Traceback ?? []));
        return string.Join('|', events.Select(e => e switch
        {
            DisplayEvent d => (string?)d.Data["text/html"],
            ResultEvent r => (string?)r.Data["text/html"],
            _ => "",
        }));
    }

    public async Task<ErrorEvent> ErrorAsync(string code, string kernel = "csharp")
    {
        var (outcome, events) = await RunAsync(code, kernel);
        Assert.NotEqual(CellStatus.Succeeded, outcome.Status);
        return Assert.Single(events.OfType<ErrorEvent>());
    }

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // What is written in quick succession is mostly joined, which no one may count on.
    static List<CellEvent> Joined(IEnumerable<CellEvent> events) => events.Aggregate(new List<CellEvent>(), (joined, e) =>
    {
        if (e is StreamEvent text && joined.LastOrDefault() is StreamEvent before && before.Name == text.Name)
            joined[^1] = before with { Text = before.Text + text.Text };
        else
            joined.Add(e);
        return joined;
    });

    static string Plain(CellEvent e) => e switch
    {
        StreamEvent s => s.Text,
        DisplayEvent d => (string?)d.Data["text/plain"] ?? string.Join(',', d.Data.Select(p => p.Key)),
        UpdateEvent u => $"update {(string?)u.Data["text/plain"]}",
        ResultEvent r => $"= {(string?)r.Data["text/plain"] ?? string.Join(',', r.Data.Select(p => p.Key))}",
        ErrorEvent x => $"error {x.Value}",
        _ => e.GetType().Name,
    };
}
