using System.Reflection;
using System.Text.RegularExpressions;
using ResearchKit.Experiments;
using ResearchKit.Reports;

namespace ResearchKit.Tests.Contract;

/// <summary>
/// The check of a paper's README: a table of equations with the method that implements each and the test that checks it, all of
/// which exist; departures from the paper; results as the committed records give them.
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="folder">The paper's folder, with its README and its code.</param>
/// <param name="code">The assembly that implements it.</param>
sealed partial class PaperReadme(Recipe recipe, string folder, Assembly code)
{
    static readonly string[] s_headings = ["in the paper", "method", "test"];

    internal void Check(IEnumerable<RunRecord> committed)
    {
        var path = Path.Combine(folder, "README.md");
        Assert.True(File.Exists(path), $"{recipe.Name} has no {path}. It maps each equation to its method and its test, and lists departures.");
        CheckText(File.ReadAllText(path), [.. Directory.EnumerateFiles(folder, "*.cs").Select(File.ReadAllText)], committed);
    }

    internal void CheckText(string readme, IReadOnlyList<string> sources, IEnumerable<RunRecord> committed)
    {
        string[][] rows = [.. Rows(readme)];
        Assert.True(rows.Length > 0, $"The README of {recipe.Name} has no table | {string.Join(" | ", s_headings)} | with a row for each equation.");
        foreach (var row in rows)
        {
            CheckNames(row[0], row[1], "method", IsInLibrary);
            CheckNames(row[0], row[2], "test", IsTest);
        }

        CheckEquations(rows, sources);
        var departures = Section(readme, "Departures");
        Assert.True(departures.Any(l => l.StartsWith("- ", StringComparison.Ordinal)) || departures.Any(l => l.StartsWith("None", StringComparison.Ordinal)),
            $"The README of {recipe.Name} has no section 'Departures' with a list of them, each with its reason, or the word None.");
        Assert.True(ReadmeResults.Update(readme, recipe, committed) == readme, $"The README of {recipe.Name} does not show the committed results. Type: ./kit readme");
    }

    void CheckNames(string where, string cell, string column, Func<string, bool> exists)
    {
        string[] names = [.. Quoted().Matches(cell).Select(m => m.Groups[1].Value)];
        Assert.True(names.Length > 0, $"The README of {recipe.Name} names no {column} for '{where}'.");
        foreach (var name in names)
        {
            Assert.True(exists(name), $"The README of {recipe.Name} names the {column} `{name}` for '{where}', and there is none of that name.");
        }
    }

    // Equations that claims and code cite have a row. A line of code that names another paper cites that one's.
    void CheckEquations(string[][] rows, IReadOnlyList<string> sources)
    {
        var mapped = rows.SelectMany(r => Equations(r[0])).ToHashSet();
        var cited = recipe.Claims.SelectMany(c => Equations(c.Where)).Concat(
            from source in sources
            from line in source.Split('\n')
            where !ArXiv().Matches(line).Any(m => m.Groups[1].Value != recipe.Paper.ArXiv)
            from equation in Equations(line)
            select equation);
        foreach (int equation in cited.Distinct().Order())
        {
            Assert.True(mapped.Contains(equation), $"Eq. {equation} is cited in the code or the claims of {recipe.Name}, and its README has no row for it.");
        }
    }

    static IEnumerable<int> Equations(string text) =>
        from match in EquationNumbers().Matches(text)
        let first = int.Parse(match.Groups[1].Value)
        let last = match.Groups[2].Success ? int.Parse(match.Groups[2].Value) : first
        from equation in Enumerable.Range(first, Math.Max(1, last - first + 1))
        select equation;

    static IEnumerable<string[]> Rows(string readme) => readme.Split('\n')
        .Select(Cells)
        .SkipWhile(cells => !cells.SequenceEqual(s_headings))
        .Skip(2)
        .TakeWhile(cells => cells.Length == s_headings.Length);

    static string[] Cells(string line) => line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim())] : [];

    static string[] Section(string readme, string heading) => [.. readme.Split('\n')
        .SkipWhile(l => !l.StartsWith($"## {heading}", StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))];

    bool IsInLibrary(string name) => Find(name, [code, Existing.Library]).Any();

    static bool IsTest(string name) => Find(name, [typeof(PaperReadme).Assembly]).Any(m => m is MethodInfo method
        ? method.IsDefined(typeof(FactAttribute))
        : m is Type type && type.GetMethods().Any(t => t.IsDefined(typeof(FactAttribute))))
        || typeof(PaperReadme).Assembly.GetTypes().Any(t => t.GetMethods().Any(m => m.Name == name && m.IsDefined(typeof(FactAttribute))));

    /// <summary>Types called <c>Type</c> or <c>Outer.Type</c>, and members called <c>Type.Member</c>.</summary>
    static IEnumerable<MemberInfo> Find(string name, IEnumerable<Assembly> assemblies)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var parts = name.Split('(')[0].Split('.');
        var types = assemblies.Distinct().SelectMany(a => a.GetTypes()).ToArray();
        return types.Where(t => IsCalled(t, parts)).Cast<MemberInfo>()
            .Concat(parts.Length < 2 ? [] : types.Where(t => IsCalled(t, parts[..^1])).SelectMany(t => t.GetMember(parts[^1], All)));
    }

    static bool IsCalled(Type type, string[] parts)
    {
        var full = $"{type.FullName}".Split('.', '+').Select(p => p.Split('`')[0]).ToArray();
        return full.Length >= parts.Length && full.TakeLast(parts.Length).SequenceEqual(parts);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\bEqs?\. (\d+)(?:(?: to |-)(\d+))?")]
    private static partial Regex EquationNumbers();

    [GeneratedRegex(@"arXiv:(\d{4}\.\d{4,5})")]
    private static partial Regex ArXiv();
}
