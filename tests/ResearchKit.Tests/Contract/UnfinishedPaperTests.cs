using ResearchKit.Experiments;
using ResearchKit.Papers.ExamplePaper;

namespace ResearchKit.Tests.Contract;

/// <summary>
/// What <c>kit new-paper</c> writes, as it lies in <c>ExamplePaper</c>: it compiles, and the contract says by itself what is missing.
/// </summary>
[Collection(nameof(GlobalGenerator))]
public class UnfinishedPaperTests
{
    readonly ExamplePaperRecipe _recipe = new();

    [Fact]
    public void Its_smoke_run_says_where_the_technique_comes() =>
        Assert.Contains("technique comes here", Assert.Throws<NotImplementedException>(() => SmokeRun.Of(_recipe, 1)).Message);

    [Fact]
    public void Its_readme_names_what_does_not_exist_yet()
    {
        var folder = Path.Combine(Repository.Folder!, "tests", "ResearchKit.Tests", "Contract", "ExamplePaper");
        var readme = new PaperReadme(_recipe, folder, _recipe.GetType().Assembly);
        Twins.LayerTwins.Fails("`ExamplePaperRecipe.Equation1`", () => readme.Check([]));
    }
}
