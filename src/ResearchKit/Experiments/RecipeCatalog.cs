using System.Reflection;
using ResearchKit.Data;

namespace ResearchKit.Experiments;

/// <summary>The recipes that there are, found by their type: a class that derives from <see cref="Recipe"/> is one.</summary>
public sealed class RecipeCatalog
{
    /// <summary>The recipes in the given assemblies; each needs a public constructor without parameters.</summary>
    /// <exception cref="InvalidOperationException">Two recipes have the same name.</exception>
    public RecipeCatalog(params IEnumerable<Assembly> assemblies)
    {
        Recipes = [.. assemblies.Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(Recipe)) && !t.IsAbstract && t.GetConstructor(Type.EmptyTypes) is not null)
            .Select(t => (Recipe)Activator.CreateInstance(t)!)
            .OrderBy(r => r.Name, StringComparer.Ordinal)];
        if (Recipes.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException(
                $"The recipe name '{twice.Key}' is taken twice, by {string.Join(" and ", twice.Select(r => r.GetType().FullName))}.");
    }

    /// <summary>The library's own recipes.</summary>
    public static RecipeCatalog Default { get; } = new(typeof(RecipeCatalog).Assembly);

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<Recipe> Recipes { get; }

    /// <summary>The recipe of that name, or null.</summary>
    public Recipe? Find(string name) => Recipes.FirstOrDefault(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The recipe of that name.</summary>
    /// <exception cref="UsageException">There is none; the message suggests the nearest.</exception>
    public Recipe Get(string name) => Find(name) ?? throw new UsageException(Spelling.Unknown("recipe", name, [.. Recipes.Select(r => r.Name)]));
}
