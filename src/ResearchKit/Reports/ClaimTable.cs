using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>The claim table: what the paper says, what came out here, and the verdict with its reason.</summary>
static class ClaimTable
{
    /// <summary>The table, with a count of the verdicts on top. Its verdicts are the ledger's, for these records alone.</summary>
    public static Html Judged(Recipe recipe, IReadOnlyList<RunRecord> records)
    {
        var rows = Ledger.Rows([recipe], records).Zip(recipe.Claims, (row, claim) => (Row: row, Claim: claim)).ToList();
        var html = new Html().Add($"""<ul class="tally" aria-label="Verdicts">""");
        foreach (var same in rows.GroupBy(entry => entry.Row.Verdict).OrderBy(group => group.Key))
            html.Add($"""<li>{Badge(same.Key)} <b>{same.Count()}</b></li>""");
        html.Add($"""
            </ul><div class="scroll"><table class="claims" role="table">
            <caption>What the paper claims and what these runs found. Ours is the mean over the seeds, with its 95 % interval.</caption>
            <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Claim</th><th scope="col" role="columnheader" class="n">Paper</th><th scope="col" role="columnheader" class="n">Ours</th><th scope="col" role="columnheader">Verdict</th></tr></thead>
            <tbody role="rowgroup">
            """);
        foreach (var (row, claim) in rows)
        {
            var (ours, interval) = row switch
            {
                { OurValue: { } mean, Low: { } low, High: { } high } when low < high => Numbers.WithInterval(mean, low, high, claim.Unit),
                { OurValue: { } mean } => (Numbers.Text(mean, claim.Unit), ""),
                _ => ("–", ""),
            };
            if (row.OurValue is not null && row.Seeds.Count < records.Count)
                interval += $" (seed {string.Join(", ", row.Seeds)} only)";
            html.Add($"""
                <tr role="row"><th scope="row" role="rowheader"><span class="statement">{claim.Statement}</span> <span class="where">{claim.Where} · {KindWord(claim.Kind)}</span>{WhatCounts(claim)}</th>
                <td role="cell" class="n" data-label="Paper">{Numbers.Text(claim.PaperValue, claim.Unit)}</td>
                <td role="cell" class="n" data-label="Ours"><b>{ours}</b>{(interval.Length > 0 ? new Html().Add($"<small>{interval}</small>") : null)}</td>
                <td role="cell" class="verdict" data-label="Verdict">{Badge(row.Verdict)}{ClaimStrip.Draw(claim, row)}<small>{row.Reason}</small></td></tr>
                """);
        }

        return html.Add($"""
            </tbody></table></div>
            <p class="key" aria-hidden="true"><svg viewBox="0 0 12 12"><path class="strip-paper" d="M6 10l-5-8h10z"/></svg> paper
            <svg viewBox="0 0 12 12"><circle class="strip-ours" cx="6" cy="6" r="4"/></svg> ours, line: interval
            <svg viewBox="0 0 12 12"><path class="strip-band" d="M0 1h12v10H0z"/></svg> counts as reproduced
            <svg viewBox="0 0 12 12"><path class="strip-none" d="M6 0v12"/></svg> no effect</p>
            """);
    }

    /// <summary>The results for claims without the recipe that says what they mean: numbers only, no verdicts.</summary>
    public static Html WithoutRecipe(IReadOnlyList<RunRecord> records)
    {
        var html = new Html().Add($"""
            <p class="note">This build does not know the recipe, so it cannot say what the claims are or set verdicts.</p>
            <div class="scroll"><table><caption>Our number for each claim, by seed.</caption><thead><tr><th scope="col">Claim</th><th scope="col" class="n">Ours</th></tr></thead><tbody>
            """);
        foreach (var (id, values) in records.SelectMany(record => record.Claims).Where(claim => claim.Value is not null).GroupBy(claim => claim.Claim, claim => claim.Value!.Value)
            .Select(claim => (claim.Key, claim.AsEnumerable())))
            html.Add($"""<tr><th scope="row">{id}</th><td class="n">{string.Join(", ", values.Select(Numbers.Text))}</td></tr>""");
        return html.Add($"</tbody></table></div>");
    }

    /// <summary>A verdict as a badge: the sign says it without colour, the word without either.</summary>
    public static Html Badge(Verdict verdict)
    {
        var sign = verdict switch
        {
            Verdict.Reproduced => "✓",
            Verdict.Partly => "◐",
            Verdict.NotReproduced => "✗",
            Verdict.Contradicted => "⇄",
            _ => "○",
        };
        return new Html().Add($"""<span class="badge {Kind(verdict)}"><span aria-hidden="true">{sign}</span> {verdict.Words()}</span>""");
    }

    /// <summary>The class by which the style sheet colours a verdict.</summary>
    public static string Kind(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "good",
        Verdict.Partly => "half",
        Verdict.NotReproduced => "bad",
        Verdict.Contradicted => "worst",
        _ => "open",
    };

    static string KindWord(ClaimKind kind) => kind switch
    {
        ClaimKind.Exact => "exact arithmetic",
        ClaimKind.Measured => "measured here",
        _ => "trained, across seeds",
    };

    static Html WhatCounts(Claim claim)
    {
        var html = new Html();
        if (claim.Kind == ClaimKind.Exact)
            return html;
        var side = claim.Direction == Direction.Above ? "above" : "below";
        html.Add($"""<details><summary>What counts</summary><p>The paper's effect lies {side} {Numbers.Text(claim.NoEffect, claim.Unit)}; """);
        html.Add($"its size counts {Band(claim)}.");
        if (claim.Because.Length > 0)
            html.Add($" {claim.Because}");
        return html.Add($"</p></details>");
    }

    static string Band(Claim claim) => (double.IsFinite(claim.BandLow), double.IsFinite(claim.BandHigh)) switch
    {
        (true, true) => $"from {Numbers.Text(claim.BandLow)} to {Numbers.Text(claim.BandHigh, claim.Unit)}",
        (true, false) => $"from {Numbers.Text(claim.BandLow, claim.Unit)} up",
        (false, true) => $"up to {Numbers.Text(claim.BandHigh, claim.Unit)}",
        _ => "whatever it is",
    };
}
