using ResearchKit.Experiments;
using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.FitNets;

/// <summary>Parameters, multiplications and speed of the paper's networks, which need no training (arXiv:1412.6550, Tables 4 to 7).</summary>
public static class Counts
{
    /// <summary>
    /// Weights without biases, which is what Table 5 counts: FitNet 2 has 861,928 of them, printed as ~862K, and 864,122 parameters with biases.
    /// </summary>
    /// <param name="plan">A network; with 2 pieces in its full layer.</param>
    public static long Weights(MaxoutPlan plan)
    {
        using var net = new MaxoutNet(plan, 0.005);
        return net.parameters().Where(p => p.dim() > 1).Sum(p => p.numel());
    }

    /// <summary>Multiplications for one image.</summary>
    /// <param name="plan">A network.</param>
    public static long Multiplications(MaxoutPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var net = new MaxoutNet(plan, 0.005);
        return ModelSummary.Of(net, plan.Channels, plan.Side, plan.Side).Macs;
    }

    internal static void Report(Experiment run)
    {
        run.Claim("table4-teacher-parameters", Weights(MaxoutPlan.MnistTeacher) / 1e3);
        run.Claim("table4-student-parameters", Weights(MaxoutPlan.MnistStudent) / 1e3);
        run.Claim("table5-teacher-parameters", Weights(MaxoutPlan.CifarTeacher) / 1e6);
        run.Claim("table5-teacher-multiplications", Multiplications(MaxoutPlan.CifarTeacher) / 1e6);
        foreach (var (plan, number) in MaxoutPlan.FitNets.Select((p, k) => (p, k + 1)))
        {
            double weights = Weights(plan), multiplications = Multiplications(plan) / 1e6;
            if (number == 3)
            {
                // The tables contradict each other, so no arithmetic can tell which one is right.
                run.NotTested("table5-fitnet3-parameters", $"the maps that Table 7 prints for it have {weights / 1e6:0.00} million, so the tables contradict each other");
                run.NotTested("table5-fitnet3-multiplications", $"the maps that Table 7 prints for it need {multiplications:0} million, so the tables contradict each other");
            }
            else
            {
                run.Claim($"table5-fitnet{number}-parameters", weights / (number < 3 ? 1e3 : 1e6));
                run.Claim($"table5-fitnet{number}-multiplications", multiplications);
            }
        }

        (MaxoutPlan Plan, string Parameters, string Multiplications)[] printed =
        [
            (MaxoutPlan.MnistTeacher, "~361K", ""), (MaxoutPlan.MnistStudent, "~30K", ""),
            (MaxoutPlan.CifarTeacher, "~9M", "~725M"), (MaxoutPlan.FitNets[0], "~250K", "~30M"), (MaxoutPlan.FitNets[1], "~862K", "~108M"),
            (MaxoutPlan.FitNets[2], "~1.6M", "~392M"), (MaxoutPlan.FitNets[3], "~2.5M", "~382M"),
            .. MaxoutPlan.Depths.Where(d => d.Key < 11).Select(d => (d.Value, "", "30M")),
        ];
        run.Table(new("Printed sizes, and what the layers have", ["Net", "Printed", "Weights", "The same with 5 pieces", "Printed multiplications", "Millions of them"],
            [.. printed.Select(n => (string[])
            [
                n.Plan.Name, n.Parameters, $"{Weights(n.Plan):N0}", n.Plan.Units > 0 ? $"{Weights(n.Plan with { Pieces = 5 }):N0}" : "", n.Multiplications,
                $"{Multiplications(n.Plan) / 1e6:0.0}",
            ])],
            "Weights without biases. The text gives full layers units of 5 pieces; the printed sizes are those of 2. FitNet 3's printed sizes are not those of its printed maps."));
    }

    /// <summary>Times a batch through the teacher and through each FitNet, on one thread.</summary>
    internal static void Speed(int batch, int rounds, Experiment run)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int threads = get_num_threads();
        set_num_threads(1);
        try
        {
            manual_seed(run.Seed);
            using var teacher = new MaxoutNet(MaxoutPlan.CifarTeacher, 0.005);
            var images = randn([batch, 3, 32, 32]);
            var rows = new List<IReadOnlyList<string>>();
            foreach (var (plan, number) in MaxoutPlan.FitNets.Select((p, k) => (p, k + 1)))
            {
                run.Report($"timing {plan.Name}");
                using var net = new MaxoutNet(plan, 0.005);
                var timing = PairedLatency.Of(() => Forward(teacher, images), () => Forward(net, images), rounds);
                run.Claim($"table5-fitnet{number}-speed", timing.Ratio);
                rows.Add([plan.Name, $"{timing.Baseline / batch:0.00}", $"{timing.Candidate / batch:0.00}", $"{timing.Ratio:0.00} [{timing.Low:0.00}, {timing.High:0.00}]",
                    $"{(double)Multiplications(MaxoutPlan.CifarTeacher) / Multiplications(plan):0.00}"]);
            }

            run.Table(new("Speed", ["Net", "Teacher (ms an image)", "Net (ms an image)", "Times as fast", "Times fewer multiplications"], rows,
                $"Batches of {batch} on one thread, both sides in alternating rounds, medians with quartiles."));
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    static void Forward(MaxoutNet net, Tensor images)
    {
        using var scope = NewDisposeScope();
        net.call(images);
    }
}
