namespace ResearchKit.Kernels;

/// <summary>Sizes of a convolution without groups and dilation.</summary>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Channels of the output.</param>
/// <param name="KernelHeight">Rows of a filter.</param>
/// <param name="KernelWidth">Columns of a filter.</param>
/// <param name="Stride">Step of the window in both directions.</param>
/// <param name="Padding">Pixels around the input on each side.</param>
public sealed record ConvolutionGeometry(int Channels, int Filters, int KernelHeight, int KernelWidth, int Stride = 1, int Padding = 0)
{
    /// <summary>Pixels of a window.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>Weights of all filters.</summary>
    public int Weights => checked(Filters * Channels * Taps);

    /// <summary>Rows of the output.</summary>
    /// <exception cref="ArgumentException">The filter is higher than the padded input.</exception>
    public int OutputHeight(int height) => Output(height, KernelHeight);

    /// <summary>Columns of the output.</summary>
    /// <exception cref="ArgumentException">The filter is wider than the padded input.</exception>
    public int OutputWidth(int width) => Output(width, KernelWidth);

    /// <summary>Multiply-accumulates for a batch.</summary>
    public long Macs(int batch, int height, int width) => (long)batch * OutputHeight(height) * OutputWidth(width) * Weights;

    internal void Check()
    {
        if (Channels < 1 || Filters < 1 || KernelHeight < 1 || KernelWidth < 1 || Stride < 1 || Padding < 0)
            throw new ArgumentException($"{this}: sizes and stride are positive, padding is not negative.");
    }

    internal void Check(int inputs, int outputs, int batch, int height, int width, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var (needed, made) = ((long)batch * height * width * Channels, (long)batch * OutputHeight(height) * OutputWidth(width) * Filters);
        if (inputs != needed || outputs != made)
            throw new ArgumentException($"{this} makes {made} outputs of {needed} inputs for a batch of {batch} x {height} x {width}; there are {outputs} and {inputs}.");
    }

    int Output(int size, int kernel) => size + 2 * Padding >= kernel
        ? (size + 2 * Padding - kernel) / Stride + 1
        : throw new ArgumentException($"A window of {kernel} does not fit an input of {size} with a padding of {Padding}.");
}
