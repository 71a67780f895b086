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
        string[] headings = ["Claim", "Where", "Kind", "Paper", "Ours", "95 % interval", "Verdict"];
        shell.Table(
            withPaper ? ["Recipe", .. headings] : headings,
            rows.Select(r =>
            {
                string[] cells =
                [
                    r.Statement, r.Where, r.Kind.ToString().ToLowerInvariant(), Printed(r.PaperValue, r.Unit), Value(r.OurValue, r.Unit),
                    Interval(r.Low, r.High), r.Verdict == Verdict.Reproduced ? r.Verdict.Words() : $"{r.Verdict.Words()}: {r.Reason}",
                ];
                return (IReadOnlyList<string>)(withPaper ? [r.Paper, .. cells] : cells);
            }),
            withPaper ? [4, 5] : [3, 4]);
    }

    static string Unit(string unit) => unit.Length == 0 || unit == "x" ? unit : " " + unit;
}
