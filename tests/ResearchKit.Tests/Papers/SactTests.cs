using ResearchKit.Experiments;
using ResearchKit.Papers.Sact;
using ResearchKit.Tests.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class SactTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static double[] Values(Tensor tensor) => tensor.detach().to(float64).flatten().data<double>().ToArray();

    static void AssertNear(double[] expected, Tensor actual) => Assert.Equal(expected, Values(actual), (a, b) => Math.Abs(a - b) < 1e-12);

    static SactResNet Trained(Adaptivity adaptivity, int seed, int units = 3)
    {
        // Running statistics and halting branches away from where they begin.
        manual_seed(seed);
        var network = new SactResNet(units, adaptivity, stemStride: 2, bias: -0.5);
        using var noGrad = no_grad();
        for (int k = 0; k < 3; k++)
        {
            using var scope = NewDisposeScope();
            network.call(randn(8, 3, 16, 16));
        }

        network.eval();
        return network;
    }

    [Theory]
    [InlineData(new[] { .999, .999, .999, .999 }, 2.0, 1, new[] { 1.0, 0, 0, 0, 0 }, new[] { 0.0, 0, 0, 0 })]
    [InlineData(new[] { .01, .50, .60, .70 }, 3.49, 3, new[] { .01, .50, .49, 0, 0 }, new[] { -1.0, -1, 0, 0 })]
    [InlineData(new[] { .01, .01, .01, .01 }, 5.96, 5, new[] { .01, .01, .01, .01, .96 }, new[] { -1.0, -1, -1, -1 })]
    public void Ponder_cost_units_distribution_and_gradient_are_those_of_the_authors_tests(double[] scores, double ponder, int units, double[] distribution, double[] gradient)
    {
        using var scope = NewDisposeScope();
        Tensor[] h = [.. scores.Select(s => tensor(new[] { s }).requires_grad_(true))];
        var state = new HaltingState();
        for (int l = 0; l < 5; l++)
        {
            var one = zeros(1, 5, dtype: float64);
            one.select(1, l).fill_(1);
            state.Take(one, l < 4 ? h[l].unsqueeze(1) : null);
        }

        AssertNear([ponder], state.Ponder);
        AssertNear([units], state.Units);
        AssertNear(distribution, state.Output);
        Assert.Equal(1, state.Output.sum().ToDouble(), 12);
        state.Ponder.sum().backward();
        Assert.Equal(gradient, h.Select(t => t.grad is null ? 0 : t.grad.ToDouble()));
    }

    [Fact]
    public void Block_outputs_are_those_of_the_authors_tests()
    {
        using var scope = NewDisposeScope();
        double[][] outputs = [[0], [1], [2], [3], [4]];
        AssertNear([1.48], WorkedExamples.Halt([[.01], [.5], [.6], [.7]], outputs).Output);
        AssertNear([3.9], WorkedExamples.Halt([[.01], [.01], [.01], [.01]], outputs).Output);
    }

    [Fact]
    public void Positions_halt_for_themselves_as_in_the_authors_tests()
    {
        using var scope = NewDisposeScope();
        double[][] h = [[.9, .1], [.5, .1]];
        var state = WorkedExamples.Halt(h, [[1, 2], [3, 4], [5, 6]]);
        AssertNear([1.2, 5.4], state.Output);
        AssertNear([2.1, 3.8], state.Ponder);
        AssertNear([2, 3], state.Units);
        AssertNear([1, 1], state.Masks[1]);
        AssertNear([0, 1], state.Masks[2]);

        // Residual units that add 1: halted features stay.
        var (x, frozen) = (tensor(new double[] { 1, 1 }), new HaltingState());
        frozen.Take(x, tensor(h[0]));
        frozen.Take(x = x + frozen.Active, tensor(h[1]));
        AssertNear([2, 2], x);
        frozen.Take(x = x + frozen.Active, null);
        AssertNear([2, 3], x);
        AssertNear([1.1, 2.7], frozen.Output);
    }

    [Fact]
    public void Equal_states_give_themselves_whatever_the_scores()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (x, state) = (randn([6], float64), new HaltingState());
        for (int l = 0; l < 4; l++)
        {
            state.Take(x, l < 3 ? rand([6], float64) : null);
        }

        AssertNear(Values(x), state.Output);
        Assert.All(Values(state.Ponder).Zip(Values(state.Units)), p => Assert.InRange(p.First - p.Second, 0, 1));
    }

    [Theory]
    [InlineData(3, 81_102_080)]
    [InlineData(5, 137_725_184)]
    [InlineData(9, 250_971_392)]
    [InlineData(18, 505_775_360)]
    public void Operations_of_plain_networks_are_those_of_the_authors_counter(int units, long flops)
    {
        using var network = new SactResNet(units, Adaptivity.None);
        Assert.Equal(flops, FlopCounter.Vanilla(network, 3, 32, 32));
    }

    [Fact]
    public void With_no_halting_all_is_counted_and_the_branches_besides()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var network = new SactResNet(3, Adaptivity.Position, bias: -100);
        network.eval();
        network.call(randn(2, 3, 32, 32));
        double branches = 2 * ((2 * 9 * ((16 * 1024) + (32 * 256) + (64 * 64))) + (2 * (16 + 32 + 64)));
        Assert.All(FlopCounter.OfLastCall(network, 3, 32, 32), f => Assert.Equal(81_102_080 + branches, f));
        Assert.All(network.Blocks, b => Assert.Equal(3, b.Halting!.Units.mean().ToDouble(), 6));
        Assert.Equal(4, network.Blocks[0].Halting!.Ponder.mean().ToDouble(), 6);
    }

    [Fact]
    public void The_first_convolution_counts_the_neighbours_of_active_positions()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var network = new SactResNet(2, Adaptivity.Position);
        network.eval();
        network.call(randn(1, 3, 32, 32));
        foreach (var block in network.Blocks)
        {
            // One position goes on.
            var state = new HaltingState();
            var score = ones_like(block.Halting!.Units);
            score.select(2, 2).select(2, 2).fill_(0);
            state.Take(block.Halting.Output, score);
            state.Take(block.Halting.Output, null);
            block.Restore(state);
        }

        double expected = 884_736 + 1280, halting = 0;
        foreach (var (inputs, outputs, positions) in new[] { (16, 16, 1024), (16, 32, 256), (32, 64, 64) })
        {
            expected += (2 * 9 * positions * ((inputs * outputs) + (outputs * outputs))) + (2 * 9 * outputs * outputs * (9 + 1));
            halting += (2 * 9 * outputs * positions) + (2 * outputs);
        }

        Assert.Equal(expected + halting, FlopCounter.OfLastCall(network, 3, 32, 32)[0]);
    }

    [Theory]
    [InlineData(Adaptivity.None)]
    [InlineData(Adaptivity.Image)]
    [InlineData(Adaptivity.Position)]
    public void Computing_active_positions_only_gives_what_masking_gives(Adaptivity adaptivity)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (int seed = 0; seed < 5; seed++)
        {
            using var network = Trained(adaptivity, seed);
            var active = new ActiveNetwork(network, 16, 16);
            var image = randn(1, 3, 16, 16);
            var expected = network.call(image).data<float>().ToArray();
            var actual = active.Logits(image.flatten().data<float>().ToArray()).ToArray();
            double size = expected.Max(Math.Abs);
            Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-4 * size);
            foreach (var (block, computed) in network.Blocks.Zip(active.Computed))
            {
                double units = block.Halting?.Units.mean().ToDouble() ?? block.UnitCount;
                int positions = (int)(block.Halting?.Output.shape[2] ?? computed.Length) is var side && block.Halting is not null ? side * side : computed[0];
                Assert.Equal(units, (double)computed.Sum() / positions, 6);
            }
        }
    }

    [Fact]
    public void Positions_of_an_image_halt_after_different_numbers_of_units()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = Trained(Adaptivity.Position, 1);
        network.call(randn(1, 3, 16, 16));
        Assert.True(network.Blocks[0].Halting!.Units.std().ToDouble() > 0);
        using var images = Trained(Adaptivity.Image, 1);
        images.call(randn(1, 3, 16, 16));
        Assert.Equal([1L, 1, 1, 1], images.Blocks[0].Halting!.Units.shape);
    }

    [Fact]
    public void A_plain_network_has_no_ponder_cost()
    {
        using var network = new SactResNet(2, Adaptivity.None);
        Assert.Throws<InvalidOperationException>(network.PonderCost);
        Assert.Throws<InvalidOperationException>(() => FlopCounter.OfLastCall(network, 3, 32, 32));
    }

    [Theory]
    [InlineData("units", "units=1")]
    [InlineData("width", "width=8")]
    [InlineData("stemStride", "stemStride=3")]
    [InlineData("taus", "taus=-1")]
    [InlineData("the length of taus", "taus=")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new SactRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }
}
