using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.D2nn;

/// <summary>A dummy node: the same logits whatever the input, at no cost.</summary>
/// <param name="logits">The logits.</param>
public sealed class ConstantLogits(params float[] logits) : Module<Tensor, Tensor>(nameof(ConstantLogits))
{
    /// <summary>[N, classes].</summary>
    /// <param name="input">[N, ...].</param>
    public override Tensor forward(Tensor input)
    {
        // Times 0, so that what is no number stays visible.
        var zero = input.flatten(1).mean([1], keepdim: true) * 0;
        return zero + tensor(logits).to(input.dtype);
    }
}
