using System.Text.Json.Nodes;
using ResearchKit.Experiments;

namespace ResearchKit.Reports.Tests;

public class GalleryPageTests(Browser browser)
{
    static readonly Recipe[] s_recipes = [new Fixture.MadeUpRecipe(), .. RecipeCatalog.Default.Recipes.Where(r => r.Name is "xnor-net" or "distillation")];

    static string Html() => GalleryPage.Render(
        s_recipes, Ledger.Rows(s_recipes, Fixture.Records(3)), [new("made-up.html", "Report, quick scale", "3 seeds", "made-up-compression")],
        [new("notebook-xnor-net.html", "Notebook", "", "xnor-net"), new("notebook-tour.html", "A tour", "tour.ipynb", null)]);

    [Fact]
    public async Task Words_technique_and_verdict_filter_cards_and_claims()
    {
        await using var opened = await browser.Open(Html());
        var claims = s_recipes.Sum(recipe => recipe.Claims.Count);
        Assert.Equal((3, claims), (await Cards(opened), await Rows(opened)));
        await opened.Page.FillAsync("#search", "forty-fold  NET");
        Assert.Equal((1, 1), (await Cards(opened), await Rows(opened)));
        Assert.Contains($"1 of {claims} claims", await opened.Page.InnerTextAsync("#count"), StringComparison.Ordinal);
        await opened.Page.FillAsync("#search", "nothing has these words");
        Assert.Equal((0, 0), (await Cards(opened), await Rows(opened)));
        Assert.Equal(1, await opened.Page.Locator("#none:visible").CountAsync());
        await opened.Page.FillAsync("#search", "");
        await opened.Page.SelectOptionAsync("#technique", "binarisation");
        Assert.Equal((1, s_recipes.Single(recipe => recipe.Name == "xnor-net").Claims.Count), (await Cards(opened), await Rows(opened)));
        await opened.Page.SelectOptionAsync("#technique", "");
        await opened.Page.SelectOptionAsync("#verdict", "reproduced");
        Assert.Equal((1, Ledger.Rows(s_recipes, Fixture.Records(3)).Count(row => row.Verdict == Verdict.Reproduced)), (await Cards(opened), await Rows(opened)));
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_column_sorts_up_and_down_with_what_has_no_value_last()
    {
        await using var opened = await browser.Open(Html());
        var button = opened.Page.Locator(".ledger th:nth-child(5) button");
        foreach (var sign in new[] { 1, -1 })
        {
            await button.ClickAsync();
            Assert.Equal(sign > 0 ? "ascending" : "descending", await opened.Page.GetAttributeAsync(".ledger th:nth-child(5)", "aria-sort"));
            var values = await opened.Page.EvalOnSelectorAllAsync<string[]>(".ledger td:nth-child(5)", "cells => cells.map(cell => cell.dataset.value)");
            var numbers = values.TakeWhile(value => value.Length > 0).Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(5, numbers.Length);
            Assert.Equal(numbers.OrderBy(number => sign * number), numbers);
            Assert.All(values.Skip(numbers.Length), Assert.Empty);
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task The_page_is_as_wide_as_the_window(int width)
    {
        await using var opened = await browser.Open(Html(), width);
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_comparison_shows_what_differs_and_the_measures_side_by_side()
    {
        var a = Fixture.Records(3);
        var parameters = (JsonObject)a[0].Parameters.DeepClone();
        parameters["Bits"] = 4;
        RunRecord[] b = [.. Fixture.Records(2).Select(record => record with { Id = "b" + record.Id, Parameters = parameters, Values = [.. record.Values.Select(value => value with { Value = 2 * value.Value })], Claims = [new("ratio", 1)] })];
        var html = ComparisonReport.Render(a, b, name => name == "made-up-compression" ? new Fixture.MadeUpRecipe() : null, Browser.PlotlyJs);
        await using var opened = await browser.Open(html, 390);
        await opened.Drawn();
        Assert.Equal(390, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(["Bits", "6", "4"], await opened.Page.EvalOnSelectorAllAsync<string[]>("#parameters > .scroll tbody tr > *", "cells => cells.map(cell => cell.textContent)"));
        Assert.Equal(a[0].Values.Count, await opened.Page.Locator("#measures tbody tr").CountAsync());
        Assert.Equal("2", (await opened.Page.TextContentAsync("#measures tbody tr td:last-child"))!.Trim()[..1]);
        Assert.Equal(6, await opened.Page.Locator("#claims tbody tr").CountAsync());
        Assert.Contains("A: ", await opened.Page.TextContentAsync(".plot .legend"), StringComparison.Ordinal);
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
    }

    static Task<int> Cards(OpenedPage opened) => opened.Page.Locator(".card:visible").CountAsync();

    static Task<int> Rows(OpenedPage opened) => opened.Page.Locator(".ledger tbody tr:visible").CountAsync();
}
