using System.Numerics;
using System.Runtime.Intrinsics;

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
        Pad<T, TLanes>(plane, first, count, rows);
        var (stride, piece, startPart) = (geometry.Stride, Math.Min(pitch, lanes), first % vectorsPerRow);
        var used = lines - ((vectors + Tiles - 1) / Tiles - count);
        for (var column = 0; column < geometry.KernelWidth; column++)
        {
            foreach (var (phase, shift) in copies)
            {
                var part = startPart;
                var from = rows + (nint)(shift * stride + phase) * paddedWidth + (nint)part * lanes * stride + column;
                for (var i = 0; i < used; i++)
                {
                    if (rowsPerVector == 1 && stride == 1)
                    {
                        TLanes.Store(to + (nint)i * lanes, TLanes.Load(from));
                    }
                    else
                    {
                        for (var g = 0; g < rowsPerVector; g++)
                            Move<T, TLanes>(from + (nint)(g * stride) * paddedWidth, to + (nint)i * lanes + g * pitch, piece, stride);
                    }
                    from += lanes * stride;
                    if (++part == vectorsPerRow)
                    {
                        part = 0;
                        from += (nint)(rowsPerVector * stride) * paddedWidth - (nint)vectorsPerRow * lanes * stride;
                    }
                }
                to += (nint)lines * lanes;
            }
        }
    }

    // The rows that a tile needs, with their padding at both ends.
    void Pad<T, TLanes>(float* plane, int first, int count, float* rows) where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        var (from, to) = (first / vectorsPerRow, (first + count - 1) / vectorsPerRow + 1);
        var needed = ((to - from) * rowsPerVector - 1) * geometry.Stride + geometry.KernelHeight;
        for (var i = 0; i < needed; i++)
        {
            var row = from * rowsPerVector * geometry.Stride + i - geometry.Padding;
            var target = rows + (nint)i * paddedWidth + geometry.Padding;
            if (row < 0 || row >= Height)
                new Span<float>(target, Width).Clear();
            else
                Move<T, TLanes>(plane + (nint)row * Width, target, Width, 1);
        }
    }

    // Few values: a call of the runtime's copy costs more than the copy. The last vector overlaps the one before it.
    static void Move<T, TLanes>(float* from, float* to, int count, int stride) where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        if (stride > 1 || count < Vector128<float>.Count)
        {
            for (var i = 0; i < count; i++)
                to[i] = from[i * stride];
        }
        else if (count >= TLanes.Count)
        {
            for (var i = 0; i < count - TLanes.Count; i += TLanes.Count)
                TLanes.Store(to + i, TLanes.Load(from + i));
            TLanes.Store(to + count - TLanes.Count, TLanes.Load(from + count - TLanes.Count));
        }
        else if (count >= Vector256<float>.Count)
        {
            Vector256.Load(from).Store(to);
            Vector256.Load(from + count - Vector256<float>.Count).Store(to + count - Vector256<float>.Count);
        }
        else
        {
            Vector128.Load(from).Store(to);
            Vector128.Load(from + count - Vector128<float>.Count).Store(to + count - Vector128<float>.Count);
        }
    }

    /// <summary>Writes a filter's sums of a tile to its plane.</summary>
    public void Deliver<T, TLanes>(float* sums, int first, int count, float* plane) where T : unmanaged where TLanes : struct, ISparseLanes<T>
    {
        // A tile's pixels follow one another in the plane, so that a piece may reach beyond its row: the next piece overwrites that.
        var piece = Math.Min(pitch, lanes);
        var (row, column) = (first / vectorsPerRow * rowsPerVector, first % vectorsPerRow * lanes);
        var lastRow = (first + count - 1) / vectorsPerRow * rowsPerVector + rowsPerVector - 1;
        var lastColumn = vectorsPerRow == 1 ? OutputWidth : Math.Min(OutputWidth, ((first + count - 1) % vectorsPerRow + 1) * lanes);
        var end = lastRow < OutputHeight ? (nint)lastRow * OutputWidth + lastColumn : (nint)OutputHeight * OutputWidth;
        for (; row < OutputHeight && row <= lastRow; row++, column = 0)
        {
            for (; column < pitch; column += piece, sums += piece)
            {
                var at = (nint)row * OutputWidth + column;
                if (at >= end)
                    return;
                if (at + piece > end)
                    Move<T, TLanes>(sums, plane + at, Math.Min(OutputWidth - column, (int)(end - at)), 1);
                else if (piece == TLanes.Count)
                    TLanes.Store(plane + at, TLanes.Load(sums));
                else
                    Move<T, TLanes>(sums, plane + at, piece, 1);
            }
        }
    }
}
