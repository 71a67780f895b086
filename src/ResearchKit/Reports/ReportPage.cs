using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ResearchKit.Reports;

/// <summary>What all pages share: the head with its policy, the style, the scripts at the end.</summary>
static class ReportPage
{
    /// <summary>A page up to where its body begins.</summary>
    /// <param name="title">What the window is called.</param>
    /// <param name="style">Its style sheet.</param>
    /// <param name="scripts">The only scripts that may run in it; null for a page that is trusted to load and run what it likes.</param>
    public static Html Begin(string title, string style, IReadOnlyList<string>? scripts)
    {
        var html = new Html().Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        if (scripts is not null)
        {
            var policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'; script-src "
                + string.Join(' ', scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'"));
            html.Add($"""<meta http-equiv="Content-Security-Policy" content="{policy}">""");
        }
        return html.Add($"""
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
            <title>{title}</title>
            <style>
            """).Raw(style).Add($"</style></head>");
    }

    /// <summary>The end of a page: its figures as JSON that holds no angle bracket, its scripts, and those of outputs that are trusted.</summary>
    public static void End(Html html, IEnumerable<string> figures, IEnumerable<string> scripts, IEnumerable<string>? trusted = null)
    {
        html.Add($"""<script type="application/json" id="figures">""").Raw("[" + string.Join(",", figures) + "]").Add($"</script>\n");
        foreach (var script in scripts.Concat(trusted ?? []))
            html.Raw("<script>").Raw(script).Raw("</script>\n");
        html.Add($"</body></html>\n");
    }

    /// <summary>The text of plotly.js, which can stand in a page as it is.</summary>
    /// <exception cref="InvalidDataException">It cannot.</exception>
    public static string PlotlyJs(string path)
    {
        var script = File.ReadAllText(path);
        // A carriage return would be lost in HTML and with it the hash; the other two would end or hide the script element.
        foreach (var part in (string[])["\r", "</script", "<!--"])
            if (script.Contains(part, StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"{path}: plotly.js cannot be embedded, as it contains {JsonSerializer.Serialize(part)} at character {script.IndexOf(part, StringComparison.OrdinalIgnoreCase)}; use the version that data/catalog.json names.");
        return script;
    }

    /// <summary>A file that is embedded beside this class.</summary>
    public static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"ResearchKit.Reports.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
