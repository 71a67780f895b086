using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// A residual unit with normalisation and leaky ReLU before its convolutions (arXiv:1603.05027), as the authors' CIFAR-10 network has it:
/// the shortcut averages over the stride and pads new channels with zeros on both sides.
/// </summary>
public sealed class PreActivationUnit : Module<Tensor, Tensor>
{
    internal const double Slope = 0.1, NormEpsilon = 1e-3;

    readonly BatchNorm2d bn1, bn2;
    readonly Conv2d conv1, conv2;
    readonly long _stride, _newChannels;

    /// <summary>Draws He-normal initial weights from the global generator.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output, no fewer.</param>
    /// <param name="stride">Of the first convolution.</param>
    public PreActivationUnit(long inputs, long outputs, long stride)
        : base(nameof(PreActivationUnit))
    {
        bn1 = BatchNorm2d(inputs, eps: NormEpsilon);
        conv1 = Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        bn2 = BatchNorm2d(outputs, eps: NormEpsilon);
        conv2 = Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        (_stride, _newChannels) = (stride, outputs - inputs);
        RegisterComponents();
        init.kaiming_normal_(conv1.weight!);
        init.kaiming_normal_(conv2.weight!);
    }

    internal (BatchNorm2d Norm, Conv2d Convolution) First => (bn1, conv1);

    internal (BatchNorm2d Norm, Conv2d Convolution) Second => (bn2, conv2);

    internal int Stride => (int)_stride;

    /// <summary>The shortcut plus the residual.</summary>
    /// <param name="input">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, H / stride, W / stride].</returns>
    public override Tensor forward(Tensor input) => Shortcut(input) + Residual(input);

    /// <summary>The residual alone: what is left out where a position has halted.</summary>
    public Tensor Residual(Tensor input)
    {
        var x = conv1.call(leaky_relu(bn1.call(input), Slope));
        return conv2.call(leaky_relu(bn2.call(x), Slope));
    }

    Tensor Shortcut(Tensor input)
    {
        var x = _stride == 1 ? input : avg_pool2d(input, _stride, ceil_mode: true, count_include_pad: false);
        return _newChannels == 0 ? x : pad(x, [0, 0, 0, 0, _newChannels / 2, _newChannels - (_newChannels / 2)]);
    }
}
