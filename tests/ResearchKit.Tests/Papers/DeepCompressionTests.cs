using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using ResearchKit.Papers.DeepCompression;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public class DeepCompressionTests
{
    static readonly Dictionary<string, double> s_densities = new() { ["ip1"] = 0.08, ["ip2"] = 0.09, ["ip3"] = 0.26 };

    static LeNet300100 Network()
    {
        manual_seed(4);
        return new LeNet300100();
    }

    [Fact]
    public void Pruning_keeps_the_largest_weights_of_each_layer_at_its_density()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        var before = model.get_parameter("ip1.weight")!.detach().clone();
        using var pruning = new Pruning(model, s_densities);
        foreach (var (layer, density) in s_densities)
        {
            var weight = model.get_parameter(layer + ".weight")!;
            Assert.Equal((long)Math.Round(density * weight.numel()), weight.count_nonzero().ToInt64());
        }

        var mask = pruning.Mask("ip1");
        double smallestKept = before.abs().masked_select(mask.eq(1)).min().ToDouble();
        double largestPruned = before.abs().masked_select(mask.eq(0)).max().ToDouble();
        Assert.True(smallestKept > largestPruned);
        // PyTorch's default weights are uniform in +-1/sqrt(784), standard deviation 1/sqrt(3 * 784): the 92 % quantile is 0.92 sqrt(3) of it.
        Assert.Equal(0.92 * Math.Sqrt(3), pruning.Thresholds["ip1"], tolerance: 0.01);
        Assert.Equal(before.mul(mask).data<float>().ToArray(), model.get_parameter("ip1.weight")!.data<float>().ToArray());
    }

    [Fact]
    public void Momentum_and_weight_decay_do_not_revive_pruned_weights()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9, weight_decay: 0.01);
        void Step()
        {
            optimizer.zero_grad();
            model.call(randn([8, 1, 28, 28])).pow(2).mean().backward();
        }

        Step();
        optimizer.step(); // momentum is now alive for weights that are about to go
        using var pruning = new Pruning(model, s_densities);
        for (int k = 0; k < 5; k++)
        {
            Step();
            pruning.MaskGradients();
            optimizer.step();
            pruning.Apply();
            Assert.True(model.get_parameter("ip1.weight")!.mul(1 - pruning.Mask("ip1")).eq(0).all().ToBoolean());
        }

        // The broken twin: without the masks the very next step moves them.
        Step();
        optimizer.step();
        Assert.False(model.get_parameter("ip1.weight")!.mul(1 - pruning.Mask("ip1")).eq(0).all().ToBoolean());
    }

    [Fact]
    public void Shared_values_move_by_the_sum_of_their_gradients_as_in_figure_3() =>
        Assert.Equal([-0.97f, -0.04f, 1.48f, 1.96f], WorkedExamples.CentroidStep().Select(v => MathF.Round(v, 6)));

    [Fact]
    public void Training_of_shared_values_keeps_zeros_and_at_most_63_values_and_moves_all_members_alike()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        using (no_grad())
        {
            model.get_parameter("ip1.weight")!.normal_(0, 0.05); // trained weights have tails; uniform ones leave most clusters empty
        }

        using var pruning = new Pruning(model, s_densities);
        var bits = new Dictionary<string, int> { ["ip1"] = 6, ["ip2"] = 6, ["ip3"] = 6 };
        using var sharing = new WeightSharing(model, bits, KMeansStart.Linear);
        var before = sharing.Centroids("ip1");
        using var optimizer = optim.SGD(model.parameters(), 1e-3, momentum: 0.9);
        var weight = model.get_parameter("ip1.weight")!;
        for (int k = 0; k < 3; k++)
        {
            optimizer.zero_grad();
            model.call(randn([8, 1, 28, 28])).pow(2).mean().backward();
            var grad = weight.grad!.clone();
            var assigned = weight.detach().clone();
            sharing.ShareGradients(model);
            if (k == 0)
            {
                // Against sums in double, cluster by cluster.
                float[] g = grad.data<float>().ToArray(), w = assigned.data<float>().ToArray(), shared = weight.grad!.data<float>().ToArray();
                foreach (float value in before.Take(5))
                {
                    double sum = Enumerable.Range(0, w.Length).Where(i => w[i] == value).Sum(i => (double)g[i]);
                    int member = Array.IndexOf(w, value);
                    Assert.Equal(sum, shared[member], 4);
                }
            }

            optimizer.step();
            sharing.Apply();
        }

        var values = weight.data<float>().ToArray();
        Assert.Equal(before.Length, values.Where(v => v != 0).Distinct().Count());
        Assert.InRange(before.Length, 20, 63); // those that start in the gap that pruning left stay empty
        Assert.NotEqual(before, sharing.Centroids("ip1"));
        Assert.True(weight.mul(1 - pruning.Mask("ip1")).eq(0).all().ToBoolean());
        Assert.True(model.get_parameter("ip1.bias")!.grad!.eq(0).all().ToBoolean());
    }

    [Fact]
    public void The_file_gives_the_network_back_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        using var pruning = new Pruning(model, s_densities);
        using var sharing = new WeightSharing(model, new Dictionary<string, int> { ["ip1"] = 6, ["ip2"] = 6, ["ip3"] = 6 }, KMeansStart.Linear);
        foreach (var tensor in CompressedModelFile.Read(CompressedModelFile.ToBytes([.. sharing.ToTensors(5)], true, out _)))
        {
            Assert.Equal(model.get_parameter(tensor.Name)!.data<float>().ToArray(), tensor.ToDense());
        }
    }

    // The page of printed numbers gives these by an independent computation.
    [Theory]
    [InlineData(0, 2.98, 3.47, 15.34)]
    [InlineData(1, 78.0, 5.98, 2.69, 6.58)]
    public void Storage_arithmetic_gives_the_rates_that_the_printed_densities_imply(int network, params double[] rates)
    {
        var printed = new[] { StorageArithmetic.LeNet300100, StorageArithmetic.LeNet5 }[network];
        foreach (var (layer, rate) in printed.Layers.Zip(rates))
        {
            Assert.Equal(rate, 100 * StorageArithmetic.Rate(layer, layer.Density), rate > 10 ? 1 : 2);
        }
    }

    [Fact]
    public void Totals_of_the_lenets_round_to_the_printed_ratios()
    {
        Assert.Equal(32.4, StorageArithmetic.Ratio(StorageArithmetic.LeNet300100).Ratio, 1);
        Assert.Equal(33.1, StorageArithmetic.Ratio(StorageArithmetic.LeNet5).Ratio, 1);
        Assert.Equal(60_954_656, StorageArithmetic.AlexNet.Layers.Sum(l => l.Weights));
        Assert.Equal(138_344_128, StorageArithmetic.Vgg16.Layers.Sum(l => l.Weights));
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.08, 1.0746)]
    public void Fillers_follow_from_independent_zeros(double density, double entries)
    {
        Assert.Equal(entries, StorageArithmetic.EntriesPerNonZero(density, 5), 3);
        // Against a simulation: the same fraction, by coding random positions.
        var random = new Random(1);
        int[] positions = [.. Enumerable.Range(0, 400_000).Where(_ => random.NextDouble() < density)];
        Assert.Equal(entries, (double)RelativeIndex.Encode(positions, 5).Gaps.Length / positions.Length, 2);
    }

    [Fact]
    public void Equation_1_gives_the_printed_example() => Assert.Equal(3.2, WorkedExamples.SharingRatio(16, 32, 4), 12);
}
