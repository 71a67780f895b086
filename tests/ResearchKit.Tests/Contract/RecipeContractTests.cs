using System.Collections.Concurrent;
using ResearchKit.Experiments;

namespace ResearchKit.Tests.Contract;

/// <summary>What every recipe goes through, by existing.</summary>
[Collection(nameof(GlobalGenerator))]
public class RecipeContractTests
{
    // Each is run once for all the tests that look at it.
    static readonly ConcurrentDictionary<(string, int, bool), SmokeRun> s_runs = [];

    public static IEnumerable<TheoryDataRow<string>> Recipes => All().Select(r => new TheoryDataRow<string>(r.Name));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Its_smoke_run_ends_in_its_band(string name) => Smoke(name, 1).CheckBand();

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_same_seed_gives_the_same_bits_whatever_the_labels_of_the_test_images(string name) => Smoke(name, 1).CheckSame(Smoke(name, 1, relabelled: true));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Another_seed_gives_others(string name) => Smoke(name, 1).CheckOther(Smoke(name, 2));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Its_readme_maps_equations_to_what_exists_and_shows_the_committed_results(string name)
    {
        var recipe = All().Single(r => r.Name == name);
        new PaperReadme(recipe, FolderOf(recipe), recipe.GetType().Assembly).Check(Committed());
    }

    [Fact]
    public void Every_recipe_can_be_made_without_parameters() => Assert.Equal(
        Existing.Library.GetTypes().Where(t => t.IsSubclassOf(typeof(Recipe)) && !t.IsAbstract).Select(t => t.FullName).Order(StringComparer.Ordinal),
        RecipeCatalog.Default.Recipes.Select(r => r.GetType().FullName).Order(StringComparer.Ordinal));

    internal static IEnumerable<RunRecord> Committed() => RunStore.ReadAll(Repository.Results!).Select(r => r.Record);

    static IEnumerable<Recipe> All() => Existing.Papers
        .SelectMany(a => new RecipeCatalog(a).Recipes)
        .Where(r => r.GetType().Namespace!.StartsWith("ResearchKit.Papers.", StringComparison.Ordinal) && r is not ResearchKit.Papers.ExamplePaper.ExamplePaperRecipe);

    static string FolderOf(Recipe recipe)
    {
        var folder = recipe.GetType().Namespace!.Split('.')[^1];
        return recipe.GetType().Assembly == Existing.Library
            ? Path.Combine(Repository.Folder!, "src", "ResearchKit", "Papers", folder)
            : Path.Combine(Repository.Folder!, "tests", "ResearchKit.Tests", "Contract", folder);
    }

    static SmokeRun Smoke(string name, int seed, bool relabelled = false) => s_runs.GetOrAdd((name, seed, relabelled), _ =>
        SmokeRun.Of(All().Single(r => r.Name == name), seed, relabelled));
}
