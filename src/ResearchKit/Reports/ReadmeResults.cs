using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>
/// The results in a <c>README.md</c>: a table between two marks, made of the committed run records and never written by hand.
/// </summary>
public static class ReadmeResults
{
    /// <summary>The line before the results.</summary>
    public const string Begin = "<!-- results: written by ./kit readme -->";

    /// <summary>The line after the results.</summary>
    public const string End = "<!-- end of results -->";

    /// <summary>The README of a recipe: in the folder that is named as its namespace's last part.</summary>
    /// <param name="recipe">A recipe of the library.</param>
    /// <param name="repository">The folder of the repository.</param>
    public static string PathOf(Recipe recipe, string repository)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var folder = recipe.GetType().Namespace!.Split('.')[^1];
        return Path.Combine(repository, "src", "ResearchKit", "Papers", folder, "README.md");
    }

    /// <summary>The README's text with the results of the given records in the place of the old ones.</summary>
    /// <param name="readme">The text, with both marks once, in this order, each on a line of its own.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="records">The committed records, of any recipe.</param>
    /// <exception cref="InvalidDataException">The marks are not there, or not once, or in the wrong order.</exception>
    public static string Update(string readme, Recipe recipe, IEnumerable<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(readme);
        ArgumentNullException.ThrowIfNull(recipe);
        return Between(readme, $"The README of {recipe.Name}", Lines(recipe, records));
    }

    /// <summary>The project's README with the ledger in short: a row for each recipe that has a committed run.</summary>
    /// <param name="readme">The text, with both marks once, in this order, each on a line of its own.</param>
    /// <param name="recipes">All recipes.</param>
    /// <param name="records">The committed records.</param>
    /// <exception cref="InvalidDataException">The marks are not there, or not once, or in the wrong order.</exception>
    public static string UpdateOverview(string readme, IEnumerable<Recipe> recipes, IReadOnlyList<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(readme);
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentNullException.ThrowIfNull(records);
        return Between(readme, "README.md", Overview([.. recipes.Where(recipe => records.Any(r => r.Recipe == recipe.Name))], records));
    }

    static string Between(string readme, string what, IEnumerable<string> content)
    {
        var lines = readme.Split('\n');
        int begin = Array.IndexOf(lines, Begin), end = Array.IndexOf(lines, End);
        if (begin < 0 || end < begin || lines.Count(l => l == Begin) > 1 || lines.Count(l => l == End) > 1)
            throw new InvalidDataException($"{what} has no place for its results. It is between these two lines, each once: {Begin} and {End}");
        return string.Join('\n', [.. lines[..(begin + 1)], .. content, .. lines[end..]]);
    }

    static IEnumerable<string> Overview(IReadOnlyList<Recipe> recipes, IReadOnlyList<RunRecord> records)
    {
        Verdict[] shown = [Verdict.Reproduced, Verdict.Partly, Verdict.NotReproduced, Verdict.Contradicted];
        yield return $"| paper | claims | {string.Join(" | ", shown.Select(v => v.Words()))} | not tested |";
        yield return $"| --- |{string.Concat(Enumerable.Repeat(" ---: |", shown.Length + 2))}";
        var all = new List<Verdict>();
        foreach (var recipe in recipes)
        {
            Verdict[] verdicts = [.. Ledger.Rows([recipe], records).Select(r => r.Verdict)];
            all.AddRange(verdicts);
            var folder = recipe.GetType().Namespace!.Split('.')[^1];
            yield return Row($"[{Cell(recipe.Paper.Title)}](src/ResearchKit/Papers/{folder}/README.md)", verdicts);
        }

        yield return Row($"all {recipes.Count}", all);

        string Row(string name, IReadOnlyCollection<Verdict> verdicts) =>
            $"| {name} | {verdicts.Count} | {string.Join(" | ", shown.Select(v => verdicts.Count(w => w == v)))} | {verdicts.Count(v => !shown.Contains(v))} |";
    }

    static IEnumerable<string> Lines(Recipe recipe, IEnumerable<RunRecord> records)
    {
        RunRecord[] own = [.. records.Where(r => r.Recipe == recipe.Name)];
        if (own.Length == 0)
        {
            yield return $"No run is committed yet. `./kit reproduce {recipe.Name} --seeds 3` makes one; records are committed to `data/results`.";
            yield break;
        }

        var rows = Ledger.Rows([recipe], own);
        yield return "| claim | where | paper | ours | 95 % interval | runs | verdict |";
        yield return "| --- | --- | ---: | ---: | --- | --- | --- |";
        foreach (var row in rows)
        {
            var (ours, interval) = row switch
            {
                { OurValue: { } mean, Low: { } low, High: { } high } when low < high => Numbers.WithInterval(mean, low, high, Cell(row.Unit)),
                { OurValue: { } mean } => (Numbers.Text(mean, Cell(row.Unit)), ""),
                _ => ("", ""),
            };
            var runs = row.Scale is { } scale ? $"{scale.Word()}, {(row.Seeds.Count == 1 ? "1 seed" : $"{row.Seeds.Count} seeds")}" : "";
            yield return $"| {Cell(row.Statement)} | {Cell(row.Where)} | {Numbers.Text(row.PaperValue, Cell(row.Unit))} | {ours} | {interval} | {runs} | {row.Verdict.Words()} |";
        }

        yield return "";
        yield return $"{rows.Count} claims: {string.Join(", ", rows.GroupBy(r => r.Verdict).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key.Words()}"))}."
            + $" From {own.Length} record{(own.Length == 1 ? "" : "s")} in `data/results`.";
        foreach (var group in rows.Where(r => r.Verdict != Verdict.Reproduced).GroupBy(r => (r.Verdict, r.Reason)))
            yield return $"- {group.Key.Verdict.Words()}: {Cell(group.Key.Reason)} ({string.Join(", ", group.Select(r => $"`{r.Id}`"))})";
    }

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
