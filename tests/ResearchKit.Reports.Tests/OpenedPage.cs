using Microsoft.Playwright;

namespace ResearchKit.Reports.Tests;

/// <summary>An opened report: what it asked the network for, what it complained about, what popped up.</summary>
public sealed class OpenedPage(IBrowserContext context, IPage page) : IAsyncDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"researchkit-report-{Guid.NewGuid():N}.html");

    public IPage Page => page;

    /// <summary>Requests for anything but the file itself and what it carries inside.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Console errors and warnings, uncaught exceptions, dialogs.</summary>
    public List<string> Complaints { get; } = [];

    internal async Task Show(string html)
    {
        await File.WriteAllTextAsync(_file, html);
        page.SetDefaultTimeout(120_000);
        var address = new Uri(_file).AbsoluteUri;
        context.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                Requests.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) =>
        {
            Complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(address);
    }

    /// <summary>Waits until every chart that is to be drawn has been.</summary>
    public Task Drawn() => Until("[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('.main-svg .trace'))");

    /// <summary>Waits until an expression is true. (Playwright's own waiting evaluates strings in the page, which the policy forbids.)</summary>
    public async Task Until(string expression)
    {
        for (var tries = 0; !await page.EvaluateAsync<bool>(expression); tries++)
        {
            Assert.True(tries < 600, $"After a minute still not true: {expression}. Complaints: {string.Join("; ", Complaints)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        File.Delete(_file);
    }
}
