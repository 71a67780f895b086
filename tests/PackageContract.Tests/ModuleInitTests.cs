using TorchSharp;
using static PackageContract.Tests.ModuleGolden;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PackageContract.Tests;

[Collection("process-wide state")]
public class ModuleInitTests
{
    static readonly Dictionary<string, Func<Module>> s_layers = new()
    {
        ["Linear"] = () => Linear(7, 5),
        ["Conv2d"] = () => Conv2d(4, 6, 3, groups: 2),
        ["Conv1d"] = () => Conv1d(3, 4, 5),
        ["ConvTranspose2d"] = () => ConvTranspose2d(4, 6, 3, groups: 2),
        ["Embedding"] = () => Embedding(5, 3, padding_idx: 1),
        ["BatchNorm2d"] = () => BatchNorm2d(3),
        ["PReLU"] = () => PReLU(2),
        ["LayerNorm"] = () => LayerNorm([2, 3]),
    };

    static readonly Dictionary<string, Action<Tensor>> s_inits = new()
    {
        ["kaiming_uniform_"] = t => init.kaiming_uniform_(t, nonlinearity: init.NonlinearityType.ReLU),
        ["kaiming_normal_"] = t => init.kaiming_normal_(t, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ["xavier_uniform_"] = t => init.xavier_uniform_(t, gain: 1.5),
        ["xavier_normal_"] = t => init.xavier_normal_(t),
        ["normal_"] = t => init.normal_(t, 0.5, 2.0),
        ["uniform_"] = t => init.uniform_(t, -2.0, 3.0),
        ["trunc_normal_"] = t => init.trunc_normal_(t, 0.0, 1.0),
        ["orthogonal_"] = t => init.orthogonal_(t),
    };

    public static TheoryData<string> Layers => [.. s_layers.Keys];

    public static TheoryData<string> Inits => [.. s_inits.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Default_weights_are_PyTorchs_bit_for_bit(string name)
    {
        manual_seed(11);
        using var layer = s_layers[name]();
        Same("init." + name, [.. layer.parameters().SelectMany(Numbers)], 0);
    }

    [Theory]
    [MemberData(nameof(Inits))]
    public void Initial_values_are_PyTorchs(string name)
    {
        using var t = empty(name == "orthogonal_" ? [5, 3] : [6, 4, 3, 3]);
        manual_seed(12);
        s_inits[name](t);
        // The orthogonal one is a decomposition of a matrix of size one, which each kernel of the BLAS rounds in its own way.
        double relative = name switch { "orthogonal_" => 1e-4, "trunc_normal_" => 1e-5, _ => 0 };
        Same("init." + name, [.. Numbers(t).Take(20)], relative);
    }

    [Fact]
    public void Constants_fill_a_tensor_and_leave_gradients_alone()
    {
        using var t = zeros(2, 2, requires_grad: true);
        init.constant_(t, 3.0);
        Assert.Equal([3, 3, 3, 3], Numbers(t));
        init.ones_(t);
        Assert.Equal(4, t.sum().ToDouble());
        init.zeros_(t);
        Assert.Equal(0, t.sum().ToDouble());
        Assert.True(t.is_leaf && t.requires_grad);
    }

    [Fact]
    public void Gains_are_those_of_the_nonlinearities()
    {
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU), 12);
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh), 12);
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Linear), 12);
    }
}
