using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// Leaves x as it is, and makes its gradient g binary: sign(g) times max |g| (arXiv:1603.05279, Sec. 3.2), so that the backward convolution
/// could run on bits too. One maximum for each image of the batch.
/// </summary>
public sealed class GradientSign : autograd.SingleTensorFunction<GradientSign>
{
    /// <inheritdoc/>
    public override string Name => nameof(GradientSign);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(vars);
        return ((Tensor)vars[0]).clone();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(grad_output);
        using var scope = NewDisposeScope();
        return [(InputSign.Of(grad_output) * grad_output.abs().amax([1, 2, 3], keepdim: true)).MoveToOuterDisposeScope()];
    }
}
