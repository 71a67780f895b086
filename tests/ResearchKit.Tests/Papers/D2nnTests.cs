using ResearchKit.Experiments;
using ResearchKit.Papers.D2nn;
using ResearchKit.Tests.Experiments;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public sealed class D2nnTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Sequential Full(double weight, double bias = 0)
    {
        var linear = Linear(1, 1);
        init.constant_(linear.weight!, weight);
        init.constant_(linear.bias!, bias);
        return Sequential(linear);
    }

    static Sequential Scores(double weight)
    {
        // Action 1 where weight times the input is positive.
        var linear = Linear(1, 2);
        init.zeros_(linear.weight!);
        init.zeros_(linear.bias!);
        using var noGrad = no_grad();
        linear.weight!.select(0, 1).fill_(weight);
        return Sequential(linear);
    }

    /// <summary>Positive inputs are multiplied by ten, negative ones by two.</summary>
    static DynamicNetwork Four(double? lowDefault = 0, double? highDefault = 0) => new(
        "four", [1],
        new GraphNode("control", Scores(1), new DataEdge(DynamicNetwork.Input)) { IsControl = true },
        new GraphNode("low", Full(2), new DataEdge(DynamicNetwork.Input)) { Controls = [new("control", 0)] },
        new GraphNode("high", Full(10), new DataEdge(DynamicNetwork.Input)) { Controls = [new("control", 1)] },
        new GraphNode("out", Sequential(Identity()), new DataEdge("low", lowDefault), new DataEdge("high", highDefault)));

    static float[] Call(DynamicNetwork network, params float[] inputs)
    {
        network.eval();
        using var noGrad = no_grad();
        return network.call(tensor(inputs, new long[] { inputs.Length, 1 })).flatten().data<float>().ToArray();
    }

    [Fact]
    public void A_node_runs_for_the_images_whose_control_edge_is_active_and_for_no_others()
    {
        using var scope = NewDisposeScope();
        using var network = Four();
        int rows = 0;
        network.modules().OfType<Linear>().Last().register_forward_hook((_, _, output) =>
        {
            rows += (int)output.shape[0];
            return output;
        });
        Assert.Equal([-2f, 30, -8, 50, 60], Call(network, -1, 3, -4, 5, 6));
        Assert.Equal(3, rows);
        Assert.Equal((5, 2, 3, 5), (network.Executed["control"], network.Executed["low"], network.Executed["high"], network.Executed["out"]));
        Assert.Equal([-2f, -8], Call(network, -1, -4));
        Assert.Equal((0, 3), (network.Executed["high"], rows));
    }

    [Fact]
    public void Costs_are_those_of_the_nodes_that_ran_controllers_included()
    {
        using var scope = NewDisposeScope();
        using var network = Architectures.HighLow();
        Assert.Equal((1764, 1960, 308_112, 6336), (network.MacsOf("stem"), network.MacsOf("low"), network.MacsOf("high"), network.MacsOf("control")));
        network.eval();
        network.Policy = (_, members) => [.. members.Select(m => m % 2)];
        network.call(zeros(3, 1, 28, 28));
        double low = 1764 + 1960 + 6336, high = 1764 + 308_112 + 6336;
        Assert.Equal([low, high, low], network.Costs);
        Assert.Equal(0.0318, low / high, 4);
    }

    [Fact]
    public void A_default_value_stands_in_for_what_did_not_run()
    {
        using var scope = NewDisposeScope();
        using var network = Four(lowDefault: 0, highDefault: 100);
        Assert.Equal([98f, 30], Call(network, -1, 3));
        Assert.Equal([98f, 96], Call(network, -1, -2));
    }

    [Fact]
    public void Without_a_default_value_nothing_comes_through()
    {
        using var scope = NewDisposeScope();
        using var network = Four(highDefault: null);
        Assert.Contains("1 of 2 images", Assert.Throws<InvalidOperationException>(() => Call(network, -1, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cascade_stops_with_negative()
    {
        using var scope = NewDisposeScope();
        using var network = Architectures.Cascade();
        network.eval();
        network.Policy = (node, members) => [.. members.Select(m => node == "control 1" ? Math.Min(m, 1) : m - 1)];
        var logits = network.call(randn(3, 1, 28, 28));
        Assert.Equal([0L, 0], logits.argmax(1).data<long>().ToArray().Take(2));
        Assert.Equal((3, 2, 1, 1, 1), (network.Executed["control 1"], network.Executed["control 2"], network.Executed["high"], network.Executed["negative 1"], network.Executed["negative 2"]));
        Assert.True(network.Costs[0] < network.Costs[1] && network.Costs[1] < network.Costs[2]);
    }

    [Fact]
    public void Chain_and_hierarchy_run_the_chosen_variants()
    {
        using var scope = NewDisposeScope();
        using DynamicNetwork chain = Architectures.Chain(), hierarchy = Architectures.Hierarchy();
        chain.eval();
        chain.Policy = (node, members) => [.. members.Select(m => node == "control 1" ? m % 2 : m / 2)];
        Assert.Equal([4L, 10], chain.call(randn(4, 1, 28, 28)).shape);
        Assert.All(new[] { "light 1", "heavy 1", "light 2", "heavy 2" }, n => Assert.Equal(2, chain.Executed[n]));
        hierarchy.eval();
        hierarchy.Policy = (_, members) => members;
        hierarchy.call(randn(3, 1, 28, 28));
        Assert.Equal((2, 2), (hierarchy.Executed["expert 1"], hierarchy.Executed["expert 2"]));
        Assert.Equal(hierarchy.FullMacs, hierarchy.Costs[2]);
    }

    [Fact]
    public void Controllers_send_no_gradient_into_what_they_see()
    {
        using var scope = NewDisposeScope();
        using var network = Architectures.HighLow();
        network.call(randn(4, 1, 28, 28));
        QLearning.Loss(network.Decisions, [1, 1, 0, 0], 1).backward();
        Assert.True(network.named_parameters().All(p => p.name.StartsWith("body.1.", StringComparison.Ordinal) == p.parameter.grad is not null));
    }

    [Fact]
    public void The_last_controller_regresses_to_the_reward_and_an_earlier_one_to_the_best_score_behind_it()
    {
        using var scope = NewDisposeScope();
        Tensor first = tensor(new float[] { 0.1f, 0.5f, 0.2f, 0.3f }, new long[] { 2, 2 }), second = tensor(new float[] { 0.7f, 0.9f }, new long[] { 1, 2 });
        Decision[] decisions = [new("a", [0, 1], first, [1, 0]), new("b", [0], second, [0])];
        // Image 0 goes on: its target at a is 0.9, at b its reward 1. Image 1 stops: its target at a is its reward 0.
        double a = (Math.Pow(0.9 - 0.5, 2) + Math.Pow(0 - 0.2, 2)) / 2, b = Math.Pow(1 - 0.7, 2);
        Assert.Equal((a + b) / 2, QLearning.Loss(decisions, [1, 0], 1).ToDouble(), 6);
    }

    [Fact]
    public void A_bags_score_is_the_mean_of_its_images_scores()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[] { 0.1f, 0.5f, 0.2f, 0.3f, 0.4f, 0.8f }, new long[] { 3, 2 });
        Decision[] decisions = [new("a", [0, 1, 2], scores, [1, 0, 1])];
        double expected = (Math.Pow(0.6 - ((0.5 + 0.2) / 2), 2) + Math.Pow(0.9 - 0.8, 2)) / 2;
        Assert.Equal(expected, QLearning.Loss(decisions, [0.6, 0.9], 2).ToDouble(), 6);
    }

    [Fact]
    public void F1_of_a_bag_is_no_mean_over_its_images()
    {
        long[] answers = [1, 0, 0, 0], labels = [1, 1, 0, 0];
        Assert.Equal(2.0 / 3, QLearning.F1(answers, labels), 12);
        Assert.Equal(0.75, Enumerable.Range(0, 4).Average(k => QLearning.F1([answers[k]], [labels[k]])), 12);
        Assert.Equal(1, QLearning.F1([0, 0], [0, 0]));
    }

    [Fact]
    public void A_controller_learns_the_rule_that_maximises_the_reward()
    {
        // Two contexts with known chances of being right on the low and on the high path.
        using var scope = NewDisposeScope();
        (double Low, double High)[] contexts = [(0.9, 0.95), (0.5, 0.95)];
        const double lambda = 0.7, costLow = 0.03, costHigh = 1;
        manual_seed(1);
        var random = new Random(1);
        var q = Linear(2, 2);
        using var optimizer = optim.SGD(q.parameters(), 0.05);
        for (int step = 0; step < 600; step++)
        {
            using var inner = NewDisposeScope();
            int[] context = [.. Enumerable.Range(0, 16).Select(_ => random.Next(2))];
            long[] actions = [.. context.Select(_ => (long)random.Next(2))];
            double[] rewards = [.. context.Zip(actions, (c, a) => QLearning.Reward(
                lambda, random.NextDouble() < (a == 1 ? contexts[c].High : contexts[c].Low) ? 1 : 0, a == 1 ? costHigh : costLow))];
            var x = nn.functional.one_hot(tensor(Array.ConvertAll(context, c => (long)c)), 2).to(float32);
            optimizer.zero_grad();
            QLearning.Loss([new("c", [.. Enumerable.Range(0, 16).Select(k => (long)k)], q.call(x), actions)], rewards, 1).backward();
            optimizer.step();
        }

        using var noGrad = no_grad();
        var learned = q.call(eye(2));
        for (int c = 0; c < 2; c++)
        {
            Assert.Equal(QLearning.HighPays(lambda, contexts[c].Low, contexts[c].High, costLow, costHigh), learned[c].argmax().ToInt64() == 1);
            Assert.Equal(QLearning.Reward(lambda, contexts[c].Low, costLow), learned[c][0].ToDouble(), 0.1);
        }
    }

    [Fact]
    public void The_high_path_pays_where_it_gains_more_than_it_costs()
    {
        Assert.False(QLearning.HighPays(0, 0, 1, 0.03, 1));
        Assert.True(QLearning.HighPays(1, 0.9, 0.91, 0.03, 1));
        Assert.False(QLearning.HighPays(0.9, 0.9, 0.95, 0.03, 1));
        Assert.True(QLearning.HighPays(0.96, 0.9, 0.95, 0.03, 1));
    }

    [Fact]
    public void Nothing_is_explored_in_evaluation_and_all_with_an_epsilon_of_1()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var network = Architectures.HighLow();
        network.Epsilon = _ => 1;
        var images = randn(200, 1, 28, 28);
        network.call(images);
        Assert.InRange(network.Executed["high"], 60, 140);
        network.eval();
        network.call(images);
        var decision = Assert.Single(network.Decisions);
        Assert.Equal(decision.Scores.argmax(1).data<long>().ToArray(), decision.Actions);
    }

    [Fact]
    public void An_edge_from_nowhere_is_refused_by_name() => Assert.Contains("missing", Assert.Throws<ArgumentException>(
        () => new DynamicNetwork("none", [1], new GraphNode("out", Sequential(Identity()), new DataEdge("missing")))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("lambdas", "lambdas=1.5")]
    [InlineData("bagSize", "bagSize=0")]
    [InlineData("batchSize", "batchSize=100")]
    [InlineData("exploration", "exploration=2")]
    public void Parameters_that_make_no_experiment_are_refused_by_name(string name, string setting)
    {
        var recipe = new D2nnRecipe();
        var parameters = ParameterSettings.Apply(recipe.Parameters(Scale.Smoke), [setting]);
        var run = new Experiment { Scale = Scale.Smoke, Seed = 1, Folder = _folder.Path };
        Assert.StartsWith(name + " ", Assert.Throws<UsageException>(() => recipe.Run(parameters, run)).Message, StringComparison.Ordinal);
    }
}
