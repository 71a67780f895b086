using System.Globalization;
using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>What was asked, and where each number comes from: runs, machine, data, files.</summary>
static class ProvenanceSection
{
    /// <summary>Recipe, scale, seeds, parameters and command.</summary>
    public static Html Asked(IReadOnlyList<RunRecord> records, Recipe? recipe)
    {
        var first = records[0];
        var html = new Html().Add($"""
            <dl class="facts"><div><dt>Recipe</dt><dd><code>{first.Recipe}</code></dd></div>
            <div><dt>Scale</dt><dd>{first.Scale.Word()}{(recipe is null ? "" : $": {recipe.Budget(first.Scale)}")}</dd></div>
            <div><dt>Seeds</dt><dd>{string.Join(", ", records.Select(record => record.Seed))}</dd></div>
            """);
        html.Add($"</dl>");
        if (first.Parameters.Count > 0)
        {
            html.Add($"""<details><summary>{first.Parameters.Count} parameters</summary><dl class="facts">""");
            foreach (var (name, value) in first.Parameters)
                html.Add($"<div><dt>{name}</dt><dd>{value?.ToString() ?? "none"}</dd></div>");
            html.Add($"</dl></details>");
        }

        foreach (var command in records.Select(record => record.Command).Where(command => command.Length > 0).Distinct())
            html.Add($"""<pre tabindex="0"><code>{command}</code></pre>""");
        return html;
    }

    /// <summary>Runs, environment, data and files.</summary>
    public static Html Sources(IReadOnlyList<RunRecord> records)
    {
        var html = new Html().Add($"""
            <div class="scroll"><table><caption>Runs</caption>
            <thead><tr><th scope="col">Seed</th><th scope="col">Run</th><th scope="col">Started (UTC)</th><th scope="col" class="n">Took</th></tr></thead><tbody>
            """);
        foreach (var record in records)
            html.Add($"""
                <tr><th scope="row">{record.Seed}</th><td><code>{record.Id}</code></td>
                <td>{record.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</td><td class="n">{Numbers.Duration(record.Seconds)}</td></tr>
                """);
        return html.Add($"</tbody></table></div>{Environment(records)}{Data(records)}{Files(records)}");
    }

    /// <summary>What the records differ in and numbers depend on, so that they may not be compared without a mark.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<RunRecord> records) =>
        [.. Provenance.Comparable.Where(name => Differs(name, records))];

    static bool Differs(string name, IReadOnlyList<RunRecord> records) =>
        records.Select(record => record.Environment.GetValueOrDefault(name)).Distinct().Count() > 1;

    static Html Environment(IReadOnlyList<RunRecord> records)
    {
        var differ = Differences(records);
        var html = new Html().Add($"""
            <div class="scroll"><table><caption>Environment</caption><thead><tr><th scope="col">What</th><th scope="col">Value</th></tr></thead><tbody>
            """);
        foreach (var name in records.SelectMany(record => record.Environment.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var value = Differs(name, records)
                ? string.Join("; ", records.Select(record => $"seed {record.Seed}: {record.Environment.GetValueOrDefault(name, "not recorded")}"))
                : records[0].Environment[name];
            html.Add($"""<tr class="{(differ.Contains(name) ? "differs" : "")}"><th scope="row">{name}</th><td>{value}</td></tr>""");
        }

        return html.Add($"</tbody></table></div>");
    }

    static Html? Data(IReadOnlyList<RunRecord> records)
    {
        var rows = records.SelectMany(record => record.Data)
            .SelectMany(data => data.Checksums.OrderBy(file => file.Key, StringComparer.Ordinal).DefaultIfEmpty(new("–", "–")), (data, file) => (data.Name, data.Synthetic, data.Source, File: file.Key, Sha256: file.Value))
            .Distinct().ToList();
        if (rows.Count == 0)
            return null;
        var html = new Html().Add($"""
            <div class="scroll"><table><caption>Data</caption><thead><tr><th scope="col">Data set</th><th scope="col">Source</th><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>
            """);
        foreach (var (name, synthetic, source, file, sha256) in rows)
            html.Add($"""<tr><th scope="row">{name}{(synthetic ? " (drawn)" : "")}</th><td>{source}</td><td class="file">{file}</td><td><code class="hash">{sha256}</code></td></tr>""");
        return html.Add($"</tbody></table></div>");
    }

    static Html? Files(IReadOnlyList<RunRecord> records)
    {
        if (records.All(record => record.Files.Count == 0))
            return null;
        var html = new Html().Add($"""
            <div class="scroll"><table><caption>Files left in the runs' folders</caption><thead><tr><th scope="col">File</th><th scope="col">Seed</th><th scope="col" class="n">Size</th><th scope="col">SHA-256</th></tr></thead><tbody>
            """);
        foreach (var (record, file) in records.SelectMany(record => record.Files, (record, file) => (record, file)))
            html.Add($"""<tr><th scope="row" class="file">{file.Name}</th><td>{record.Seed}</td><td class="n">{Numbers.Bytes(file.Bytes)}</td><td><code class="hash">{file.Sha256}</code></td></tr>""");
        return html.Add($"</tbody></table></div>");
    }
}
