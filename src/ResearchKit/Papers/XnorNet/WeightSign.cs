using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// B = sign(W) of filters [F, C, h, w], with the gradient that the paper gives the real weights. The layer multiplies by alpha after the
/// convolution, which is the same and leaves sums of signs whole numbers; so the gradient that comes here is alpha times that of the
/// paper's scaled weights, alpha B.
/// </summary>
public sealed class WeightSign : autograd.SingleTensorFunction<WeightSign>
{
    // A filter of zeros has an alpha of 0, and no gradient.
    const double Least = 1e-30;

    /// <inheritdoc/>
    public override string Name => nameof(WeightSign);

    /// <summary>Takes the weights, how they are scaled, and which gradient they get.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        var weight = (Tensor)vars[0];
        ctx.save_for_backward([weight]);
        ctx.save_data(nameof(FilterScale), vars[1]);
        ctx.save_data(nameof(WeightGradient), vars[2]);
        return InputSign.Of(weight);
    }

    /// <summary>
    /// With alpha = mean |W|, 1/n + alpha where |W| is below 1 (as printed), or the chain rule, which sums the first term over the filter; with
    /// another scale just the second one. Divided by alpha, see above.
    /// </summary>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using var scope = NewDisposeScope();
        var weight = ctx.get_saved_variables()[0].detach();
        var gradient = grad_output * weight.abs().lt(1);
        if ((FilterScale)ctx.get_data(nameof(FilterScale))! == FilterScale.MeanMagnitude)
        {
            var alpha = BinaryConv2d.Alpha(weight).clamp_min(Least).view(-1, 1, 1, 1);
            double n = weight.numel() / weight.shape[0];
            gradient = (WeightGradient)ctx.get_data(nameof(WeightGradient))! == WeightGradient.Printed
                ? gradient + (grad_output / (n * alpha))
                : gradient + (InputSign.Of(weight) * (grad_output * InputSign.Of(weight)).mean([1, 2, 3], keepdim: true) / alpha);
        }

        return [gradient.MoveToOuterDisposeScope(), null!, null!];
    }
}
