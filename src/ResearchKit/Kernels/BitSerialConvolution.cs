namespace ResearchKit.Kernels;

/// <summary>
/// Convolution of unsigned codes of a few bits as a sum of convolutions of bits, 2^(m + k) popcount(c_m(x) and c_k(w)) over all bits m
/// and k (arXiv:1606.06160, Eq. 3). The cost is the product of the numbers of bits. Not for several callers at once.
/// </summary>
public sealed unsafe class BitSerialConvolution
{
    readonly ConvolutionGeometry geometry;
    readonly BitSlices weights;
    readonly BitConvolution bits;
    PinnedMemory pixels = new(0);

    /// <summary>Packs the codes of filters.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="codes">[filters, channels, kernel height, kernel width], each below 2^weightBits.</param>
    /// <param name="weightBits">Bits of a weight, 1 to 8.</param>
    /// <param name="activationBits">Bits of an activation, 1 to 8.</param>
    /// <exception cref="ArgumentException">Sizes and codes do not belong together, a code has too many bits, or sums could exceed 31 bits.</exception>
    public BitSerialConvolution(ConvolutionGeometry geometry, ReadOnlySpan<byte> codes, int weightBits, int activationBits)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        geometry.Check();
        if (weightBits is < 1 or > 8 || activationBits is < 1 or > 8)
            throw new ArgumentException($"Weights and activations have 1 to 8 bits, not {weightBits} and {activationBits}.");
        if (codes.Length != geometry.Weights)
            throw new ArgumentException($"{geometry} has {geometry.Weights} weights, not {codes.Length}.", nameof(codes));
        (this.geometry, WeightBits, ActivationBits) = (geometry, weightBits, activationBits);
        weights = new(geometry.Filters, geometry.Taps, geometry.Channels, weightBits);
        var each = geometry.Weights / geometry.Filters;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] >> weightBits != 0)
                throw new ArgumentException($"Weight {i} has the code {codes[i]}, which is more than {weightBits} bits.", nameof(codes));
            for (var bit = 0; bit < weightBits; bit++)
            {
                if ((codes[i] >> bit & 1) != 0)
                    weights.Set(i / each, i % each % geometry.Taps, i % each / geometry.Taps, bit);
            }
        }
        bits = new(geometry, weights, activationBits, signs: false, negativeBorder: false);
    }

    /// <summary>Sizes.</summary>
    public ConvolutionGeometry Geometry => geometry;

    /// <summary>Bits of a weight.</summary>
    public int WeightBits { get; }

    /// <summary>Bits of an activation.</summary>
    public int ActivationBits { get; }

    /// <summary>The convolution of codes; padding has the code 0.</summary>
    /// <param name="x">The batch of codes, each below 2^activationBits; higher bits are not looked at.</param>
    /// <param name="sums">[batch, height, width, filters], overwritten.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="layout">Order of the values of the input.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public void Run(
        ReadOnlySpan<byte> x, Span<int> sums, int batch, int height, int width, ImageLayout layout, int threads = 1, InstructionSet? instructions = null)
    {
        geometry.Check(x.Length, sums.Length, batch, height, width, threads);
        bits.Prepare(batch, height, width, threads);
        if (pixels.Length != geometry.Channels)
            pixels = new(geometry.Channels);
        fixed (byte* input = x)
        fixed (int* output = sums)
        {
            Pack(input, batch, height * width, layout);
            bits.Multiply(new CodeSums(geometry.OutputHeight(height) * geometry.OutputWidth(width), geometry.Filters, output), threads, instructions ?? InstructionSets.Best);
        }
        GC.KeepAlive(this);
    }

    void Pack(byte* x, int batch, int area, ImageLayout layout)
    {
        var channels = geometry.Channels;
        for (var image = 0; image < batch; image++, x += (long)area * channels)
        {
            for (var pixel = 0; pixel < area; pixel++)
            {
                var codes = x + (long)pixel * channels;
                if (layout == ImageLayout.Nchw && area > 1)
                {
                    codes = pixels.Start;
                    for (var channel = 0; channel < channels; channel++)
                        codes[channel] = x[(long)channel * area + pixel];
                }
                for (var bit = 0; bit < ActivationBits; bit++)
                    PatternPacking.Bits(codes, channels, bit, bits.Pixel(bit, image, pixel));
            }
        }
    }
}
