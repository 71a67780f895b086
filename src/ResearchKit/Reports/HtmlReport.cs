using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ResearchKit.Experiments;
using ResearchKit.Formats;

namespace ResearchKit.Reports;

/// <summary>The report of a recipe's runs: one HTML file that opens offline anywhere.</summary>
/// <remarks>
/// The same records give the same bytes. Whatever comes from a record is encoded; a content security policy lets only
/// the file's own scripts run and nothing be loaded. Without scripts, and in print, every chart stands as SVG.
/// </remarks>
public static class HtmlReport
{
    /// <summary>Writes the report of one or more seeds of a recipe.</summary>
    /// <param name="records">Runs of one recipe at one scale with the same parameters, one for each seed.</param>
    /// <param name="recipe">The recipe, which says what paper and claims the numbers belong to; null if it is not known any more.</param>
    /// <param name="path">The file to create or replace; its folder is created.</param>
    /// <param name="plotlyJs">The file of plotly.js to embed, or null where it cannot be had: then the charts are SVG only.</param>
    /// <exception cref="ArgumentException">The records do not belong together.</exception>
    /// <exception cref="InvalidDataException">The plotly.js file cannot be embedded.</exception>
    public static void Write(IReadOnlyList<RunRecord> records, Recipe? recipe, string path, string? plotlyJs = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var html = Encoding.UTF8.GetBytes(Render(records, recipe, plotlyJs));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(html));
    }

    /// <summary>The report as HTML text; parameters as for <see cref="Write"/>.</summary>
    public static string Render(IReadOnlyList<RunRecord> records, Recipe? recipe, string? plotlyJs = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        var seeds = Seeds.Ordered(records);
        List<ChartData> figures = [.. Seeds.Figures(seeds)];
        List<ChartData> curves = [.. Seeds.TrainingCurves(seeds)];
        string[] scripts = plotlyJs is null ? [Resource("report.js")] : [Plotly(plotlyJs), Resource("report.js")];
        var policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'; script-src "
            + string.Join(' ', scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'"));

        var title = recipe?.Paper.Title ?? seeds[0].Recipe;
        var html = new Html().Add($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
            <title>{title} – ResearchKit report</title>
            <style>
            """).Raw(Resource("report.css"));
        html.Add($"</style></head><body>{Header(seeds, recipe, title)}<main>");

        (string Id, string Heading, Html? Body)[] sections =
        [
            ("asked", "What was asked", ProvenanceSection.Asked(seeds, recipe)),
            ("claims", "Claims", recipe is null ? ClaimTable.WithoutRecipe(seeds) : ClaimTable.Judged(recipe, seeds)),
            ("charts", "Charts", ChartSection.Charts(figures, 0)),
            ("tables", "Tables", TableSection.Tables(seeds)),
            ("training", "Training", ChartSection.Charts(curves, figures.Count)),
            ("numbers", "All numbers", TableSection.Values(seeds)),
            ("provenance", "Provenance", ProvenanceSection.Sources(seeds)),
        ];
        html.Add($"""<nav aria-label="Sections">""");
        foreach (var (id, heading, _) in sections.Where(section => section.Body is not null))
            html.Add($"""<a href="#{id}">{heading}</a>""");
        html.Add($"</nav>{Marks(seeds, plotlyJs)}");
        foreach (var (id, heading, body) in sections.Where(section => section.Body is not null))
            html.Add($"""<section id="{id}"><h2>{heading}</h2>{body}</section>""");

        html.Add($"</main>");
        html.Add($"<footer>Written by ResearchKit from the run records named above. Every number comes from a record.</footer>");
        html.Add($"""<script type="application/json" id="figures">""")
            .Raw("[" + string.Join(",", figures.Concat(curves).Select(PlotlyFigure.Json)) + "]").Add($"</script>\n");
        foreach (var script in scripts)
            html.Raw("<script>").Raw(script).Raw("</script>\n");
        return html.Add($"</body></html>\n").ToString();
    }

    static Html Header(IReadOnlyList<RunRecord> seeds, Recipe? recipe, string title)
    {
        var html = new Html().Add($"""<header><div class="bar"><span class="kit">ResearchKit · {seeds[0].Recipe}</span><button id="theme" type="button" hidden>Dark</button></div><h1>{title}</h1>""");
        if (recipe is { Paper: var paper })
            html.Add($"""
                <p class="authors">{paper.Authors}</p><p class="venue">{paper.Venue} · <a href="https://arxiv.org/abs/{paper.ArXiv}" rel="noreferrer">arXiv:{paper.ArXiv}</a></p>
                <p class="idea">{recipe.Idea}</p>
                """);
        return html.Add($"""
            <p class="scope"><b>{seeds[0].Scale.Word()}</b> scale · <b>{seeds.Count}</b> {(seeds.Count == 1 ? "seed" : "seeds")} · {Numbers.Duration(seeds.Sum(record => record.Seconds))} of computing</p></header>
            """);
    }

    // What a reader has to know before reading any number.
    static Html Marks(IReadOnlyList<RunRecord> seeds, string? plotlyJs)
    {
        var html = new Html();
        if (seeds.Any(record => record.Data.Any(data => data.Synthetic)))
            html.Add($"""<p class="mark">These runs used drawn data, not the paper's: they show that everything works, and set no verdict on a trained claim.</p>""");
        if (ProvenanceSection.Differences(seeds) is { Count: > 0 } differences)
            html.Add($"""<p class="mark">The seeds did not run under the same conditions. They differ in: {string.Join(", ", differences)}.</p>""");
        if (plotlyJs is null)
            html.Add($"""<p class="note">The charts are static: plotly.js was not at hand when this report was written.</p>""");
        return html;
    }

    static string Plotly(string path)
    {
        var script = File.ReadAllText(path);
        // A carriage return would be lost in HTML and with it the hash; the other two would end or hide the script element.
        foreach (var part in (string[])["\r", "</script", "<!--"])
            if (script.Contains(part, StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"{path}: plotly.js cannot be embedded, as it contains {System.Text.Json.JsonSerializer.Serialize(part)} at character {script.IndexOf(part, StringComparison.OrdinalIgnoreCase)}; use the version that data/catalog.json names.");
        return script;
    }

    static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ResearchKit.Reports.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
