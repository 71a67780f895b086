using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// The joint loss (arXiv:1709.01686, Sec. III-B): the weighted sum of each exit's softmax cross-entropy. The paper divides each by the number
/// of classes, a constant; its code does not.
/// </summary>
static class JointLoss
{
    /// <summary>The loss of a batch, every image at every exit.</summary>
    /// <param name="exits">The logits [N, classes] of each exit.</param>
    /// <param name="labels">[N].</param>
    /// <param name="earlyWeight">The weight of each exit but the last.</param>
    /// <param name="lastWeight">The weight of the last.</param>
    /// <returns>A single number, the mean over the batch.</returns>
    internal static Tensor Of(IReadOnlyList<Tensor> exits, Tensor labels, double earlyWeight, double lastWeight) =>
        exits.Select((logits, n) => functional.cross_entropy(logits, labels) * (n < exits.Count - 1 ? earlyWeight : lastWeight)).Aggregate((a, b) => a + b);
}
