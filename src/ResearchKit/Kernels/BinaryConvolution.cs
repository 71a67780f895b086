namespace ResearchKit.Kernels;

/// <summary>
/// XNOR-Net's convolution on bits (arXiv:1603.05279, Eq. 11): the signs of the input against the signs of the filters, times alpha of
/// the filter and K of the window. Packed once; keeps its working memory, so that it is not for several callers at once and allocates
/// only when the shape changes.
/// </summary>
public sealed unsafe class BinaryConvolution
{
    readonly ConvolutionGeometry geometry;
    readonly BitSlices weights;
    readonly BitConvolution bits;
    readonly float[] alpha;
    readonly int paddingValue;
    // [taps, filters]: the sum of a tap's signs, where padding is 0 and has to be taken out again.
    readonly int[] tapSums = [];
    PinnedMemory means = new(0), scales = new(0), columns = new(0), pixels = new(0);

    /// <summary>Packs real filters: their signs, and alpha = mean |w| of each filter (Eq. 6). Zero counts as positive.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="weights">[filters, channels, kernel height, kernel width].</param>
    /// <param name="paddingValue">What stands around the signs of the input: -1, 0 or 1. Frameworks pad the signs with 0.</param>
    /// <exception cref="ArgumentException">Sizes and weights do not belong together, or the padding is another value.</exception>
    public BinaryConvolution(ConvolutionGeometry geometry, ReadOnlySpan<float> weights, int paddingValue = 0)
        : this(geometry, paddingValue)
    {
        if (weights.Length != geometry.Weights)
            throw new ArgumentException($"{geometry} has {geometry.Weights} weights, not {weights.Length}.", nameof(weights));
        var each = geometry.Weights / geometry.Filters;
        for (var filter = 0; filter < geometry.Filters; filter++)
        {
            var size = 0.0;
            for (var i = 0; i < each; i++)
            {
                var weight = weights[filter * each + i];
                size += Math.Abs(weight);
                if (weight < 0)
                    this.weights.Set(filter, i % geometry.Taps, i / geometry.Taps, 0);
            }
            alpha[filter] = (float)(size / each);
        }
        tapSums = TapSums();
    }

    /// <summary>Takes filters that were packed before.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="signs">As <see cref="Signs"/> gives them.</param>
    /// <param name="alpha">The factor of each filter.</param>
    /// <param name="paddingValue">As for real filters.</param>
    /// <exception cref="ArgumentException">Sizes, signs and factors do not belong together, or the padding is another value.</exception>
    public BinaryConvolution(ConvolutionGeometry geometry, ReadOnlySpan<byte> signs, ReadOnlySpan<float> alpha, int paddingValue = 0)
        : this(geometry, paddingValue)
    {
        if (signs.Length != (geometry.Weights + 7) / 8 || alpha.Length != geometry.Filters)
            throw new ArgumentException($"{geometry} has {(geometry.Weights + 7) / 8} bytes of signs and {geometry.Filters} factors, not {signs.Length} and {alpha.Length}.");
        var each = geometry.Weights / geometry.Filters;
        for (var i = 0; i < geometry.Weights; i++)
        {
            if ((signs[i / 8] >> i % 8 & 1) != 0)
                weights.Set(i / each, i % each % geometry.Taps, i % each / geometry.Taps, 0);
        }
        alpha.CopyTo(this.alpha);
        tapSums = TapSums();
    }

    BinaryConvolution(ConvolutionGeometry geometry, int paddingValue)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        geometry.Check();
        if (paddingValue is < -1 or > 1)
            throw new ArgumentException($"The signs are padded with -1, 0 or 1, not {paddingValue}.", nameof(paddingValue));
        (this.geometry, this.paddingValue) = (geometry, paddingValue);
        weights = new(geometry.Filters, geometry.Taps, geometry.Channels, bits: 1);
        bits = new(geometry, weights, activationBits: 1, signs: true, negativeBorder: paddingValue < 0);
        alpha = new float[geometry.Filters];
    }

    /// <summary>Sizes.</summary>
    public ConvolutionGeometry Geometry => geometry;

    /// <summary>The factor of each filter.</summary>
    public ReadOnlySpan<float> Alpha => alpha;

    /// <summary>The filters' signs, a bit each in the order of the weights, 1 for negative; the first in the lowest bit of the first byte.</summary>
    public byte[] Signs()
    {
        var packed = new byte[(geometry.Weights + 7) / 8];
        var each = geometry.Weights / geometry.Filters;
        for (var i = 0; i < geometry.Weights; i++)
        {
            if (weights.IsSet(i / each, i % each % geometry.Taps, i % each / geometry.Taps, 0))
                packed[i / 8] |= (byte)(1 << i % 8);
        }
        return packed;
    }

    /// <summary>The layer on real inputs: sign(x) convolved with the filters' signs, times alpha, and times K if asked for.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="y">The result in the same layout, overwritten.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="layout">Order of the values of input and output.</param>
    /// <param name="scaleInput">Whether to multiply by K, the mean |x| of the window; padding counts as 0.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public void Run(
        ReadOnlySpan<float> x, Span<float> y, int batch, int height, int width, ImageLayout layout,
        bool scaleInput = true, int threads = 1, InstructionSet? instructions = null)
    {
        geometry.Check(x.Length, y.Length, batch, height, width, threads);
        fixed (float* input = x, output = y)
        fixed (float* factors = alpha)
        fixed (int* taps = tapSums)
        {
            Pack(input, batch, height, width, layout, scaleInput, threads);
            bits.Multiply(
                new ScaledSums(Dots(taps, height, width), output, factors, scaleInput ? (float*)scales.Start : null, layout), threads, instructions ?? InstructionSets.Best);
        }
        GC.KeepAlive(this);
    }

    /// <summary>The signs' convolution alone, as integers.</summary>
    /// <param name="x">The batch; only signs matter.</param>
    /// <param name="dots">[batch, height, width, filters], overwritten.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="layout">Order of the values of the input.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public void Dot(
        ReadOnlySpan<float> x, Span<int> dots, int batch, int height, int width, ImageLayout layout, int threads = 1, InstructionSet? instructions = null)
    {
        geometry.Check(x.Length, dots.Length, batch, height, width, threads);
        fixed (float* input = x)
        fixed (int* output = dots)
        fixed (int* taps = tapSums)
        {
            Pack(input, batch, height, width, layout, false, threads);
            bits.Multiply(new PlainSums(Dots(taps, height, width), output), threads, instructions ?? InstructionSets.Best);
        }
        GC.KeepAlive(this);
    }

    /// <summary>The first part of <see cref="Run"/>, for those who time it apart: signs, packing, and K if asked for.</summary>
    internal void Pack(float* x, int batch, int height, int width, ImageLayout layout, bool scaleInput, int threads)
    {
        bits.Prepare(batch, height, width, threads);
        var inputs = batch * height * width;
        if (means.Length != 4L * inputs)
        {
            means = new(4L * inputs);
            pixels = new(0);
        }
        var tile = (long)PixelRun * geometry.Channels * sizeof(float);
        if (pixels.Length < threads * tile)
            pixels = new(threads * tile);
        if (threads == 1)
            PackPart(0, 1, x, height * width, inputs, layout);
        else
            PackInParallel(x, height * width, inputs, layout, threads);
        if (!scaleInput)
            return;
        var outputs = batch * geometry.OutputHeight(height) * geometry.OutputWidth(width);
        if (scales.Length != 4L * outputs)
            scales = new(4L * outputs);
        if (columns.Length != 4L * (width + 2 * geometry.Padding))
            columns = new(4L * (width + 2 * geometry.Padding));
        WindowMeans.Compute((float*)means.Start, (float*)scales.Start, (float*)columns.Start, batch, height, width, geometry);
    }

    // Pixels that are transposed together.
    const int PixelRun = 16;

    void PackInParallel(float* x, int area, int inputs, ImageLayout layout, int threads) =>
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, thread => PackPart(thread, threads, x, area, inputs, layout));

    void PackPart(int thread, int threads, float* x, int area, int inputs, ImageLayout layout)
    {
        var runs = (inputs + PixelRun - 1) / PixelRun;
        var (first, last) = ((int)((long)runs * thread / threads) * PixelRun, Math.Min((int)((long)runs * (thread + 1) / threads) * PixelRun, inputs));
        var channels = geometry.Channels;
        var mean = (float*)means.Start;
        var turned = (float*)pixels.Start + (long)thread * PixelRun * channels;
        for (var at = first; at < last;)
        {
            var (image, pixel) = Math.DivRem(at, area);
            var count = Math.Min(Math.Min(PixelRun, last - at), area - pixel);
            var source = x + (long)at * channels;
            if (layout == ImageLayout.Nchw && area > 1)
            {
                Transposition.Copy(x + (long)image * area * channels + pixel, area, turned, channels, channels, count);
                source = turned;
            }
            for (var i = 0; i < count;)
            {
                // To the end of the row the pixels' patterns lie side by side.
                var end = Math.Min(count, i + bits.LeftInRow(pixel + i));
                for (var patterns = bits.Pixel(0, image, pixel + i); i < end; i++, source += channels, patterns += weights.GroupsPerTap)
                    mean[at + i] = PatternPacking.Signs(source, channels, patterns);
            }
            at += count;
        }
    }

    SignSums Dots(int* taps, int height, int width) => new(geometry, height, width, taps);

    int[] TapSums()
    {
        if (paddingValue != 0 || geometry.Padding == 0)
            return [];
        var sums = new int[geometry.Taps * geometry.Filters];
        for (var filter = 0; filter < geometry.Filters; filter++)
        {
            for (var tap = 0; tap < geometry.Taps; tap++)
            {
                var negative = 0;
                for (var channel = 0; channel < geometry.Channels; channel++)
                    negative += weights.IsSet(filter, tap, channel, 0) ? 1 : 0;
                sums[tap * geometry.Filters + filter] = geometry.Channels - 2 * negative;
            }
        }
        return sums;
    }
}
