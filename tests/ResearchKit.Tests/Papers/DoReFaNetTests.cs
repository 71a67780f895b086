using ResearchKit.Experiments;
using ResearchKit.Models;
using ResearchKit.Papers.DoReFaNet;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public class DoReFaNetTests
{
    static double Difference(Tensor a, Tensor b) => (a - b).abs().max().ToDouble();

    static double[] Values(Tensor x) => x.detach().flatten().data<double>().ToArray();

    [Fact]
    public void Quantize_k_has_two_to_the_k_levels_and_rounds_halves_to_even()
    {
        using var scope = NewDisposeScope();
        var r = tensor([0, 0.1, 0.5, 0.51, 0.9, 1]);
        Assert.Equal([0.0, 0, 0, 1, 1, 1], Values(Quantizers.Quantize(r, 1)));
        Assert.Equal([0.0, 0, 2 / 3.0, 2 / 3.0, 1, 1], Values(Quantizers.Quantize(r, 2)));
        Assert.Equal(16, Quantizers.Quantize(linspace(0, 1, 1000, float64), 4).unique().output.numel());
    }

    [Fact]
    public void The_gradient_passes_the_rounding_unchanged()
    {
        using var scope = NewDisposeScope();
        var r = tensor([0.0, 0.3, 0.7]).requires_grad_();
        (Quantizers.Quantize(r, 2) * tensor([1.0, 2, 3])).sum().backward();
        Assert.Equal([1.0, 2, 3], Values(r.grad!), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void One_bit_weights_are_signs_times_one_scalar_of_the_layer_and_their_gradient_has_no_clip()
    {
        using var scope = NewDisposeScope();
        var weight = tensor([0.0, -1, 3, -4], new long[] { 2, 2, 1, 1 }).requires_grad_();
        var quantised = Quantizers.Weight(weight, 1);
        Assert.Equal([2.0, -2, 2, -2], Values(quantised)); // E = 8 / 4 over both filters; 0 is positive
        (quantised * tensor([1.0, 2, 3, 4], new long[] { 2, 2, 1, 1 })).sum().backward();
        Assert.Equal([1.0, 2, 3, 4], Values(weight.grad!));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Weights_of_more_bits_fill_minus_one_to_one_and_the_largest_is_at_an_end(int bits)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var weight = randn([50, 20, 3, 3], float64);
        var quantised = Quantizers.Weight(weight, bits);
        Assert.Equal(1 << bits, quantised.unique().output.numel());
        Assert.Equal((-1, 1), (quantised.min().ToDouble(), quantised.max().ToDouble()));
        Assert.Equal(1, quantised.flatten()[weight.abs().argmax()].abs().ToDouble());
    }

    [Fact]
    public void The_gradient_of_such_weights_goes_through_tanh_and_takes_the_maximum_for_a_constant()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (weight, gradient) = (randn([3, 2, 2, 2], float64).requires_grad_(), randn([3, 2, 2, 2], float64));
        (Quantizers.Weight(weight, 3) * gradient).sum().backward();
        var greatest = weight.detach().tanh().abs().max();
        var twin = weight.detach().clone().requires_grad_();
        (((2 * ((twin.tanh() / (2 * greatest)) + 0.5)) - 1) * gradient).sum().backward(); // Eq. 9 without the rounding
        Assert.True(Difference(twin.grad!, weight.grad!) < 1e-12);
    }

    [Fact]
    public void Activations_are_bounded_before_they_are_quantised_and_floats_get_a_ReLU()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-3.0, 0.2, 0.4, 5]);
        Assert.Equal([0.0, 1 / 3.0, 1 / 3.0, 1], Values(Quantizers.Activation(x, 2)));
        Assert.Equal([0.0, 0, 0, 1], Values(Quantizers.Activation(x, 1)));
        Assert.Equal([0.0, 0.2, 0.4, 5], Values(Quantizers.Activation(x, 32)));
    }

    [Fact]
    public void Pooling_before_the_activation_gives_what_it_gives_behind_it()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (x, pooling) = (randn(2, 3, 8, 8), new Pooling(2, 2));
        Assert.Equal(0, Difference(pooling.Of(Quantizers.Activation(x, 2)), Quantizers.Activation(pooling.Of(x), 2)));
    }

    [Fact]
    public void With_noise_quantised_gradients_are_right_on_average_and_without_it_they_are_not()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var gradient = tensor([1.0, -0.3, 0.05, 0, -1, 0.2], new long[] { 2, 3 });
        const int draws = 20_000;
        var sum = zeros_like(gradient);
        for (int k = 0; k < draws; k++)
        {
            using var inner = NewDisposeScope();
            sum.add_(GradientQuantizer.Of(gradient, 2, noise: true));
        }

        // A step is 2 max / 3; the mean of so many draws has a deviation of at most half a step by their root. The ends, +-max, are cut off by the
        // clip to [0, 1], on the side where noise would go beyond: they lose nothing, as they would be rounded back.
        Assert.True(Difference(gradient, sum / draws) < 5 * (1 / 3.0) / Math.Sqrt(draws));
        Assert.True(Difference(gradient, GradientQuantizer.Of(gradient, 2, noise: false)) > 0.1);
    }

    [Fact]
    public void A_zero_gradient_is_a_fair_coin_with_noise_and_always_falls_on_one_side_without()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var gradient = zeros([1, 1001], float64);
        gradient.narrow(1, 0, 1).fill_(1);
        double Positive(bool noise) => GradientQuantizer.Of(gradient, 2, noise).narrow(1, 1, 1000).gt(0).to(float64).mean().ToDouble();
        Assert.Equal(1, Positive(false));
        Assert.InRange(Positive(true), 0.42, 0.58); // five deviations; noise for each element, or all would fall alike
    }

    [Fact]
    public void Each_image_has_a_scale_of_its_own()
    {
        using var scope = NewDisposeScope();
        var gradient = tensor([1.0, -1, 0.001, -0.001], new long[] { 2, 2 });
        Assert.Equal(Values(gradient), Values(GradientQuantizer.Of(gradient, 4, noise: false)), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Gradients_are_quantised_at_the_outputs_of_convolutions()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var layer = new DoReFaConv2d(2, 3, 3, 0, new(1, 2, 2), noise: false);
        layer.to(float64);
        var x = Quantizers.Quantize(rand([1, 2, 3, 3], float64), 2); // one output pixel for each filter
        layer.call(x).flatten().dot(tensor([1.0, 0.3, -1])).backward();
        // The weights' gradients are the inputs times 1, 1/3 (0.3 in two bits), -1.
        Assert.Equal([1, 1 / 3.0, -1], Enumerable.Range(0, 3).Select(f => layer.Weight.grad![f].sum().ToDouble() / x.sum().ToDouble()), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Codes_come_back_whole_from_activations()
    {
        using var scope = NewDisposeScope();
        for (int bits = 1; bits <= 8; bits++)
        {
            int levels = Codes.Levels(bits);
            var codes = arange(0, levels + 1, dtype: float32);
            Assert.Equal(0, Difference(codes, codes / levels * levels));
        }
    }

    public static TheoryData<string, int, int> Networks => new() { { "lenet-5", 1, 1 }, { "lenet-5", 1, 2 }, { "lenet-5", 2, 2 }, { "model-a", 1, 2 }, { "small-nin", 3, 4 } };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Packed_a_network_gives_the_same_logits(string name, int weights, int activations)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(7);
        var plan = NetworkPlan.All.Single(p => p.Name == name);
        var network = new DoReFaNetwork(plan, new(weights, activations, 32));
        int side = plan.Channels == 1 ? 28 : 32;
        network.call(randn(4, plan.Channels, side, side)); // in training, so that running means are those of something
        network.eval();
        var x = randn(3, plan.Channels, side, side);
        var expected = network.call(x);
        network.Pack();
        double difference = Difference(expected, network.call(x));
        Assert.True(difference <= 1e-5 * expected.abs().max().ToDouble(), $"{difference}");
    }

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 5, 2)]
    [InlineData(2, 1, 0)]
    public void Packed_a_layer_gives_the_same_with_any_stride(long stride, long kernel, long padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(9);
        var layer = new DoReFaConv2d(5, 7, kernel, padding, new(2, 3, 32), stride: stride);
        var x = Quantizers.Quantize(rand(2, 5, 11, 8), 3);
        layer.eval();
        var expected = layer.call(x);
        Assert.Equal([2, 7, ((11 + (2 * padding) - kernel) / stride) + 1, ((8 + (2 * padding) - kernel) / stride) + 1], expected.shape);
        layer.Pack();
        Assert.True(Difference(expected, layer.call(x)) < 1e-5);
    }

    [Fact]
    public void One_bit_weights_are_stored_as_the_layer_uses_them_and_wider_ones_are_refused()
    {
        using var scope = NewDisposeScope();
        manual_seed(10);
        var layer = new DoReFaConv2d(3, 4, 3, 1, new(1, 2, 32));
        var stored = layer.ToTensor("conv.weight");
        Assert.Equal(Quantizers.Weight(layer.Weight, 1).detach().flatten().data<float>().ToArray(), stored.ToDense());
        Assert.Equal(14, stored.Signs.Length); // 108 weights
        Assert.Contains("2 bits", Assert.Throws<InvalidOperationException>(() => new DoReFaConv2d(3, 4, 3, 1, new(2, 2, 32)).ToTensor("w")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ResearchKit.Formats.BinaryTensor.FromDense("w", [2, 2], [1, 2, 3, 4], [1]));
    }

    [Fact]
    public void Training_takes_packing_back_and_more_than_eight_bits_are_not_packed()
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        var layer = new DoReFaConv2d(3, 4, 3, 1, new(1, 1, 32));
        var x = Quantizers.Quantize(rand(1, 3, 5, 5), 1);
        layer.Pack();
        var before = layer.call(x);
        using (no_grad())
        {
            layer.Weight.neg_();
        }

        Assert.Equal(0, Difference(before, layer.call(x))); // on bits, which were packed before
        layer.train();
        layer.call(x);
        layer.eval();
        Assert.True(Difference(-before, layer.call(x)) < 1e-5);
        layer.Pack();
        Assert.Throws<ArgumentException>(() => layer.call(x.to(float64)));
        var wide = new DoReFaConv2d(3, 4, 3, 1, new(32, 32, 32));
        wide.Pack();
        wide.to(float64);
        Assert.Equal(float64, wide.call(x.to(float64)).dtype);
    }

    [Fact]
    public void Costs_are_the_sixteen_printed_ones()
    {
        Assert.Equal(16, Table1.Rows.Count(r => r.TrainingCost is not null));
        Assert.Equal(16, Table1.CostsThatAgree());
        // Table 2's printed training costs.
        Assert.Equal([7, 9, 8, 10, 9], new[] { (1, 1, 6), (1, 1, 8), (1, 2, 6), (1, 2, 8), (1, 3, 6) }.Select(b => new BitWidths(b.Item1, b.Item2, b.Item3).TrainingCost));
    }

    [Fact]
    public void Bit_serial_products_are_exact_and_model_A_has_the_counted_operations()
    {
        Assert.Equal(0, WorkedExamples.BitSerialDeviation());
        Assert.Equal(41_735_424, WorkedExamples.ModelAMacs());
    }

    [Fact]
    public void A_narrow_network_has_an_eighth_of_the_channels()
    {
        Assert.Equal([6L, 8, 8, 16, 16, 16, 64], NetworkPlan.ModelA.Narrowed(0.125).Inner.Prepend(NetworkPlan.ModelA.Narrowed(0.125).First).Select(l => l.Filters));
    }

    [Fact]
    public void An_unknown_network_is_refused_with_the_ones_that_there_are()
    {
        var error = Assert.Throws<UsageException>(() => new DoReFaParameters { Network = "model-b" }.Plan());
        Assert.Contains("model-a", error.Message, StringComparison.Ordinal);
    }
}
