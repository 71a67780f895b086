using ResearchKit.Measuring;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// Floating-point operations as the authors' counter has them: two for each multiply-accumulate of convolutions and full layers, at the
/// positions where they are needed. The first convolution of a unit is needed at the active positions and their neighbours, which the second
/// one reads; halting branches count too.
/// </summary>
public static class FlopCounter
{
    /// <summary>Without adaptation, for one image.</summary>
    /// <param name="network">The network, of any kind: halting branches do not count here.</param>
    /// <param name="inputShape">[3, H, W].</param>
    public static long Vanilla(SactResNet network, params long[] inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        var layers = ModelSummary.Of(network, inputShape).Layers;
        return 2 * layers.Where(l => !l.Name.Contains("scores", StringComparison.Ordinal)).Sum(l => l.Macs);
    }

    /// <summary>For each image of the network's last call.</summary>
    /// <returns>[N].</returns>
    public static double[] OfLastCall(SactResNet network, params long[] inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        HaltingState[] states = [.. network.Blocks.Select(b => b.Halting ?? throw new InvalidOperationException($"{network.GetName()} does not adapt."))];
        // What a plain pass would not do at halted positions is taken off, and what halting costs is added.
        double vanilla = VanillaOf(network, states, inputShape);
        var total = zeros(states[0].Output.shape[0]) + vanilla;
        foreach (var state in states)
        {
            long channels = state.Output.shape[1], height = state.Output.shape[2], width = state.Output.shape[3];
            double convolution = 2.0 * 9 * channels * channels;
            foreach (var (k, mask) in state.Masks.Index())
            {
                var spread = mask.expand(-1, -1, height, width);
                bool positions = mask.shape[2] > 1 || mask.shape[3] > 1;
                if (k > 0)
                {
                    var neighbours = positions ? max_pool2d(spread.contiguous(), 3, 1, 1) : spread;
                    total = total - (convolution * ((2 * height * width) - neighbours.sum([1, 2, 3]) - spread.sum([1, 2, 3])));
                }

                if (k < state.Masks.Count - 1)
                {
                    total = total + (2 * channels * mask.amax([1, 2, 3])) + (positions ? 2 * 9 * channels * mask.sum([1, 2, 3]) : zeros_like(total));
                }
            }
        }

        return total.to(float64).data<double>().ToArray();
    }

    // Counting runs the network on zeros, which must not take the place of what is counted.
    static long VanillaOf(SactResNet network, HaltingState[] states, long[] inputShape)
    {
        long vanilla = Vanilla(network, inputShape);
        foreach (var (block, state) in network.Blocks.Zip(states))
        {
            block.Restore(state);
        }

        return vanilla;
    }
}
