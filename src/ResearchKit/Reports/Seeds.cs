using ResearchKit.Experiments;

namespace ResearchKit.Reports;

/// <summary>Puts the records of several seeds together: charts and values as means with the span of the seeds.</summary>
static class Seeds
{
    /// <summary>The records in order of their seeds.</summary>
    /// <exception cref="ArgumentException">They are not seeds of one experiment, or a seed is there twice.</exception>
    public static IReadOnlyList<RunRecord> Ordered(IReadOnlyList<RunRecord> records)
    {
        if (records.Count == 0)
            throw new ArgumentException("A report needs at least one run record.", nameof(records));
        var first = records[0];
        foreach (var record in records.Skip(1))
        {
            if (record.Recipe != first.Recipe || record.Scale != first.Scale)
                throw new ArgumentException(
                    $"A report is about one recipe at one scale: '{first.Recipe}' at {first.Scale} and '{record.Recipe}' at {record.Scale} do not belong together.",
                    nameof(records));
            if (RunJson.Canonical(record.Parameters) != RunJson.Canonical(first.Parameters))
                throw new ArgumentException(
                    $"The seeds of a report share their parameters: runs {first.Id} and {record.Id} of '{first.Recipe}' differ in them.",
                    nameof(records));
        }

        var twice = records.GroupBy(record => record.Seed).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw new ArgumentException(
                $"Seed {twice.Key} is there more than once ({string.Join(", ", twice.Select(record => record.Id))}): give one run of each seed.",
                nameof(records));
        return [.. records.OrderBy(record => record.Seed)];
    }

    /// <summary>The recipe's figures over all seeds.</summary>
    public static IEnumerable<ChartData> Figures(IReadOnlyList<RunRecord> records) =>
        from entry in records.SelectMany(record => record.Figures, (record, figure) => (record.Seed, Figure: figure))
        group entry by entry.Figure.Title into same
        let figure = same.First().Figure
        select new ChartData(
            figure.Title, figure.Kind, figure.XLabel, figure.YLabel, figure.LogY, figure.Caption,
            [.. Series(same.SelectMany(entry => entry.Figure.Series, (entry, series) => (entry.Seed, series)))]);

    /// <summary>Training curves: one chart for each net and unit, one line for each stage and metric of it.</summary>
    public static IEnumerable<ChartData> TrainingCurves(IReadOnlyList<RunRecord> records) =>
        from entry in records.SelectMany(record => record.Metrics, (record, metric) => (record.Seed, Metric: metric))
        let path = entry.Metric.Name.Split('/')
        group (entry.Seed, Path: path, entry.Metric)
            by (Net: path.Length > 1 ? path[0] : "", entry.Metric.Unit) into same
        select TrainingCurve(same.Key.Net, same.Key.Unit, [.. same]);

    /// <summary>Named values over all seeds, in the order in which the runs gave them.</summary>
    public static IEnumerable<(string Name, string Unit, IReadOnlyList<double> Values)> Values(IReadOnlyList<RunRecord> records) =>
        records.SelectMany(record => record.Values)
            .GroupBy(value => (value.Name, value.Unit))
            .Select(same => (same.Key.Name, same.Key.Unit, (IReadOnlyList<double>)[.. same.Select(value => value.Value)]));

    // What all lines share, such as validation-error, goes into the title; the lines keep what tells them apart.
    static ChartData TrainingCurve(string net, string unit, IReadOnlyList<(int Seed, string[] Path, MetricSeries Metric)> lines)
    {
        var from = net.Length > 0 ? 1 : 0;
        var shared = lines.Select(line => line.Path[^1]).Distinct().Count() == 1 && lines.All(line => line.Path.Length > from + 1);
        var metric = shared ? lines[0].Path[^1] : "";
        return new(
            string.Join(": ", new[] { net, shared ? metric : "training" }.Where(part => part.Length > 0)),
            FigureKind.Line, "epoch", string.Join(", ", new[] { metric, unit }.Where(part => part.Length > 0)), false, "",
            [.. Series(lines.Select(line => (
                line.Seed,
                new FigureSeries(string.Join(' ', shared ? line.Path[from..^1] : line.Path[from..]), line.Metric.Epochs, null, line.Metric.Values))))]);
    }

    // Series that stand at the same places in every seed become one with a span; others stay apart, each under its seed.
    static IEnumerable<ChartSeries> Series(IEnumerable<(int Seed, FigureSeries Series)> all)
    {
        foreach (var same in all.GroupBy(entry => (entry.Series.Name, entry.Series.FromPaper)))
        {
            var entries = same.ToList();
            var first = entries[0].Series;
            if (entries.Count == 1 || first.FromPaper)
                yield return new(first.Name, first.X, first.Labels, first.Y, first.FromPaper);
            else if (entries.TrueForAll(entry => SamePlaces(entry.Series, first)))
                yield return Mean(first, [.. entries.Select(entry => entry.Series.Y)]);
            else
                foreach (var (seed, series) in entries)
                    yield return new($"{series.Name}, seed {seed}", series.X, series.Labels, series.Y, false);
        }
    }

    static bool SamePlaces(FigureSeries one, FigureSeries other) =>
        one.Y.Count == other.Y.Count
        && (one.X ?? []).SequenceEqual(other.X ?? [])
        && (one.Labels ?? []).SequenceEqual(other.Labels ?? []);

    static ChartSeries Mean(FigureSeries series, IReadOnlyList<IReadOnlyList<double>> seeds)
    {
        double[] Over(Func<IEnumerable<double>, double> aggregate) =>
            [.. Enumerable.Range(0, series.Y.Count).Select(i => aggregate(seeds.Select(values => values[i])))];

        return new(series.Name, series.X, series.Labels, Over(Enumerable.Average), false)
        {
            Low = Over(Enumerable.Min),
            High = Over(Enumerable.Max),
        };
    }
}
