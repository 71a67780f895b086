using static TorchSharp.torch;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>
/// The whole number of levels, round((2^k - 1) r), of numbers r in [0, 1], halves to even as libtorch rounds. Divided by 2^k - 1 it is
/// quantize_k with the paper's gradient, which passes as if nothing had been rounded (arXiv:1606.06160, Eq. 5 and Eq. 6).
/// </summary>
public sealed class Codes : autograd.SingleTensorFunction<Codes>
{
    /// <inheritdoc/>
    public override string Name => nameof(Codes);

    /// <summary>2^k - 1.</summary>
    public static int Levels(int bits) => (1 << bits) - 1;

    /// <summary>Takes r and k.</summary>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        ctx.save_data(nameof(Levels), Levels((int)vars[1]));
        return ((Tensor)vars[0]).mul(Levels((int)vars[1])).round_();
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        return [grad_output * (int)ctx.get_data(nameof(Levels))!, null!];
    }
}
