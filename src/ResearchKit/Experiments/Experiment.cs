using ResearchKit.Data;

namespace ResearchKit.Experiments;

/// <summary>One run of a recipe in progress: gives it seed, folder and progress, and takes its results.</summary>
public sealed class Experiment
{
    readonly List<NamedValue> _values = [];
    readonly List<MetricSeries> _metrics = [];
    readonly List<ClaimResult> _claims = [];
    readonly List<ResultTable> _tables = [];
    readonly List<Figure> _figures = [];
    readonly List<DataUse> _data = [];
    StageStore? _stages;

    /// <summary>The scale of the run.</summary>
    public required Scale Scale { get; init; }

    /// <summary>The seed of all random numbers of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>
    /// The run's own folder: compressed models and the like go here and are listed in the record. It gets its final name when the
    /// run ends, so results name files relative to it.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>Cancelled by Ctrl-C: training saves a checkpoint and ends.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Who watches the run; null if nobody does.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Machine, libraries and settings, for the record: the training floor adds its own.</summary>
    public IDictionary<string, string> Environment { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The claims that may be reported; null where anything may, as in a notebook.</summary>
    internal Recipe? Recipe { get; init; }

    /// <summary>Changes each data set before the recipe sees it: so a test finds out whether labels leak into what they must not.</summary>
    internal Func<DataSet, DataSet>? Disguise { get; init; }

    /// <summary>Where stages are kept; by default in <see cref="Folder"/>.</summary>
    internal StageStore Stages { get => _stages ??= new(Path.Combine(Folder, "stages")); init => _stages = value; }

    /// <summary>The numbers taken so far.</summary>
    public IReadOnlyList<NamedValue> Values => _values;

    /// <summary>The metrics taken so far.</summary>
    public IReadOnlyList<MetricSeries> Metrics => _metrics;

    /// <summary>What was found for claims so far.</summary>
    public IReadOnlyList<ClaimResult> Claims => _claims;

    /// <summary>The tables taken so far.</summary>
    public IReadOnlyList<ResultTable> Tables => _tables;

    /// <summary>The figures taken so far.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>The data sets used so far.</summary>
    public IReadOnlyList<DataUse> Data => _data;

    /// <summary>Takes a number.</summary>
    public void Value(string name, double value, string unit) => _values.Add(new(name, value, unit));

    /// <summary>Takes our number for one of the paper's claims; NaN where a training diverged.</summary>
    /// <exception cref="ArgumentException">The recipe has no such claim, or it was reported before.</exception>
    public void Claim(string id, double value) => Add(new(id, value));

    /// <summary>Says why a claim was not tested.</summary>
    /// <exception cref="ArgumentException">The recipe has no such claim, or it was reported before.</exception>
    public void NotTested(string id, string because) => Add(new(id, null, because));

    /// <summary>Takes a table.</summary>
    public void Table(ResultTable table) => _tables.Add(table);

    /// <summary>Takes a figure.</summary>
    public void Figure(Figure figure) => _figures.Add(figure);

    /// <summary>Takes a metric over epochs.</summary>
    public void Metric(MetricSeries series) => _metrics.Add(series);

    /// <summary>Says which data set the run uses, before the stages that use it: its checksums are part of their keys.</summary>
    public void Uses(DataUse data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (_data.All(d => d.Name != data.Name))
            _data.Add(data);
    }

    /// <summary>A data set of the catalog, fetched if it is not there yet, and entered among those that the run uses.</summary>
    /// <param name="name">Its name, such as <c>mnist</c>.</param>
    /// <exception cref="UsageException">There is none of that name.</exception>
    /// <exception cref="DataUnavailableException">No source gives it.</exception>
    public DataSet Load(string name)
    {
        if (!DataSets.Names.Contains(name))
            throw new UsageException(Spelling.Unknown("data set", name, DataSets.Names));
        var data = DataSets.Load(name, new Fetching(this), Cancellation);
        Uses(new(data.Name, data.Provenance.Source, data.Synthetic, data.Provenance.Sha256));
        return Disguise?.Invoke(data) ?? data;
    }

    /// <summary>Says how far the run is, and ends it if it was cancelled.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Report(string step, double? fraction = null, string detail = "")
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report(new(step, fraction, detail));
    }

    /// <summary>
    /// An expensive part, such as a trained baseline, that is done once and shared by all recipes that ask for the same: same
    /// name, parameters, seed, data and code. Interrupted, it begins again with what it left in its folder.
    /// </summary>
    /// <typeparam name="T">What it gives, such as a network.</typeparam>
    /// <param name="name">What it is, such as <c>lenet-5-baseline</c>.</param>
    /// <param name="parameters">All that its result depends on besides seed, data and code: a record or an anonymous object.</param>
    /// <param name="produce">Does the work, keeps its checkpoints in the folder, and leaves there what <paramref name="load"/> reads.</param>
    /// <param name="load">Gets the result from the folder.</param>
    /// <param name="data">The data it depends on; by default all that the run has used so far.</param>
    /// <exception cref="RunBusyException">Another process is producing it.</exception>
    public T Stage<T>(
        string name, object parameters, Func<StageFolder, T> produce, Func<StageFolder, T> load, IReadOnlyList<DataUse>? data = null)
    {
        ArgumentNullException.ThrowIfNull(produce);
        Cancellation.ThrowIfCancellationRequested();
        return Stages.Get(name, parameters, Seed, data ?? _data, produce, load);
    }

    sealed class Fetching(Experiment run) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => run.Progress?.Report(
            new($"fetching {value.Entry}", value.TotalBytes is > 0 and var total ? (double)value.Bytes / total : null, value.ToString()));
    }

    void Add(ClaimResult result)
    {
        if (Recipe is not null && Recipe.Claims.All(c => c.Id != result.Claim))
            throw new ArgumentException(Spelling.Unknown("claim", result.Claim, [.. Recipe.Claims.Select(c => c.Id)]));
        if (_claims.Any(c => c.Claim == result.Claim))
            throw new ArgumentException($"The claim '{result.Claim}' was reported twice.");
        _claims.Add(result);
    }
}
