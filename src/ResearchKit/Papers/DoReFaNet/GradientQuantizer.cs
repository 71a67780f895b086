using static TorchSharp.torch;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>
/// Leaves a layer's output as it is, and quantises its gradient to k bits (arXiv:1606.06160, Eq. 12 to 14): scaled by the greatest magnitude
/// of its image to [0, 1], moved by noise of its own for each element, rounded, scaled back.
/// </summary>
public sealed class GradientQuantizer : autograd.SingleTensorFunction<GradientQuantizer>
{
    // An image without gradient has a scale of 0.
    const double Least = 1e-30;

    /// <inheritdoc/>
    public override string Name => nameof(GradientQuantizer);

    /// <summary>Takes the output, k, and whether there is noise.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        ctx.save_data("bits", vars[1]);
        ctx.save_data("noise", vars[2]);
        return ((Tensor)vars[0]).clone();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        return [Of(grad_output, (int)ctx.get_data("bits")!, (bool)ctx.get_data("noise")!), null!, null!];
    }

    /// <summary>f_g: 2 max |g| (quantize_k(g / (2 max |g|) + 1/2 + N) - 1/2), N = s / (2^k - 1), s uniform in [-1/2, 1/2).</summary>
    /// <param name="gradient">[N, ...]; the maximum is over all but the first dimension.</param>
    /// <param name="bits">k.</param>
    /// <param name="noise">Whether there is N.</param>
    internal static Tensor Of(Tensor gradient, int bits, bool noise)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int levels = Codes.Levels(bits);
        var scale = 2 * gradient.abs().amax([.. Enumerable.Range(1, (int)gradient.dim() - 1).Select(d => (long)d)], keepdim: true).clamp_min(Least);
        var codes = (gradient / scale).add_(0.5).mul_(levels);
        if (noise)
        {
            codes.add_(rand_like(codes)).sub_(0.5);
        }

        return (codes.round_().clamp_(0, levels).div_(levels).sub_(0.5) * scale).MoveToOuterDisposeScope();
    }
}
