using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ResearchKit.Notebooks.Export;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Reports.Tests;

/// <summary>Notebooks whose cells and outputs try to run scripts in the page or to ask the network for something.</summary>
public class HostileNotebookTests(Browser browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_thousands_of_hostile_outputs_runs_or_loads_with_or_without_the_content_policy(bool policy)
    {
        Assert.True(HostileMarkup.Html.Count >= 1500, $"{HostileMarkup.Html.Count}");
        var notebook = new Notebook();
        foreach (var markdown in HostileMarkup.Markdown)
            notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, markdown));
        foreach (var markup in HostileMarkup.Html)
            notebook.Cells.Add(Cell(markup, Display("text/html", markup)));
        foreach (var text in HostileText.All)
            notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, text));
        // Every form of an output and every place of a notebook takes some of them.
        for (var i = 0; i < HostileMarkup.Html.Count; i += 7)
        {
            var markup = HostileMarkup.Html[i];
            notebook.Cells.Add(Cell(markup,
                Display("text/markdown", markup), Display("text/latex", markup), Display("text/plain", markup), Display("image/png", markup), Display(markup, "x"),
                Display("image/svg+xml", $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{markup}</svg>"), Display("text/vnd.mermaid", markup), Display("application/javascript", "window.ran=1"),
                new() { ["output_type"] = "stream", ["name"] = markup, ["text"] = markup },
                new() { ["output_type"] = "error", ["ename"] = markup, ["evalue"] = markup, ["traceback"] = new JsonArray(markup) }));
        }
        notebook.Cells[0].Metadata = new() { ["tags"] = new JsonArray(HostileMarkup.Html[0]) };
        notebook.Metadata = new()
        {
            ["kernelspec"] = new JsonObject { ["name"] = HostileMarkup.Html[1] },
            ["papermill"] = new JsonObject { ["start_time"] = HostileMarkup.Html[2], ["version"] = HostileMarkup.Html[3], ["parameters"] = new JsonObject { [HostileMarkup.Html[4]] = HostileMarkup.Html[5] } },
            ["researchkit"] = new JsonObject { ["commit"] = HostileMarkup.Html[6], [HostileMarkup.Html[7]] = HostileMarkup.Html[8] },
        };

        var html = NotebookReport.Render(notebook, "<img src=x onerror=window.ran=1>.ipynb");
        if (!policy)
            html = html.Replace("Content-Security-Policy", "X-None", StringComparison.Ordinal);
        await using var opened = await browser.Open(html);
        await opened.Page.EvaluateAsync("""
            addEventListener('click', event => event.preventDefault(), true);
            document.querySelectorAll('details').forEach(d => d.open = true);
            for (const element of document.querySelectorAll('.cells *, #provenance *')) {
              for (const name of ['mouseover', 'pointerenter', 'focus', 'click', 'load', 'error', 'toggle', 'begin']) {
                element.dispatchEvent(new MouseEvent(name, { bubbles: false, cancelable: true }));
              }
            }
            """);
        await Task.Delay(500, TestContext.Current.CancellationToken);

        Assert.Null(await opened.Page.EvaluateAsync<int?>("window.ran ?? null"));
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Empty(await Dangerous(opened));
        // A page that came apart would not end with its own footer.
        Assert.Equal(1, await opened.Page.Locator("body > footer").CountAsync());
        Assert.Equal(1, await opened.Page.Locator("body > main > #provenance").CountAsync());
        Assert.Equal(notebook.Cells.Count(c => c.Kind == CellKind.Markdown), await opened.Page.Locator("body > main > .cells > .text").CountAsync());
    }

    [Fact]
    public async Task Trusted_outputs_run()
    {
        var notebook = new Notebook();
        notebook.Cells.Add(Cell("x", Display("text/html", "<script>window.ran=(window.ran??0)+1</script>"), Display("application/javascript", "window.ran=(window.ran??0)+1")));
        await using var trusted = await browser.Open(NotebookReport.Render(notebook, "a.ipynb", new() { Trusted = true }));
        Assert.Equal(2, await trusted.Page.EvaluateAsync<int>("window.ran"));
        await using var other = await browser.Open(NotebookReport.Render(notebook, "a.ipynb"));
        Assert.Null(await other.Page.EvaluateAsync<int?>("window.ran ?? null"));
        Assert.Contains("left out", await other.Page.InnerTextAsync(".note"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Figures_with_hostile_texts_are_drawn_and_neither_run_nor_load_anything(bool policy)
    {
        var notebook = new Notebook();
        string[] texts =
        [
            "<img src=x onerror=window.ran=1>", "<a href=\"javascript:window.ran=1\">x</a>", "<b>bold</b> <svg onload=window.ran=1>", "</script><script>window.ran=1</script>", "<a href='http://127.0.0.1:9/x' style='background:url(http://127.0.0.1:9/y)'>x</a>",
        ];
        foreach (var text in texts)
        {
            var figure = new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject
                {
                    ["type"] = "scatter",
                    ["mode"] = "lines+text",
                    ["x"] = new JsonArray(1, 2),
                    ["y"] = new JsonArray(1, 2),
                    ["name"] = text,
                    ["text"] = new JsonArray(text, text),
                    ["hovertemplate"] = text,
                    ["__proto__"] = new JsonObject { ["polluted"] = 1 },
                }),
                ["layout"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["text"] = text },
                    ["xaxis"] = new JsonObject { ["title"] = text, ["ticktext"] = new JsonArray(text, text), ["tickvals"] = new JsonArray(1, 2) },
                    ["annotations"] = new JsonArray(new JsonObject { ["text"] = text, ["x"] = 1, ["y"] = 1, ["hovertext"] = text }),
                    ["showlegend"] = true,
                    ["font"] = new JsonObject { ["family"] = text },
                    ["images"] = new JsonArray(new JsonObject { ["source"] = "http://127.0.0.1:9/i.png", ["x"] = 0, ["y"] = 1, ["sizex"] = 1, ["sizey"] = 1 }),
                    ["updatemenus"] = new JsonArray(new JsonObject { ["buttons"] = new JsonArray(new JsonObject { ["label"] = text, ["method"] = "relayout", ["args"] = new JsonArray("images[0].source", "http://127.0.0.1:9") }) }),
                },
            };
            notebook.Cells.Add(Cell("chart", new JsonObject
            {
                ["output_type"] = "display_data",
                ["data"] = new JsonObject { ["application/vnd.plotly.v1+json"] = figure, ["text/html"] = $"<p>{text}</p>" },
            }));
        }
        var html = NotebookReport.Render(notebook, "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs });
        if (!policy)
            html = html.Replace("Content-Security-Policy", "X-None", StringComparison.Ordinal);
        await using var opened = await browser.Open(html);
        await opened.Drawn();
        foreach (var plot in await opened.Page.Locator(".plot .nsewdrag").AllAsync())
            await plot.HoverAsync(new() { Force = true });
        Assert.Null(await opened.Page.EvaluateAsync<int?>("window.ran ?? ({}).polluted ?? null"));
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Contains("<img src=x onerror=window.ran=1>", await opened.Page.TextContentAsync(".plot .gtitle"), StringComparison.Ordinal);
        Assert.Equal(0, await opened.Page.Locator(".plot a:not([data-title]), .plot image").CountAsync());
    }

    [Fact]
    public void Deep_and_long_markup_is_cleaned_to_a_bounded_depth()
    {
        const int Times = 200_000;
        string[] bombs =
        [
            Repeat("<div>"), Repeat("<b id=x>") + Repeat("<p>"), Repeat("<table><tr><td>"), Repeat("<svg><g>"), Repeat("</div>"), Repeat("<"), Repeat("<!--"), Repeat("&amp;"), Repeat("<a href=#x>"), Repeat("<font color=red><p>"),
            Repeat("<span class=math>"), "<div " + Repeat("a=b "), "<div style=\"" + Repeat("color:red;") + "\">", Repeat("<h1>x"), Repeat("<select><option>"), Repeat("<math><mi>"),
        ];
        foreach (var bomb in bombs)
        {
            var clean = new MarkupSanitizer().Clean(bomb);
            Assert.True(Depth(clean) <= 101, bomb[..20]);
        }
        foreach (var bomb in new[] { Repeat(">"), Repeat("- "), Repeat("["), Repeat("*a_"), Repeat("(") })
        {
            var notebook = new Notebook();
            notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, bomb[..20_000]));
            Assert.NotEmpty(NotebookReport.Render(notebook, "a.ipynb"));
        }
        Assert.StartsWith("<code", TexMath.ToHtml(new string('{', 5000), true), StringComparison.Ordinal);
        Assert.StartsWith("<code", TexMath.ToHtml(string.Concat(Enumerable.Repeat("\\sqrt", 3000)), true), StringComparison.Ordinal);
        Assert.StartsWith("<code", TexMath.ToHtml(string.Concat(Enumerable.Repeat("x^", 3000)), true), StringComparison.Ordinal);

        static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, Times / text.Length));

        static int Depth(string markup)
        {
            int depth = 0, most = 0;
            for (var i = markup.IndexOf('<'); i >= 0; i = markup.IndexOf('<', i + 1))
            {
                depth += markup[i + 1] == '/' ? -1 : 1;
                most = Math.Max(most, depth);
            }
            return most;
        }
    }

    [Theory]
    [InlineData("<p>a<b>c</p>d</b>", "<p>a<b>c</b></p>d")]
    [InlineData("<table><tr><td></table></div>x", "<table><tr><td></td></tr></table>x")]
    [InlineData("<a href=https://example.org/a?b=1&c>x</a>", "<a href=\"https://example.org/a?b=1&amp;c\" rel=\"noreferrer noopener\">x</a>")]
    [InlineData("<a href='#My Place'>x</a>", "<a href=\"#u-my-place\" rel=\"noreferrer noopener\">x</a>")]
    [InlineData("<a href=other.html>x</a>", "<a rel=\"noreferrer noopener\">x</a>")]
    [InlineData("<a href=https://example.org\n>x</a>", "<a href=\"https://example.org\" rel=\"noreferrer noopener\">x</a>")]
    [InlineData("<i id=figures class='badge good dataframe'>x</i>", "<i id=\"u-figures\" class=\"dataframe\">x</i>")]
    [InlineData("<p style='color:red;position:fixed;background:url(x)'>x</p>", "<p style=\"color:red\">x</p>")]
    [InlineData("<td colspan=2 onclick=x>x", "<td colspan=\"2\">x</td>")]
    [InlineData("<svg viewBox='0 0 9 9'><title>a&lt;b</title><path d='M0 0h9' fill=red /></svg>", "<svg viewbox=\"0 0 9 9\"><title>a&lt;b</title><path d=\"M0 0h9\" fill=\"red\"></path></svg>")]
    [InlineData("<img src='data:image/png;base64,AAAA' alt=x>", "<img alt=\"x\" src=\"data:image/png;base64,AAAA\">")]
    [InlineData("<img src='data:image/png;base64,AAAA\n'>", "<img src=\"data:image/png;base64,AAAA\">")]
    [InlineData("<img src=http://x/y.png alt=z>", "<span class=\"left-out\">image left out: z</span>")]
    [InlineData("a<script>b</script>c<style>d</style>e<!--f-->", "ace")]
    public void What_is_allowed_is_written_anew(string markup, string clean) => Assert.Equal(clean, new MarkupSanitizer().Clean(markup));

    static Task<string[]> Dangerous(OpenedPage opened) => opened.Page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('body *')].flatMap(e => [...e.attributes].map(a => e.tagName + ' ' + a.name + '=' + a.value))
          .filter(a => /^\S+ on/i.test(a) || /^\S+ (srcdoc|srcset|xlink:href|data|action|formaction|poster|background|ping)=/i.test(a)
            || (/^\S+ href=/i.test(a) && !/^A href=(#|https?:\/\/|mailto:)/i.test(a)) || (/^\S+ src=/i.test(a) && !/^IMG src=data:image\//i.test(a)))
          .concat([...document.querySelectorAll('iframe, object, embed, base, foreignObject, form, link, template, input, textarea, select, body style, use, image, animate, set')].map(e => e.tagName))
        """);

    static NotebookCell Cell(string source, params JsonObject[] outputs)
    {
        var cell = NotebookCell.Create(CellKind.Code, source);
        cell.Outputs = new JsonArray([.. outputs]);
        return cell;
    }

    static JsonObject Display(string type, string value) => new() { ["output_type"] = "display_data", ["data"] = new JsonObject { [type] = value }, ["metadata"] = new JsonObject() };
}
