using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// Direct convolution with unstructured sparse filters: each weight that is not zero meets whole vectors of output pixels. Inputs of a tile of
/// pixels are copied once for each column of the window, so that no vector straddles a cache line: straddling halves the rate of fused
/// multiply-adds. All instruction sets and thread counts give the same bits. Keeps its working memory, so that it is not for several callers
/// at once and allocates only when the shape changes.
/// </summary>
public sealed unsafe class SparseConvolution
{
    // Inputs of a block of channels: most of a first-level cache of 48 KiB; of 16 to 128 KiB tried, 40 was quickest at 60 and 90 % zeros.
    const int BlockBytes = 40 << 10;

    readonly ConvolutionGeometry geometry;
    readonly (float Weight, int Filter, int Channel, int Row, int Column)[] weights;
    SparsePlan? plan;

    /// <summary>Takes the weights that are not zero.</summary>
    /// <param name="geometry">Sizes.</param>
    /// <param name="weights">[filters, channels, kernel height, kernel width].</param>
    /// <exception cref="ArgumentException">Sizes and weights do not belong together.</exception>
    public SparseConvolution(ConvolutionGeometry geometry, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        geometry.Check();
        if (weights.Length != geometry.Weights)
            throw new ArgumentException($"{geometry} has {geometry.Weights} weights, not {weights.Length}.", nameof(weights));
        this.geometry = geometry;
        var kept = new List<(float, int, int, int, int)>();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            var (filter, place) = Math.DivRem(i, geometry.Channels * geometry.Taps);
            var (channel, tap) = Math.DivRem(place, geometry.Taps);
            kept.Add((weights[i], filter, channel, tap / geometry.KernelWidth, tap % geometry.KernelWidth));
        }
        this.weights = [.. kept];
    }

    /// <summary>Sizes.</summary>
    public ConvolutionGeometry Geometry => geometry;

    /// <summary>Number of weights kept.</summary>
    public int NonZeros => weights.Length;

    /// <summary>The layer on planes (NCHW).</summary>
    /// <param name="x">[batch, channels, height, width].</param>
    /// <param name="y">[batch, filters, output height, output width], overwritten.</param>
    /// <param name="batch">Number of images.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="threads">How many threads share the work.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public void Run(
        ReadOnlySpan<float> x, Span<float> y, int batch, int height, int width, int threads = 1, InstructionSet? instructions = null)
    {
        geometry.Check(x.Length, y.Length, batch, height, width, threads);
        var set = instructions ?? InstructionSets.Best;
        if (plan is null || !plan.Fits(height, width, batch, threads, set))
            plan = new(geometry, weights, height, width, batch, threads, set, BlockBytes);
        fixed (float* input = x, output = y)
        {
            if (threads == 1)
                Part(0, 1, batch, input, output, set);
            else
                InParallel(threads, batch, input, output, set);
        }
    }

    // Apart, as its closure is allocated where the method starts.
    void InParallel(int threads, int batch, float* x, float* y, InstructionSet set) =>
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, thread => Part(thread, threads, batch, x, y, set));

    void Part(int thread, int threads, int batch, float* x, float* y, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Avx512:
                Part<Vector512<float>, SparseLanes512>(thread, threads, batch, x, y);
                break;
            case InstructionSet.Avx2:
                Part<Vector256<float>, SparseLanes256>(thread, threads, batch, x, y);
                break;
            default:
                Part<Vector128<float>, SparseLanes128>(thread, threads, batch, x, y);
                break;
        }
    }

    void Part<T, TLanes>(int thread, int threads, int batch, float* x, float* y) where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        var p = plan!;
        var items = (long)batch * p.Tiles;
        for (var item = items * thread / threads; item < items * (thread + 1) / threads; item++)
        {
            var (image, tile) = Math.DivRem(item, p.Tiles);
            var (first, last) = (p.FirstVector((int)tile), p.FirstVector((int)tile + 1));
            var (inputs, totals, scratch) = p.Memory(thread);
            float* input = (float*)inputs, sums = (float*)totals, rows = (float*)scratch;
            new Span<float>(sums, geometry.Filters * (last - first) * TLanes.Count).Clear();
            fixed (SparseTap* taps = p.Taps)
            {
                for (var block = 0; block < p.Blocks; block++)
                {
                    for (var channel = block * p.BlockChannels; channel < Math.Min((block + 1) * p.BlockChannels, geometry.Channels); channel++)
                    {
                        p.Copy<T, TLanes>(
                            x + (image * geometry.Channels + channel) * p.Height * p.Width, first, last - first,
                            input + (nint)(channel - block * p.BlockChannels) * p.ChannelFloats, rows);
                    }
                    SparseTile.Accumulate<T, TLanes>(last - first, taps, p.Runs(block), input, sums);
                }
            }
            for (var filter = 0; filter < geometry.Filters; filter++)
                p.Deliver<T, TLanes>(
                    sums + (nint)filter * (last - first) * TLanes.Count, first, last - first, y + (image * geometry.Filters + filter) * p.OutputHeight * p.OutputWidth);
        }
    }
}
