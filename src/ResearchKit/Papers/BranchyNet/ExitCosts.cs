using ResearchKit.Measuring;
using static TorchSharp.torch;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>Multiply-accumulates for one image.</summary>
/// <param name="Trunk">Of the trunk without any branch.</param>
/// <param name="ToExit">Of an image that leaves at each exit: the trunk up to there and every branch that was asked, in vain or not.</param>
/// <param name="HeadsFree">The same without the branches, as the authors' code keeps the time.</param>
public sealed record ExitCosts(long Trunk, long[] ToExit, long[] HeadsFree)
{
    /// <summary>Counts them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputShape">[C, H, W].</param>
    public static ExitCosts Of(BranchyNetwork network, params long[] inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        bool training = network.training;
        network.eval();
        var x = zeros([1, .. inputShape]);
        long trunk = 0, branches = 0;
        var (toExit, headsFree) = (new long[network.ExitCount], new long[network.ExitCount]);
        for (int n = 0; n < network.ExitCount; n++)
        {
            trunk += ModelSummary.Of(network.Trunk[n], x.shape[1..]).Macs;
            x = network.Trunk[n].call(x);
            branches += n < network.Branches.Count ? ModelSummary.Of(network.Branches[n], x.shape[1..]).Macs : 0;
            (toExit[n], headsFree[n]) = (trunk + branches, trunk);
        }

        network.train(training);
        return new(trunk, toExit, headsFree);
    }
}
