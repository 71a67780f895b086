using ResearchKit.Experiments;

namespace ResearchKit.Papers.StochasticDepth;

/// <summary>Depth, cost and size of the paper's networks, by arithmetic.</summary>
static class ArithmeticOfDepth
{
    static readonly int[] s_depths = [20, 32, 56, 110, 152, 1202];

    internal static void Report(Experiment run)
    {
        foreach (int depth in new[] { 110, 1202 })
        {
            run.Claim($"eq5-depth-{depth}", LinearDecay.ExpectedBlocks(depth, 0.5));
            run.Claim($"sec3-cost-{depth}", 100 * (1 - Cost(depth, 0.5)));
            run.Claim($"sec4-parameters-{depth}", LinearDecay.Parameters(depth) / 1e6);
        }

        run.Table(new(
            "Expected depth and cost with linear decay",
            ["Layers", "Blocks", "Expected blocks, p_L = 0.5", "Deviation", "MACs, all blocks", "Expected share of MACs, p_L = 0.5", "p_L = 0.2", "Parameters"],
            [.. s_depths.Select(depth => (string[])
                [
                    $"{depth}", $"{LinearDecay.Blocks(depth)}", $"{LinearDecay.ExpectedBlocks(depth, 0.5):0.##}", $"{LinearDecay.Deviation(depth, 0.5):0.000}",
                    $"{LinearDecay.FixedMacs() + LinearDecay.BlockMacs(depth).Sum():#,0}", $"{Cost(depth, 0.5):0.0000}", $"{Cost(depth, 0.2):0.0000}",
                    $"{LinearDecay.Parameters(depth):#,0}",
                ])],
            "MACs of one 32x32 image; the first convolution and the full layer are never left out."));
        run.Figure(new(
            "With what probability each block of 110 layers survives", FigureKind.Line, "block", "probability",
            [.. new[] { 0.5, 0.2 }.Select(last => new FigureSeries($"p_L = {last}", [.. Enumerable.Range(1, 54).Select(l => (double)l)], null, LinearDecay.Survival(54, last)))],
            "Early blocks, on whose features all others rest, are kept most."));
    }

    static double Cost(int depth, double last) => LinearDecay.CostShare(depth, LinearDecay.Survival(LinearDecay.Blocks(depth), last));
}
