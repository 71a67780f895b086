using Microsoft.Playwright;
using ResearchKit.Data;

[assembly: AssemblyFixture(typeof(ResearchKit.Reports.Tests.Browser))]

namespace ResearchKit.Reports.Tests;

/// <summary>Debian's Chromium, started once; tests skip with the reason where it or plotly.js is missing.</summary>
public sealed class Browser : IAsyncLifetime
{
    const string Chromium = "/usr/bin/chromium";

    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>The plotly.js to embed.</summary>
    public static string PlotlyJs
    {
        get
        {
            try
            {
                return DataSets.Fetch("plotly.js").PathOf("plotly-cartesian.min.js");
            }
            catch (DataUnavailableException e)
            {
                Assert.Skip(e.Message);
                throw;
            }
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens HTML as a file, in a window of its own.</summary>
    public async Task<OpenedPage> Open(string html, int width = 1280, bool scripts = true, bool dark = false)
    {
        var empty = await NewPage(width, scripts, dark);
        var page = new OpenedPage(empty.Context, empty);
        await page.Show(html);
        return page;
    }

    /// <summary>An empty page in a window of its own.</summary>
    public async Task<IPage> NewPage(int width = 1280, bool scripts = true, bool dark = false)
    {
        Assert.SkipUnless(_browser is not null, $"{Chromium} is not installed: './kit setup' installs it.");
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = scripts,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
