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
    public async Task Drawn() => await page.WaitForFunctionAsync(
        "[...document.querySelectorAll('.plot')].every(plot => plot.querySelector('.main-svg .plot, .main-svg .trace'))", null, new() { Timeout = 30_000 });

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        File.Delete(_file);
    }
}
