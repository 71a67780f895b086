using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ResearchKit.Notebooks.Export;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Reports.Tests;

public class NotebookReportTests(Browser browser)
{
    const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    static Notebook Example()
    {
        var notebook = new Notebook
        {
            Metadata = new()
            {
                ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp" },
                ["papermill"] = new JsonObject { ["start_time"] = "2026-03-04T05:06:07.000000", ["duration"] = 75.2, ["exception"] = false, ["version"] = "researchkit 1.0.0", ["parameters"] = new JsonObject { ["seed"] = 3 } },
                ["researchkit"] = new JsonObject { ["commit"] = "0123456789abcdef" },
            },
        };
        notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, "# A made-up notebook\n\nText with $x^2$ and a [link](#second)."));
        notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, "## First"));
        var parameters = Code("var seed = 3;", "csharp");
        parameters.Tags = ["parameters"];
        notebook.Cells.Add(parameters);
        notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, "## Second\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done"));
        notebook.Cells.Add(Code("// a comment\nvar text = \"a <b>\";\nforeach (var i in new[] { 1, 2 }) Console.WriteLine(i);", "csharp", 2,
            Stream("stdout", "\u001b[31mred\u001b[0m\n<b>not bold</b>\n"), Stream("stderr", "careful\n")));
        notebook.Cells.Add(Code("chart", "csharp", 3, Data(new()
        {
            ["application/vnd.plotly.v1+json"] = new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject { ["type"] = "scatter", ["x"] = new JsonArray(1, 2, 3), ["y"] = new JsonArray(1, 4, 9), ["name"] = "squares" }),
                ["layout"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "Squares" }, ["width"] = 4000 },
            },
            ["text/html"] = "<figure class=\"rk-chart\"><style>x</style><figcaption>Squares</figcaption><svg class=\"static\" viewBox=\"0 0 100 50\"><path class=\"line\" d=\"M0 0L100 50\"/></svg></figure>",
        })));
        notebook.Cells.Add(Code("picture", "fsharp", 4, Data(new() { ["image/png"] = Dot }), Data(new() { ["text/html"] = "<script>x</script>", ["text/plain"] = "the plain form" })));
        notebook.Cells.Add(Code("throw", "csharp", 5, new JsonObject { ["output_type"] = "error", ["ename"] = "InvalidOperationException", ["evalue"] = "It <failed>.", ["traceback"] = new JsonArray("at line 1") }));
        var hidden = Code("secret", "csharp", 6, Stream("stdout", "shown"));
        hidden.Tags = ["remove-input"];
        notebook.Cells.Add(hidden);
        return notebook;
    }

    [Fact]
    public void The_same_notebook_gives_the_same_bytes() =>
        Assert.Equal(NotebookReport.Render(Example(), "a.ipynb"), NotebookReport.Render(Example(), "a.ipynb"));

    [Fact]
    public async Task Text_code_outputs_charts_and_provenance_are_shown_and_nothing_is_requested()
    {
        await using var opened = await browser.Open(NotebookReport.Render(Example(), "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs }));
        await opened.Drawn();
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Equal("A made-up notebook", await opened.Page.InnerTextAsync("h1"));
        Assert.Equal(["#u-first", "#u-second"], await opened.Page.EvalOnSelectorAllAsync<string[]>(".contents a", "links => links.map(a => a.getAttribute('href'))"));
        Assert.True(await opened.Page.EvaluateAsync<bool>("[...document.querySelectorAll('a[href^=\"#\"]')].every(a => document.getElementById(a.getAttribute('href').slice(1)))"));
        Assert.Equal(["red\n<b>not bold</b>\n", "careful\n", "shown"], await opened.Page.EvalOnSelectorAllAsync<string[]>(".stream", "streams => streams.map(s => s.textContent)"));
        Assert.Contains("the plain form", await opened.Page.InnerTextAsync(".result"), StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException: It <failed>.", await opened.Page.InnerTextAsync(".error p"));
        Assert.Equal(1, await opened.Page.EvaluateAsync<int>("document.querySelector('.picture').naturalWidth"));
        Assert.Equal("☑ done", (await opened.Page.InnerTextAsync(".task-list-item")).Trim());
        var text = await opened.Page.InnerTextAsync("#provenance");
        Assert.Contains("0123456789abcdef", text, StringComparison.Ordinal);
        Assert.Contains("2026-03-04 05:06:07", text, StringComparison.Ordinal);
        Assert.Contains("seed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", await opened.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_folded_and_the_button_opens_all_of_it()
    {
        await using var opened = await browser.Open(NotebookReport.Render(Example(), "a.ipynb"));
        Assert.Equal(1, await opened.Page.Locator("details.code[open]").CountAsync());
        await opened.Page.ClickAsync("#code");
        Assert.Equal(5, await opened.Page.Locator("details.code[open]").CountAsync());
        Assert.Equal("Hide code", await opened.Page.InnerTextAsync("#code"));
        Assert.Equal(["var", "foreach", "var", "in", "new"], await opened.Page.EvalOnSelectorAllAsync<string[]>("details.code:nth-of-type(2) .k", "spans => spans.map(s => s.textContent)"));
        await opened.Page.ClickAsync("#code");
        Assert.Equal(0, await opened.Page.Locator("details.code[open]").CountAsync());
    }

    [Fact]
    public async Task A_button_copies_the_code_as_it_was_written()
    {
        await using var opened = await browser.Open(NotebookReport.Render(Example(), "a.ipynb"));
        await opened.Page.EvaluateAsync("window.copied = ''; Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; } } })");
        await opened.Page.ClickAsync("#code");
        await opened.Page.Locator(".copy").Nth(1).ClickAsync();
        Assert.Equal("// a comment\nvar text = \"a <b>\";\nforeach (var i in new[] { 1, 2 }) Console.WriteLine(i);", await opened.Page.EvaluateAsync<string>("window.copied"));
        Assert.Equal("Copied", await opened.Page.Locator(".copy").Nth(1).InnerTextAsync());
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Nothing_scrolls_sideways_but_what_has_a_frame_of_its_own(int width)
    {
        await using var opened = await browser.Open(NotebookReport.Render(Example(), "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs }), width);
        await opened.Drawn();
        await opened.Page.ClickAsync("#code");
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Without_scripts_and_in_print_the_chart_is_its_drawing()
    {
        await using var plain = await browser.Open(NotebookReport.Render(Example(), "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs }), scripts: false);
        Assert.Equal(1, await plain.Page.Locator(".static:visible").CountAsync());
        await using var printed = await browser.Open(NotebookReport.Render(Example(), "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs }));
        await printed.Drawn();
        Assert.Equal(0, await printed.Page.Locator(".static:visible").CountAsync());
        await printed.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(1, await printed.Page.Locator(".static:visible").CountAsync());
        Assert.Equal(0, await printed.Page.Locator(".plot:visible, .copy:visible, #code:visible").CountAsync());
    }

    [Fact]
    public void A_notebook_without_outputs_says_so()
    {
        var notebook = new Notebook();
        notebook.Cells.Add(Code("1", "csharp"));
        Assert.Contains("was not run", NotebookReport.Render(notebook, "a.ipynb"), StringComparison.Ordinal);
        Assert.DoesNotContain("was not run", NotebookReport.Render(Example(), "a.ipynb"), StringComparison.Ordinal);
    }

    [Fact]
    public void Plotly_is_embedded_once_and_only_for_charts()
    {
        var plotly = File.ReadAllText(Browser.PlotlyJs);
        var html = NotebookReport.Render(Example(), "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs });
        Assert.Equal(html.IndexOf(plotly, StringComparison.Ordinal), html.LastIndexOf(plotly, StringComparison.Ordinal));
        Assert.Contains(plotly, html, StringComparison.Ordinal);
        var notebook = new Notebook();
        notebook.Cells.Add(Code("1", "csharp"));
        Assert.DoesNotContain(plotly, NotebookReport.Render(notebook, "a.ipynb", new() { PlotlyJs = Browser.PlotlyJs }), StringComparison.Ordinal);
    }

    static NotebookCell Code(string source, string kernel, int? count = null, params JsonObject[] outputs)
    {
        var cell = NotebookCell.Create(CellKind.Code, source, kernel);
        cell.Outputs = new JsonArray([.. outputs]);
        cell.ExecutionCount = count;
        return cell;
    }

    static JsonObject Stream(string name, string text) => new() { ["output_type"] = "stream", ["name"] = name, ["text"] = text };

    static JsonObject Data(JsonObject forms) => new() { ["output_type"] = "display_data", ["data"] = forms, ["metadata"] = new JsonObject() };
}
