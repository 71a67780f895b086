using TorchSharp;
using TorchSharp.Modules;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class OptimizerTests
{
    static readonly Dictionary<string, Func<Parameter[], optim.Optimizer>> s_optimisers = new()
    {
        ["SGD"] = p => optim.SGD(p, 0.1),
        ["SGD.momentum"] = p => optim.SGD(p, learningRate: 0.1, momentum: 0.9, weight_decay: 5e-2),
        ["SGD.dampening"] = p => optim.SGD(p, 0.1, momentum: 0.8, dampening: 0.3),
        ["SGD.nesterov"] = p => optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 1e-2, nesterov: true),
        ["SGD.maximize"] = p => optim.SGD(p, 0.02, momentum: 0.5, maximize: true),
        ["SGD.groups"] = p => optim.SGD(
            new SGD.ParamGroup[] { new(p[..1], new SGD.Options { weight_decay = 0.1 }), new(p[1..], new SGD.Options { LearningRate = 0.01 }) }, 0.1, momentum: 0.9),
        ["Adam"] = p => optim.Adam(p, 0.05),
        ["Adam.decay"] = p => optim.Adam(p, 0.05, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0.1),
        ["Adam.amsgrad"] = p => optim.Adam(p, 0.05, amsgrad: true),
        ["AdamW"] = p => optim.AdamW(p, 0.05, weight_decay: 0.1),
        ["AdamW.amsgrad"] = p => optim.AdamW(p, 0.05, amsgrad: true, maximize: true),
        ["RMSProp"] = p => optim.RMSProp(p, 0.01),
        ["RMSProp.momentum"] = p => optim.RMSProp(p, 0.01, alpha: 0.9, weight_decay: 0.1, momentum: 0.5, centered: true),
        ["Adagrad"] = p => optim.Adagrad(p, 0.1, lr_decay: 0.1, weight_decay: 0.05, initial_accumulator_value: 0.2),
    };

    public static TheoryData<string> Optimisers => [.. s_optimisers.Keys];

    static Parameter[] Start() => [new Parameter(Ramp([2, 3]) * 3), new Parameter(Ramp([4], 6) * 2)];

    static void Steps(optim.Optimizer optimizer, Parameter[] parameters, int from, int to)
    {
        for (int k = from; k < to; k++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            foreach (var p in parameters)
            {
                ((p.pow(4).sum() * 0.25) - (p.sum() * (0.1 * k))).backward();
            }

            optimizer.step();
        }
    }

    static double[] Values(Parameter[] parameters) => [.. parameters.SelectMany(Numbers)];

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void Ten_steps_end_where_PyTorchs_end(string name)
    {
        var parameters = Start();
        using var optimizer = s_optimisers[name](parameters);
        Steps(optimizer, parameters, 0, 10);
        Same("optimiser." + name, Values(parameters), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void A_saved_optimiser_goes_on_bit_for_bit(string name)
    {
        var parameters = Start();
        using var optimizer = s_optimisers[name](parameters);
        Steps(optimizer, parameters, 0, 4);
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".dat");
        try
        {
            optimizer.save_state_dict(file);
            Parameter[] copies = [.. parameters.Select(p => new Parameter(p.detach().clone()))];
            using var other = s_optimisers[name](copies);
            other.load_state_dict(file);
            Steps(optimizer, parameters, 4, 10);
            Steps(other, copies, 4, 10);
            Assert.Equal(Values(parameters), Values(copies));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_state_of_an_optimiser_can_be_taken_and_given()
    {
        var parameters = Start();
        using var optimizer = optim.SGD(parameters, 0.1, momentum: 0.9);
        Steps(optimizer, parameters, 0, 3);
        Parameter[] copies = [.. parameters.Select(p => new Parameter(p.detach().clone()))];
        using var other = optim.SGD(copies, 0.5, momentum: 0.1);
        other.load_state_dict(optimizer.state_dict());
        Assert.Equal(0.1, other.ParamGroups.First().LearningRate);
        Steps(optimizer, parameters, 3, 6);
        Assert.Equal(10, Values(parameters).Length);
    }

    [Fact]
    public void Parameters_without_gradient_stay()
    {
        var parameters = Start();
        using var optimizer = optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.1);
        var before = Numbers(parameters[1]);
        parameters[0].sum().backward();
        optimizer.step();
        Assert.Equal(before, Numbers(parameters[1]));
    }

    [Fact]
    public void Zero_grad_takes_gradients_away()
    {
        var parameters = Start();
        using var optimizer = optim.SGD(parameters, 0.1);
        parameters[0].sum().backward();
        optimizer.zero_grad();
        Assert.Null(parameters[0].grad);
        parameters[0].sum().backward();
        optimizer.zero_grad(set_to_none: false);
        Assert.Equal(0, parameters[0].grad!.sum().ToDouble());
    }

    [Fact]
    public void A_closure_computes_the_loss()
    {
        var parameters = Start();
        using var optimizer = optim.SGD(parameters, 0.1);
        using var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var l = parameters[0].sum();
            l.backward();
            return l;
        });
        Assert.Equal((Ramp([2, 3]) * 3).sum().ToDouble(), loss!.ToDouble(), 12);
    }

    [Fact]
    public void Groups_can_be_added_and_their_rates_set()
    {
        var parameters = Start();
        using var optimizer = optim.SGD(parameters[..1], 0.1);
        optimizer.add_param_group(new SGD.ParamGroup(parameters[1..], lr: 0.5));
        Assert.Equal([0.1, 0.5], optimizer.ParamGroups.Select(g => g.LearningRate));
        foreach (var g in optimizer.ParamGroups)
        {
            g.LearningRate = 0;
        }

        var before = Values(parameters);
        Steps(optimizer, parameters, 0, 2);
        Assert.Equal(before, Values(parameters));
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => optim.SGD(Start(), -0.1));
        Assert.ThrowsAny<ArgumentException>(() => optim.SGD(Start(), 0.1, nesterov: true));
    }

    [Fact]
    public void Gradients_are_clipped_by_their_joint_norm_and_by_value()
    {
        var parameters = Start();
        (parameters[0].sum() * 3).backward();
        (parameters[1].sum() * 4).backward();
        double norm = Math.Sqrt((6 * 9) + (4 * 16));
        Assert.Equal(norm, (double)nn.utils.clip_grad_norm_(parameters, 2.0), 9);
        Assert.All(Numbers(parameters[0].grad!), g => Assert.Equal(6 / norm, g, 5));
        nn.utils.clip_grad_norm_(parameters, 100.0);
        Assert.All(Numbers(parameters[0].grad!), g => Assert.Equal(6 / norm, g, 5));
        nn.utils.clip_grad_value_(parameters, 0.25);
        Assert.All(Numbers(parameters[1].grad!), g => Assert.Equal(0.25, g, 12));
    }

    [Fact]
    public void Parameters_become_a_vector_and_parameters_again()
    {
        var parameters = Start();
        using var vector = nn.utils.parameters_to_vector(parameters);
        Assert.Equal(Values(parameters), Numbers(vector));
        using var twice = vector.detach() * 2;
        nn.utils.vector_to_parameters(twice, parameters);
        Assert.Equal(Numbers(twice), Values(parameters));
    }
}
