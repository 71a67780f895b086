using static TorchSharp.torch;

namespace ResearchKit.Papers.Ssl;

/// <summary>The group lasso over structures of a layer (arXiv:1608.03665, Sec. 3): sums of norms, not of their squares, and without a factor for the groups' sizes.</summary>
public static class GroupLasso
{
    /// <summary>Below this magnitude weights are set to zero after each update, as in the authors' code.</summary>
    internal const double ZeroThreshold = 1e-4;

    /// <summary>The sum over all groups of ||w_g||_2; a group of zeros has the gradient zero.</summary>
    /// <param name="weight">[N, C, M, K], or [outputs, inputs].</param>
    /// <param name="structure">Which groups.</param>
    /// <returns>A single number.</returns>
    public static Tensor Penalty(Tensor weight, Structure structure) => Groups(weight, structure).norm(1).sum();

    /// <summary>One row for each group.</summary>
    /// <returns>[groups, weights of a group].</returns>
    internal static Tensor Groups(Tensor weight, Structure structure)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return structure switch
        {
            Structure.Filter => weight.flatten(1),
            Structure.Channel => weight.transpose(0, 1).flatten(1),
            Structure.Shape => weight.flatten(1).transpose(0, 1),
            Structure.Layer => weight.reshape(1, -1),
            _ => throw new ArgumentOutOfRangeException(nameof(structure), structure, "There is no such structure."),
        };
    }

    /// <summary>Sets weights below the threshold to zero.</summary>
    internal static void Threshold(IEnumerable<TorchSharp.Modules.Parameter> weights)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var weight in weights)
        {
            weight.mul_(weight.abs().ge(ZeroThreshold));
        }
    }

    /// <summary>Which groups have a weight that is not zero.</summary>
    internal static bool[] SurvivorsOf(Tensor weight, Structure structure)
    {
        using var scope = NewDisposeScope();
        return Groups(weight, structure).ne(0).any(1).data<bool>().ToArray();
    }
}
