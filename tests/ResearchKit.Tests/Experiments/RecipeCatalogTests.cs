using ResearchKit.Experiments;

namespace ResearchKit.Tests.Experiments;

public class RecipeCatalogTests
{
    readonly RecipeCatalog _catalog = new(typeof(RecipeCatalogTests).Assembly);

    [Fact]
    public void Recipes_are_found_by_their_type() => Assert.IsType<ToyRecipe>(_catalog.Get("toy"));

    [Fact]
    public void A_mistyped_name_gets_the_nearest() =>
        Assert.Contains("Did you mean 'toy'?", Assert.Throws<UsageException>(() => _catalog.Get("tyo")).Message);

    [Fact]
    public void Names_of_the_library_are_slugs_and_claims_are_told_apart() => Assert.All(RecipeCatalog.Default.Recipes, recipe =>
    {
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", recipe.Name);
        Assert.Equal(recipe.Claims.Count, recipe.Claims.Select(c => c.Id).Distinct().Count());
        Assert.All(recipe.Claims, c => Assert.True(c.BandLow <= c.BandHigh, c.Id));
    });
}
