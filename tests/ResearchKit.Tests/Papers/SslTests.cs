using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Papers.Ssl;
using ResearchKit.Tests.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class SslTests
{
    [Theory]
    [InlineData(Structure.Filter, 2)]
    [InlineData(Structure.Channel, 3)]
    [InlineData(Structure.Shape, 12)]
    [InlineData(Structure.Layer, 1)]
    public void The_penalty_is_a_sum_of_norms_over_the_groups_of_each_structure(Structure structure, int groups)
    {
        using var scope = NewDisposeScope();
        // [2, 3, 2, 2], weight i is i + 1.
        var weight = arange(1, 25, dtype: float64).view(2, 3, 2, 2);
        var sums = new Dictionary<(int, int, int, int), double>();
        for (int i = 0; i < 24; i++)
        {
            int n = i / 12, c = i / 4 % 3, m = i / 2 % 2, k = i % 2;
            var group = structure switch { Structure.Filter => (n, 0, 0, 0), Structure.Channel => (0, c, 0, 0), Structure.Shape => (0, c, m, k), _ => default };
            sums[group] = sums.GetValueOrDefault(group) + ((i + 1) * (i + 1));
        }

        Assert.Equal(groups, sums.Count);
        Assert.Equal(sums.Values.Sum(Math.Sqrt), GroupLasso.Penalty(weight, structure).ToDouble(), 9);
    }

    [Fact]
    public void A_group_of_zeros_has_a_gradient_of_zero_and_stays()
    {
        using var scope = NewDisposeScope();
        var weight = randn([3, 2, 2, 2], float64);
        weight[1].zero_();
        weight.requires_grad_(true);
        GroupLasso.Penalty(weight, Structure.Filter).backward();
        Assert.True(weight.grad![1].eq(0).all().ToBoolean());
        // Elsewhere it is w / ||w||, of norm 1 whatever the group's size.
        Assert.Equal(1, weight.grad[0].norm().ToDouble(), 12);
        Assert.True((weight.grad[2] * weight[2].norm()).allclose(weight[2]));
        Assert.Equal([true, false, true], GroupLasso.SurvivorsOf(weight, Structure.Filter));
    }

    [Fact]
    public void Each_variant_adds_what_its_objective_says()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new double[] { 3, 4, 0, 0, 0, 12 }, new long[] { 2, 3, 1, 1 }));
        double Of(Penalty kind) => new Variant(kind, 0.5).Of([weight]).ToDouble();
        Assert.Equal(0.5 * ((5 + 12) + (3 + 4 + 12)), Of(Penalty.FilterAndChannel), 12);
        Assert.Equal(0.5 * (3 + 4 + 12), Of(Penalty.Shape), 12);
        Assert.Equal(0.5 * 19, Of(Penalty.L1), 12);
        Assert.Equal(0.5 * 2 * 169, Of(Penalty.Squared), 12);
    }

    [Fact]
    public void Weights_below_the_threshold_become_zero()
    {
        using var scope = NewDisposeScope();
        var weight = new Parameter(tensor(new float[] { 2e-4f, -0.5e-4f, 0, -1 }));
        GroupLasso.Threshold([weight]);
        Assert.Equal([2e-4f, 0, 0, -1], weight.data<float>().ToArray());
    }

    [Fact]
    public void Masks_keep_rows_and_columns_of_zeros_and_let_the_others_train()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var net = new LeNet5();
        Conv2d[] convolutions = [.. net.modules().OfType<Conv2d>()];
        using (no_grad())
        {
            convolutions[1].weight[3].zero_();
            convolutions[1].weight.narrow(1, 2, 1).zero_();
            convolutions[1].weight[5, 6, 0, 0].zero_(); // alone, and therefore free to come back
        }

        using var masks = new Variant(Penalty.FilterAndChannel, 1).Masks(convolutions.Select(c => c.weight));
        using var optimizer = optim.SGD(net.parameters(), 0.1, momentum: 0.9, weight_decay: 0.1);
        for (int step = 0; step < 2; step++)
        {
            optimizer.zero_grad();
            net.call(randn([4, 1, 28, 28])).pow(2).sum().backward();
            masks.MaskGradients();
            Assert.True(convolutions[1].weight.grad![3].eq(0).all().ToBoolean());
            optimizer.step();
            masks.Apply();
        }

        var weight = convolutions[1].weight;
        Assert.True(weight[3].eq(0).all().ToBoolean() && weight.narrow(1, 2, 1).eq(0).all().ToBoolean());
        Assert.NotEqual(0, weight[5, 6, 0, 0].ToSingle());
        Assert.Equal((49 * 19 * 25) - 0, weight.count_nonzero().ToInt64());

        // For l1 single weights stay away.
        using (no_grad())
        {
            weight[5, 6, 0, 0].zero_();
        }

        using var single = new Variant(Penalty.L1, 1).Masks([weight]);
        using (no_grad())
        {
            weight.add_(1);
        }

        single.Apply();
        Assert.Equal(0, weight[5, 6, 0, 0].ToSingle());
        Assert.Throws<ArgumentException>(() => single.Add(weight, ones(3)));
    }

    [Fact]
    public void What_is_left_is_counted_by_filters_channels_and_columns()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var layer = nn.Conv2d(4, 10, 3);
        layer.weight.fill_(1);
        layer.weight.narrow(0, 0, 6).zero_();
        layer.weight.narrow(1, 1, 2).zero_();
        layer.weight[6, 0, 0, 0].zero_();
        var left = Survivors.Of(layer);
        Assert.Equal(((4, 10), (2, 4), (18, 36)), (left.Filters, left.Channels, left.Columns));
        Assert.Equal(4.0 * 18 / 360, left.Flops, 12);
        Assert.Equal(1 - (71.0 / 360), left.Zeros, 12);
    }

    [Fact]
    public void AlexNets_layers_have_the_sizes_of_their_lowered_products()
    {
        Assert.Equal([96 * 363L, 128 * 1200, 384 * 2304, 192 * 1728, 128 * 1728], AlexNetTable.Layers.Select(l => (long)l.Filters * l.Places));
        Assert.Equal([1.10, 3.12, 7.28, 12.31, 5.18], AlexNetTable.Layers.Select(l => l.MacRatio), (a, b) => Math.Abs(a - b) < 0.05);
    }

    [Fact]
    public void Timed_products_are_checked_and_have_a_ratio()
    {
        Assert.True(LayerSpeed.Structured(8, 20, 2, 5, 30, 1).Ratio > 0);
        Assert.True(LayerSpeed.Unstructured(8, 20, 0.9, 30, 1, 1).Ratio > 0);
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        Assert.Contains("strength", Assert.Throws<UsageException>(() => new SslParameters { ShapeStrengths = [-1] }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("epochs", Assert.Throws<UsageException>(() => new SslParameters { SparseEpochs = 0 }.Check()).Message, StringComparison.Ordinal);
    }
}

sealed class GroupLassoPenaltySample : FunctionSample
{
    protected override Delegate Function => GroupLasso.Penalty;

    public override Use Draw(Random random)
    {
        var structure = (Structure)random.Next(4);
        return new(x => GroupLasso.Penalty(x[0], structure), [randn([random.Next(2, 5), random.Next(1, 4), 2, 3])]);
    }
}

sealed class GroupLassoGroupsSample : FunctionSample
{
    protected override Delegate Function => GroupLasso.Groups;

    public override Use Draw(Random random)
    {
        var structure = (Structure)random.Next(4);
        return new(x => GroupLasso.Groups(x[0], structure), [randn([random.Next(2, 5), random.Next(1, 4), 2, 3])]);
    }
}
