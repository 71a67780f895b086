using System.Numerics;

namespace ResearchKit.Kernels;

/// <summary>
/// How <see cref="SparseConvolution"/> goes through images of one size. Output pixels lie row by row at a pitch of whole vectors, or of a power of
/// two that divides one; a tile is some vectors of them with all filters; channels go in blocks whose inputs stay in the first-level cache.
/// </summary>
internal sealed unsafe class SparsePlan
{
    readonly ConvolutionGeometry geometry;
    readonly InstructionSet set;
    readonly int batch, threads, lanes, pitch, rowsPerVector, vectorsPerRow, vectors, lines, paddedWidth, scratchRows;
    // For each copy of the rows: the row of the window modulo the stride, and rows by which it is shifted, so that vectors begin with its row.
    readonly (int Phase, int Shift)[] copies;
    readonly SparseRun[][] runs;
    readonly (PinnedMemory Input, PinnedMemory Sums, PinnedMemory Rows)[] workers;

    public SparsePlan(
        ConvolutionGeometry geometry, (float Weight, int Filter, int Channel, int Row, int Column)[] weights,
        int height, int width, int batch, int threads, InstructionSet set, int blockBytes)
    {
        (this.geometry, Height, Width, this.batch, this.threads, this.set) = (geometry, height, width, batch, threads, set);
        (OutputHeight, OutputWidth) = (geometry.OutputHeight(height), geometry.OutputWidth(width));
        lanes = set switch { InstructionSet.Avx512 => 16, InstructionSet.Avx2 => 8, _ => 4 };
        pitch = OutputWidth >= lanes ? (OutputWidth + lanes - 1) / lanes * lanes : (int)BitOperations.RoundUpToPowerOf2((uint)OutputWidth);
        (rowsPerVector, vectorsPerRow) = (Math.Max(1, lanes / pitch), Math.Max(1, pitch / lanes));
        vectors = (OutputHeight * pitch + lanes - 1) / lanes;
        var limit = SparseTile.Limit(set);
        Tiles = Math.Min(vectors, Math.Max((vectors + limit - 1) / limit, batch == 0 ? 1 : (threads + batch - 1) / batch));
        var tile = (vectors + Tiles - 1) / Tiles;
        var stride = geometry.Stride;
        copies = [.. Enumerable.Range(0, geometry.KernelHeight).Select(row => (row % stride, row / stride % rowsPerVector)).Distinct()];
        lines = tile + (geometry.KernelHeight - 1) / stride / rowsPerVector * vectorsPerRow;
        ChannelFloats = geometry.KernelWidth * copies.Length * lines * lanes;
        BlockChannels = Math.Clamp(blockBytes / (ChannelFloats * sizeof(float)), 1, geometry.Channels);
        Blocks = (geometry.Channels + BlockChannels - 1) / BlockChannels;

        var taps = new List<SparseTap>();
        runs = new SparseRun[Blocks][];
        foreach (var block in weights.GroupBy(w => w.Channel / BlockChannels))
        {
            var list = new List<SparseRun>();
            foreach (var filter in block.GroupBy(w => w.Filter))
            {
                list.Add(new(filter.Key, taps.Count, taps.Count + filter.Count()));
                taps.AddRange(filter.Select(w => new SparseTap(w.Weight, Offset(w.Channel % BlockChannels, w.Row, w.Column))));
            }
            // Runs of the same length one after the other: the processor then foresees where they end.
            runs[block.Key] = [.. list.OrderBy(r => r.End - r.Start)];
        }
        Taps = [.. taps];

        // A vector is read from the first column of its window on, and what is read behind the last column is not used.
        paddedWidth = (pitch - 1) * stride + geometry.KernelWidth + lanes;
        paddedWidth = Math.Max(paddedWidth, width + 2 * geometry.Padding);
        scratchRows = ((lines / vectorsPerRow + 2) * rowsPerVector + rowsPerVector) * stride;
        workers = [.. Enumerable.Range(0, threads).Select(_ => (
            new PinnedMemory((long)BlockChannels * ChannelFloats * sizeof(float)), new PinnedMemory((long)geometry.Filters * tile * lanes * sizeof(float)),
            new PinnedMemory((long)scratchRows * paddedWidth * sizeof(float))))];
    }

    public int Height { get; }

    public int Width { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int Tiles { get; }

    public int Blocks { get; }

    public int BlockChannels { get; }

    /// <summary>Floats of a channel's copies in a tile.</summary>
    public int ChannelFloats { get; }

    public SparseTap[] Taps { get; }

    public bool Fits(int height, int width, int batch, int threads, InstructionSet set) =>
        (height, width, batch, threads, set) == (Height, Width, this.batch, this.threads, this.set);

    public int FirstVector(int tile) => (int)((long)vectors * tile / Tiles);

    public ReadOnlySpan<SparseRun> Runs(int block) => runs[block];

    public (nint Input, nint Sums, nint Rows) Memory(int thread) =>
        ((nint)workers[thread].Input.Start, (nint)workers[thread].Sums.Start, (nint)workers[thread].Rows.Start);

    int Offset(int channel, int row, int column)
    {
        var (t, phase) = Math.DivRem(row, geometry.Stride);
        var copy = Array.IndexOf(copies, (phase, t % rowsPerVector));
        return channel * ChannelFloats + ((column * copies.Length + copy) * lines + t / rowsPerVector * vectorsPerRow) * lanes;
    }

    /// <summary>Makes the copies of one channel for a tile.</summary>
    public void Copy<T, TLanes>(float* plane, int first, int count, float* to, float* rows) where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        var (stride, padding) = (geometry.Stride, geometry.Padding);
        var firstRow = first / vectorsPerRow * rowsPerVector * stride;
        for (var row = 0; row < scratchRows; row++)
        {
            var from = firstRow + row - padding;
            var target = new Span<float>(rows + (nint)row * paddedWidth + padding, Width);
            if (from >= 0 && from < Height)
                new ReadOnlySpan<float>(plane + (nint)from * Width, Width).CopyTo(target);
            else
                target.Clear();
        }
        var piece = Math.Min(pitch, lanes);
        for (var column = 0; column < geometry.KernelWidth; column++)
        {
            foreach (var (phase, shift) in copies)
            {
                var (line, part) = (0, first % vectorsPerRow);
                var used = lines - ((vectors + Tiles - 1) / Tiles - count);
                for (var i = 0; i < lines; i++)
                {
                    for (var g = 0; g < rowsPerVector && i < used; g++)
                    {
                        var from = rows + (nint)((line * rowsPerVector + g + shift) * stride + phase) * paddedWidth + part * lanes * stride + column;
                        if (stride == 1 && piece == TLanes.Count)
                            TLanes.Store(to, TLanes.Load(from));
                        else
                            for (var k = 0; k < piece; k++)
                                to[g * pitch + k] = from[k * stride];
                    }
                    to += lanes;
                    if (++part == vectorsPerRow)
                        (line, part) = (line + 1, 0);
                }
            }
        }
    }

    /// <summary>Writes a filter's sums of a tile to its plane.</summary>
    public void Deliver(float* sums, int first, int count, float* plane)
    {
        var end = (first + count) * lanes;
        for (var at = first * lanes; at < end;)
        {
            var (row, column) = Math.DivRem(at, pitch);
            var run = Math.Min(pitch - column, end - at);
            var valid = Math.Min(run, OutputWidth - column);
            if (row < OutputHeight && valid > 0)
                new ReadOnlySpan<float>(sums, valid).CopyTo(new(plane + (nint)row * OutputWidth + column, valid));
            sums += run;
            at += run;
        }
    }
}
