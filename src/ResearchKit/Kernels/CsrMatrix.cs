using System.Runtime.InteropServices;

namespace ResearchKit.Kernels;

/// <summary>
/// A sparse matrix of floats in compressed sparse row form, as the paper times it for pruned fully connected layers
/// (arXiv:1510.00149, Sec. 6.3 and Table 8). Columns are kept in 16 bits where there are no more than 65,536 of them.
/// Products skip absent weights altogether, so an infinite input meets no 0 * infinity.
/// </summary>
public sealed unsafe class CsrMatrix
{
    // Results of so many rows are gathered before they are transposed into the output.
    const int RowsAtOnce = 32;

    readonly int[] starts;
    readonly ushort[] narrowColumns = [];
    readonly int[] wideColumns = [];
    readonly float[] values;

    /// <summary>Takes the non-zero elements of a row-major matrix, [rows, columns].</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="dense"/> is not rows x columns.</exception>
    public CsrMatrix(ReadOnlySpan<float> dense, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if ((long)rows * columns != dense.Length)
            throw new ArgumentException($"{rows} x {columns} weights are needed, there are {dense.Length}.", nameof(dense));
        (Rows, Columns) = (rows, columns);
        var count = dense.Length - dense.Count(0f);
        starts = new int[rows + 1];
        values = new float[count];
        if (columns <= ushort.MaxValue + 1)
            narrowColumns = new ushort[count];
        else
            wideColumns = new int[count];
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            var weights = dense.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                if (weights[column] == 0)
                    continue;
                if (narrowColumns.Length > 0)
                    narrowColumns[next] = (ushort)column;
                else
                    wideColumns[next] = column;
                values[next++] = weights[column];
            }
            starts[row + 1] = next;
        }
    }

    /// <summary>Number of outputs.</summary>
    public int Rows { get; }

    /// <summary>Number of inputs.</summary>
    public int Columns { get; }

    /// <summary>Number of weights kept.</summary>
    public int NonZeros => values.Length;

    /// <summary>Bytes of values, columns and row starts in memory.</summary>
    public long Bytes => 4L * values.Length + 2L * narrowColumns.Length + 4L * wideColumns.Length + 4L * starts.Length;

    /// <summary>Y = X W^T: each row of X is one sample. One sample goes row by row, several go side by side through each row.</summary>
    /// <param name="x">[batch, columns].</param>
    /// <param name="y">[batch, rows], overwritten.</param>
    /// <param name="batch">Number of samples.</param>
    /// <param name="threads">How many threads share the rows.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit the matrix and batch.</exception>
    public void Multiply(ReadOnlySpan<float> x, Span<float> y, int batch = 1, int threads = 1, InstructionSet? instructions = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        Check(x.Length, y.Length, batch, threads);
        var set = instructions ?? InstructionSets.Best;
        if (batch == 1)
        {
            fixed (float* input = x, output = y)
            {
                var (from, to) = ((nint)input, (nint)output);
                Share(threads, (first, last) => Rowwise(first, last, (float*)from, (float*)to, set));
            }
            return;
        }
        // Samples go through side by side, one in each lane: [columns, width], aligned so that no load crosses a cache line.
        // Tiles of columns that fit the first-level cache were tried: 1.1 to 1.9 times slower, as rows fall into short pieces.
        var width = CsrKernels.Width(set);
        var slab = (float*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, Columns) * (nuint)width * sizeof(float), 64);
        try
        {
            fixed (float* input = x, output = y)
            {
                for (var first = 0; first < batch; first += width)
                {
                    var samples = Math.Min(width, batch - first);
                    if (samples < width)
                        new Span<float>(slab, Columns * width).Clear();
                    Transposition.Copy(input + (nint)first * Columns, Columns, slab, width, samples, Columns);
                    var (from, to) = ((nint)slab, (nint)(output + (nint)first * Rows));
                    Share(threads, (firstRow, lastRow) => Slab(firstRow, lastRow, (float*)from, (float*)to, samples, set));
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(slab);
        }
    }

    void Rowwise(int first, int last, float* x, float* y, InstructionSet set)
    {
        fixed (float* value = values)
        fixed (ushort* narrow = narrowColumns)
        fixed (int* wide = wideColumns)
        {
            for (var row = first; row < last; row++)
            {
                var (start, count) = (starts[row], starts[row + 1] - starts[row]);
                y[row] = narrow != null
                    ? CsrKernels.Dot(narrow + start, value + start, count, x, set)
                    : CsrKernels.Dot(wide + start, value + start, count, x, set);
            }
        }
    }

    void Slab(int first, int last, float* slab, float* y, int samples, InstructionSet set)
    {
        var width = CsrKernels.Width(set);
        var memory = stackalloc byte[RowsAtOnce * width * sizeof(float) + 64];
        var results = (float*)(((nint)memory + 63) & ~63);
        fixed (float* value = values)
        fixed (ushort* narrow = narrowColumns)
        fixed (int* wide = wideColumns)
        {
            for (var row = first; row < last; row += RowsAtOnce)
            {
                var rows = Math.Min(RowsAtOnce, last - row);
                for (var i = 0; i < rows; i++)
                {
                    var (start, count) = (starts[row + i], starts[row + i + 1] - starts[row + i]);
                    if (narrow != null)
                        CsrKernels.Dots(narrow + start, value + start, count, slab, results + i * width, set);
                    else
                        CsrKernels.Dots(wide + start, value + start, count, slab, results + i * width, set);
                }
                Transposition.Copy(results, width, y + row, Rows, rows, samples);
            }
        }
    }

    // Runs of rows with about equally many weights.
    void Share(int threads, Action<int, int> work)
    {
        if (threads == 1)
        {
            work(0, Rows);
            return;
        }
        var bounds = new int[threads + 1];
        bounds[threads] = Rows;
        for (var i = 1; i < threads; i++)
        {
            var at = Array.BinarySearch(starts, (int)((long)NonZeros * i / threads));
            bounds[i] = Math.Clamp(at < 0 ? ~at : at, bounds[i - 1], Rows);
        }
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, i => work(bounds[i], bounds[i + 1]));
    }

    void Check(int inputs, int outputs, int batch, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (inputs != (long)batch * Columns || outputs != (long)batch * Rows)
            throw new ArgumentException($"A batch of {batch} needs {batch} x {Columns} inputs and {batch} x {Rows} outputs; there are {inputs} and {outputs}.");
    }
}
