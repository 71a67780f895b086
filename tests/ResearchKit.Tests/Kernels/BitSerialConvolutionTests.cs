using ResearchKit.Kernels;

namespace ResearchKit.Tests.Kernels;

public class BitSerialConvolutionTests
{
    static byte[] Codes(Random random, int count, int bits)
    {
        // Now and then all at their largest, where sums are largest too.
        var largest = random.Next(10) == 0;
        return [.. Enumerable.Range(0, count).Select(_ => (byte)(largest ? (1 << bits) - 1 : random.Next(1 << bits)))];
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Sums_equal_the_convolution_of_the_codes_on_every_path(int part)
    {
        var random = new Random(part);
        for (var round = 0; round < 700; round++)
        {
            var shape = RandomConvolution.Of(random);
            var g = shape.Geometry;
            var (weightBits, activationBits) = (1 + random.Next(random.Next(8) == 0 ? 8 : 3), 1 + random.Next(random.Next(8) == 0 ? 8 : 3));
            var (x, weights) = (Codes(random, shape.Inputs, activationBits), Codes(random, g.Weights, weightBits));
            var expected = shape.Reference([.. x.Select(code => (int)code)], [.. weights.Select(code => (int)code)], 0);
            var convolution = new BitSerialConvolution(g, weights, weightBits, activationBits);
            var planes = new byte[x.Length];
            for (var image = 0; image < shape.Batch; image++)
                for (var channel = 0; channel < g.Channels; channel++)
                    for (var i = 0; i < shape.Height * shape.Width; i++)
                        planes[shape.At(image, channel, i / shape.Width, i % shape.Width, ImageLayout.Nchw)] =
                            x[shape.At(image, channel, i / shape.Width, i % shape.Width, ImageLayout.Nhwc)];
            foreach (var set in InstructionSets.Available)
                foreach (var (input, layout, threads) in new[] { (x, ImageLayout.Nhwc, 1), (planes, ImageLayout.Nchw, 2) })
                {
                    var guarded = Enumerable.Repeat(-7, shape.Outputs + 64).ToArray();
                    convolution.Run(input, guarded.AsSpan(32, shape.Outputs), shape.Batch, shape.Height, shape.Width, layout, threads, set);
                    Assert.True(expected.AsSpan().SequenceEqual(guarded.AsSpan(32, shape.Outputs)), $"{shape}, {weightBits} x {activationBits} bits, {set}");
                    Assert.All(guarded[..32].Concat(guarded[^32..]), value => Assert.Equal(-7, value));
                }
        }
    }

    [Fact]
    public void A_dot_product_of_the_paper_is_the_sum_over_pairs_of_bits()
    {
        // x = 1 2 3, w = 3 1 2: 3 + 2 + 6.
        var sums = new int[1];
        new BitSerialGemm([3, 1, 2], 1, 3, 2, 2).Multiply([1, 2, 3], sums, 1);
        Assert.Equal([11], sums);
    }

    [Fact]
    public void A_second_run_allocates_nothing()
    {
        var random = new Random(4);
        var geometry = new ConvolutionGeometry(50, 70, 3, 3, 1, 1);
        var convolution = new BitSerialConvolution(geometry, Codes(random, geometry.Weights, 2), 2, 2);
        var (x, sums) = (Codes(random, 50 * 49, 2), new int[70 * 49]);
        foreach (var layout in Enum.GetValues<ImageLayout>())
            foreach (var set in InstructionSets.Available)
            {
                convolution.Run(x, sums, 1, 7, 7, layout, 1, set);
                var before = GC.GetAllocatedBytesForCurrentThread();
                convolution.Run(x, sums, 1, 7, 7, layout, 1, set);
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
    }

    [Fact]
    public void Codes_that_do_not_fit_are_refused()
    {
        var geometry = new ConvolutionGeometry(1, 1, 1, 2);
        Assert.Throws<ArgumentException>(() => new BitSerialConvolution(geometry, [1], 1, 1));
        Assert.Throws<ArgumentException>(() => new BitSerialConvolution(geometry, [1, 2], 1, 1));
        Assert.Throws<ArgumentException>(() => new BitSerialConvolution(geometry, [1, 1], 0, 1));
        Assert.Throws<ArgumentException>(() => new BitSerialConvolution(geometry, [1, 1], 1, 9));
        // 65,025 * 40,000 products exceed 31 bits.
        Assert.Throws<ArgumentException>(() => new BitSerialGemm(new byte[40_000], 1, 40_000, 8, 8));
    }
}
