using static TorchSharp.torch;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>sign(w), and 1 for 0; the gradient passes unchanged, without a clip (arXiv:1606.06160, Eq. 7 and Eq. 8).</summary>
public sealed class LayerSign : autograd.SingleTensorFunction<LayerSign>
{
    // A layer of zeros has an E of 0, and no gradient.
    const double Least = 1e-30;

    /// <inheritdoc/>
    public override string Name => nameof(LayerSign);

    /// <summary>Takes the weights and E, by which the layer multiplies later: the gradient of the paper's E sign(w), 1, is 1/E times that.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        ctx.save_for_backward([(Tensor)vars[1]]);
        using var positive = ((Tensor)vars[0]).ge(0);
        return positive.to(((Tensor)vars[0]).dtype).mul_(2).sub_(1);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using var scale = ctx.get_saved_variables()[0].clamp_min(Least);
        return [grad_output / scale, null!];
    }
}
