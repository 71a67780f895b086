using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>
/// The penalties of the paper (arXiv:1607.00485, Sec. 3). A group is all that leaves a unit: an input's or a hidden neuron's outgoing weights;
/// each bias is a group by itself.
/// </summary>
public static class Regulariser
{
    /// <summary>R_21: the sum over groups of sqrt(|g|) ||g||_2, where |g| is the number of weights in the group.</summary>
    /// <param name="weight">[outputs, inputs]: column i leaves unit i, hence |g| is the number of outputs.</param>
    /// <returns>A single number.</returns>
    public static Tensor GroupLasso(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return Math.Sqrt(weight.shape[0]) * weight.norm(0).sum();
    }

    /// <summary>R_SGL: group lasso and the sum of magnitudes.</summary>
    /// <param name="weight">[outputs, inputs].</param>
    /// <returns>A single number.</returns>
    public static Tensor SparseGroupLasso(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return GroupLasso(weight) + weight.abs().sum();
    }

    /// <summary>A penalty over all weights and biases of a network. For a bias, a group of one, group lasso is its magnitude.</summary>
    /// <param name="net">Its parameters with two dimensions are weights, the others biases.</param>
    /// <param name="penalty">Which.</param>
    /// <returns>A single number.</returns>
    public static Tensor Of(Module net, Penalty penalty)
    {
        ArgumentNullException.ThrowIfNull(net);
        return net.parameters().Select(p => (penalty, p.dim() > 1) switch
        {
            (Penalty.L2, _) => p.square().sum(),
            (Penalty.L1, _) or (Penalty.GroupLasso, false) => p.abs().sum(),
            (Penalty.GroupLasso, true) => GroupLasso(p),
            (Penalty.SparseGroupLasso, true) => SparseGroupLasso(p),
            (Penalty.SparseGroupLasso, false) => 2 * p.abs().sum(),
            _ => throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "There is no such penalty."),
        }).Aggregate((a, b) => a + b);
    }

    /// <summary>Sets weights and biases below a magnitude to zero, after training: a subgradient method ends near zero, not there.</summary>
    internal static void Threshold(Module net, double threshold)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var parameter in net.parameters())
        {
            parameter.mul_(parameter.abs().ge(threshold));
        }
    }
}
