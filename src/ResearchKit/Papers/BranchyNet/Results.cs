using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Training;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>What a network and its branches reach, set beside its rows of Table I.</summary>
sealed class Results(Subject subject, BranchyNetParameters parameters, DataSet data, Experiment run)
{
    const int CurvePoints = 10;

    internal void Report(BranchyNetwork trunk, BranchyNetwork longer, BranchyNetwork branchy)
    {
        var statistics = data.Train.ChannelStatistics();
        using var validation = new Batches(data.Validation, 500, statistics);
        using var test = new Batches(data.Test, 500, statistics);
        var costs = ExitCosts.Of(branchy, data.Test.Channels, data.Test.Height, data.Test.Width);
        double Accuracy(BranchyNetwork network, Batches batches) => 100 - Evaluation.Of(network, batches, run.Cancellation).Error;
        double shorter = Accuracy(trunk, test), baseline = Accuracy(longer, test), enough = Accuracy(longer, validation) - parameters.Tolerance;

        // Chosen on the validation split, and then looked at on the test images.
        run.Report($"{subject.Slug}: thresholds");
        var (onValidation, onTest) = (ExitOutcomes.Of(branchy, validation, run.Cancellation), ExitOutcomes.Of(branchy, test, run.Cancellation));
        ThresholdResult OnValidation(IReadOnlyList<double> thresholds) => onValidation.At(thresholds, data.Validation.Labels, costs.ToExit);
        ThresholdResult OnTest(IReadOnlyList<double> thresholds) => onTest.At(thresholds, data.Test.Labels, costs.ToExit);
        var tried = ThresholdSweep.Grid(subject.Thresholds, branchy.ExitCount - 1).Select(OnValidation).ToArray();
        var chosen = OnTest(ThresholdSweep.Choose(tried, enough).Thresholds);
        var paperWay = ThresholdSweep.Choose([.. tried.Select(r => OnTest(r.Thresholds))], baseline - parameters.Tolerance);

        run.Value($"{subject.Slug}/accuracy/trunk, first stage", shorter, "%");
        run.Value($"{subject.Slug}/accuracy/trunk, as long", baseline, "%");
        run.Value($"{subject.Slug}/accuracy/branchy", chosen.Accuracy, "%");
        run.Value($"{subject.Slug}/macs/trunk", costs.Trunk, "MACs");
        run.Value($"{subject.Slug}/macs/branchy", chosen.Macs, "MACs");
        for (int n = 0; n < branchy.ExitCount; n++)
        {
            run.Value($"{subject.Slug}/exit {n + 1}/share", chosen.Shares[n], "%");
            run.Value($"{subject.Slug}/answer {n + 1} alone/accuracy", onTest.At(OnlyAt(n, branchy.ExitCount), data.Test.Labels, costs.ToExit).Accuracy, "%");
        }

        bool whole = parameters.AlexNetImages == 0 || subject == Subject.LeNet;
        if (whole)
        {
            run.Claim($"table1-{subject.Slug}-trunk-accuracy", baseline);
        }
        else
        {
            run.NotTested($"table1-{subject.Slug}-trunk-accuracy", $"trained on {parameters.AlexNetImages:#,0} images at this scale");
        }

        run.Claim($"table1-{subject.Slug}-accuracy", chosen.Accuracy - baseline);
        run.Claim($"table1-{subject.Slug}-first-share", chosen.Shares[0]);
        SweepTable(branchy, tried, OnTest, costs, chosen);
        Times(branchy, statistics, costs, chosen, paperWay, baseline, [.. ThresholdSweep.Frontier(tried).Select(r => OnTest(r.Thresholds))]);
    }

    static double[] OnlyAt(int exit, int count) => [.. Enumerable.Range(0, count - 1).Select(n => n == exit ? double.PositiveInfinity : -1)];

    /// <summary>Every threshold where there is one exit; the frontier where there are combinations.</summary>
    void SweepTable(BranchyNetwork branchy, ThresholdResult[] tried, Func<IReadOnlyList<double>, ThresholdResult> onTest, ExitCosts costs, ThresholdResult chosen)
    {
        var shown = branchy.ExitCount == 2 ? tried : ThresholdSweep.Frontier(tried);
        ThresholdResult[] tests = [.. shown.Select(r => onTest(r.Thresholds))];
        run.Table(new(
            $"{branchy.GetName()} at each threshold",
            ["T (nats)", "Validation accuracy (%)", "Test accuracy (%)", "Leave at each exit (%)", "Accuracy of those (%)", "MACs / trunk", ""],
            [.. shown.Zip(tests, (v, t) => (string[])[
                v.Text, $"{v.Accuracy:0.00}", $"{t.Accuracy:0.00}", string.Join(", ", t.Shares.Select(s => $"{s:0.0}")),
                string.Join(", ", t.AccuracyAtExit.Select(a => double.IsNaN(a) ? "-" : $"{a:0.0}")), $"{t.Macs / costs.Trunk:0.000}", v.Text == chosen.Text ? "chosen" : ""])],
            $"Chosen on the validation split: the fewest MACs with at most {parameters.Tolerance} points less than the trunk alone. MACs count every branch that was asked."));
        run.Figure(new(
            $"{branchy.GetName()}: who leaves early", FigureKind.Line, "MACs / trunk", "% of test images",
            [.. Enumerable.Range(0, branchy.ExitCount).Select(n => new FigureSeries($"exit {n + 1}", [.. tests.Select(t => t.Macs / costs.Trunk)], null, [.. tests.Select(t => t.Shares[n])]))],
            "From high thresholds on the left to low ones: where everybody goes on to the last exit, branches make the network dearer than its trunk."));
    }

    void Times(
        BranchyNetwork branchy, ChannelStatistics statistics, ExitCosts costs, ThresholdResult chosen, ThresholdResult paperWay, double baseline, ThresholdResult[] frontier)
    {
        if (parameters.TimingRounds == 0)
        {
            Claims.NotTested(subject, "timings are left out at this scale", run);
            return;
        }

        run.Report($"{subject.Slug}: timing");
        var (_, images) = BatchOneEngine.Draw(data.Test, statistics, parameters.TimedImages, run.Seed);
        try
        {
            BatchOneEngine[] engines = subject == Subject.LeNet
                ? [BatchOneEngine.Small(branchy, images), BatchOneEngine.Libtorch(branchy, images)]
                : [BatchOneEngine.Libtorch(branchy, images)];
            var rows = new List<IReadOnlyList<string>>();
            foreach (var (k, engine) in engines.Index())
            {
                var timing = new Timing(engine, images.Length, parameters.TimingRounds);
                PairedLatency whole = timing.Whole([.. chosen.Thresholds]), headsFree = timing.HeadsFree([.. chosen.Thresholds]);
                rows.Add(Line($"{engine.Name}; T on the validation split", chosen, whole, headsFree));
                if (k == 0)
                {
                    run.Claim($"table1-{subject.Slug}-cpu-gain", whole.Ratio);
                    run.Claim($"table1-{subject.Slug}-cpu-gain-heads-free", headsFree.Ratio);
                    rows.Add(Line($"{engine.Name}; T on the test images, the paper's own protocol", paperWay, timing.Whole([.. paperWay.Thresholds]), timing.HeadsFree([.. paperWay.Thresholds])));
                    Curve(engine, costs, frontier, baseline, images.Length);
                }
            }

            var row = subject.Row;
            rows.Add(["the paper", "", $"{row.TrunkAccuracy:0.00}", $"{row.Accuracy:0.00}", string.Join(", ", row.Shares), "", $"{row.TrunkCpu:0.00}", $"{row.Cpu:0.00}", $"{row.TrunkCpu / row.Cpu:0.0}", ""]);
            run.Table(new(
                $"{subject.Trunk} and {branchy.GetName()} at batch 1 on one thread, beside the paper's Table I",
                ["How", "T (nats)", "Trunk accuracy (%)", "Accuracy (%)", "Leave at each exit (%)", "MACs / trunk", "Trunk (ms)", "Early exits (ms)", "Gain", "Gain, branches not timed"],
                rows,
                $"Medians of {parameters.TimingRounds} paired rounds over {images.Length} test images; quartiles in brackets. 'Gain' times branches, softmax and entropy too. "
                + "The clock in the authors' code stands around the trunk's segments only: the last column, which their printed gains are nearer to."));
            Claims.NotTested(subject, "no GPU is used", run);
        }
        finally
        {
            Array.ForEach(images, i => i.Dispose());
        }

        string[] Line(string how, ThresholdResult result, PairedLatency whole, PairedLatency headsFree) =>
        [
            how, result.Text, $"{baseline:0.00}", $"{result.Accuracy:0.00}", string.Join(", ", result.Shares.Select(s => $"{s:0.0}")), $"{result.Macs / costs.Trunk:0.000}",
            $"{whole.Baseline:0.0000}", $"{whole.Candidate:0.0000}", $"{whole.Ratio:0.00} ({whole.Low:0.00} to {whole.High:0.00})", $"{headsFree.Ratio:0.00} ({headsFree.Low:0.00} to {headsFree.High:0.00})",
        ];
    }

    /// <summary>Accuracy against time along the frontier that the validation split gives, as in Fig. 3.</summary>
    void Curve(BatchOneEngine engine, ExitCosts costs, ThresholdResult[] frontier, double baseline, int images)
    {
        int step = (frontier.Length + CurvePoints - 1) / CurvePoints;
        ThresholdResult[] points = [.. frontier.Where((_, k) => k % step == 0 || k == frontier.Length - 1)];
        var timing = new Timing(engine, images, Math.Min(5, parameters.TimingRounds));
        double[] times = [.. points.Select(p => timing.Whole([.. p.Thresholds])).Select(t => 1 / t.Ratio)];
        run.Figure(new(
            $"{branchyName()}: accuracy against time", FigureKind.Line, "time / trunk", "test accuracy (%)",
            [
                new("early exits, timed whole", times, null, [.. points.Select(p => p.Accuracy)]),
                new("by MACs", [.. points.Select(p => p.Macs / costs.Trunk)], null, [.. points.Select(p => p.Accuracy)]),
                new("trunk", [1], null, [baseline]),
                new("paper's knee", [subject.Row.Cpu / subject.Row.TrunkCpu], null, [subject.Row.Accuracy]) { FromPaper = true },
            ],
            "Each point has thresholds that the validation split finds more accurate than all cheaper ones."));

        string branchyName() => $"B-{subject.Trunk}";
    }
}
