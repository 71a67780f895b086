using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.Sact;

/// <summary>Where computation adapts.</summary>
public enum Adaptivity
{
    /// <summary>Nowhere: all units everywhere.</summary>
    None,

    /// <summary>A number of units for each image: adaptive computation time, ACT.</summary>
    Image,

    /// <summary>A number of units for each position of each image: spatially adaptive, SACT.</summary>
    Position,
}

/// <summary>
/// The halting branch: for ACT sigmoid(w . act(BN(pool(x))) + b), for SACT sigmoid(conv3x3(act(BN(x))) + w . act(BN(pool(x)))), with b in the
/// convolution. It begins at a negative b, so that units do not die before they have learned anything.
/// </summary>
public sealed class HaltingScore : Module<Tensor, Tensor>
{
    readonly BatchNorm1d pooledNorm;
    readonly Linear global;
    readonly BatchNorm2d? norm;
    readonly Conv2d? local;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="channels">Of the input.</param>
    /// <param name="adaptivity">One score for an image, or for each position.</param>
    /// <param name="bias">b: -3 in the paper.</param>
    public HaltingScore(long channels, Adaptivity adaptivity, double bias)
        : base(nameof(HaltingScore))
    {
        pooledNorm = BatchNorm1d(channels, eps: PreActivationUnit.NormEpsilon);
        global = Linear(channels, 1, hasBias: adaptivity == Adaptivity.Image);
        if (adaptivity == Adaptivity.Position)
        {
            norm = BatchNorm2d(channels, eps: PreActivationUnit.NormEpsilon);
            local = Conv2d(channels, 1, 3, padding: 1);
        }

        RegisterComponents();
        init.constant_(local?.bias ?? global.bias!, bias);
    }

    internal (BatchNorm1d Norm, Linear Linear) Global => (pooledNorm, global);

    internal (BatchNorm2d Norm, Conv2d Convolution)? Local => local is null ? null : (norm!, local);

    /// <summary>h, for each image [N, 1, 1, 1] or for each position [N, 1, H, W].</summary>
    /// <param name="input">[N, C, H, W].</param>
    public override Tensor forward(Tensor input)
    {
        var pooled = leaky_relu(pooledNorm.call(input.mean([2, 3])), PreActivationUnit.Slope);
        var score = global.call(pooled).unsqueeze(2).unsqueeze(3);
        return (local is null ? score : score + local.call(leaky_relu(norm!.call(input), PreActivationUnit.Slope))).sigmoid();
    }
}
