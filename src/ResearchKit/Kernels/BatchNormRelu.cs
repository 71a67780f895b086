using System.Runtime.Intrinsics;

namespace ResearchKit.Kernels;

/// <summary>
/// Batch normalisation, an optional residual and ReLU in as few passes over memory as there can be: y = max(0, w (x - mean) / std + b + r)
/// (arXiv:1502.03167, Alg. 1). A training step of a residual network spends as long on these as on half of its convolutions.
/// </summary>
/// <remarks>
/// Rows are pixels, channels lie side by side (channels last) and are a multiple of <see cref="Lanes"/>. Sums run in float over blocks
/// of rows and in double over the blocks, always in the same order for the same number of threads.
/// </remarks>
public static unsafe class BatchNormRelu
{
    /// <summary>The number of channels must be a multiple of this.</summary>
    public const int Lanes = 16;

    /// <summary>Floats of a block: a quarter of a first-level cache.</summary>
    const int BlockFloats = 2048;

    /// <summary>Mean and biased variance of each channel.</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    /// <param name="threads">How many threads share the rows.</param>
    public static void Moments(ReadOnlySpan<float> x, Span<float> mean, Span<float> variance, int threads)
    {
        int channels = mean.Length;
        int rows = Rows(x.Length, channels);
        var (sums, squares) = (new double[threads][], new double[threads][]);
        fixed (float* pointer = x)
        {
            nint at = (nint)pointer;
            Share(rows, channels, threads, (thread, first, last) =>
                (sums[thread], squares[thread]) = SumsOf((float*)at, channels, first, last));
            for (int c = 0; c < channels; c++)
            {
                // Sums are taken of the distance to the first pixel: a mean far from zero would otherwise swallow the variance.
                double sum = sums.Sum(s => s[c]) / rows;
                mean[c] = (float)(pointer[c] + sum);
                variance[c] = (float)Math.Max(0, (squares.Sum(s => s[c]) / rows) - (sum * sum));
            }
        }
    }

    /// <summary>y = max(0, scale (x - mean) + bias + residual).</summary>
    /// <param name="x">[rows, channels].</param>
    /// <param name="residual">[rows, channels], or empty for none.</param>
    /// <param name="mean">[channels].</param>
    /// <param name="scale">Weight by standard deviation, [channels].</param>
    /// <param name="bias">[channels].</param>
    /// <param name="y">[rows, channels].</param>
    /// <param name="threads">How many threads share the rows.</param>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> residual, ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> bias, Span<float> y,
        int threads)
    {
        int channels = scale.Length;
        int rows = Rows(x.Length, channels);
        CheckLength(y.Length, x.Length);
        CheckLength(residual.IsEmpty ? x.Length : residual.Length, x.Length);
        fixed (float* px = x, pr = residual, pm = mean, ps = scale, pb = bias, py = y)
        {
            var (ax, ar, am, @as, ab, ay) = ((nint)px, (nint)pr, (nint)pm, (nint)ps, (nint)pb, (nint)py);
            Share(rows, channels, threads, (_, first, last) =>
                Normalise((float*)ax, (float*)ar, (float*)am, (float*)@as, (float*)ab, (float*)ay, channels, first, last));
        }
    }

    /// <summary>
    /// The gradients: with g = gradient where y > 0, else 0, and xhat = (x - mean) inverseStd, the bias's is the sum of g, the weight's the
    /// sum of g xhat, the residual's g itself, and the input's weight inverseStd (g - mean of g - xhat mean of (g xhat)).
    /// </summary>
    /// <param name="gradient">Of y, [rows, channels].</param>
    /// <param name="y">[rows, channels].</param>
    /// <param name="x">[rows, channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="inverseStd">[channels].</param>
    /// <param name="weight">[channels].</param>
    /// <param name="dx">[rows, channels].</param>
    /// <param name="dResidual">[rows, channels], or empty where there was no residual.</param>
    /// <param name="dWeight">[channels].</param>
    /// <param name="dBias">[channels].</param>
    /// <param name="threads">How many threads share the rows.</param>
    public static void Backward(
        ReadOnlySpan<float> gradient, ReadOnlySpan<float> y, ReadOnlySpan<float> x, ReadOnlySpan<float> mean, ReadOnlySpan<float> inverseStd,
        ReadOnlySpan<float> weight, Span<float> dx, Span<float> dResidual, Span<float> dWeight, Span<float> dBias, int threads)
    {
        int channels = mean.Length;
        int rows = Rows(x.Length, channels);
        CheckLength(gradient.Length, x.Length);
        CheckLength(y.Length, x.Length);
        CheckLength(dx.Length, x.Length);
        CheckLength(dResidual.IsEmpty ? x.Length : dResidual.Length, x.Length);
        var (sums, products) = (new double[threads][], new double[threads][]);
        var constants = new float[3 * channels];
        fixed (float* pg = gradient, py = y, px = x, pm = mean, pdx = dx, pdr = dResidual, pk = constants)
        {
            var (ag, ay, ax, am, adx, adr, ak) = ((nint)pg, (nint)py, (nint)px, (nint)pm, (nint)pdx, (nint)pdr, (nint)pk);
            Share(rows, channels, threads, (thread, first, last) =>
                (sums[thread], products[thread]) = GradientSums((float*)ag, (float*)ay, (float*)ax, (float*)am, (float*)adr, channels, first, last));
            for (int c = 0; c < channels; c++)
            {
                double sum = sums.Sum(s => s[c]);
                double product = products.Sum(s => s[c]) * inverseStd[c];
                dBias[c] = (float)sum;
                dWeight[c] = (float)product;
                // dx = g scale + x slope + offset
                double scale = (double)weight[c] * inverseStd[c];
                double slope = -scale * product / rows * inverseStd[c];
                constants[c] = (float)scale;
                constants[channels + c] = (float)slope;
                constants[(2 * channels) + c] = (float)(-scale * sum / rows);
            }

            Share(rows, channels, threads, (_, first, last) =>
                InputGradient((float*)ag, (float*)ay, (float*)ax, (float*)am, (float*)adr, (float*)ak, (float*)adx, channels, first, last));
        }
    }

    static (double[] Sums, double[] Squares) SumsOf(float* x, int channels, int first, int last)
    {
        var (sums, squares) = (new double[channels], new double[channels]);
        int step = BlockFloats / channels;
        for (int row = first; row < last; row += step)
        {
            int end = Math.Min(row + step, last);
            for (int c = 0; c < channels; c += Lanes)
            {
                var origin = Vector512.Load(x + c);
                var (sum0, sum1, square0, square1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
                float* at = x + ((long)row * channels) + c;
                int r = row;
                for (; r < end - 1; r += 2, at += 2 * channels)
                {
                    var (a, b) = (Vector512.Load(at) - origin, Vector512.Load(at + channels) - origin);
                    sum0 += a;
                    sum1 += b;
                    square0 = Vector512.FusedMultiplyAdd(a, a, square0);
                    square1 = Vector512.FusedMultiplyAdd(b, b, square1);
                }

                if (r < end)
                {
                    var a = Vector512.Load(at) - origin;
                    sum0 += a;
                    square0 = Vector512.FusedMultiplyAdd(a, a, square0);
                }

                Add(sums, c, sum0 + sum1);
                Add(squares, c, square0 + square1);
            }
        }

        return (sums, squares);
    }

    static void Normalise(float* x, float* residual, float* mean, float* scale, float* bias, float* y, int channels, int first, int last)
    {
        int step = BlockFloats / channels;
        for (int row = first; row < last; row += step)
        {
            int end = Math.Min(row + step, last);
            for (int c = 0; c < channels; c += Lanes)
            {
                var (centre, a, b) = (Vector512.Load(mean + c), Vector512.Load(scale + c), Vector512.Load(bias + c));
                long at = ((long)row * channels) + c;
                for (int r = row; r < end; r++, at += channels)
                {
                    var value = Vector512.FusedMultiplyAdd(Vector512.Load(x + at) - centre, a, b);
                    if (residual != null)
                    {
                        value += Vector512.Load(residual + at);
                    }

                    Vector512.Max(value, Vector512<float>.Zero).Store(y + at);
                }
            }
        }
    }

    static (double[] Sums, double[] Products) GradientSums(
        float* gradient, float* y, float* x, float* mean, float* dResidual, int channels, int first, int last)
    {
        var (sums, products) = (new double[channels], new double[channels]);
        int step = BlockFloats / channels;
        for (int row = first; row < last; row += step)
        {
            int end = Math.Min(row + step, last);
            for (int c = 0; c < channels; c += Lanes)
            {
                var centre = Vector512.Load(mean + c);
                var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
                long at = ((long)row * channels) + c;
                for (int r = row; r < end; r++, at += channels)
                {
                    var g = WherePositive(gradient + at, y + at);
                    if (dResidual != null)
                    {
                        g.Store(dResidual + at);
                    }

                    sum += g;
                    product = Vector512.FusedMultiplyAdd(g, Vector512.Load(x + at) - centre, product);
                }

                Add(sums, c, sum);
                Add(products, c, product);
            }
        }

        return (sums, products);
    }

    static void InputGradient(
        float* gradient, float* y, float* x, float* mean, float* dResidual, float* constants, float* dx, int channels, int first, int last)
    {
        int step = BlockFloats / channels;
        for (int row = first; row < last; row += step)
        {
            int end = Math.Min(row + step, last);
            for (int c = 0; c < channels; c += Lanes)
            {
                var centre = Vector512.Load(mean + c);
                var (scale, slope, offset) = (Vector512.Load(constants + c), Vector512.Load(constants + channels + c), Vector512.Load(constants + (2 * channels) + c));
                long at = ((long)row * channels) + c;
                for (int r = row; r < end; r++, at += channels)
                {
                    var g = dResidual != null ? Vector512.Load(dResidual + at) : WherePositive(gradient + at, y + at);
                    var value = Vector512.FusedMultiplyAdd(Vector512.Load(x + at) - centre, slope, offset);
                    Vector512.FusedMultiplyAdd(g, scale, value).Store(dx + at);
                }
            }
        }
    }

    static Vector512<float> WherePositive(float* gradient, float* y) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Load(y), Vector512<float>.Zero), Vector512.Load(gradient), Vector512<float>.Zero);

    static void Add(double[] totals, int first, Vector512<float> values)
    {
        var (low, high) = Vector512.Widen(values);
        (Vector512.Create<double>(totals.AsSpan(first)) + low).CopyTo(totals, first);
        (Vector512.Create<double>(totals.AsSpan(first + 8)) + high).CopyTo(totals, first + 8);
    }

    /// <summary>Gives each thread a run of whole blocks, so that the sums do not depend on where a thread ends.</summary>
    static void Share(int rows, int channels, int threads, Action<int, int, int> work)
    {
        int step = BlockFloats / channels, blocks = (rows + step - 1) / step;
        int Bound(int thread) => (int)Math.Min(rows, (long)blocks * thread / threads * step);
        if (threads == 1)
        {
            work(0, 0, rows);
        }
        else
        {
            Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, thread => work(thread, Bound(thread), Bound(thread + 1)));
        }
    }

    static int Rows(int length, int channels)
    {
        if (channels < Lanes || channels % Lanes != 0 || channels > BlockFloats)
        {
            throw new ArgumentException($"{channels} channels: a multiple of {Lanes} up to {BlockFloats} is needed.");
        }

        return length > 0 && length % channels == 0 ? length / channels : throw new ArgumentException($"{length} values are no rows of {channels} channels.");
    }

    static void CheckLength(int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{length} values where {expected} are needed.");
        }
    }
}
