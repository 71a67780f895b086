using System.Text.RegularExpressions;
using ResearchKit.Experiments;
using ResearchKit.Reports;

namespace ResearchKit.Tests.Contract;

/// <summary>
/// <c>docs/adding-a-paper.md</c> shows parts of the worked example in <c>NetworkSlimming</c>, which is compiled with these tests and goes
/// through the contract as every paper does: so what the page shows runs.
/// </summary>
public partial class DocumentationTests
{
    static readonly string s_folder = Path.Combine(Repository.Folder!, "tests", "ResearchKit.Tests", "Contract", "NetworkSlimming");

    [Fact]
    public void Every_snippet_is_a_part_of_the_example_that_is_tested()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder!, "docs", "adding-a-paper.md"));
        var snippets = Snippets().Matches(page);
        Assert.Equal(Fence().Count(page), snippets.Count); // none without a file's name
        foreach (var file in new[] { "Claims.cs", "Slimming.cs", "NetworkSlimmingRecipe.cs", "NetworkSlimmingTests.cs", "README.md" })
        {
            Assert.Contains(snippets, s => s.Groups[1].Value == file);
        }

        foreach (Match snippet in snippets)
        {
            CheckSnippet(snippet.Groups[1].Value, snippet.Groups[2].Value);
        }
    }

    [Fact]
    public void A_snippet_that_has_drifted_is_found() =>
        Twins.LayerTwins.Fails("Slimming.cs", () => CheckSnippet("Slimming.cs", "        return strength * net.Norms.Sum();\n"));

    [Fact]
    public void The_readme_shows_the_committed_runs_in_short()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Folder!, "README.md"));
        RunRecord[] committed = [.. RunStore.ReadAll(Repository.Results!).Select(r => r.Record)];
        Assert.True(ReadmeResults.UpdateOverview(readme, RecipeCatalog.Default.Recipes, committed) == readme, "README.md does not show the committed results. Type: ./kit readme");
        Assert.NotEqual(readme, ReadmeResults.UpdateOverview(readme, RecipeCatalog.Default.Recipes, [])); // else it is nothing that the records decide
    }

    static void CheckSnippet(string file, string text) =>
        Assert.True(File.ReadAllText(Path.Combine(s_folder, file)).Contains(text, StringComparison.Ordinal), $"docs/adding-a-paper.md shows what is not in {file}:\n{text}");

    [GeneratedRegex(@"^`([\w.]+)`[^\n]*\n\n```(?:csharp|markdown)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippets();

    [GeneratedRegex("^```(csharp|markdown)$", RegexOptions.Multiline)]
    private static partial Regex Fence();
}
