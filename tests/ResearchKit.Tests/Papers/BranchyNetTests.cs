using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Measuring;
using ResearchKit.Papers.BranchyNet;
using ResearchKit.Tests.Experiments;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class BranchyNetTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static BranchyNetwork LeNet(int seed = 1)
    {
        manual_seed(seed);
        var network = Architectures.LeNet();
        network.eval();
        return network;
    }

    static long Parameters(IEnumerable<nn.Module> modules) => modules.Sum(m => m.parameters().Sum(p => p.numel()));

    [Fact]
    public void Entropy_is_natural_and_runs_from_0_to_ln_10()
    {
        Assert.Equal(2.302585, Confidence.Entropy(stackalloc float[10]), 6);
        Assert.Equal(0, Confidence.Entropy([0, 1000, 0]), 12);
        Assert.Equal((0.5 * Math.Log(2)) + (0.5 * Math.Log(4)), Confidence.Entropy([MathF.Log(2), 0, 0]), 6);
    }

    [Fact]
    public void Entropy_of_a_batch_and_of_one_image_are_alike()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var logits = 5 * randn(20, 10);
        var batch = Confidence.Entropy(logits).data<float>().ToArray();
        for (int k = 0; k < 20; k++)
        {
            Assert.Equal(batch[k], Confidence.Entropy(logits[k].data<float>().ToArray()), 5);
        }
    }

    [Fact]
    public void The_joint_loss_weighs_each_exits_cross_entropy()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 1 });
        Tensor first = tensor(new float[] { 0, 0 }, new long[] { 1, 2 }), last = tensor(new float[] { 0, MathF.Log(3) }, new long[] { 1, 2 });
        Assert.Equal((1.0 * Math.Log(2)) + (0.3 * Math.Log(4.0 / 3)), JointLoss.Of([first, last], labels, 1, 0.3).ToDouble(), 5);
    }

    [Fact]
    public void Parameters_and_macs_are_those_of_the_released_code()
    {
        using BranchyNetwork lenet = Architectures.LeNet(), alexnet = Architectures.AlexNet(), resnet = Architectures.ResNet();
        Assert.Equal((67_824, 6_870), (Parameters(lenet.Trunk), Parameters(lenet.Branches)));
        Assert.Equal(544_074, Parameters(alexnet.Trunk));
        Assert.Equal([32_842L, 28_970], alexnet.Branches.Select(b => Parameters([b])));
        var costs = ExitCosts.Of(lenet, 1, 28, 28);
        Assert.Equal((1_140_070, 112_500 + 107_650, 1_140_070 + 107_650), (costs.Trunk, costs.ToExit[0], costs.ToExit[1]));
        Assert.Equal([112_500L, 1_140_070], costs.HeadsFree);
        Assert.Equal(28_247_296, ExitCosts.Of(alexnet, 3, 32, 32).Trunk);
        Assert.Equal(0.614, (double)ExitCosts.Of(alexnet, 3, 32, 32).ToExit[0] / 28_247_296, 3);
        Assert.Equal(232_411_968, ExitCosts.Of(resnet, 3, 32, 32).Trunk);
        Assert.Equal(0.209, (double)ExitCosts.Of(resnet, 3, 32, 32).ToExit[0] / 232_411_968, 3);
    }

    [Fact]
    public void Exits_are_counted_with_the_branches_asked_in_vain()
    {
        // Table I's shares with these costs: 4.09 times with branches, 6.66 without.
        using var lenet = Architectures.LeNet();
        var costs = ExitCosts.Of(lenet, 1, 28, 28);
        double Mean(long[] at) => (0.943 * at[0]) + (0.057 * at[1]);
        Assert.Equal(4.09, costs.Trunk / Mean(costs.ToExit), 0.01);
        Assert.Equal(6.66, costs.Trunk / Mean(costs.HeadsFree), 0.01);
    }

    [Fact]
    public void Thresholds_at_the_ends_send_all_images_to_one_exit()
    {
        using var scope = NewDisposeScope();
        using var network = LeNet();
        var images = Shapes.Draw(50, 10).Train;
        using var batches = new Batches(images, 16, images.ChannelStatistics());
        var outcomes = ExitOutcomes.Of(network, batches);
        var costs = ExitCosts.Of(network, 1, 28, 28);
        Assert.Equal([0.0, 100], outcomes.At([0], images.Labels, costs.ToExit).Shares);
        Assert.Equal([100.0, 0], outcomes.At([2.4], images.Labels, costs.ToExit).Shares);
        Assert.Equal(costs.ToExit[0], outcomes.At([2.4], images.Labels, costs.ToExit).Macs);
        double[] shares = [.. outcomes.Entropies[0].Order().Select(t => outcomes.At([t], images.Labels, costs.ToExit).Shares[0])];
        Assert.Equal(shares.Order(), shares);
    }

    [Fact]
    public void Accuracy_counts_the_exit_that_answered_and_weighs_exits_by_their_images()
    {
        var outcomes = new ExitOutcomes([[0.1f, 2, 0.2f, float.NaN]], [[1, 1, 1, 1], [2, 2, 2, 2]]);
        var result = outcomes.At([0.5], [1, 2, 0, 2], [10, 30]);
        Assert.Equal((75, 20), (result.Accuracy, result.Macs));
        Assert.Equal([50.0, 50], result.Shares);
        Assert.Equal([50.0, 100], result.AccuracyAtExit);
    }

    [Fact]
    public void One_image_leaves_where_all_exits_together_say_it_would()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = LeNet();
        var images = Shapes.Draw(50, 10).Train;
        using var batches = new Batches(images, 1, images.ChannelStatistics());
        var outcomes = ExitOutcomes.Of(network, batches);
        double[] thresholds = [outcomes.Entropies[0].Order().Skip(24).Take(2).Average()];
        var small = new SmallNetwork(network, 1, 28, 28);
        for (int i = 0; i < images.Count; i++)
        {
            int exit = outcomes.ExitOf(i, thresholds);
            var input = batches.Get(0, i).Input;
            Assert.Equal((outcomes.Answers[exit][i], exit), network.Classify(input, thresholds));
            Assert.Equal((outcomes.Answers[exit][i], exit), small.Classify(input.flatten().data<float>().ToArray(), thresholds));
        }
    }

    [Fact]
    public void An_early_exit_computes_nothing_behind_it()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = LeNet();
        int calls = 0;
        var remover = network.Trunk[1].register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        var image = randn(1, 1, 28, 28);
        Assert.Equal((0, 0), (network.Classify(image, [3]).Exit, calls));
        Assert.Equal((1, 1), (network.Classify(image, [0]).Exit, calls));
        remover.remove();
    }

    [Fact]
    public void Kernels_for_small_images_give_what_libtorch_gives()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (int seed = 0; seed < 20; seed++)
        {
            using var network = LeNet(seed);
            var small = new SmallNetwork(network, 1, 28, 28);
            var image = randn(1, 1, 28, 28);
            var expected = network.call(image).data<float>().ToArray();
            Assert.Equal(expected, small.Trunk(image.flatten().data<float>().ToArray()).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    [Fact]
    public void Kernels_for_small_images_refuse_other_layers_by_name()
    {
        using var network = Architectures.AlexNet();
        Assert.Contains("Conv2d", Assert.Throws<ArgumentException>(() => new SmallNetwork(network, 3, 32, 32)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cheapest_thresholds_that_are_accurate_enough_are_chosen()
    {
        ThresholdResult Result(double t, double accuracy, double macs) => new([t], accuracy, [], [], macs);
        ThresholdResult[] results = [Result(1, 97, 10), Result(0.5, 98, 20), Result(0.1, 99, 30), Result(0.01, 98.9, 40)];
        Assert.Equal(0.5, ThresholdSweep.Choose(results, 98).Thresholds[0]);
        Assert.Equal(0.1, ThresholdSweep.Choose(results, 99.5).Thresholds[0]);
        Assert.Equal([10, 20, 30], ThresholdSweep.Frontier(results).Select(r => r.Macs));
    }

    [Fact]
    public void Every_combination_of_thresholds_is_tried()
    {
        Assert.Equal([[1, 1], [1, 2], [2, 1], [2, 2]], ThresholdSweep.Grid([1, 2], 2));
        Assert.Equal(121, ThresholdSweep.Grid(Subject.AlexNet.Thresholds, 2).Count);
    }

    [Fact]
    public void Local_response_normalisation_is_chainers()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var alexnet = Architectures.AlexNet();
        var norm = alexnet.Trunk[0].modules().OfType<TorchSharp.Modules.LocalResponseNorm>().First();
        var x = tensor(new float[] { 3, 4, 5 }, new long[] { 1, 3, 1, 1 });
        double[] expected = [3 / Math.Pow(2 + (5e-5 * 25), 0.75), 4 / Math.Pow(2 + (5e-5 * 50), 0.75), 5 / Math.Pow(2 + (5e-5 * 41), 0.75)];
        Assert.Equal(expected, norm.call(x).data<float>().ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Classifying_takes_one_image_and_a_threshold_for_each_branch(int images, int thresholds)
    {
        using var network = LeNet();
        Assert.Throws<ArgumentException>(() => network.Classify(zeros(images, 1, 28, 28), new double[thresholds]));
    }

    [Fact]
    public void A_trunk_needs_one_segment_more_than_branches() =>
        Assert.Throws<ArgumentException>(() => new BranchyNetwork("B-None", [nn.Identity()], [nn.Identity()]));

    [Theory]
    [InlineData("leNetTrunkEpochs", "leNetTrunkEpochs=0")]
    [InlineData("earlyWeight", "earlyWeight=-1")]
    [InlineData("timedImages", "timedImages=0")]
    [InlineData("tolerance", "tolerance=-0.1")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new BranchyNetRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_learn_in_the_second_stage_only()
    {
        var data = Shapes.Draw(100, 20);
        var statistics = data.Train.ChannelStatistics();
        using var train = new Batches(data.Train, 50, statistics, shuffle: true, seed: 1);
        using var validation = new Batches(data.Validation, 20, statistics);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        var (trunk, longer, branchy) = new TwoStageTraining(Subject.LeNet, new() { LearningRate = 1e-3 }, train, validation, run).Train(1, 1);

        var fresh = LeNet();
        Assert.NotEqual(Flat(fresh.Trunk), Flat(trunk.Trunk));
        Assert.NotEqual(Flat(trunk.Trunk), Flat(longer.Trunk));
        Assert.NotEqual(Flat(trunk.Trunk), Flat(branchy.Trunk));
        Assert.Equal(Flat(fresh.Branches), Flat(trunk.Branches));
        Assert.Equal(Flat(fresh.Branches), Flat(longer.Branches));
        Assert.NotEqual(Flat(fresh.Branches), Flat(branchy.Branches));
    }

    static float[] Flat(IEnumerable<nn.Module> modules) => [.. modules.SelectMany(m => m.parameters()).SelectMany(p => p.detach().data<float>().ToArray())];
}
