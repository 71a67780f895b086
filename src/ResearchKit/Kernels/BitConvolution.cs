using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// Convolution of bits: activations are packed to images of patterns with a border, windows are copied to rows ("im2col" of a byte
/// for three channels), and rows are multiplied by the filters. Not for several callers at once: it keeps its working memory.
/// </summary>
internal sealed unsafe class BitConvolution
{
    // Pixels that go to the sink together.
    const int PixelsAtOnce = 16;
    const int LongestTile = 256;
    const int TileBytes = 1 << 18;

    readonly ConvolutionGeometry geometry;
    readonly BitSlices weights;
    readonly int activationBits;
    readonly bool signs;
    readonly bool negativeBorder;
    readonly List<Worker> workers = [];
    PinnedMemory images = new(0);
    int batch, height, width, outputWidth, outputPixels, tileRows;

    /// <param name="geometry">Sizes.</param>
    /// <param name="weights">The filters; taps row by row.</param>
    /// <param name="activationBits">Planes of activations.</param>
    /// <param name="signs">As <see cref="BitProduct"/>.</param>
    /// <param name="negativeBorder">Whether the bits of the padding are 1.</param>
    /// <exception cref="ArgumentException">A sum could exceed 31 bits.</exception>
    public BitConvolution(ConvolutionGeometry geometry, BitSlices weights, int activationBits, bool signs, bool negativeBorder)
    {
        _ = BitProduct.Planes(weights, activationBits);
        (this.geometry, this.weights, this.activationBits, this.signs, this.negativeBorder) = (geometry, weights, activationBits, signs, negativeBorder);
    }

    int Groups => weights.GroupsPerTap;

    int PaddedWidth => width + 2 * geometry.Padding;

    long RowBytes => (long)PaddedWidth * Groups;

    long ImageBytes => RowBytes * (height + 2 * geometry.Padding);

    long PlaneBytes => ImageBytes * batch;

    // A window that is one pixel, and is every pixel, needs no copy.
    bool IsLowered => geometry is not { Taps: 1, Stride: 1, Padding: 0 };

    /// <summary>Makes room for a batch; nothing is allocated if the shape is that of the last call.</summary>
    public void Prepare(int batch, int height, int width, int threads)
    {
        var rows = batch * geometry.OutputHeight(height) * geometry.OutputWidth(width);
        var cap = Math.Clamp(TileBytes / (weights.Groups * activationBits), 16, LongestTile);
        var tiles = threads * (rows + (long)threads * cap - 1) / (threads * cap);
        var tile = rows == 0 ? 1 : (int)((rows + tiles - 1) / tiles);
        if ((batch, height, width) != (this.batch, this.height, this.width))
        {
            (this.batch, this.height, this.width) = (batch, height, width);
            (outputWidth, outputPixels) = (geometry.OutputWidth(width), geometry.OutputHeight(height) * geometry.OutputWidth(width));
            images = new(activationBits * PlaneBytes + Vector512<byte>.Count);
            if (negativeBorder && geometry.Padding > 0)
                FillWithOnes();
        }
        if (workers.Count > 0 && workers[0].Product.Rows < tile)
            workers.Clear();
        while (workers.Count < threads)
            workers.Add(new(weights, activationBits, signs, workers.Count > 0 ? workers[0].Product.Rows : tile));
        tileRows = tile;
    }

    // Pixels of the image itself are overwritten later.
    void FillWithOnes()
    {
        var whole = weights.Channels / BitSlices.Group;
        for (var pixel = images.Start; pixel < images.Start + activationBits * PlaneBytes; pixel += Groups)
        {
            new Span<byte>(pixel, whole).Fill((BitProduct.Patterns - 1) * BitProduct.PatternScale);
            if (whole < Groups)
                pixel[whole] = (byte)(((1 << weights.Channels % BitSlices.Group) - 1) * BitProduct.PatternScale);
        }
    }

    /// <summary>Where the patterns of a pixel of the input are.</summary>
    public byte* Pixel(int plane, int image, int pixel) =>
        images.Start + plane * PlaneBytes + image * ImageBytes + (pixel / width + geometry.Padding) * RowBytes + (long)(pixel % width + geometry.Padding) * Groups;

    /// <summary>How many pixels of the input are left in a row, this one included.</summary>
    public int LeftInRow(int pixel) => width - pixel % width;

    /// <summary>Multiplies what has been packed.</summary>
    public void Multiply<TSink>(TSink sink, int threads, InstructionSet set) where TSink : struct, ISumSink
    {
        var rows = batch * outputPixels;
        if (threads == 1)
        {
            for (var first = 0; first < rows; first += tileRows)
                Tile(workers[0], first, Math.Min(tileRows, rows - first), sink, set);
            return;
        }
        MultiplyInParallel(sink, threads, set);
    }

    // Apart, as its closure is allocated where the method starts.
    void MultiplyInParallel<TSink>(TSink sink, int threads, InstructionSet set) where TSink : struct, ISumSink
    {
        var rows = batch * outputPixels;
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, thread =>
        {
            for (var first = thread * tileRows; first < rows; first += threads * tileRows)
                Tile(workers[thread], first, Math.Min(tileRows, rows - first), sink, set);
        });
    }

    void Tile<TSink>(Worker worker, int first, int count, TSink sink, InstructionSet set) where TSink : struct, ISumSink
    {
        var rows = images.Start + (long)first * Groups;
        nint stride = weights.Groups, planeStride = (nint)PlaneBytes;
        if (IsLowered)
        {
            rows = worker.Rows.Start;
            planeStride = stride * count;
            for (var plane = 0; plane < activationBits; plane++)
                Lower(plane, first, count, rows + plane * planeStride);
        }
        for (var word = 0; word < weights.Words;)
        {
            var words = worker.Product.BlockWords(word, set);
            worker.Product.Count(word, rows, stride, planeStride, count, set);
            var filters = Math.Min(64 * words, weights.Filters - 64 * word);
            if (filters > 0)
                Deliver(worker, first, count, 64 * word, filters, words, sink, set);
            word += words;
        }
    }

    void Deliver<TSink>(Worker worker, int first, int count, int filter, int filters, int words, TSink sink, InstructionSet set)
        where TSink : struct, ISumSink
    {
        var sums = (int*)worker.Sums.Start;
        for (var row = 0; row < count;)
        {
            var (image, pixel) = Math.DivRem(first + row, outputPixels);
            var pixels = Math.Min(Math.Min(PixelsAtOnce, count - row), outputPixels - pixel);
            for (var i = 0; i < pixels; i++)
                worker.Product.Read(row + i, words, sums + 64 * words * i, set);
            sink.Take(image, pixel, pixels, filter, filters, sums, 64 * words);
            row += pixels;
        }
    }

    // The taps of a row of the window lie side by side. Whole vectors are copied: what follows is overwritten by the next copy.
    void Lower(int plane, int first, int count, byte* target)
    {
        var bytes = geometry.KernelWidth * Groups;
        var (image, pixel) = Math.DivRem(first, outputPixels);
        var (y, x) = Math.DivRem(pixel, outputWidth);
        for (var row = 0; row < count; row++)
        {
            var source = images.Start + plane * PlaneBytes + image * ImageBytes + y * geometry.Stride * RowBytes + (long)x * geometry.Stride * Groups;
            for (var ky = 0; ky < geometry.KernelHeight; ky++, source += RowBytes, target += bytes)
            {
                for (var at = 0; at < bytes; at += Vector512<byte>.Count)
                    Vector512.Load(source + at).Store(target + at);
            }
            if (++x < outputWidth)
                continue;
            x = 0;
            if (++y * outputWidth < outputPixels)
                continue;
            y = 0;
            image++;
        }
    }

    /// <summary>One thread's working memory.</summary>
    sealed class Worker(BitSlices weights, int activationBits, bool signs, int rows)
    {
        public BitProduct Product { get; } = new(weights, activationBits, signs, rows);

        public PinnedMemory Rows { get; } = new((long)rows * weights.Groups * activationBits + Vector512<byte>.Count);

        public PinnedMemory Sums { get; } = new(PixelsAtOnce * 256 * sizeof(int));
    }
}
