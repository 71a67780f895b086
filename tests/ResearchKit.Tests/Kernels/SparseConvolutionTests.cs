using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class SparseConvolutionTests
{
    static float[] Random(Random random, int count, double density) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < density ? random.NextSingle() * 2 - 1 : 0)];

    [Fact]
    public void Sums_equal_the_dense_ones_on_every_path_and_thread_count()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var g = new ConvolutionGeometry(1 + random.Next(6), 1 + random.Next(5), 1 + random.Next(5), 1 + random.Next(5), 1 + random.Next(3), random.Next(3));
            var (batch, height, width) = (1 + random.Next(3), g.KernelHeight + random.Next(14), g.KernelWidth + random.Next(round % 10 == 0 ? 60 : 24));
            var (weights, x) = (Random(random, g.Weights, random.NextDouble()), Random(random, batch * g.Channels * height * width, 1));
            var convolution = new SparseConvolution(g, weights);
            Assert.Equal(weights.Count(w => w != 0), convolution.NonZeros);
            var outputs = batch * g.Filters * g.OutputHeight(height) * g.OutputWidth(width);
            float[]? first = null;
            foreach (var set in InstructionSets.Available)
                foreach (var threads in round % 10 == 0 ? [1, 2, 5] : new[] { 1 })
                {
                    var guarded = Enumerable.Repeat(float.NaN, outputs + 32).ToArray();
                    convolution.Run(x, guarded.AsSpan(16, outputs), batch, height, width, threads, set);
                    Assert.All(guarded[..16].Concat(guarded[^16..]), value => Assert.True(float.IsNaN(value)));
                    var y = guarded[16..^16];
                    first ??= y;
                    Assert.Equal(first, y);
                }
            Check(g, weights, x, first!, batch, height, width);
        }
    }

    static void Check(ConvolutionGeometry g, float[] weights, float[] x, float[] y, int batch, int height, int width)
    {
        var (rows, columns) = (g.OutputHeight(height), g.OutputWidth(width));
        for (var at = 0; at < y.Length; at++)
        {
            var (filter, image) = (at / (rows * columns) % g.Filters, at / (rows * columns) / g.Filters);
            var (oy, ox) = (at / columns % rows * g.Stride - g.Padding, at % columns * g.Stride - g.Padding);
            var (sum, size) = (0.0, 0.0);
            for (var c = 0; c < g.Channels; c++)
                for (var ky = Math.Max(0, -oy); ky < Math.Min(g.KernelHeight, height - oy); ky++)
                    for (var kx = Math.Max(0, -ox); kx < Math.Min(g.KernelWidth, width - ox); kx++)
                    {
                        var product = (double)weights[((filter * g.Channels + c) * g.KernelHeight + ky) * g.KernelWidth + kx]
                            * x[((image * g.Channels + c) * height + oy + ky) * width + ox + kx];
                        sum += product;
                        size += Math.Abs(product);
                    }
            Assert.True(Math.Abs(sum - y[at]) <= 1e-6 * size, $"{g}, {batch} x {height} x {width}, output {at}: {y[at]} for {sum}");
        }
    }

    [Fact]
    public void A_filter_without_weights_gives_zeros_and_meets_no_infinity()
    {
        var y = new float[] { 7, 7 };
        new SparseConvolution(new(1, 2, 1, 2), [0, 2, 0, -0f]).Run([float.PositiveInfinity, 3], y, 1, 1, 2);
        Assert.Equal([6, 0], y);
    }

    [Fact]
    public void The_same_shape_again_allocates_nothing()
    {
        var (convolution, x, y) = (new SparseConvolution(new(2, 3, 3, 3, 1, 1), new float[54]), new float[128], new float[192]);
        convolution.Run(x, y, 1, 8, 8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        convolution.Run(x, y, 1, 8, 8);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Lengths_and_sizes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SparseConvolution(new(1, 1, 3, 3), new float[8]));
        Assert.Throws<ArgumentException>(() => new SparseConvolution(new(1, 1, 0, 3), []));
        var convolution = new SparseConvolution(new(1, 1, 3, 3), new float[9]);
        Assert.Throws<ArgumentException>(() => convolution.Run(new float[8], new float[1], 1, 3, 3));
        Assert.Throws<ArgumentException>(() => convolution.Run(new float[4], new float[1], 1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => convolution.Run(new float[9], new float[1], 1, 3, 3, threads: 0));
    }
}
