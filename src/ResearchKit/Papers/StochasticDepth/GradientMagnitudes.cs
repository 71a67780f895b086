using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>How much of the loss's gradient reaches each block (arXiv:1603.09382, Fig. 6).</summary>
static class GradientMagnitudes
{
    /// <summary>
    /// Mean magnitude of the gradient of each block's first convolution over some training batches, in training mode; batches without the
    /// block count as 0. Running statistics of norms move, as in training: evaluate before.
    /// </summary>
    /// <param name="model">Gives logits.</param>
    /// <param name="blocks">Its blocks.</param>
    /// <param name="batches">Training images.</param>
    /// <param name="count">Batches at most.</param>
    internal static double[] Of(Module<Tensor, Tensor> model, IReadOnlyList<CifarResNet.BasicBlock> blocks, Batches batches, int count)
    {
        count = Math.Min(count, batches.Count);
        var sums = new double[blocks.Count];
        model.train();
        for (int index = 0; index < count; index++)
        {
            using var scope = NewDisposeScope();
            var (input, target) = batches.Get(0, index);
            model.zero_grad();
            functional.cross_entropy(model.call(input), target).backward();
            foreach (var (l, block) in blocks.Index())
            {
                sums[l] += block.get_parameter("conv1.weight")!.grad is { } gradient ? gradient.abs().mean().ToDouble() : 0;
            }
        }

        model.zero_grad();
        return [.. sums.Select(s => s / count)];
    }
}
