using System.Globalization;
using System.Text;
using ResearchKit.Experiments;
using ResearchKit.Formats;

namespace ResearchKit.Reports;

/// <summary>A report that a gallery links to.</summary>
/// <param name="Href">Its address relative to the gallery.</param>
/// <param name="Title">What the link says.</param>
/// <param name="Detail">A few words on what it holds.</param>
/// <param name="Recipe">The recipe that it is about, or null.</param>
public sealed record GalleryEntry(string Href, string Title, string Detail, string? Recipe);

/// <summary>The first page of a gallery: the papers with their reports and notebooks, and all claims in one table that sorts and filters.</summary>
/// <remarks>It opens from a folder, without a server: the claims stand in the page, and its script only hides and orders them.</remarks>
public static class GalleryPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="recipes">The recipes.</param>
    /// <param name="ledger">All claims.</param>
    /// <param name="runs">The reports of runs, each with its recipe.</param>
    /// <param name="notebooks">The reports of notebooks.</param>
    /// <param name="path">The file to create or replace.</param>
    public static void Write(IReadOnlyList<Recipe> recipes, IReadOnlyList<LedgerRow> ledger, IReadOnlyList<GalleryEntry> runs, IReadOnlyList<GalleryEntry> notebooks, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var html = Encoding.UTF8.GetBytes(Render(recipes, ledger, runs, notebooks));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(html));
    }

    /// <summary>The page as HTML text; parameters as for <see cref="Write"/>.</summary>
    public static string Render(IReadOnlyList<Recipe> recipes, IReadOnlyList<LedgerRow> ledger, IReadOnlyList<GalleryEntry> runs, IReadOnlyList<GalleryEntry> notebooks)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(notebooks);
        string[] scripts = [ReportPage.Resource("report.js"), ReportPage.Resource("gallery.js")];
        var html = ReportPage.Begin("ResearchKit gallery", ReportPage.Resource("report.css") + ReportPage.Resource("gallery.css"), scripts);
        html.Add($"""
            <body class="gallery"><header><div class="bar"><span class="kit">ResearchKit</span><button id="theme" type="button" hidden>Dark</button></div>
            <h1>What {recipes.Count} papers on small networks claim, and what came out here</h1>
            <p class="idea">Each claim is a row with the paper's number, ours, and a verdict that is computed from the runs. Each run and each notebook has a report.</p>
            """);
        html.Add($"{Tally(ledger)}</header><main>{Controls(recipes, ledger)}");
        html.Add($"""<section id="papers"><h2>Papers</h2><div class="cards">""");
        foreach (var recipe in recipes)
            html.Add($"{Card(recipe, [.. ledger.Where(row => row.Paper == recipe.Name)], [.. runs.Concat(notebooks).Where(entry => entry.Recipe == recipe.Name)])}");
        html.Add($"</div></section>");
        if (notebooks.Where(entry => entry.Recipe is null).ToList() is { Count: > 0 } others)
        {
            html.Add($"""<section id="notebooks"><h2>More notebooks</h2><ul class="links">""");
            foreach (var entry in others)
                html.Add($"""<li data-search="{Searchable(entry.Title, entry.Detail)}"><a href="{entry.Href}">{entry.Title}</a> <span class="where">{entry.Detail}</span></li>""");
            html.Add($"</ul></section>");
        }
        var byRecipe = recipes.ToDictionary(recipe => recipe.Name);
        html.Add($"""
            <section id="claims"><h2>All claims</h2><p class="note" id="count" aria-live="polite">{ledger.Count} claims</p>
            <div class="scroll"><table class="ledger"><thead><tr>
            <th scope="col" data-sort="text">Paper</th><th scope="col" data-sort="text">Claim</th><th scope="col" data-sort="text">Kind</th><th scope="col" class="n" data-sort="number">Paper's</th><th scope="col" class="n" data-sort="number">Ours</th><th scope="col" data-sort="number">Verdict</th></tr></thead><tbody>
            """);
        foreach (var row in ledger)
            html.Add($"{Row(row, byRecipe.GetValueOrDefault(row.Paper), runs.FirstOrDefault(entry => entry.Recipe == row.Paper))}");
        html.Add($"""</tbody></table></div><p class="note" id="none" hidden>Nothing fits the search and the filters.</p></section></main><footer>Written by ResearchKit. Every number comes from a run record.</footer>""");
        ReportPage.End(html, [], scripts);
        return html.ToString();
    }

    static Html Tally(IReadOnlyList<LedgerRow> rows)
    {
        var html = new Html().Add($"""<ul class="tally" aria-label="Verdicts">""");
        foreach (var same in rows.GroupBy(row => row.Verdict).OrderBy(group => group.Key))
            html.Add($"<li>{ClaimTable.Badge(same.Key)} <b>{same.Count()}</b></li>");
        return html.Add($"</ul>");
    }

    static Html Controls(IReadOnlyList<Recipe> recipes, IReadOnlyList<LedgerRow> ledger)
    {
        var html = new Html().Add($"""<div class="controls" role="search"><label>Search <input id="search" type="search" placeholder="word in a paper or claim"></label><label>Technique <select id="technique"><option value="">all</option>""");
        foreach (var technique in recipes.Select(recipe => recipe.Technique).Distinct().Order(StringComparer.Ordinal))
            html.Add($"<option>{technique}</option>");
        html.Add($"""</select></label><label>Verdict <select id="verdict"><option value="">all</option>""");
        foreach (var verdict in ledger.Select(row => row.Verdict).Distinct().Order())
            html.Add($"<option>{verdict.Words()}</option>");
        return html.Add($"</select></label></div>");
    }

    static Html Card(Recipe recipe, IReadOnlyList<LedgerRow> rows, IReadOnlyList<GalleryEntry> entries)
    {
        var verdicts = string.Join('|', rows.Select(row => row.Verdict.Words()).Distinct());
        var html = new Html().Add($"""
            <article class="card" data-technique="{recipe.Technique}" data-verdicts="{verdicts}" data-search="{Searchable([recipe.Name, recipe.Paper.Title, recipe.Paper.Authors, recipe.Paper.Venue, recipe.Idea, recipe.Technique, .. rows.Select(row => row.Statement)])}">
            <p class="where">{recipe.Technique}</p><h3>{recipe.Paper.Title}</h3><p class="authors">{recipe.Paper.Authors} · {recipe.Paper.Venue} · <a href="https://arxiv.org/abs/{recipe.Paper.ArXiv}" rel="noreferrer">arXiv:{recipe.Paper.ArXiv}</a></p><p>{recipe.Idea}</p>{Bar(rows)}
            """);
        if (entries.Count == 0)
            return html.Add($"""<p class="where">No run yet. Type: <code>./kit reproduce {recipe.Name}</code></p></article>""");
        html.Add($"""<ul class="links">""");
        foreach (var entry in entries)
            html.Add($"""<li><a href="{entry.Href}">{entry.Title}</a> <span class="where">{entry.Detail}</span></li>""");
        return html.Add($"</ul></article>");
    }

    // How many claims have which verdict, as a bar; said in words for those who cannot see it.
    static Html Bar(IReadOnlyList<LedgerRow> rows)
    {
        var groups = rows.GroupBy(row => row.Verdict).OrderBy(group => group.Key).ToList();
        var words = string.Join(", ", groups.Select(group => $"{group.Count()} {group.Key.Words()}"));
        var html = new Html().Add($"""<svg class="verdicts" viewBox="0 0 {Math.Max(1, rows.Count)} 1" preserveAspectRatio="none" role="img" aria-label="{words}">""");
        var at = 0;
        foreach (var group in groups)
        {
            html.Add($"""<path class="v-{ClaimTable.Kind(group.Key)}" d="M{at} 0h{group.Count()}v1h-{group.Count()}z"/>""");
            at += group.Count();
        }
        return html.Add($"""</svg><p class="where counts">{words}</p>""");
    }

    static Html Row(LedgerRow row, Recipe? recipe, GalleryEntry? report)
    {
        var kind = row.Kind switch { ClaimKind.Exact => "exact", ClaimKind.Measured => "measured", _ => "trained" };
        var paper = report is null ? new Html().Add($"{row.Paper}") : new Html().Add($"""<a href="{report.Href}">{row.Paper}</a>""");
        var (ours, interval) = row switch
        {
            { OurValue: { } mean, Low: { } low, High: { } high } when low < high => Numbers.WithInterval(mean, low, high, row.Unit),
            { OurValue: { } mean } => (Numbers.Text(mean, row.Unit), ""),
            _ => ("–", ""),
        };
        return new Html().Add($"""
            <tr data-technique="{recipe?.Technique ?? ""}" data-verdicts="{row.Verdict.Words()}" data-search="{Searchable(row.Paper, row.Statement, row.Where, kind, recipe?.Paper.Title ?? "", recipe?.Technique ?? "")}">
            <td data-label="Paper">{paper}</td><td class="claim"><span class="statement">{row.Statement}</span> <span class="where">{row.Where}</span></td><td data-label="Kind">{kind}</td>
            <td class="n" data-label="Paper's" data-value="{Sortable(row.PaperValue)}">{Numbers.Text(row.PaperValue, row.Unit)}</td><td class="n" data-label="Ours" data-value="{Sortable(row.OurValue)}"><b>{ours}</b>{(interval.Length > 0 ? new Html().Add($"<small>{interval}</small>") : null)}</td>
            <td data-label="Verdict" data-value="{(int)row.Verdict}">{ClaimTable.Badge(row.Verdict)}<small>{row.Reason}</small></td></tr>
            """);
    }

    static string Sortable(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "";

    static string Searchable(params IEnumerable<string> texts) => string.Join(' ', texts).ToLowerInvariant();
}
