using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Papers.SparseFace;
using ResearchKit.Tests.Contract;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class SparseFaceTests
{
    [Fact]
    public void Correlations_are_pearsons()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (outputs, inputs) = (randn([50, 1, 2], float64), randn([50, 1, 3], float64));
        inputs.select(2, 1).copy_((-2 * outputs.select(2, 0)) + 7);
        var r = Correlation.Between(outputs, inputs);
        Assert.Equal([1, 2, 3], r.shape);
        Assert.Equal(-1, r[0, 0, 1].ToDouble(), 9);
        double[] a = [.. outputs.select(2, 1).flatten().data<double>()], b = [.. inputs.select(2, 2).flatten().data<double>()];
        double ma = a.Average(), mb = b.Average(), cov = a.Zip(b, (x, y) => (x - ma) * (y - mb)).Sum();
        Assert.Equal(cov / Math.Sqrt(a.Sum(x => (x - ma) * (x - ma)) * b.Sum(y => (y - mb) * (y - mb))), r[0, 1, 2].ToDouble(), 9);
    }

    [Fact]
    public void A_neuron_that_never_changes_has_no_correlation()
    {
        using var scope = NewDisposeScope();
        var r = Correlation.Between(ones(20, 1, 1) * 3, randn([20, 1, 2]));
        Assert.True(r.eq(0).all().ToBoolean());
    }

    [Fact]
    public void A_convolutions_criterion_sums_magnitudes_over_the_places_that_share_a_weight()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var images = Shapes.Draw(60, 10).Train;
        using var batches = new Batches(images, 27, images.ChannelStatistics());
        using var net = Net();
        foreach (var (name, layer) in net.Layers)
        {
            var weight = layer.parameters().First();
            var r = Correlation.Of(net, layer, batches, 2);
            Assert.Equal(weight.shape, r.shape);
            Assert.False(r.isnan().any().ToBoolean());
            // Signed and within one for full and local layers; for a convolution up to the number of places.
            Assert.Equal(name != "4", r.lt(0).any().ToBoolean());
            Assert.True(r.abs().max().ToDouble() <= (name == "4" ? 28 * 28 : 1) + 1e-4, $"{name}: {r.abs().max().ToDouble()}");
        }

        // One place of one convolution by hand: with a single place the two criteria are the same but for the sign.
        var (outputs, inputs) = (randn([30, 4, 2]), randn([30, 4, 3]));
        var byPlace = Correlation.Between(outputs, inputs);
        var third = Correlation.Between(outputs.narrow(1, 2, 1), inputs.narrow(1, 2, 1));
        Assert.True(byPlace[2].allclose(third[0], atol: 1e-5));
    }

    [Fact]
    public void Three_quarters_come_from_the_higher_half_of_each_sign()
    {
        // 80 positive, falling, and 40 negative ones.
        float[] r = [.. Enumerable.Range(0, 80).Select(k => 1 - (k / 100f)), .. Enumerable.Range(0, 40).Select(k => -1 + (k / 100f))];
        int[] kept = Selection.Choose(Criterion.Correlation, r, new float[120], 0.1, new SplitMix64(1, 1));
        Assert.Equal(12, kept.Distinct().Count());
        Assert.Equal([6, 2, 3, 1], new[] { kept.Count(k => k < 40), kept.Count(k => k is >= 40 and < 80), kept.Count(k => k is >= 80 and < 100), kept.Count(k => k >= 100) });
        Assert.Equal([.. Enumerable.Range(0, 8), .. Enumerable.Range(80, 4)], Selection.Choose(Criterion.Highest, r, new float[120], 0.1, new SplitMix64(1, 1)).Order());
        // Drawn, not the same each time.
        Assert.NotEqual(kept.Order(), Selection.Choose(Criterion.Correlation, r, new float[120], 0.1, new SplitMix64(2, 1)).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_neuron_keeps_its_share(int number)
    {
        var criterion = (Criterion)number;
        using var scope = NewDisposeScope();
        manual_seed(1);
        var weights = randn([6, 5, 64]);
        var mask = Selection.Mask(criterion, randn([6, 5, 64]), weights, 0.25, new SplitMix64(1, 1));
        Assert.True(mask.eq(0).logical_or(mask.eq(1)).all().ToBoolean());
        var kept = mask.sum(-1);
        Assert.True(kept.ge(15).all().ToBoolean() && kept.le(17).all().ToBoolean()); // the signs are rounded apart
        if (criterion == Criterion.Magnitude)
        {
            Assert.True((weights.abs() * mask).sum().ToDouble() > (weights.abs() * (1 - mask)).sum().ToDouble() / 2);
            Assert.True(weights.abs().masked_fill(mask.eq(0), 100).amin([2]).ge(weights.abs().masked_fill(mask.eq(1), 0).amax([2])).all().ToBoolean());
        }

        Assert.Equal([3, 2, 3, 3], Selection.Mask(criterion, rand(3, 2, 3, 3), rand(3, 2, 3, 3), 0.5, new SplitMix64(1, 1)).shape);
    }

    [Fact]
    public void A_locally_connected_layer_has_filters_of_its_own_at_each_place()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var local = new LocallyConnected2d(2, 3, 5, 4, 3);
        Assert.Equal((5 - 2) * (4 - 2) * 3 * 2 * 9, local.Weight.numel());
        var x = randn([2, 2, 5, 4]);
        // With the same filters everywhere it is a convolution.
        using var conv = nn.Conv2d(2, 3, 3);
        local.Weight.copy_(conv.weight.view(1, 3, 18).expand(6, 3, 18));
        local.get_parameter("bias")!.copy_(conv.bias!.view(1, 3).expand(6, 3));
        Assert.True(conv.call(x).allclose(local.call(x), atol: 1e-5));
        // A filter changed at one place changes that place alone.
        var before = local.call(x);
        local.Weight[3].add_(1); // row 1, column 1 of the output
        var changed = (local.call(x) - before).abs().amax([0, 1]).gt(1e-6);
        Assert.Equal([false, false, false, true, false, false], changed.flatten().data<bool>().ToArray());
        Assert.Throws<ArgumentException>(() => local.call(randn([2, 2, 5, 5])));
        Assert.Throws<ArgumentException>(() => new LocallyConnected2d(1, 1, 2, 5, 3));
    }

    [Fact]
    public void Layers_are_made_sparse_from_the_top()
    {
        using var net = Net();
        Assert.Equal(["f", "5b", "5a", "4"], net.Layers.Select(l => l.Name));
        Assert.IsType<Linear>(net.Layers[0].Layer);
        Assert.IsType<LocallyConnected2d>(net.Layers[1].Layer);
        Assert.IsType<Conv2d>(net.Layers[3].Layer);
        // 14 x 14 behind the pooling, then 12 x 12, then 10 x 10.
        Assert.Equal(((12, 12), (10, 10)), (((LocallyConnected2d)net.Layers[2].Layer).OutputSize, ((LocallyConnected2d)net.Layers[1].Layer).OutputSize));
    }

    [Fact]
    public void The_papers_network_has_the_printed_weights_and_ratios()
    {
        Assert.Equal(17_828_544, PaperNetwork.Layers.Sum(l => PaperNetwork.Weights(l.Name)));
        Assert.Equal([1_728, 36_864, 55_296, 82_944, 165_888, 331_776, 442_368, 589_824, 11_796_480, 3_538_944, 786_432], PaperNetwork.Layers.Select(l => PaperNetwork.Weights(l.Name)));
        Assert.Equal(0.9561, PaperNetwork.Left(("f", 1 / 256.0)), 4);
        Assert.Equal(0.1181, PaperNetwork.Left(("f", 1 / 256.0), ("5b", 1 / 128.0), ("5a", 1 / 32.0)), 4);
    }

    [Fact]
    public void A_threshold_is_chosen_on_the_other_folds()
    {
        bool[] same = [.. Enumerable.Range(0, 40).Select(k => k / 10 % 2 == 0)];
        Assert.Equal(100, Verification.TenFold([.. same.Select(s => s ? 0.9 : 0.1)], same));
        Assert.Equal(50, Verification.TenFold([.. same.Select(_ => 0.5)], same));
        // Pair 0 lies on the wrong side; no other fold's threshold can know it.
        Assert.Equal(97.5, Verification.TenFold([.. same.Select((s, k) => k == 0 ? 0.05 : s ? 0.9 : 0.1)], same));
    }

    [Fact]
    public void Pairs_are_half_of_one_person_and_cosines_are_theirs()
    {
        using var scope = NewDisposeScope();
        int[] people = [4, 4, 4, 7, 7, 9, 9];
        var pairs = Verification.Pairs(people, 3);
        Assert.Equal(10, pairs.Length);
        Assert.Equal(10, pairs.Select(p => (p.First, p.Second)).Distinct().Count());
        Assert.Equal(5, pairs.Count(p => p.Same));
        Assert.All(pairs, p => Assert.Equal(p.Same, people[p.First] == people[p.Second]));
        Assert.Equal(pairs, Verification.Pairs(people, 3));
        var features = tensor(new float[] { 3, 4, 0, 2, 5, 0 }, new long[] { 3, 2 });
        Assert.Equal([0.8, 0.6], Verification.Similarities(features, [(0, 1, true), (0, 2, false)]), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        Assert.Contains("share", Assert.Throws<UsageException>(() => new SparseFaceParameters { FaceShares = [1, 0, 1] }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("poolings", Assert.Throws<ArgumentException>(() => new FaceNet(1, 28, 28, [4, 4, 4], 4, 4, 4)).Message, StringComparison.Ordinal);
    }

    static FaceNet Net()
    {
        manual_seed(1);
        return new(1, 28, 28, [4], 3, 6, 5);
    }
}

sealed class FaceNetSample : LayerSample<FaceNet>
{
    protected override (FaceNet, Tensor[]) DrawLayer(Random random) =>
        (new(1, 10, 12, [random.Next(2, 4)], 2, 4, 3), [randn([random.Next(2, 4), 1, 10, 12])]);
}

sealed class LocallyConnected2dSample : LayerSample<LocallyConnected2d>
{
    protected override (LocallyConnected2d, Tensor[]) DrawLayer(Random random)
    {
        int channels = random.Next(1, 4), height = random.Next(3, 6), width = random.Next(3, 6);
        return (new(channels, random.Next(1, 4), height, width, random.Next(1, 4)), [randn([random.Next(2, 4), channels, height, width])]);
    }
}

sealed class CorrelationSample : FunctionSample
{
    protected override Delegate Function => Correlation.Between;

    public override Use Draw(Random random)
    {
        int images = random.Next(5, 9), places = random.Next(1, 4);
        return new(x => Correlation.Between(x[0], x[1]), [randn([images, places, random.Next(1, 4)]), randn([images, places, random.Next(1, 4)])]);
    }

    // A connection with a NaN has none that counts.
    public override string NotANumber => "0, as for a neuron that never changes";
}

/// <summary>Made of a network and images: there is no tensor that odd values could come in by.</summary>
sealed class CriterionSample : FunctionSample
{
    protected override Delegate Function => Correlation.Of;

    public override string NoGradient => "a criterion for choosing is taken without gradients";

    public override Use Draw(Random random)
    {
        var images = Shapes.Draw(20, 10, (ulong)random.Next()).Train;
        var net = new FaceNet(1, 28, 28, [2], 2, 3, 10);
        var batches = new Batches(images, 10, images.ChannelStatistics());
        int layer = random.Next(4);
        return new(_ => Correlation.Of(net, net.Layers[layer].Layer, batches, 2), [], net);
    }
}

sealed class SelectionSample : FunctionSample
{
    protected override Delegate Function => Selection.Mask;

    public override string NoGradient => "a mask is a choice";

    public override string NotANumber => "0 or 1: a connection is kept or not";

    public override Use Draw(Random random)
    {
        long[] shape = [random.Next(2, 4), random.Next(4, 9)];
        return new(x => Selection.Mask(Criterion.Correlation, x[0], x[1], 0.5, new SplitMix64(1, 1)), [randn(shape), randn(shape)]);
    }
}
