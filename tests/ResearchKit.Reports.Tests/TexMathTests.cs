using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResearchKit.Notebooks.Export;
using ResearchKit.Notebooks.Files;

namespace ResearchKit.Reports.Tests;

public partial class TexMathTests(Browser browser)
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mrow><mi>i</mi></mrow><mrow><mn>2</mn></mrow></msubsup>")]
    [InlineData("2.30", "<mn>2.30</mn>")]
    [InlineData(@"\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData(@"f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>")]
    [InlineData(@"\sum_{i}^{k}", "<munderover><mo>∑</mo><mrow><mrow><mi>i</mi></mrow></mrow><mrow><mrow><mi>k</mi></mrow></mrow></munderover>")]
    [InlineData(@"\mathbb{E}[x]", "<mi>𝔼</mi><mo stretchy=\"false\">[</mo><mi>x</mi><mo stretchy=\"false\">]</mo>")]
    [InlineData(@"\text{if } x", "<mtext>if\u00a0</mtext><mi>x</mi>")]
    public void Formulas_become_MathML(string tex, string expected) =>
        Assert.Contains($"<semantics><mrow>{expected}</mrow><annotation", TexMath.ToHtml(tex, display: false), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"\unknown{x}")]
    [InlineData(@"\frac{1}")]
    [InlineData(@"{x")]
    [InlineData(@"x}")]
    [InlineData(@"\left( x")]
    [InlineData(@"\begin{matrix} 1")]
    [InlineData(@"x_1_2")]
    [InlineData(@"\")]
    [InlineData(@"\text{$x$}")]
    public void What_is_not_known_is_shown_as_it_was_written(string tex) =>
        Assert.Equal($"<code class=\"tex\">{System.Net.WebUtility.HtmlEncode($"${tex}$")}</code>", TexMath.ToHtml(tex, display: false));

    [Fact]
    public void Every_formula_of_the_kits_notebooks_is_set_and_is_well_formed()
    {
        var folder = Path.Combine(Experiments.Repository.Folder!, "notebooks");
        var formulas = Directory.GetFiles(folder, "*.ipynb").SelectMany(file => NotebookFile.Read(file).Cells.Where(c => c.Kind == CellKind.Markdown))
            .SelectMany(cell => Formula().Matches(cell.Source).Select(m => m.Value.Trim('$'))).ToList();
        Assert.True(formulas.Count > 40, $"{formulas.Count}");
        foreach (var formula in formulas)
        {
            var html = TexMath.ToHtml(formula.Trim(), display: true);
            Assert.StartsWith("<math", html, StringComparison.Ordinal);
            Assert.Equal("math", XElement.Parse(html).Name.LocalName);
        }
    }

    [Fact]
    public async Task A_browser_sets_fractions_sums_and_matrices()
    {
        var notebook = new Notebook();
        notebook.Cells.Add(NotebookCell.Create(CellKind.Markdown, "# T\n\n$$ \\frac{\\partial L}{\\partial w} = \\sum_{i=1}^{n} x_i, \\quad A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} $$\n\n$$ \\left( \\frac{a}{b} \\right)^2 $$"));
        await using var opened = await browser.Open(NotebookReport.Render(notebook, "a.ipynb"));
        Assert.Empty(opened.Complaints);
        Assert.Equal(2, await opened.Page.Locator("math[display=block]").CountAsync());
        // The parts of a fraction lie over each other, the sum's limits over and under it.
        Assert.True(await opened.Page.EvaluateAsync<bool>("""
            (() => { const [over, under] = document.querySelector('mfrac').children; return over.getBoundingClientRect().bottom <= under.getBoundingClientRect().top + 1; })()
            """));
        Assert.True(await opened.Page.EvaluateAsync<bool>("""
            (() => { const [sum, under, over] = document.querySelector('munderover').children; return over.getBoundingClientRect().top < sum.getBoundingClientRect().top && under.getBoundingClientRect().bottom > sum.getBoundingClientRect().bottom; })()
            """));
        // Fences grow with what they hold.
        Assert.True(await opened.Page.EvaluateAsync<bool>("""
            document.querySelectorAll('math')[1].querySelector('mo[fence]').getBoundingClientRect().height > 25
            """));
    }

    [GeneratedRegex(@"\$\$[^$]+\$\$|\$[^$\n]+\$")]
    private static partial Regex Formula();
}
