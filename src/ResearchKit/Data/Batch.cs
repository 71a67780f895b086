using static TorchSharp.torch;

namespace ResearchKit.Data;

/// <summary>A mini-batch of N images.</summary>
/// <param name="Input">The images, normalised and augmented: float32 [N, C, H, W] with channels-last strides.</param>
/// <param name="Target">Their labels, int64 [N].</param>
/// <param name="Members">Their places in the set, int64 [N]: finds what is kept for each image, such as a teacher's logits.</param>
public readonly record struct Batch(Tensor Input, Tensor Target, Tensor Members)
{
    /// <summary>Passes over the set before this batch, with the part of the pass that it is in: for losses that change with time.</summary>
    public double Epochs { get; init; }

    /// <summary>Images and labels, which is all that most need.</summary>
    public void Deconstruct(out Tensor input, out Tensor target) => (input, target) = (Input, Target);
}
