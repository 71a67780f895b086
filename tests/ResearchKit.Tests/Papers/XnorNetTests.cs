using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Models;
using ResearchKit.Papers.XnorNet;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Papers;

[Collection(nameof(GlobalGenerator))]
public class XnorNetTests
{
    static double Difference(Tensor a, Tensor b) => (a - b).abs().max().ToDouble();

    [Fact]
    public void Signs_and_mean_magnitude_are_better_than_all_other_signs_with_their_best_factor()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var weight = randn([1, 2, 2, 2], float64);
        double best = (weight - (BinaryConv2d.Alpha(weight) * InputSign.Of(weight))).square().sum().ToDouble();
        for (int pattern = 0; pattern < 256; pattern++)
        {
            var signs = tensor([.. Enumerable.Range(0, 8).Select(k => (pattern >> k & 1) == 0 ? 1.0 : -1.0)], new long[] { 1, 2, 2, 2 });
            double factor = (weight * signs).mean().ToDouble(); // the least-squares one
            Assert.True(best <= (weight - (factor * signs)).square().sum().ToDouble() + 1e-12, $"pattern {pattern}");
        }

        Assert.Equal(0, WorkedExamples.ExcessError(), 1e-12);
    }

    [Fact]
    public void Alpha_of_a_binary_filter_is_its_factor_to_the_bit()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (signs, factors) = (InputSign.Of(randn(7, 50, 4, 4)), rand(7));
        Assert.Equal(factors.data<float>().ToArray(), BinaryConv2d.Alpha(signs * factors.view(-1, 1, 1, 1)).flatten().data<float>().ToArray());
    }

    [Fact]
    public void A_sign_has_two_values_and_a_gradient_within_one()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-2, -1, -0.5, -0.0, 0, 0.5, 1, 2]).requires_grad_();
        var signs = InputSign.apply(x);
        Assert.Equal([-1.0, -1, -1, 1, 1, 1, 1, 1], signs.data<double>().ToArray());
        signs.sum().backward();
        Assert.Equal([0.0, 0, 1, 1, 1, 1, 0, 0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void The_printed_gradient_of_a_scaled_weight_is_worked_out_by_hand()
    {
        using var scope = NewDisposeScope();
        // n = 4, alpha = (0.5 + 0.25 + 2 + 1.25) / 4 = 1; entries below 1 get 1/4 + 1 of the gradient, the others 1/4.
        var weight = tensor([0.5, -0.25, 2, -1.25], new long[] { 1, 1, 2, 2 }).requires_grad_();
        (WeightSign.apply(weight, FilterScale.MeanMagnitude, WeightGradient.Printed) * tensor([1.0, 2, 3, 4], new long[] { 1, 1, 2, 2 })).sum().backward();
        Assert.Equal([1.25, 2.5, 0.75, 1], weight.grad!.flatten().data<double>().ToArray());
    }

    [Fact]
    public void The_chain_rule_is_what_autograd_makes_of_alpha_times_a_clipped_identity()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var gradient = randn([3, 2, 3, 3], float64); // with respect to alpha B
        Tensor weight = (0.7 * randn([3, 2, 3, 3], float64)).requires_grad_(), twin = weight.detach().clone().requires_grad_();
        var alpha = BinaryConv2d.Alpha(weight).view(-1, 1, 1, 1).detach();
        (WeightSign.apply(weight, FilterScale.MeanMagnitude, WeightGradient.Exact) * alpha * gradient).sum().backward();
        var clipped = twin.clamp(-1, 1);
        (twin.abs().mean([1, 2, 3], keepdim: true) * (clipped + (twin.sign() - clipped).detach()) * gradient).sum().backward();
        Assert.True(Difference(weight.grad!, twin.grad!) < 1e-12);
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(2, 2, 0)]
    [InlineData(5, 1, 2)]
    public void K_is_the_mean_magnitude_of_each_window(int kernel, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var x = randn([2, 4, 6, 7], float64);
        var padded = nn.functional.pad(x.abs(), [padding, padding, padding, padding]);
        var k = BinaryConv2d.K(x, kernel, stride, padding);
        for (int row = 0; row < k.shape[2]; row++)
        {
            for (int column = 0; column < k.shape[3]; column++)
            {
                var window = padded.narrow(2, row * stride, kernel).narrow(3, column * stride, kernel).mean([1, 2, 3]);
                Assert.True(Difference(window, k.select(3, column).select(2, row).flatten()) < 1e-12);
            }
        }

        Assert.True(WorkedExamples.WindowDeviation() < 1e-12);
    }

    [Fact]
    public void A_layer_is_the_convolution_of_signs_times_alpha_and_K()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var layer = new BinaryConv2d(3, 4, 3, padding: 1);
        var x = randn(2, 3, 6, 6);
        var expected = nn.functional.conv2d(x.sign(), layer.Weight.sign(), null, [1, 1], [1, 1])
            * layer.Weight.abs().mean([1, 2, 3]).view(1, -1, 1, 1) * BinaryConv2d.K(x, 3, 1, 1);
        Assert.True(Difference(expected, layer.call(x)) < 1e-5);
    }

    [Fact]
    public void A_layer_with_binary_weights_alone_is_a_float_convolution_with_alpha_B()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var layer = new BinaryConv2d(3, 4, 3, padding: 1, options: new() { Binarisation = Binarisation.Weights });
        var x = randn(2, 3, 6, 6);
        var filters = layer.Weight.sign() * layer.Weight.abs().mean([1, 2, 3], keepdim: true);
        Assert.True(Difference(nn.functional.conv2d(x, filters, null, [1, 1], [1, 1]), layer.call(x)) < 1e-5);
    }

    [Fact]
    public void Binary_gradients_have_two_values_of_the_greatest_size_of_their_image()
    {
        using var scope = NewDisposeScope();
        var x = zeros([2, 1, 1, 3], float64).requires_grad_();
        (GradientSign.apply(x) * tensor([1.0, -3, 2, -0.5, 0.25, 0.125], new long[] { 2, 1, 1, 3 })).sum().backward();
        Assert.Equal([3.0, -3, 3, -0.5, 0.5, 0.5], x.grad!.flatten().data<double>().ToArray());
    }

    [Fact]
    public void Centred_weights_have_no_mean_over_channels_and_stay_within_one()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var layer = new BinaryConv2d(8, 3, 2);
        nn.init.normal_(layer.Weight, 1, 0.2);
        layer.CentreAndClamp();
        Assert.True(layer.Weight.mean([1]).abs().max().ToDouble() < 1e-6);
        nn.init.normal_(layer.Weight, 0, 3);
        layer.CentreAndClamp();
        Assert.Equal(1, layer.Weight.abs().max().ToDouble());
    }

    [Fact]
    public void Training_moves_the_real_weights_and_not_their_signs()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var layer = new BinaryConv2d(2, 2, 3);
        var before = layer.Weight.detach().clone();
        using var optimizer = optim.SGD(layer.parameters(), 1e-3);
        layer.call(randn(4, 2, 5, 5)).square().sum().backward();
        optimizer.step();
        double moved = Difference(before, layer.Weight.detach());
        Assert.InRange(moved, 1e-9, 0.05);
        Assert.True(layer.Weight.abs().std().ToDouble() > 1e-2); // still as many magnitudes as weights
    }

    [Fact]
    public void Pooled_signs_are_nearly_all_positive_which_is_why_signs_come_after_pooling()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var pooled = new Pooling(2, 2).Of(InputSign.Of(randn(1, 1, 200, 200)));
        Assert.Equal(15 / 16.0, pooled.gt(0).to(float64).mean().ToDouble(), 0.01);
    }

    [Fact]
    public void Normalisation_stands_before_the_sign_in_an_XNOR_block_and_behind_the_convolution_elsewhere()
    {
        using var scope = NewDisposeScope();
        static string[] Norms(BinaryOptions options, BlockOrder order) =>
            [.. new BinaryNetwork(NetworkPlan.LeNet5, options, order).named_parameters().Where(p => p.name.StartsWith("norms", StringComparison.Ordinal) && p.name.EndsWith("weight", StringComparison.Ordinal)).Select(p => $"{p.parameter.numel()}")];
        Assert.Equal(["20", "50"], Norms(new(), BlockOrder.NormalisedFirst));
        Assert.Equal(["50", "500"], Norms(new(), BlockOrder.ConvolvedFirst));
        Assert.Equal(["50", "500"], Norms(new() { Binarisation = Binarisation.Weights }, BlockOrder.NormalisedFirst));
    }

    [Fact]
    public void First_and_last_layer_are_real()
    {
        using var scope = NewDisposeScope();
        var network = new BinaryNetwork(NetworkPlan.LeNet5, new());
        Assert.Equal([50 * 20 * 25, 500 * 50 * 16], network.BinaryLayers.Select(l => l.Weight.numel()));
        Assert.Equal(
            ["convolutions.0.weight", "convolutions.1.weight"],
            network.ToTensors().Where(t => t is BinaryTensor).Select(t => t.Name));
    }

    public static TheoryData<string, bool, BlockOrder> Networks => new()
    {
        { "lenet-5", true, BlockOrder.NormalisedFirst }, { "lenet-5", false, BlockOrder.NormalisedFirst },
        { "small-nin", true, BlockOrder.NormalisedFirst }, { "small-nin", false, BlockOrder.ConvolvedFirst }, { "nin", false, BlockOrder.NormalisedFirst },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Packed_and_read_from_its_file_a_network_gives_the_same_logits(string name, bool inputScale, BlockOrder order)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(8);
        var (plan, options) = (NetworkPlan.All.Single(p => p.Name == name), new BinaryOptions { InputScale = inputScale });
        var network = new BinaryNetwork(plan, options, order);
        int side = plan.Channels == 1 ? 28 : 32;
        network.call(randn(4, plan.Channels, side, side)); // in training, so that running means are those of something
        network.eval();
        var path = folder.File("packed");
        CompressedModelFile.Write(path, network.ToTensors(), huffman: false);
        var packed = new BinaryNetwork(plan, options, order);
        Weights.Load(packed, path);
        packed.Pack();
        var x = randn(3, plan.Channels, side, side);
        var (expected, actual) = (network.call(x), packed.call(x));
        double tolerance = inputScale ? 1e-4 : 1e-6; // sums of signs are whole numbers; K and the last mean are summed in another order
        Assert.True(Difference(expected, actual) <= tolerance * expected.abs().max().ToDouble(), $"{Difference(expected, actual)}");
    }

    [Theory]
    [InlineData(Binarisation.WeightsAndInputs)]
    [InlineData(Binarisation.Weights)]
    public void Training_takes_packing_back(Binarisation binarisation)
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        var layer = new BinaryConv2d(3, 4, 3, options: new() { Binarisation = binarisation });
        var x = randn(1, 3, 5, 5);
        layer.eval();
        var unpacked = layer.call(x);
        layer.Pack();
        var before = layer.call(x);
        Assert.True(Difference(unpacked, before) < 1e-5);
        using (no_grad())
        {
            layer.Weight.neg_();
        }

        Assert.Equal(0, Difference(before, layer.call(x))); // on what was packed before
        layer.train();
        layer.call(x);
        layer.eval();
        Assert.True(Difference(-before, layer.call(x)) < 1e-5);
    }

    [Fact]
    public void Bits_take_single_precision_alone()
    {
        using var scope = NewDisposeScope();
        var layer = new BinaryConv2d(3, 4, 3);
        layer.Pack();
        Assert.Throws<ArgumentException>(() => layer.call(randn([1, 3, 5, 5], float64)));
    }

    [Fact]
    public void The_file_of_the_binary_layers_is_thirty_times_smaller()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var tensors = new BinaryNetwork(NetworkPlan.LeNet5, new()).ToTensors();
        CompressedModelFile.Write(folder.File("packed"), tensors, huffman: false);
        long floats = 4 * tensors.Sum(t => (long)t.Length), bytes = new FileInfo(folder.File("packed")).Length;
        Assert.InRange((double)floats / bytes, 18, 22); // first and last layer, normalisation and biases are float32
        var layers = tensors.Where(t => t is BinaryTensor).ToArray();
        CompressedModelFile.Write(folder.File("layers"), layers, huffman: false);
        Assert.InRange(4.0 * layers.Sum(t => t.Length) / new FileInfo(folder.File("layers")).Length, 30, 32);
    }

    [Theory]
    [InlineData(256, 9, 62.270)]
    [InlineData(64, 9, 57.600)]
    [InlineData(512, 9, 63.123)]
    [InlineData(256, 1, 51.200)]
    [InlineData(3, 1, 2.866)]
    [InlineData(3, 121, 54.407)]
    [InlineData(256, 25, 63.366)]
    public void The_formula_gives_the_speed_ups_that_were_worked_out(int channels, int taps, double expected) => Assert.Equal(expected, SpeedUp.Of(channels, taps), 0.0005);

    [Fact]
    public void The_plain_loop_is_libtorchs_convolution()
    {
        using var scope = NewDisposeScope();
        manual_seed(10);
        var (x, weight) = (randn(1, 3, 7, 6), randn(4, 3, 3, 2));
        var expected = nn.functional.conv2d(x, weight, null, [2, 2], [1, 1]);
        var y = new float[expected.numel()];
        PlainConvolution.Run(new ConvolutionGeometry(3, 4, 3, 2, 2, 1), x.data<float>().ToArray(), weight.data<float>().ToArray(), y, 7, 6);
        Assert.True(Difference(expected.flatten(), tensor(y)) < 1e-5);
    }

    [Fact]
    public void An_unknown_network_is_refused_with_the_ones_that_there_are()
    {
        var error = Assert.Throws<UsageException>(() => new XnorNetParameters { ColourNetwork = "nine" }.ColourPlan());
        Assert.Contains("nin", error.Message, StringComparison.Ordinal);
    }
}
