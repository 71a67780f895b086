using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

/// <summary>Texts from data and names that try to become markup or script.</summary>
public class HostileTextTests(Browser browser)
{
    static readonly IReadOnlyList<string> Texts = HostileText.All;

    [Fact]
    public async Task Hostile_texts_stay_texts_in_every_place_of_the_report_even_without_the_content_policy()
    {
        Assert.True(Texts.Count >= 1000);
        var html = HtmlReport.Render([Record()], new HostileRecipe(), Browser.PlotlyJs);
        // The policy is a second line of defence: here the encoding alone has to hold.
        html = html.Replace("Content-Security-Policy", "X-None", StringComparison.Ordinal);
        await using var opened = await browser.Open(html);
        await opened.Drawn();
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        foreach (var plot in await opened.Page.Locator(".plot .nsewdrag").AllAsync())
            await plot.HoverAsync(new() { Force = true });

        Assert.Null(await opened.Page.EvaluateAsync<int?>("window.ran ?? null"));
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Equal(Texts, await opened.Page.EvalOnSelectorAllAsync<string[]>("#tables td", "cells => cells.map(cell => cell.textContent)"));
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => e.tagName + ' ' + a.name + '=' + a.value))
              .filter(a => /^\S+ on/i.test(a) || (/^\S+ (href|src|srcdoc|xlink:href|data|action)=/i.test(a) && !/^A href=(#|https:\/\/arxiv\.org\/abs\/)/i.test(a)))
            """));
        Assert.Equal(3, await opened.Page.Locator("script").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("iframe, object, embed, base, foreignObject, math, form, link, template").CountAsync());
    }

    [Fact]
    public async Task Charts_show_hostile_names_as_they_were_written()
    {
        await using var opened = await browser.Open(HtmlReport.Render([Record()], new HostileRecipe(), Browser.PlotlyJs));
        await opened.Drawn();
        var names = await opened.Page.EvalOnSelectorAllAsync<string[]>(".plot[data-figure='0'] .legendtext", "names => names.map(n => n.textContent)");
        Assert.Equal(["<b>bold</b> & <img src=x onerror=window.ran=1>", "a < b > c &lt; d"], names);
    }

    [Fact]
    public void Json_in_the_page_holds_no_angle_bracket()
    {
        var html = HtmlReport.Render([Record()], null);
        var from = html.IndexOf("id=\"figures\">", StringComparison.Ordinal) + "id=\"figures\">".Length;
        var json = html[from..html.IndexOf("</script>", from, StringComparison.Ordinal)];
        Assert.DoesNotContain('<', json);
        Assert.NotEmpty(JsonNode.Parse(json)!.AsArray());
    }

    static RunRecord Record()
    {
        var next = 0;
        string Next() => Texts[next++ * 37 % Texts.Count];
        return new()
        {
            Id = Next(),
            Recipe = Next(),
            Scale = Scale.Quick,
            Seed = 0,
            Parameters = new JsonObject { [Next()] = Next(), [Next()] = Next() },
            Command = Next(),
            Started = DateTimeOffset.UnixEpoch,
            Environment = new Dictionary<string, string> { [Next()] = Next(), [Next()] = Next() },
            Data = [new(Next(), Next(), false, new Dictionary<string, string> { [Next()] = Next() })],
            Values = [.. Enumerable.Range(0, 50).Select(_ => new NamedValue(Next(), 1.5, Next()))],
            Metrics = [.. Enumerable.Range(0, 6).Select(_ => new MetricSeries(Next(), Next(), [1, 2, 3], [3, 2, 1]))],
            Claims = [new("a", null, Next()), new("b", 1), new(Next(), 2)],
            Tables = [new(Next(), [Next(), Next()], [.. Texts.Select(text => (string[])["row", text])], Next())],
            Figures =
            [
                new("Names", FigureKind.Line, Next(), Next(),
                    [new("<b>bold</b> & <img src=x onerror=window.ran=1>", [1, 2], null, [1, 2]), new("a < b > c &lt; d", [1, 2], null, [2, 1])]),
                new(Next(), FigureKind.Bar, Next(), Next(), [new(Next(), null, [Next(), Next()], [1, 2])], Next()),
                .. Enumerable.Range(0, 4).Select(_ => new Figure(Next(), FigureKind.Point, Next(), Next(),
                    [new(Next(), null, [Next(), Next()], [1, 2]), new(Next(), null, [Next()], [2])], Next())),
            ],
            Files = [new(Next(), 1, Next())],
        };
    }

    sealed class HostileRecipe : Recipe<HostileRecipe.Settings>
    {
        public sealed record Settings;

        public override string Name => Texts[5];

        public override Paper Paper => new(Texts[15], Texts[52], Texts[91], Texts[130] + "\" onclick=\"window.ran=1");

        public override string Idea => Texts[180];

        public override IReadOnlyList<Claim> Claims =>
        [
            new("a", Texts[200], Texts[250], ClaimKind.Trained, Texts[300], 1) { Because = Texts[350] },
            new("b", Texts[400], Texts[450], ClaimKind.Measured, Texts[500], 2) { NoEffect = 0.5, BandLow = 1, BandHigh = 3, Because = Texts[550] },
        ];

        public override string Budget(Scale scale) => Texts[600];

        public override Settings ParametersOf(Scale scale) => new();

        public override void Run(Settings parameters, Experiment run) => throw new NotSupportedException("made up");
    }
}
