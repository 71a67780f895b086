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
    /// <param name="back">Where a link back leads, relative to the page; null for none.</param>
    /// <exception cref="ArgumentException">The records do not belong together.</exception>
    /// <exception cref="InvalidDataException">The plotly.js file cannot be embedded.</exception>
    public static void Write(IReadOnlyList<RunRecord> records, Recipe? recipe, string path, string? plotlyJs = null, string? back = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var html = Encoding.UTF8.GetBytes(Render(records, recipe, plotlyJs, back));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(html));
    }

    /// <summary>The report as HTML text; parameters as for <see cref="Write"/>.</summary>
    public static string Render(IReadOnlyList<RunRecord> records, Recipe? recipe, string? plotlyJs = null, string? back = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        var seeds = Seeds.Ordered(records);
        List<ChartData> figures = [.. Seeds.Figures(seeds)];
        List<ChartData> curves = [.. Seeds.TrainingCurves(seeds)];
        string[] scripts = plotlyJs is null ? [ReportPage.Resource("report.js")] : [ReportPage.PlotlyJs(plotlyJs), ReportPage.Resource("report.js")];
        var title = recipe?.Paper.Title ?? seeds[0].Recipe;
        var html = ReportPage.Begin($"{title} – ResearchKit report", ReportPage.Resource("report.css"), scripts);
        html.Add($"<body>{Header(seeds, recipe, title, back)}<main>");

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
        ReportPage.End(html, figures.Concat(curves).Select(PlotlyFigure.Json), scripts);
        return html.ToString();
    }

    static Html Header(IReadOnlyList<RunRecord> seeds, Recipe? recipe, string title, string? back)
    {
        var link = back is null ? null : new Html().Add($"""<a href="{back}">← All reports</a> · """);
        var html = new Html().Add($"""<header><div class="bar"><span class="kit">{link}ResearchKit · {seeds[0].Recipe}</span><button id="theme" type="button" hidden>Dark</button></div><h1>{title}</h1>""");
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
}
