using TorchSharp;
using TorchSharp.Modules;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class SchedulerTests
{
    static readonly Dictionary<string, Func<optim.Optimizer, LRScheduler>> s_schedules = new()
    {
        ["StepLR"] = o => StepLR(o, 4, 0.5),
        ["MultiStepLR"] = o => MultiStepLR(o, [3, 8, 8, 15], 0.3),
        ["ExponentialLR"] = o => ExponentialLR(o, 0.9),
        ["CosineAnnealingLR"] = o => CosineAnnealingLR(o, 8, 0.01),
        ["LambdaLR"] = o => LambdaLR(o, k => 1.0 / (1 + k)),
        ["MultiplicativeLR"] = o => MultiplicativeLR(o, k => k % 2 != 0 ? 0.9 : 1.05),
        ["ConstantLR"] = o => ConstantLR(o, 0.25, 6),
        ["LinearLR"] = o => LinearLR(o, 0.2, 0.9, 7),
        ["PolynomialLR"] = o => PolynomialLR(o, 12, 2),
        ["OneCycleLR"] = o => OneCycleLR(o, 1.0, total_steps: 25),
        ["OneCycleLR.linear"] = o => OneCycleLR(
            o, 0.8, total_steps: 21, pct_start: 0.4, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true),
        ["SequentialLR"] = o => SequentialLR(o, [LinearLR(o, 0.1, 1.0, 5), CosineAnnealingLR(o, 15)], [5]),
        ["CyclicLR"] = o => CyclicLR(o, 0.1, 0.9, step_size_up: 4, mode: impl.CyclicLR.Mode.Triangular2),
    };

    public static TheoryData<string> Schedules => [.. s_schedules.Keys];

    static SGD Optimizer() => optim.SGD([new Parameter(Ramp([2]))], 0.5, momentum: 0.9);

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Twenty_steps_have_PyTorchs_rates(string name)
    {
        using var optimizer = Optimizer();
        var schedule = s_schedules[name](optimizer);
        List<double> rates = [], momenta = [];
        for (int k = 0; k <= 20; k++)
        {
            var group = optimizer.ParamGroups.First();
            rates.Add(group.LearningRate);
            momenta.Add(((SGD.ParamGroup)group).Options.momentum!.Value);
            Assert.Equal(group.LearningRate, schedule.get_last_lr().First());
            if (k < 20)
            {
                schedule.step();
            }
        }

        Same("schedule." + name, [.. rates], 1e-9);
        if (ModuleGoldens.Values.ContainsKey("momentum." + name))
        {
            Same("momentum." + name, [.. momenta], 1e-9);
        }
    }

    [Theory]
    [InlineData("ReduceLROnPlateau")]
    [InlineData("ReduceLROnPlateau.max")]
    public void A_plateau_lowers_the_rate_where_PyTorch_lowers_it(string name)
    {
        using var optimizer = optim.SGD([new Parameter(Ramp([2]))], 0.5);
        var schedule = name.EndsWith("max", StringComparison.Ordinal)
            ? ReduceLROnPlateau(optimizer, mode: "max", factor: 0.1, patience: 1, cooldown: 2, min_lr: [0.01])
            : ReduceLROnPlateau(optimizer, factor: 0.5, patience: 2);
        var rates = new List<double>();
        for (int k = 0; k < 20; k++)
        {
            schedule.step((1.0 / (1 + Math.Min(k, 5))) + (k > 11 ? 0.01 : 0));
            rates.Add(optimizer.ParamGroups.First().LearningRate);
        }

        Same("schedule." + name, [.. rates], 1e-12);
    }

    [Fact]
    public void A_schedule_turns_each_group_from_its_own_rate()
    {
        Parameter[] p = [new Parameter(Ramp([2])), new Parameter(Ramp([3]))];
        using var optimizer = optim.SGD(new SGD.ParamGroup[] { new(p[..1]), new(p[1..], new SGD.Options { LearningRate = 0.01 }) }, 0.1);
        var schedule = StepLR(optimizer, 1, 0.5);
        schedule.step();
        Assert.Equal([0.05, 0.005], schedule.get_last_lr());
    }
}
