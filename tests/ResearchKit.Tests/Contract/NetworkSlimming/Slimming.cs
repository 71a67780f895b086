using static TorchSharp.torch;

namespace ResearchKit.Papers.NetworkSlimming;

/// <summary>Channels that their batch norm scales to nearly nothing are taken out (arXiv:1708.06519, Sec. 3).</summary>
public static class Slimming
{
    /// <summary>The L1 penalty on the scales of all batch norms (Eq. 1): strength times the sum of their magnitudes.</summary>
    /// <param name="net">The network in training.</param>
    /// <param name="strength">The lambda of Eq. 1.</param>
    /// <returns>A single number.</returns>
    public static Tensor Penalty(SlimNet net, double strength)
    {
        ArgumentNullException.ThrowIfNull(net);
        return strength * net.Norms.Select(n => n.weight!.abs().sum()).Aggregate((a, b) => a + b);
    }

    /// <summary>
    /// Sets scale and shift of the least channels of the whole network to zero, which then give nothing. Each convolution keeps its
    /// greatest channel.
    /// </summary>
    /// <param name="net">The trained network.</param>
    /// <param name="share">The share of all channels to mask, 0 to 1.</param>
    public static void Mask(SlimNet net, double share)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var all = cat([.. net.Norms.Select(n => n.weight!.abs())], 0);
        long masked = (long)(share * all.numel());
        double threshold = masked == 0 ? -1 : all.kthvalue(masked, 0).values.ToDouble();
        foreach (var norm in net.Norms)
        {
            var scales = norm.weight!.abs();
            var kept = scales.gt(Math.Min(threshold, scales.max().ToDouble() * 0.999999)).to(norm.weight.dtype);
            norm.weight.mul_(kept);
            norm.bias!.mul_(kept);
        }
    }

    /// <summary>The network without its masked channels: it gives the same logits.</summary>
    /// <param name="masked">After <see cref="Mask"/>.</param>
    public static SlimNet Thin(SlimNet masked)
    {
        ArgumentNullException.ThrowIfNull(masked);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor[] kept = [.. masked.Norms.Select(n => n.weight!.nonzero().flatten())];
        var thin = new SlimNet([.. kept.Select(k => k.numel())], (int)masked.Full.weight!.shape[0]);
        for (int k = 0; k < kept.Length; k++)
        {
            var filters = masked.Convolutions[k].weight!.index_select(0, kept[k]);
            thin.Convolutions[k].weight!.copy_(k == 0 ? filters : filters.index_select(1, kept[k - 1]));
            foreach (var (name, target) in thin.Norms[k].state_dict().Where(s => s.Value.dim() == 1))
            {
                target.copy_(masked.Norms[k].state_dict()[name].index_select(0, kept[k]));
            }
        }

        thin.Full.weight!.copy_(masked.Full.weight.index_select(1, kept[^1]));
        thin.Full.bias!.copy_(masked.Full.bias!);
        return thin;
    }
}
