using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// The authors' residual network for 32x32 images, of depth 6n+2: three blocks of n pre-activation units, of 16, 32 and 64 channels,
/// plain or with adaptive computation time.
/// </summary>
public sealed class SactResNet : Module<Tensor, Tensor>
{
    readonly Conv2d stem;
    readonly ModuleList<AdaptiveBlock> blocks;
    readonly BatchNorm2d norm;
    readonly Linear linear;

    /// <summary>Draws initial weights from the global generator.</summary>
    /// <param name="units">n, units of each block.</param>
    /// <param name="adaptivity">Where computation adapts.</param>
    /// <param name="classes">The number of outputs.</param>
    /// <param name="width">Channels of the first block.</param>
    /// <param name="stemStride">Of the first convolution; 1 in the paper.</param>
    /// <param name="bias">The halting branches' first bias; -3 in the paper.</param>
    public SactResNet(int units, Adaptivity adaptivity, int classes = 10, int width = 16, int stemStride = 1, double bias = -3)
        : base($"{(adaptivity == Adaptivity.None ? "" : adaptivity == Adaptivity.Image ? "ACT " : "SACT ")}ResNet-{(6 * units) + 2}, width {width}, stride {stemStride}")
    {
        stem = Conv2d(3, width, 3, stride: stemStride, padding: 1, bias: false);
        blocks = ModuleList(
            new AdaptiveBlock(width, width, units, 1, adaptivity, bias), new AdaptiveBlock(width, 2 * width, units, 2, adaptivity, bias),
            new AdaptiveBlock(2 * width, 4 * width, units, 2, adaptivity, bias));
        norm = BatchNorm2d(4 * width, eps: PreActivationUnit.NormEpsilon);
        linear = Linear(4 * width, classes);
        RegisterComponents();
        init.kaiming_normal_(stem.weight!);
    }

    /// <summary>The three blocks, whose <see cref="AdaptiveBlock.Halting"/> tells what the last call did.</summary>
    public IReadOnlyList<AdaptiveBlock> Blocks => [.. blocks];

    internal Conv2d Stem => stem;

    internal (BatchNorm2d Norm, Linear Linear) Head => (norm, linear);

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 3, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = stem.call(input);
        foreach (var block in blocks)
        {
            x = block.call(x);
        }

        return linear.call(leaky_relu(norm.call(x), PreActivationUnit.Slope).mean([2, 3]));
    }

    /// <summary>The ponder cost of the last call: for each block the mean over positions and images, added up.</summary>
    /// <exception cref="InvalidOperationException">Nothing adapts in this network.</exception>
    public Tensor PonderCost() =>
        blocks.Select(b => (b.Halting ?? throw new InvalidOperationException($"{GetName()} has no ponder cost.")).Ponder.mean()).Aggregate((a, b) => a + b);
}
