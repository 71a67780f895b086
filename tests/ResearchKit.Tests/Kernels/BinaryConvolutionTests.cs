using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class BinaryConvolutionTests
{
    static float[] Normal(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    static int Sign(float x) => x < 0 ? -1 : 1;

    /// <summary>Together with the other parts ten thousand shapes; parts, so that cores share them.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Sums_equal_the_convolution_of_the_signs_on_every_path(int part)
    {
        var random = new Random(part);
        for (var round = 0; round < 2000; round++)
        {
            var shape = RandomConvolution.Of(random);
            var (x, weights, padding) = (Normal(random, shape.Inputs), Normal(random, shape.Geometry.Weights), random.Next(-1, 2));
            var expected = shape.Reference([.. x.Select(Sign)], [.. weights.Select(Sign)], padding);
            var convolution = new BinaryConvolution(shape.Geometry, weights, padding);
            foreach (var set in InstructionSets.Available)
            {
                var dots = new int[shape.Outputs];
                convolution.Dot(x, dots, shape.Batch, shape.Height, shape.Width, ImageLayout.Nhwc, 1, set);
                Assert.True(expected.AsSpan().SequenceEqual(dots), $"{shape}, padding {padding}, {set}");
            }
        }
    }

    [Fact]
    public void The_layer_is_the_scaled_convolution_of_the_paper_in_both_layouts_and_with_threads()
    {
        var random = new Random(11);
        for (var round = 0; round < 150; round++)
        {
            var shape = RandomConvolution.Of(random);
            var g = shape.Geometry;
            var (x, weights) = (Normal(random, shape.Inputs), Normal(random, g.Weights));
            var dots = shape.Reference([.. x.Select(Sign)], [.. weights.Select(Sign)], 0);
            var convolution = new BinaryConvolution(g, weights);
            foreach (var layout in Enum.GetValues<ImageLayout>())
            {
                var input = new float[x.Length];
                for (var image = 0; image < shape.Batch; image++)
                    for (var channel = 0; channel < g.Channels; channel++)
                        for (var i = 0; i < shape.Height * shape.Width; i++)
                            input[shape.At(image, channel, i / shape.Width, i % shape.Width, layout)] =
                                x[shape.At(image, channel, i / shape.Width, i % shape.Width, ImageLayout.Nhwc)];
                foreach (var set in InstructionSets.Available)
                    foreach (var threads in new[] { 1, 3 })
                    {
                        var (scaled, plain) = (new float[shape.Outputs], new float[shape.Outputs]);
                        convolution.Run(input, scaled, shape.Batch, shape.Height, shape.Width, layout, true, threads, set);
                        convolution.Run(input, plain, shape.Batch, shape.Height, shape.Width, layout, false, threads, set);
                        CheckScaled(shape, x, weights, dots, scaled, plain, layout);
                    }
            }
        }
    }

    static void CheckScaled(RandomConvolution shape, float[] x, float[] weights, int[] dots, float[] scaled, float[] plain, ImageLayout layout)
    {
        var g = shape.Geometry;
        var each = weights.Length / g.Filters;
        var alpha = Enumerable.Range(0, g.Filters).Select(filter => weights.Skip(filter * each).Take(each).Average(weight => (double)Math.Abs(weight))).ToArray();
        for (var image = 0; image < shape.Batch; image++)
            for (var y = 0; y < shape.OutputHeight; y++)
                for (var column = 0; column < shape.OutputWidth; column++)
                {
                    // Eq. 11: the box filter of the mean over channels, which is the mean |x| of the window.
                    var k = 0.0;
                    for (var ky = 0; ky < g.KernelHeight; ky++)
                        for (var kx = 0; kx < g.KernelWidth; kx++)
                        {
                            var (row, at) = (y * g.Stride - g.Padding + ky, column * g.Stride - g.Padding + kx);
                            if ((uint)row < (uint)shape.Height && (uint)at < (uint)shape.Width)
                                for (var channel = 0; channel < g.Channels; channel++)
                                    k += Math.Abs(x[shape.At(image, channel, row, at, ImageLayout.Nhwc)]) / (double)each;
                        }
                    for (var filter = 0; filter < g.Filters; filter++)
                    {
                        var value = alpha[filter] * dots[shape.OutputAt(image, filter, y, column, ImageLayout.Nhwc)];
                        var place = shape.OutputAt(image, filter, y, column, layout);
                        Assert.Equal(value, plain[place], 1e-6 * (1 + Math.Abs(value)));
                        Assert.Equal(value * k, scaled[place], 1e-5 * (1 + Math.Abs(value * k)));
                    }
                }
    }

    [Fact]
    public void K_of_a_worked_example()
    {
        // Two channels, |x| averages to 1 2 3 4: the 2 x 2 window has 2.5, and alpha is 0.5.
        var convolution = new BinaryConvolution(new(2, 1, 2, 2), [0.5f, -0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f]);
        var y = new float[1];

        convolution.Run([1, -2, 3, 4, 1, 2, 3, -4], y, 1, 2, 2, ImageLayout.Nchw);

        // Products of signs: + + + + of the first channel, + + - - of the second.
        Assert.Equal(0.5f * 2.5f * 4, y[0]);
    }

    [Fact]
    public void Zeros_of_both_signs_are_positive_and_so_is_NaN()
    {
        var convolution = new BinaryConvolution(new(5, 2, 1, 1), [0, -0f, 1, 1, 1, -1, -1, -1, -1, -1]);
        var dots = new int[2];

        convolution.Dot([0, -0f, float.NaN, float.NegativeInfinity, float.Epsilon], dots, 1, 1, 1, ImageLayout.Nhwc);

        Assert.Equal([3, -3], dots);
    }

    [Fact]
    public void Nothing_outside_the_output_is_written_and_nothing_outside_the_input_matters()
    {
        var random = new Random(12);
        for (var round = 0; round < 300; round++)
        {
            var shape = RandomConvolution.Of(random);
            var convolution = new BinaryConvolution(shape.Geometry, Normal(random, shape.Geometry.Weights));
            foreach (var layout in Enum.GetValues<ImageLayout>())
                foreach (var set in InstructionSets.Available)
                {
                    var input = Enumerable.Repeat(float.NegativeInfinity, shape.Inputs + 128).ToArray();
                    input.AsSpan(64, shape.Inputs).Fill(0.5f);
                    var output = Enumerable.Repeat(-7f, shape.Outputs + 128).ToArray();
                    convolution.Run(input.AsSpan(64, shape.Inputs), output.AsSpan(64, shape.Outputs), shape.Batch, shape.Height, shape.Width, layout, true, 1, set);
                    Assert.All(output[..64].Concat(output[^64..]), value => Assert.Equal(-7f, value));
                    Assert.All(output[64..^64], value => Assert.True(float.IsFinite(value)));
                }
        }
    }

    [Fact]
    public void A_second_run_allocates_nothing()
    {
        var random = new Random(13);
        var geometry = new ConvolutionGeometry(70, 130, 3, 3, 1, 1);
        var (convolution, x, y, dots) = (
            new BinaryConvolution(geometry, Normal(random, geometry.Weights)), Normal(random, 2 * 70 * 81), new float[2 * 130 * 81], new int[2 * 130 * 81]);
        foreach (var layout in Enum.GetValues<ImageLayout>())
            foreach (var set in InstructionSets.Available)
            {
                long allocated = 0;
                for (var round = 0; round < 2; round++)
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    convolution.Run(x, y, 2, 9, 9, layout, true, 1, set);
                    convolution.Dot(x, dots, 2, 9, 9, layout, 1, set);
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                }
                Assert.Equal(0, allocated);
            }
    }

    [Fact]
    public void One_object_serves_shapes_that_grow_and_shrink()
    {
        var random = new Random(14);
        var geometry = new ConvolutionGeometry(10, 6, 3, 2, 2, 1);
        var weights = Normal(random, geometry.Weights);
        var convolution = new BinaryConvolution(geometry, weights, -1);
        for (var round = 0; round < 60; round++)
        {
            var shape = new RandomConvolution(geometry, 1 + random.Next(4), 1 + random.Next(20), 1 + random.Next(20));
            var (x, dots) = (Normal(random, shape.Inputs), new int[shape.Outputs]);
            convolution.Dot(x, dots, shape.Batch, shape.Height, shape.Width, ImageLayout.Nhwc, 1 + random.Next(3));
            Assert.Equal(shape.Reference([.. x.Select(Sign)], [.. weights.Select(Sign)], -1), dots);
        }
    }

    [Fact]
    public void Packed_filters_give_the_same_layer()
    {
        var random = new Random(15);
        for (var round = 0; round < 50; round++)
        {
            var shape = RandomConvolution.Of(random);
            var first = new BinaryConvolution(shape.Geometry, Normal(random, shape.Geometry.Weights));
            var second = new BinaryConvolution(shape.Geometry, first.Signs(), first.Alpha);
            Assert.Equal(first.Signs(), second.Signs());
            var (x, a, b) = (Normal(random, shape.Inputs), new float[shape.Outputs], new float[shape.Outputs]);
            first.Run(x, a, shape.Batch, shape.Height, shape.Width, ImageLayout.Nchw);
            second.Run(x, b, shape.Batch, shape.Height, shape.Width, ImageLayout.Nchw);
            Assert.Equal(a, b);
        }
    }

    [Fact]
    public void Empty_batches_are_fine_and_wrong_sizes_are_refused()
    {
        var geometry = new ConvolutionGeometry(2, 3, 3, 3);
        var convolution = new BinaryConvolution(geometry, new float[54]);
        convolution.Run([], [], 0, 5, 5, ImageLayout.Nchw);
        Assert.Throws<ArgumentException>(() => new BinaryConvolution(geometry, new float[53]));
        Assert.Throws<ArgumentException>(() => new BinaryConvolution(geometry, new float[54], 2));
        Assert.Throws<ArgumentException>(() => new BinaryConvolution(geometry, new byte[6], new float[3]));
        Assert.Throws<ArgumentException>(() => new BinaryConvolution(geometry with { Stride = 0 }, new float[54]));
        Assert.Throws<ArgumentException>(() => convolution.Run(new float[50], new float[26], 1, 5, 5, ImageLayout.Nchw));
        Assert.Throws<ArgumentException>(() => convolution.Run(new float[8], new float[3], 1, 2, 2, ImageLayout.Nchw));
        Assert.Throws<ArgumentOutOfRangeException>(() => convolution.Run(new float[50], new float[27], 1, 5, 5, ImageLayout.Nchw, threads: 0));
    }
}
