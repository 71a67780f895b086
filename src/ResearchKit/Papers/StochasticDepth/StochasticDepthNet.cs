using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>
/// A residual network whose blocks are left out at random in training, each for a whole batch, and all present in evaluation
/// (arXiv:1603.09382, Sec. 3). A block that is left out is not computed, neither forward nor backward.
/// </summary>
public sealed class StochasticDepthNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly CifarResNet net;
    readonly CifarResNet.BasicBlock[] _blocks;
    readonly long[] _computed;

    /// <summary>Wraps a network; its weights are shared, not copied.</summary>
    /// <param name="net">The network.</param>
    /// <param name="survival">p_1 to p_L: with what probability each block is there in a batch, in [0, 1].</param>
    /// <exception cref="ArgumentException">There is not one probability for each block.</exception>
    public StochasticDepthNet(CifarResNet net, IReadOnlyList<double> survival)
        : base($"{net?.GetName()} of stochastic depth")
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(survival);
        _blocks = [.. net.Blocks];
        if (survival.Count != _blocks.Length || survival.Any(p => p is not (>= 0 and <= 1)))
        {
            throw new ArgumentException(
                $"{net.GetName()} has {_blocks.Length} blocks and needs a probability in [0, 1] for each, not {string.Join(", ", survival)}.", nameof(survival));
        }

        this.net = net;
        Survival = survival;
        _computed = new long[_blocks.Length];
        RegisterComponents();
    }

    /// <summary>The network itself, which in evaluation is this one without the scaling of Eq. 6.</summary>
    public CifarResNet Net => net;

    /// <summary>p_1 to p_L.</summary>
    public IReadOnlyList<double> Survival { get; }

    /// <summary>For each block, in how many training batches it was computed.</summary>
    public IReadOnlyList<long> Computed => _computed;

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 3, 32, 32]: in training a batch that shares one draw of blocks.</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = net.Stem(input);
        var present = training ? Draw() : null;
        foreach (var (l, block) in _blocks.Index())
        {
            x = present is null ? Scaled(block, Survival[l], x)
                : present[l] ? Compute(l, x)
                : block.Shortcut(x); // Eq. 3: no ReLU is needed, as what comes in is not negative
        }

        return net.Head(x);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => graph.Within("net", () => net.ToOnnx(graph, x, l => Survival[l]));

    /// <summary>Eq. 6: H_l = ReLU(p_l f_l(H_(l-1)) + shortcut).</summary>
    static Tensor Scaled(CifarResNet.BasicBlock block, double probability, Tensor x) =>
        functional.relu((probability * block.Residual(x)) + block.Shortcut(x));

    /// <summary>Eq. 2 with b_l = 1, which is Eq. 1.</summary>
    Tensor Compute(int l, Tensor x)
    {
        _computed[l]++;
        return _blocks[l].call(x);
    }

    /// <summary>b_1 to b_L, from the global generator, whose state a checkpoint keeps.</summary>
    bool[] Draw()
    {
        using var uniform = rand(_blocks.Length);
        return [.. uniform.data<float>().ToArray().Zip(Survival, (u, p) => u < p)];
    }
}
