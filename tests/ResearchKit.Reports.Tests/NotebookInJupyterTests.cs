using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

/// <summary>One of the kit's notebooks in the classic Notebook, as its reader sees it.</summary>
public sealed class NotebookInJupyterTests(Browser browser)
{
    // For a machine that does much else; nobody waits for it where all is well.
    const int Milliseconds = 300_000;

    const string Codes = "Jupyter.notebook.get_cells().filter(cell => cell.cell_type === 'code')";

    [Fact]
    public async Task A_notebook_is_opened_run_and_changed_in_a_browser()
    {
        var page = await browser.NewPage();
        await using var context = page.Context;
        using var server = new JupyterServer();
        page.SetDefaultTimeout(Milliseconds);
        var count = Copy("00-tour.ipynb", server.Folder);
        await page.GotoAsync($"{server.Address}/notebooks/00-tour.ipynb");
        await page.WaitForFunctionAsync("window.Jupyter?.notebook?._fully_loaded && Jupyter.notebook.kernel?.is_connected()");
        Assert.Equal(".net-csharp", await page.EvaluateAsync<string>("Jupyter.notebook.kernel.name"));

        await page.ClickAsync("#celllink");
        await page.ClickAsync("#run_all_cells");
        await page.WaitForFunctionAsync($"{Codes}.every(cell => Number.isInteger(cell.input_prompt_number)) || document.querySelector('.output_error')");
        Assert.Empty(await page.Locator(".output_error").AllInnerTextsAsync());
        Assert.Equal(Enumerable.Range(1, count), await page.EvaluateAsync<int[]>($"{Codes}.map(cell => cell.input_prompt_number)"));

        var charts = page.Locator(".output_area svg");
        Assert.Equal(2, await charts.CountAsync());
        foreach (var chart in await charts.AllAsync())
        {
            Assert.True(await chart.IsVisibleAsync());
            var box = await chart.BoundingBoxAsync();
            Assert.True(box is { Width: > 300, Height: > 200 }, $"A chart takes {box?.Width} x {box?.Height} pixels.");
            Assert.True(await chart.Locator("path, polyline, circle").CountAsync() > 0);
        }

        // Seven shares of weights were tried in the cell with the second chart.
        await Type(page, cell: 7, "shares.Length * 6");
        await Result(page, cell: 7, number: count + 1, "42");
        await Type(page, cell: 7, "shares.Length * 7");
        await Result(page, cell: 7, number: count + 2, "49");
    }

    static async Task Type(IPage page, int cell, string code)
    {
        await page.Locator(".code_cell").Nth(cell).Locator(".CodeMirror-lines").ClickAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Control+Enter");
    }

    static async Task Result(IPage page, int cell, int number, string text)
    {
        await page.WaitForFunctionAsync($"{Codes}[{cell}].input_prompt_number === {number}");
        var output = page.Locator(".code_cell").Nth(cell).Locator(".output_subarea");
        await output.First.WaitForAsync();
        Assert.Equal(text, (await output.InnerTextAsync()).Trim());
    }

    // Small enough to be trained while one waits.
    static int Copy(string name, string folder)
    {
        var notebook = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Folder!, "notebooks", name)))!;
        var codes = notebook["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").ToArray();
        var parameters = codes.Single(cell => cell!["metadata"]!["tags"] is JsonArray tags && tags.Any(tag => (string?)tag == "parameters"))!;
        parameters["source"] = "var scale = \"smoke\";\nvar seed = 1;";
        File.WriteAllText(Path.Combine(folder, name), notebook.ToJsonString());
        return codes.Length;
    }
}
