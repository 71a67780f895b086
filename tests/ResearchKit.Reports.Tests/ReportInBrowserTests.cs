using Microsoft.Playwright;

namespace ResearchKit.Reports.Tests;

public class ReportInBrowserTests(Browser browser)
{
    static string Html(int seeds = 3) => HtmlReport.Render(Fixture.Records(seeds), new Fixture.MadeUpRecipe(), Browser.PlotlyJs);

    [Fact]
    public async Task Every_chart_is_drawn_and_nothing_is_requested_or_complained_about()
    {
        await using var opened = await browser.Open(Html());
        await opened.Drawn();
        var marks = await opened.Page.EvalOnSelectorAllAsync<int[]>(
            ".plot", "plots => plots.map(plot => plot.querySelectorAll('.main-svg .point, .main-svg path.js-line').length)");
        Assert.Equal(6, marks.Length);
        Assert.All(marks, count => Assert.True(count > 0));
        Assert.Equal(0, await opened.Page.Locator(".static:visible").CountAsync());
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Nothing_but_tables_in_their_own_frames_scrolls_sideways(int width)
    {
        await using var opened = await browser.Open(Html(), width);
        await opened.Drawn();
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Without_scripts_every_chart_is_an_svg()
    {
        await using var opened = await browser.Open(Html(), scripts: false);
        Assert.Equal(6, await opened.Page.Locator(".static:visible").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("#theme:visible").CountAsync());
    }

    [Fact]
    public async Task Without_plotly_every_chart_is_an_svg_and_the_report_says_so()
    {
        await using var opened = await browser.Open(HtmlReport.Render(Fixture.Records(1), new Fixture.MadeUpRecipe()));
        Assert.Equal(6, await opened.Page.Locator(".static:visible").CountAsync());
        Assert.Contains("plotly.js was not at hand", await opened.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task In_print_the_svgs_take_the_place_of_the_charts()
    {
        await using var opened = await browser.Open(Html());
        await opened.Drawn();
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(6, await opened.Page.Locator(".static:visible").CountAsync());
        Assert.Equal(0, await opened.Page.Locator(".plot:visible").CountAsync());
    }

    [Fact]
    public async Task A_script_that_gets_into_the_page_does_not_run()
    {
        await using var opened = await browser.Open(Html());
        await opened.Page.EvaluateAsync("""
            document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }));
            document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 1"><img src="http://127.0.0.1:9/x.png">')
            """);
        await opened.Until("document.images.length === 2");
        Assert.Null(await opened.Page.EvaluateAsync<int?>("window.ran ?? null"));
        Assert.Contains(opened.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_theme_follows_the_system_and_the_button_turns_it()
    {
        const string Background = "getComputedStyle(document.body).backgroundColor";
        const string TickColor = "getComputedStyle(document.querySelector('.plot .xtick text')).fill";
        await using var opened = await browser.Open(Html(), dark: true);
        await opened.Drawn();
        var dark = (await opened.Page.EvaluateAsync<string>(Background), await opened.Page.EvaluateAsync<string>(TickColor));
        await opened.Page.ClickAsync("#theme");
        await opened.Until($"{TickColor} !== '{dark.Item2}'");
        var light = (await opened.Page.EvaluateAsync<string>(Background), await opened.Page.EvaluateAsync<string>(TickColor));
        Assert.Equal(("rgb(20, 23, 27)", "rgb(228, 231, 234)"), dark);
        Assert.Equal(("rgb(251, 251, 249)", "rgb(29, 33, 38)"), light);
        Assert.Empty(opened.Complaints);
    }
}
