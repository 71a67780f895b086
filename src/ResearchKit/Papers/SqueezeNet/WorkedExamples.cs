using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>The paper's arithmetic, by the plans that the experiment builds its networks from.</summary>
public static class WorkedExamples
{
    const double Mega = 1e6, Mebi = 1 << 20;

    /// <summary>Bytes of a network's parameters as float32.</summary>
    public static long Bytes(FirePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return 4 * plan.Parameters;
    }

    /// <summary>A network of Figure 3a (arXiv:1602.07360): SR varies, half of the expanding filters are 3x3.</summary>
    public static FirePlan WithSqueezeRatio(double ratio) => FirePlan.Version10 with { SqueezeRatio = ratio };

    /// <summary>A network of Figure 3b: the share of 3x3 filters varies at SR 0.5.</summary>
    public static FirePlan WithShare(double share) => FirePlan.Version10 with { SqueezeRatio = 0.5, Share3x3 = share };

    internal static void Report(Experiment run)
    {
        var v10 = FirePlan.Version10;
        foreach (var row in Table1.Rows)
        {
            run.Claim($"table1-{row.Name}", Table1.Count(v10, row.Name));
            run.Claim($"table1-{row.Name}-pruned", Table1.CountPruned(v10, row.Name));
        }

        run.Claim("table1-total", v10.Parameters);
        run.Claim("table1-total-pruned", Table1.Rows.Sum(r => Table1.CountPruned(v10, r.Name)));
        run.Claim("table2-alexnet-size", 4 * AlexNet.Parameters / Mega);
        run.Claim("table2-squeezenet-size", Bytes(v10) / Mebi);
        run.Claim("table2-50x", (double)AlexNet.Parameters / v10.Parameters);
        run.Claim("table2-50x-printed", 240 / 4.8);
        run.Claim("table2-363x-printed", 240 / 0.66);
        run.Claim("table2-510x-printed", 240 / 0.47);
        foreach (var (ratio, _, _) in Claims.SizesOfFigure3a)
        {
            run.Claim($"fig3a-size-{100 * ratio:0.#}", Bytes(WithSqueezeRatio(ratio)) / Mebi);
        }

        foreach (var (share, _, _) in Claims.SizesOfFigure3b)
        {
            run.Claim($"fig3b-size-{100 * share:0.#}", Bytes(WithShare(share)) / Mebi);
        }

        var complex = v10 with { Bypass = Bypass.Complex };
        run.Claim("table3-simple-parameters", (v10 with { Bypass = Bypass.Simple }).Parameters - v10.Parameters);
        run.Claim("table3-complex-size", (double)complex.Parameters / v10.Parameters);
        Operations(run);
        run.Table(new("Sizes of the paper's networks, in all units that its MB may mean", ["Network", "Parameters", "MB (10^6)", "MiB (2^20)", "Printed MB"],
        [
            SizeRow("AlexNet", AlexNet.Parameters, "240"),
            SizeRow("SqueezeNet v1.0", v10.Parameters, "4.8"),
            SizeRow("SqueezeNet v1.1", FirePlan.Version11.Parameters, ""),
            SizeRow("v1.0, complex bypass", complex.Parameters, "7.7"),
            .. Claims.SizesOfFigure3a.Select(s => SizeRow($"SR {s.Ratio}", WithSqueezeRatio(s.Ratio).Parameters, $"{s.Printed}")),
            .. Claims.SizesOfFigure3b.Select(s => SizeRow($"SR 0.5, {100 * s.Share:0.#} % 3x3", WithShare(s.Share).Parameters, $"{s.Printed}")),
        ],
        "The printed 7.7 MB do not follow from the described bypass: four 1x1 convolutions with biases add 341,248 parameters. The rest fits MB or MiB to the printed digits."));
        run.Figure(new("Figure 3's networks: their size", FigureKind.Line, "SR, or share of 3x3 filters at SR 0.5", "MiB as float32",
        [
            new("SR, ours", [.. Claims.SizesOfFigure3a.Select(s => s.Ratio)], null, [.. Claims.SizesOfFigure3a.Select(s => Bytes(WithSqueezeRatio(s.Ratio)) / Mebi)]),
            new("SR, printed", [.. Claims.SizesOfFigure3a.Select(s => s.Ratio)], null, [.. Claims.SizesOfFigure3a.Select(s => s.Printed)]) { FromPaper = true },
            new("3x3, ours", [.. Claims.SizesOfFigure3b.Select(s => s.Share)], null, [.. Claims.SizesOfFigure3b.Select(s => Bytes(WithShare(s.Share)) / Mebi)]),
            new("3x3, printed", [.. Claims.SizesOfFigure3b.Select(s => s.Share)], null, [.. Claims.SizesOfFigure3b.Select(s => s.Printed)]) { FromPaper = true },
        ]));
    }

    static void Operations(Experiment run)
    {
        static long Macs(string name, long side)
        {
            var entry = ModelCatalog.All.Single(m => m.Name == name);
            using var model = entry.Create(entry.Classes);
            return ModelSummary.Of(model, 3, side, side).Macs;
        }

        long first = Macs("squeezenet-1.0-caffe", 227), later = Macs("squeezenet-1.1-caffe", 227);
        run.Claim("readme-gflops", 2 * first / 1e9);
        run.Claim("readme-v11-operations", (double)first / later);
        using var alex = AlexNet.Create();
        run.Table(new("Multiply-accumulates of one image", ["Network", "Image", "MACs", "GFLOP, two to a MAC"],
        [
            MacRow("v1.0, conv10 padded by 1", 227, first), MacRow("v1.0, conv10 not padded", 227, Macs("squeezenet-1.0", 227)),
            MacRow("v1.1", 227, later), MacRow("v1.1", 224, Macs("squeezenet-1.1", 224)), MacRow("AlexNet", 227, ModelSummary.Of(alex, 3, 227, 227).Macs),
        ],
        "The authors print 1.72 and 0.72 GFLOP. The first is exact. No reading gives 0.72: rounding pooled sizes down, which Caffe does not, gives 0.705 at 227."));
    }

    static string[] MacRow(string name, int side, long macs) => [name, $"{side}x{side}", $"{macs:N0}", $"{2 * macs / 1e9:0.000}"];

    static string[] SizeRow(string name, long parameters, string printed) => [name, $"{parameters:N0}", $"{4 * parameters / Mega:0.00}", $"{4 * parameters / Mebi:0.00}", printed];
}
