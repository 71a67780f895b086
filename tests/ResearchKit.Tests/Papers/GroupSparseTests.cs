using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Papers.GroupSparse;
using ResearchKit.Tests.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class GroupSparseTests
{
    // Five outputs, two inputs: what leaves them has the norms 5 and 13.
    static Tensor Example() => tensor(new double[] { 3, 0, 4, 0, 0, 5, 0, 12, 0, 0 }, new long[] { 5, 2 });

    [Fact]
    public void Group_lasso_sums_the_norms_of_outgoing_weights_times_the_root_of_their_number()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Sqrt(5) * (5 + 13), Regulariser.GroupLasso(Example()).ToDouble(), 12);
        var leaf = Example().requires_grad_(true);
        Regulariser.GroupLasso(leaf).backward();
        // sqrt(|g|) w / ||g||, and zero for a group of zeros.
        Assert.Equal(Math.Sqrt(5) * 3 / 5, leaf.grad![0, 0].ToDouble(), 12);
        var dead = zeros([5, 2], float64).requires_grad_(true);
        Regulariser.GroupLasso(dead).backward();
        Assert.True(dead.grad!.eq(0).all().ToBoolean());
    }

    [Fact]
    public void Sparse_group_lasso_adds_the_magnitudes()
    {
        using var scope = NewDisposeScope();
        Assert.Equal((Math.Sqrt(5) * 18) + 24, Regulariser.SparseGroupLasso(Example()).ToDouble(), 12);
    }

    [Fact]
    public void Permuting_outputs_changes_no_penalty()
    {
        using var scope = NewDisposeScope();
        var moved = Example().index_select(0, tensor(new long[] { 4, 2, 0, 1, 3 }));
        Assert.Equal(Regulariser.SparseGroupLasso(Example()).ToDouble(), Regulariser.SparseGroupLasso(moved).ToDouble(), 12);
        // Incoming groups would be other ones.
        Assert.NotEqual(Regulariser.GroupLasso(Example()).ToDouble(), Regulariser.GroupLasso(Example().t()).ToDouble(), 3);
    }

    [Fact]
    public void Each_penalty_is_what_it_says_over_a_whole_network()
    {
        using var scope = NewDisposeScope();
        using var net = new Mlp(2, 5);
        using (no_grad())
        {
            net.get_parameter("layers.0.weight")!.copy_(Example());
            net.get_parameter("layers.0.bias")!.copy_(tensor(new float[] { 1, -2, 0, 0, 0 }));
        }

        double Of(Penalty penalty) => Regulariser.Of(net, penalty).ToDouble();
        Assert.Equal(25 + 169 + 5, Of(Penalty.L2), 4);
        Assert.Equal(24 + 3, Of(Penalty.L1), 4);
        Assert.Equal((Math.Sqrt(5) * 18) + 3, Of(Penalty.GroupLasso), 4);
        Assert.Equal((Math.Sqrt(5) * 18) + 24 + 6, Of(Penalty.SparseGroupLasso), 4);
    }

    [Fact]
    public void What_is_below_the_threshold_becomes_zero_and_is_counted()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var net = new Mlp(6, 4, 3);
        Linear[] layers = [.. net.modules().OfType<Linear>()];
        layers[0].weight.fill_(0.5);
        layers[0].weight.narrow(1, 2, 3).fill_(0.9e-3);
        layers[1].weight.fill_(-1e-3); // stays: it is not below
        layers[1].weight.narrow(1, 0, 1).fill_(-0.5e-3);
        Regulariser.Threshold(net, 1e-3);
        Assert.Equal([(3, 6), (3, 4)], Outcome.UnitsOf(net));
        Assert.Equal([true, true, false, false, false, true], Outcome.Alive(layers[0]));
    }

    [Fact]
    public void The_example_of_two_inputs_and_five_outputs_adds_up()
    {
        Assert.Equal(0, Illustration.Removed(0, 0));
        Assert.Equal(50, Illustration.Removed(1, 0));
        Assert.Equal(70, Illustration.Removed(1, 2));
        Assert.Equal(100, Illustration.Removed(2, 0));
    }

    [Fact]
    public void Wrong_parameters_are_named()
    {
        Assert.Contains("strength", Assert.Throws<UsageException>(() => new GroupSparseParameters { LargeStrength = 0 }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("threshold", Assert.Throws<UsageException>(() => new GroupSparseParameters { Threshold = -1 }.Check()).Message, StringComparison.Ordinal);
    }
}

sealed class OutgoingGroupLassoSample : FunctionSample
{
    protected override Delegate Function => Regulariser.GroupLasso;

    public override Use Draw(Random random) => new(x => Regulariser.GroupLasso(x[0]), [randn([random.Next(2, 6), random.Next(2, 6)])]);
}

sealed class SparseGroupLassoSample : FunctionSample
{
    protected override Delegate Function => Regulariser.SparseGroupLasso;

    public override Use Draw(Random random) => new(x => Regulariser.SparseGroupLasso(x[0]), [randn([random.Next(2, 6), random.Next(2, 6)])]);
}

/// <summary>Made of a network alone: there is no tensor that odd values could come in by.</summary>
sealed class RegulariserSample : FunctionSample
{
    protected override Delegate Function => Regulariser.Of;

    public override Use Draw(Random random)
    {
        var net = new Mlp(random.Next(2, 6), random.Next(2, 6), 3);
        var penalty = (Penalty)random.Next(4);
        return new(_ => Regulariser.Of(net, penalty), [], net);
    }
}
