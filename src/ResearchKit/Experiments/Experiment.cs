namespace ResearchKit.Experiments;

/// <summary>One run of a recipe in progress: gives it seed, folder and progress, and takes its results.</summary>
public sealed class Experiment
{
    readonly List<NamedValue> _values = [];
    readonly List<MetricSeries> _metrics = [];
    readonly List<ClaimResult> _claims = [];
    readonly List<ResultTable> _tables = [];
    readonly List<Figure> _figures = [];

    /// <summary>The scale of the run.</summary>
    public required Scale Scale { get; init; }

    /// <summary>The seed of all random numbers of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The run's own folder: compressed models and the like go here.</summary>
    public required string Folder { get; init; }

    /// <summary>Cancelled by Ctrl-C: training saves a checkpoint and ends.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Takes a number.</summary>
    public void Value(string name, double value, string unit) => _values.Add(new(name, value, unit));

    /// <summary>Takes our number for one of the paper's claims.</summary>
    public void Claim(string id, double value) => _claims.Add(new(id, value));

    /// <summary>Says why a claim was not tested.</summary>
    public void NotTested(string id, string because) => _claims.Add(new(id, null, because));

    /// <summary>Takes a table.</summary>
    public void Table(ResultTable table) => _tables.Add(table);

    /// <summary>Takes a figure.</summary>
    public void Figure(Figure figure) => _figures.Add(figure);

    /// <summary>Takes a metric over epochs.</summary>
    public void Metric(MetricSeries series) => _metrics.Add(series);
}
