using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Papers.StochasticDepth;
using ResearchKit.Tests.Contract;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class StochasticDepthTests
{
    [Fact]
    public void Survival_falls_in_a_line_to_the_last_blocks_probability()
    {
        double[] p = LinearDecay.Survival(54, 0.5);
        Assert.Equal(0.990741, p[0], 6);
        Assert.Equal(0.75, p[26], 12);
        Assert.Equal(0.5, p[53], 12);
        Assert.All(p.Zip(p.Skip(1)), pair => Assert.Equal(0.5 / 54, pair.First - pair.Second, 12));
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearDecay.Survival(54, 1.5));
    }

    [Theory]
    [InlineData(20, 6.5, 1.273, 5.0)]
    [InlineData(32, 11, 1.619, 8.6)]
    [InlineData(56, 20, 2.150, 15.8)]
    [InlineData(110, 40.25, 3.021, 32.0)]
    [InlineData(1202, 449.75, 10.006, 359.6)]
    public void Expected_depth_is_that_of_equation_5(int depth, double half, double deviation, double fifth)
    {
        int blocks = LinearDecay.Blocks(depth);
        Assert.Equal(half, LinearDecay.ExpectedBlocks(depth, 0.5), 9);
        Assert.Equal(((3 * blocks) - 1) / 4.0, LinearDecay.ExpectedBlocks(depth, 0.5), 9);
        Assert.Equal(deviation, LinearDecay.Deviation(depth, 0.5), 0.0005);
        Assert.Equal(fifth, LinearDecay.ExpectedBlocks(depth, 0.2), 9);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(56)]
    [InlineData(110)]
    public void Cost_and_size_are_those_of_the_networks_themselves(int depth)
    {
        using var net = new CifarResNet(depth);
        var summary = ModelSummary.Of(net, 3, 32, 32);
        Assert.Equal(summary.Parameters, LinearDecay.Parameters(depth));
        Assert.Equal(summary.Macs, LinearDecay.FixedMacs() + LinearDecay.BlockMacs(depth).Sum());
        long[] blocks = [.. summary.Layers.Where(l => l.Name.StartsWith("layer", StringComparison.Ordinal))
            .GroupBy(l => string.Join('.', l.Name.Split('.').Take(2))).Select(g => g.Sum(l => l.Macs))];
        Assert.Equal(blocks, LinearDecay.BlockMacs(depth));
    }

    [Fact]
    public void The_expected_cost_of_1202_layers_is_as_worked_out_by_hand()
    {
        Assert.Equal(2_829_238_912, LinearDecay.FixedMacs() + LinearDecay.BlockMacs(1202).Sum());
        Assert.Equal(19_421_274, LinearDecay.Parameters(1202));
        Assert.Equal(0.7496, LinearDecay.CostShare(1202, LinearDecay.Survival(600, 0.5)), 0.00005);
        Assert.Equal(0.7269, LinearDecay.CostShare(20, LinearDecay.Survival(9, 0.5)), 0.00005);
    }

    [Fact]
    public void With_all_blocks_present_it_is_the_plain_network()
    {
        using var scope = NewDisposeScope();
        using var net = Net(_ => 1);
        var x = randn([4, 3, 8, 8]);
        Assert.True(net.Net.call(x).allclose(net.call(x), atol: 1e-6));
        net.eval();
        Assert.True(net.Net.call(x).allclose(net.call(x), atol: 1e-6));
    }

    [Fact]
    public void Without_any_block_only_stem_shortcuts_and_head_are_left()
    {
        using var scope = NewDisposeScope();
        using var net = Net(_ => 0);
        var x = randn([4, 3, 8, 8]);
        var h = net.Net.Stem(x);
        Assert.True(h.ge(0).all().ToBoolean()); // what makes Eq. 3 exact
        var expected = net.Net.Head(net.Net.Blocks.Aggregate(h, (y, block) => block.Shortcut(y)));
        Assert.True(expected.allclose(net.call(x), atol: 1e-6));
        Assert.All(net.Computed, count => Assert.Equal(0, count));
    }

    [Fact]
    public void A_block_that_is_left_out_is_not_computed_and_gets_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var net = Net(l => l == 1 ? 0 : 1);
        net.call(randn([4, 3, 8, 8])).sum().backward();
        Assert.Equal([1, 0, 1], net.Computed);
        foreach (var (l, block) in net.Net.Blocks.Index())
        {
            Assert.All(block.parameters(), p => Assert.Equal(l != 1, p.grad is not null && p.grad.ne(0).any().ToBoolean()));
            Assert.Equal(l == 1 ? 0 : 1, block.get_buffer("bn1.num_batches_tracked")!.ToInt64());
            Assert.Equal(l == 1, block.get_buffer("bn1.running_mean")!.eq(0).all().ToBoolean());
        }
    }

    [Fact]
    public void In_evaluation_each_branch_is_scaled_by_its_probability()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        double[] p = [0.9, 0.6, 0.3];
        using var net = Net(l => p[l]);
        var x = randn([4, 3, 8, 8]);
        Assert.False(net.call(x).equal(net.call(x)) && net.call(x).equal(net.call(x))); // draws in training
        net.eval();
        var h = net.Net.Stem(x);
        foreach (var (l, block) in net.Net.Blocks.Index())
        {
            h = nn.functional.relu((p[l] * block.Residual(h)) + block.Shortcut(h));
        }

        Assert.True(net.Net.Head(h).allclose(net.call(x), atol: 1e-6));
        Assert.True(net.call(x).equal(net.call(x)));
        Assert.False(net.Net.call(x).allclose(net.call(x), atol: 1e-3)); // the plain network does not scale
    }

    [Fact]
    public void Drawn_depths_have_the_expected_mean()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var net = new StochasticDepthNet(new CifarResNet(20), LinearDecay.Survival(9, 0.5));
        var x = randn([1, 3, 4, 4]);
        const int Draws = 400;
        for (int k = 0; k < Draws; k++)
        {
            using var inner = NewDisposeScope();
            net.call(x);
        }

        double mean = (double)net.Computed.Sum() / Draws, deviation = LinearDecay.Deviation(20, 0.5) / Math.Sqrt(Draws);
        Assert.InRange(mean, 6.5 - (4 * deviation), 6.5 + (4 * deviation));
        Assert.True(net.Computed[0] > net.Computed[8]);
    }

    [Fact]
    public void Timed_epochs_count_the_blocks_that_were_drawn()
    {
        var images = Shapes.Draw(40, 10, colour: true).Train;
        using var batches = new Batches(images, 18, images.ChannelStatistics());
        var time = PairedEpochs.Of(8, 1 - 1e-9, batches, 1, [0.3, 0.3, 0.3], 1, default);
        Assert.Equal(1, time.CostShare, 6);
        Assert.True(time.Constant > 0 && time.Stochastic > 0 && time.Ratio == time.Stochastic / time.Constant);
    }

    [Fact]
    public void Every_block_of_a_stage_has_the_same_share_of_the_time()
    {
        var images = Shapes.Draw(40, 10, colour: true).Train;
        using var batches = new Batches(images, 18, images.ChannelStatistics());
        double[] shares = BlockTimes.Of(14, batches, 1, 1, default);
        Assert.Equal(6, shares.Length);
        Assert.All(new[] { 0, 2, 4 }, first => Assert.Equal(shares[first], shares[first + 1]));
        Assert.All(shares, share => Assert.True(share < 1));
    }

    [Fact]
    public void Blocks_that_are_never_there_have_a_gradient_of_zero()
    {
        var images = Shapes.Draw(40, 10, colour: true).Train;
        using var batches = new Batches(images, 18, images.ChannelStatistics());
        using var net = Net(l => l == 2 ? 0 : 1);
        double[] sizes = GradientMagnitudes.Of(net, net.Net.Blocks, batches, 2);
        Assert.True(sizes[0] > 0 && sizes[1] > 0);
        Assert.Equal(0, sizes[2]);
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        using var resnet = new CifarResNet(8);
        Assert.Contains("3 blocks", Assert.Throws<ArgumentException>(() => new StochasticDepthNet(resnet, [0.5])).Message, StringComparison.Ordinal);
        Assert.Contains("depth", Assert.Throws<UsageException>(() => new StochasticDepthParameters { Depth = 21 }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("lastSurvivals", Assert.Throws<UsageException>(() => new StochasticDepthParameters { LastSurvivals = [0] }.Check()).Message, StringComparison.Ordinal);
    }

    static StochasticDepthNet Net(Func<int, double> survival)
    {
        manual_seed(1);
        return new(new CifarResNet(8), [.. Enumerable.Range(0, 3).Select(survival)]);
    }
}

sealed class StochasticDepthNetSample : LayerSample<StochasticDepthNet>
{
    protected override (StochasticDepthNet, Tensor[]) DrawLayer(Random random) =>
        (new(new CifarResNet(8, 4), LinearDecay.Survival(3, 0.5)), [randn([random.Next(2, 4), 3, 8, 8])]);
}
