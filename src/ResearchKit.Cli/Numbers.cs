using ResearchKit.Experiments;

namespace ResearchKit.Cli;

/// <summary>Numbers as the tables print them.</summary>
static class Numbers
{
    /// <summary>A number of ours, rounded for reading.</summary>
    public static string Value(double? value, string unit = "") => value switch
    {
        null => "",
        { } v when !double.IsFinite(v) => "not finite",
        { } v when Math.Abs(v) >= 1000 || v == Math.Round(v) => v.ToString("#,##0.#") + Unit(unit),
        { } v => v.ToString(Math.Abs(v) >= 100 ? "0.0" : Math.Abs(v) >= 1 ? "0.00" : Math.Abs(v) >= 0.1 ? "0.000" : "G3") + Unit(unit),
    };

    /// <summary>A number of the paper's, with all digits that it prints.</summary>
    public static string Printed(double value, string unit) => value.ToString("#,##0.##########") + Unit(unit);

    public static string Interval(double? low, double? high) => low is null ? "" : $"{Value(low)} to {Value(high)}";

    public static string Bytes(long bytes) => bytes < 10_000 ? $"{bytes:#,##0} B" : bytes < 10_000_000 ? $"{bytes / 1e3:#,##0.0} kB" : $"{bytes / 1e6:#,##0.0} MB";

    public static string Seconds(double seconds) => seconds < 120 ? $"{seconds:0.0} s" : seconds < 7200 ? $"{seconds / 60:0.0} min" : $"{seconds / 3600:0.0} h";

    /// <summary>The rows of the claim table: paper, ours, interval, verdict.</summary>
    public static void Claims(this Shell shell, IEnumerable<LedgerRow> rows, bool withPaper)
    {
        LedgerRow[] all = [.. rows];
        bool intervals = all.Any(r => r.Low is not null);
        string[] headings = ["Claim", "Where", "Paper", "Ours", .. intervals ? ["95 % interval"] : Array.Empty<string>(), "Verdict"];
        shell.Table(
            withPaper ? ["Recipe", .. headings] : headings,
            all.Select(r => (IReadOnlyList<string>)
            [
                .. withPaper ? [r.Paper] : Array.Empty<string>(), r.Statement, r.Where, Printed(r.PaperValue, r.Unit), Value(r.OurValue, r.Unit),
                .. intervals ? [Interval(r.Low, r.High)] : Array.Empty<string>(), r.Verdict.Words(),
            ]),
            withPaper ? [3, 4] : [2, 3]);
        foreach (var group in all.Where(r => r.Verdict is not (Verdict.Reproduced or Verdict.NeedsSeeds)).GroupBy(r => (r.Verdict, r.Reason)))
        {
            shell.Line($"{group.Key.Verdict.Words()}: {group.Key.Reason} ({string.Join(", ", group.Select(r => r.Id))})");
        }
    }

    static string Unit(string unit) => unit.Length == 0 || unit == "x" ? unit : " " + unit;
}
