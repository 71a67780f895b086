using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>A chart of one or more seeds, from which both drawings are made: plotly's and the static one.</summary>
sealed record ChartData(
    string Title, FigureKind Kind, string XLabel, string YLabel, bool LogY, string Caption, IReadOnlyList<ChartSeries> Series);

/// <summary>One series: places on the x axis (numbers or labels), the mean over the seeds and, for several seeds, their span.</summary>
sealed record ChartSeries(string Name, IReadOnlyList<double>? X, IReadOnlyList<string>? Labels, IReadOnlyList<double> Y, bool FromPaper)
{
    /// <summary>The lowest value over the seeds, or null for one seed.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>The highest value over the seeds, or null for one seed.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>How many points have both a place and a value.</summary>
    public int Count => Math.Min(Y.Count, X?.Count ?? Labels?.Count ?? 0);
}
