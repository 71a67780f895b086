using ResearchKit.Formats;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>
/// A fire module (arXiv:1602.07360, Sec. 3.2): 1x1 filters squeeze, 1x1 and 3x3 filters side by side expand, each with ReLU; the 1x1 channels come
/// first. What leads around it is added to the joined channels (Sec. 6).
/// </summary>
public sealed class FireModule : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d squeeze, expand1x1, expand3x3;
    readonly Conv2d? shortcut;
    readonly BatchNorm2d? squeezeNorm, expandNorm, shortcutNorm;
    readonly bool _identity;

    /// <summary>Draws initial weights from the global generator: Glorot-uniform, biases 0.</summary>
    /// <param name="inputs">Channels that come in.</param>
    /// <param name="size">Its filters.</param>
    /// <param name="bypass">What leads around it: the input itself where channels match, else, if complex, a 1x1 convolution.</param>
    /// <param name="normalised">Whether both layers are batch-normalised, and a convolution around them too: without, what adds up there grew until training broke. Convolutions then have no biases.</param>
    public FireModule(long inputs, FireSize size, Bypass bypass = Bypass.None, bool normalised = false)
        : base(nameof(FireModule))
    {
        ArgumentNullException.ThrowIfNull(size);
        squeeze = Conv2d(inputs, size.Squeeze, 1, bias: !normalised);
        expand1x1 = Conv2d(size.Squeeze, size.Expand1x1, 1, bias: !normalised);
        expand3x3 = Conv2d(size.Squeeze, size.Expand3x3, 3, padding: 1, bias: !normalised);
        (squeezeNorm, expandNorm) = normalised ? (BatchNorm2d(size.Squeeze), BatchNorm2d(size.Expand)) : (null, null);
        _identity = bypass != Bypass.None && inputs == size.Expand;
        shortcut = bypass == Bypass.Complex && !_identity ? Conv2d(inputs, size.Expand, 1, bias: !normalised) : null;
        shortcutNorm = normalised && shortcut is not null ? BatchNorm2d(size.Expand) : null;
        RegisterComponents();
        foreach (var convolution in new[] { squeeze, expand1x1, expand3x3, shortcut }.OfType<Conv2d>())
        {
            FireNet.Draw(convolution);
        }
    }

    /// <summary>The expanded channels, with what came around them.</summary>
    /// <param name="input">[N, inputs, H, W].</param>
    /// <returns>[N, e, H, W].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = Activate(squeezeNorm, squeeze.call(input));
        var y = Activate(expandNorm, cat([expand1x1.call(x), expand3x3.call(x)], 1));
        if (shortcut is null)
        {
            return _identity ? y + input : y;
        }

        var around = shortcut.call(input);
        return y + (shortcutNorm is null ? around : shortcutNorm.call(around));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        string Normalised(string name, BatchNorm2d? norm, string input) => norm is null ? input : graph.Call(name, norm, input);
        var squeezed = graph.Relu(Normalised("squeezeNorm", squeezeNorm, graph.Call("squeeze", squeeze, x)));
        var both = graph.Node("Concat", [graph.Call("expand1x1", expand1x1, squeezed), graph.Call("expand3x3", expand3x3, squeezed)], new OnnxAttribute("axis", 1L));
        var y = graph.Relu(Normalised("expandNorm", expandNorm, both));
        return shortcut is null && !_identity ? y
            : graph.Node("Add", [y, shortcut is null ? x : Normalised("shortcutNorm", shortcutNorm, graph.Call("shortcut", shortcut, x))]);
    }

    static Tensor Activate(BatchNorm2d? norm, Tensor x) => norm is null ? functional.relu(x) : NormRelu.Call(norm, x);
}
