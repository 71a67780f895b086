using System.Text.Json.Nodes;

namespace ResearchKit.Experiments;

/// <summary>Everything needed to believe a number and to get it again: one seed of one recipe at one scale.</summary>
/// <remarks>Every number in a report, chart or ledger comes from a record. Stored as JSON, written atomically.</remarks>
public sealed record RunRecord
{
    /// <summary>The version of this schema; a reader refuses versions that it does not know.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Content key of the run: recipe, scale, parameters, data, seed and code. Hexadecimal.</summary>
    public required string Id { get; init; }

    /// <summary>The recipe's name, which is the paper's slug, such as <c>deep-compression</c>.</summary>
    public required string Recipe { get; init; }

    /// <summary>The scale that the parameters were taken from.</summary>
    public required Scale Scale { get; init; }

    /// <summary>The seed of all random numbers of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>All parameters as resolved, also those left at the scale's defaults.</summary>
    public required JsonObject Parameters { get; init; }

    /// <summary>The command line that repeats this run.</summary>
    public string Command { get; init; } = "";

    /// <summary>When the run started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Wall time of the run in seconds, without what was reused from the store.</summary>
    public double Seconds { get; init; }

    /// <summary>Machine, runtime, libraries, threads, memory layout, code version.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The data sets used, with source and checksums.</summary>
    public IReadOnlyList<DataUse> Data { get; init; } = [];

    /// <summary>Single results by name, such as <c>lenet5/error/dense</c>, with their units.</summary>
    public IReadOnlyList<NamedValue> Values { get; init; } = [];

    /// <summary>Per-epoch metrics.</summary>
    public IReadOnlyList<MetricSeries> Metrics { get; init; } = [];

    /// <summary>What the run found for each of the paper's claims.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; init; } = [];

    /// <summary>Tables like the paper's own.</summary>
    public IReadOnlyList<ResultTable> Tables { get; init; } = [];

    /// <summary>Charts, as data.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Files that the run left in its folder, such as a compressed model, by name relative to it.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];
}

/// <summary>A data set as used by a run.</summary>
/// <param name="Name">Its name in the catalog.</param>
/// <param name="Source">Where this machine got it from.</param>
/// <param name="Synthetic">True for drawn data: then no verdict is set on trained claims.</param>
/// <param name="Checksums">SHA-256 by file name.</param>
public sealed record DataUse(string Name, string Source, bool Synthetic, IReadOnlyDictionary<string, string> Checksums);

/// <summary>A named number with its unit.</summary>
/// <param name="Name">Path-like name, such as <c>lenet5/error/dense</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit.</param>
public sealed record NamedValue(string Name, double Value, string Unit);

/// <summary>A metric over the course of training.</summary>
/// <param name="Name">Path-like name, such as <c>lenet5/dense/validation-error</c>.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Epochs">The epoch (counted from 1) of each value.</param>
/// <param name="Values">The values.</param>
public sealed record MetricSeries(string Name, string Unit, IReadOnlyList<double> Epochs, IReadOnlyList<double> Values);

/// <summary>What one run found for one claim.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Value">Our number, or null where it was not tested.</param>
/// <param name="NotTestedBecause">Why not, where it was not tested.</param>
public sealed record ClaimResult(string Claim, double? Value, string? NotTestedBecause = null);

/// <summary>A table of results.</summary>
/// <param name="Title">What it shows and which table of the paper it stands beside.</param>
/// <param name="Columns">Column headings, units included.</param>
/// <param name="Rows">Cells as text, or numbers already rounded for print; one array a row.</param>
/// <param name="Note">What a reader has to know to read it right.</param>
public sealed record ResultTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, string Note = "");

/// <summary>How a figure draws its series.</summary>
public enum FigureKind
{
    /// <summary>Lines with markers.</summary>
    Line,

    /// <summary>Vertical bars, one group for each x label.</summary>
    Bar,

    /// <summary>Markers only.</summary>
    Point,
}

/// <summary>A chart, as data.</summary>
/// <param name="Title">The title.</param>
/// <param name="Kind">How the series are drawn.</param>
/// <param name="XLabel">The x axis with its unit.</param>
/// <param name="YLabel">The y axis with its unit.</param>
/// <param name="Series">What is drawn.</param>
/// <param name="Caption">What the figure shows, in a sentence.</param>
public sealed record Figure(
    string Title, FigureKind Kind, string XLabel, string YLabel, IReadOnlyList<FigureSeries> Series, string Caption = "")
{
    /// <summary>True for a logarithmic y axis.</summary>
    public bool LogY { get; init; }
}

/// <summary>One series of a figure. Either <paramref name="X"/> or <paramref name="Labels"/> names the places on the x axis.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="X">Numbers on the x axis, or null.</param>
/// <param name="Labels">Categories on the x axis, or null.</param>
/// <param name="Y">The values.</param>
public sealed record FigureSeries(string Name, IReadOnlyList<double>? X, IReadOnlyList<string>? Labels, IReadOnlyList<double> Y)
{
    /// <summary>True for a number of the paper, which is drawn apart from ours.</summary>
    public bool FromPaper { get; init; }
}

/// <summary>A file that a run left behind.</summary>
/// <param name="Name">Relative to the run's folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its checksum, hexadecimal.</param>
public sealed record RunFile(string Name, long Bytes, string Sha256);
