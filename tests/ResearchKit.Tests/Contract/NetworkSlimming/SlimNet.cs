using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.NetworkSlimming;

/// <summary>Convolutions of 3x3, each with batch norm, ReLU and pooling, of any widths; a full layer on the mean over all places.</summary>
public sealed class SlimNet : Module<Tensor, Tensor>
{
    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="widths">The channels of each convolution.</param>
    /// <param name="classes">The number of outputs.</param>
    public SlimNet(IReadOnlyList<long> widths, int classes = 10)
        : base(nameof(SlimNet))
    {
        ArgumentNullException.ThrowIfNull(widths);
        Widths = widths;
        Convolutions = ModuleList([.. widths.Select((width, k) => Conv2d(k == 0 ? 1 : widths[k - 1], width, 3, padding: 1, bias: false))]);
        Norms = ModuleList([.. widths.Select(width => BatchNorm2d(width))]);
        Full = Linear(widths[^1], classes);
        register_module("convolutions", Convolutions);
        register_module("norms", Norms);
        register_module("full", Full);
    }

    /// <summary>The channels of each convolution.</summary>
    public IReadOnlyList<long> Widths { get; }

    internal ModuleList<Conv2d> Convolutions { get; }

    internal ModuleList<BatchNorm2d> Norms { get; }

    internal Linear Full { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 1, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = input;
        for (int k = 0; k < Widths.Count; k++)
        {
            x = max_pool2d(relu(Norms[k].call(Convolutions[k].call(x))), 2);
        }

        return Full.call(x.mean([2, 3]));
    }
}
