using System.Globalization;
using System.Text.RegularExpressions;
using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>A table over several seeds: where their cells differ in a number, its mean with the span of the seeds below it.</summary>
static partial class MergedTable
{
    /// <summary>A cell: its text, and the span of the seeds, empty where they agree.</summary>
    public readonly record struct Cell(string Text, string Span);

    /// <summary>The records' tables, those of one title and shape put together.</summary>
    public static IEnumerable<(ResultTable Table, IReadOnlyList<IReadOnlyList<Cell>> Rows)> Of(IReadOnlyList<RunRecord> records) =>
        records.SelectMany(record => record.Tables, (record, table) => (record.Seed, Table: table))
            .GroupBy(entry => entry.Table.Title)
            .SelectMany(same => Merge([.. same]));

    /// <summary>Whether a cell holds a number, so that it is set flush right.</summary>
    public static bool IsNumber(string cell) => NumberWithUnit().IsMatch(cell.Trim());

    static IEnumerable<(ResultTable, IReadOnlyList<IReadOnlyList<Cell>>)> Merge(IReadOnlyList<(int Seed, ResultTable Table)> same)
    {
        var first = same[0].Table;
        if (same.All(entry => SameShape(entry.Table, first)))
            return [(first, [.. first.Rows.Select((row, r) => (IReadOnlyList<Cell>)
                [.. row.Select((_, c) => Merge([.. same.Select(entry => entry.Table.Rows[r][c])]))])])];
        return same.Select(entry => (
            entry.Table with { Title = $"{entry.Table.Title}, seed {entry.Seed}" },
            (IReadOnlyList<IReadOnlyList<Cell>>)[.. entry.Table.Rows.Select(row => (IReadOnlyList<Cell>)[.. row.Select(cell => new Cell(cell, ""))])]));
    }

    static bool SameShape(ResultTable one, ResultTable other) =>
        one.Columns.SequenceEqual(other.Columns)
        && one.Rows.Select(row => row.Count).SequenceEqual(other.Rows.Select(row => row.Count));

    static Cell Merge(IReadOnlyList<string> cells)
    {
        if (cells.All(cell => cell == cells[0]))
            return new(cells[0], "");
        var numbers = cells.Select(cell => NumberWithUnit().Match(cell.Trim())).ToList();
        var unit = numbers[0].Groups["unit"].Value;
        if (!numbers.TrueForAll(number => number.Success && number.Groups["unit"].Value == unit))
            return new(string.Join(" / ", cells), "");

        // Rounded as the run rounded its cells.
        var decimals = numbers.Max(number => number.Groups["decimals"].Length);
        var values = numbers.ConvertAll(number =>
            double.Parse(number.Groups["number"].Value.Replace('−', '-'), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        string Text(double value) => value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture).Replace('-', '−');
        return new(Text(values.Average()) + unit, $"{Text(values.Min())} to {Text(values.Max())}");
    }

    [GeneratedRegex(@"^(?<number>[-+−]?\d[\d,]*(\.(?<decimals>\d+))?)(?<unit>\s?[^\d\s].{0,11})?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberWithUnit();
}
