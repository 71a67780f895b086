namespace ResearchKit.Papers.StochasticDepth;

/// <summary>Survival probabilities that fall in a line, and what follows from them for depth and cost, by arithmetic (arXiv:1603.09382, Sec. 3).</summary>
public static class LinearDecay
{
    /// <summary>Eq. 4: p_l = 1 - (l / L) (1 - p_L), l = 1 to L.</summary>
    /// <param name="blocks">L.</param>
    /// <param name="last">p_L, the probability of the last block, in [0, 1].</param>
    public static double[] Survival(int blocks, double last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        if (last is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(last), last, "A survival probability has to be in [0, 1].");
        }

        return [.. Enumerable.Range(1, blocks).Select(l => 1 - ((double)l / blocks * (1 - last)))];
    }

    /// <summary>The blocks of a CIFAR ResNet: (depth - 2) / 2.</summary>
    public static int Blocks(int depth) => (depth - 2) / 2;

    /// <summary>Eq. 5: the mean number of blocks in a batch, the sum of their probabilities.</summary>
    public static double ExpectedBlocks(int depth, double last) => Survival(Blocks(depth), last).Sum();

    /// <summary>The standard deviation of that number.</summary>
    public static double Deviation(int depth, double last) => Math.Sqrt(Survival(Blocks(depth), last).Sum(p => p * (1 - p)));

    /// <summary>Multiply-accumulates of each block of a CIFAR ResNet for one image.</summary>
    public static long[] BlockMacs(int depth)
    {
        int perStage = Blocks(depth) / 3;
        return [.. new[] { (Width: 16L, Side: 32L), (32, 16), (64, 8) }.SelectMany((stage, s) => Enumerable.Range(0, perStage).Select(k =>
        {
            // The first block of the second and third stage takes half as many channels.
            long inputs = s > 0 && k == 0 ? stage.Width / 2 : stage.Width;
            return 9 * stage.Width * (inputs + stage.Width) * stage.Side * stage.Side;
        }))];
    }

    /// <summary>Multiply-accumulates that no draw saves, for one image: the first convolution and the full layer.</summary>
    public static long FixedMacs(int classes = 10) => (9 * 3 * 16 * 32 * 32) + (64 * classes);

    /// <summary>The share of the whole network's multiply-accumulates that is done when each block is there with its share of the batches.</summary>
    /// <param name="depth">Of the network.</param>
    /// <param name="presence">For each block its probability, or the share of batches in which it was computed.</param>
    public static double CostShare(int depth, IEnumerable<double> presence)
    {
        long[] blocks = BlockMacs(depth);
        return (FixedMacs() + blocks.Zip(presence, (macs, p) => macs * p).Sum()) / (FixedMacs() + blocks.Sum());
    }

    /// <summary>Trainable numbers of a CIFAR ResNet with option A: weights of convolutions, two for each channel of a norm, the full layer.</summary>
    public static long Parameters(int depth, int classes = 10)
    {
        int perStage = Blocks(depth) / 3;
        return (9 * 3 * 16) + (2 * 16) + (64 * classes) + classes + new[] { 16L, 32, 64 }.Select((width, s) =>
            (2L * perStage * ((9 * width * width) + (2 * width))) - (s > 0 ? 9 * width * width / 2 : 0)).Sum();
    }
}
