using ResearchKit.Experiments;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>What the paper claims (arXiv:1709.01686, Table I): a CPU of 3.0 GHz and a Titan X, batch 1.</summary>
static class Claims
{
    internal static IReadOnlyList<Claim> All { get; } =
    [
        .. Rows(Subject.LeNet, 98.62, 98.7, "No effect is what exit 1 alone reaches in a later run of the authors; the band allows half a point for few epochs.", 85),
        .. Rows(Subject.AlexNet, 75.29, 76.4, "No effect is what exit 1 alone reaches in a later run of the authors; the band allows two points.", 33),
        .. Rows(Subject.ResNet, 50, 78.7, "The band allows two points.", 20),
        Arithmetic(Subject.LeNet, "CPU", r => r.TrunkCpu / r.Cpu, 5.4),
        Arithmetic(Subject.LeNet, "GPU", r => r.TrunkGpu / r.Gpu, 4.7),
        Arithmetic(Subject.AlexNet, "CPU", r => r.TrunkCpu / r.Cpu, 1.5),
        Arithmetic(Subject.AlexNet, "GPU", r => r.TrunkGpu / r.Gpu, 2.4),
        Arithmetic(Subject.ResNet, "CPU", r => r.TrunkCpu / r.Cpu, 1.9),
        Arithmetic(Subject.ResNet, "GPU", r => r.TrunkGpu / r.Gpu, 1.9),
        new("sec3-entropy", "Sec. III-C", "Entropy in nats, of ten classes: 0 to ln 10. The uniform answer's.", ClaimKind.Exact, "nats", 2.302585) { Rounding = 5e-7 },
    ];

    /// <summary>Those that are arithmetic.</summary>
    internal static void Exact(Experiment run)
    {
        foreach (var subject in new[] { Subject.LeNet, Subject.AlexNet, Subject.ResNet })
        {
            var row = subject.Row;
            run.Claim($"table1-{subject.Slug}-cpu-arithmetic", row.TrunkCpu / row.Cpu);
            run.Claim($"table1-{subject.Slug}-gpu-arithmetic", row.TrunkGpu / row.Gpu);
        }

        run.Claim("sec3-entropy", Confidence.Entropy(stackalloc float[10]));
    }

    /// <summary>Says of a network's trained and measured claims that they were not tested.</summary>
    internal static void NotTested(Subject subject, string because, Experiment run)
    {
        foreach (var claim in All.Where(c => c.Id.StartsWith($"table1-{subject.Slug}-", StringComparison.Ordinal) && c.Kind != ClaimKind.Exact && run.Claims.All(r => r.Claim != c.Id)))
        {
            run.NotTested(claim.Id, because);
        }
    }

    static IEnumerable<Claim> Rows(Subject subject, double noEffect, double low, string because, double leastShare)
    {
        var (row, id) = (subject.Row, $"table1-{subject.Slug}");
        string name = $"B-{subject.Trunk}";
        double gain = Math.Round(row.TrunkCpu / row.Cpu, 1), difference = Math.Round(row.Accuracy - row.TrunkAccuracy, 2);
        yield return new($"{id}-trunk-accuracy", "Table I", $"{subject.Trunk} without branches has an accuracy of {row.TrunkAccuracy} %.", ClaimKind.Trained, "%", row.TrunkAccuracy)
        {
            NoEffect = noEffect,
            BandLow = low,
            Because = because,
        };
        yield return new($"{id}-accuracy", "Table I", $"{name} with early exits against {subject.Trunk}: {difference:+0.00;-0.00} points.", ClaimKind.Trained, "points", difference)
        {
            NoEffect = difference < 0 ? -3 : -0.2,
            Because = difference < 0 ? "Within twice the loss that the paper has." : "The paper's gain is tested as 'not more than 0.2 points less'; our trunk was trained alone for as long as both stages.",
        };
        yield return new($"{id}-cpu-gain", "Table I", $"{name} is {gain} times as fast as {subject.Trunk} on the CPU, everything timed.", ClaimKind.Measured, "x", gain)
        {
            NoEffect = 1,
            BandLow = 1 + ((gain - 1) / 2),
            Because = "At least half of the paper's gain; our thresholds are chosen on the validation split.",
        };
        yield return new($"{id}-cpu-gain-heads-free", "Table I", $"The same {gain} times, branches, softmax and entropy left out, as the clock in the authors' code has it.", ClaimKind.Measured, "x", gain)
        {
            NoEffect = 1,
            BandLow = 1 + ((gain - 1) / 2),
            Because = "At least half of the paper's gain.",
        };
        yield return new($"{id}-first-share", "Table I", $"{row.Shares[0]} % of the images leave {name} at the first exit.", ClaimKind.Trained, "%", row.Shares[0])
        {
            NoEffect = leastShare / 2,
            BandLow = leastShare,
            BandHigh = 100 - ((100 - row.Shares[0]) / 2),
            Because = "The share depends on epochs and on the thresholds, which are chosen on the validation split; later exits still get half of what the paper leaves them, "
                + "as a network that all images leave at once is another one (this bound was set after the first runs).",
        };
        yield return new($"{id}-gpu-gain", "Table I", $"{name} is faster than {subject.Trunk} on a GPU.", ClaimKind.Measured, "x", Math.Round(row.TrunkGpu / row.Gpu, 1)) { NoEffect = 1 };
    }

    static Claim Arithmetic(Subject subject, string processor, Func<TableRow, double> ratio, double printed) => new(
        $"table1-{subject.Slug}-{processor.ToLowerInvariant()}-arithmetic", "Table I", $"B-{subject.Trunk}'s printed {processor} times give the printed gain.", ClaimKind.Exact, "x", printed)
    {
        // The times are rounded too: by up to 1.5 % for 0.34 ms.
        Rounding = 0.05 + (Math.Abs(ratio(subject.Row) - printed) > 0.05 ? 0.015 * printed : 0),
    };
}
