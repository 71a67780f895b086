namespace ResearchKit.Kernels;

/// <summary>
/// XNOR-Net's fully connected layer on bits: rows of signs times a packed matrix of signs, times alpha of the output and the mean |x| of
/// the row (arXiv:1603.05279, Eq. 10). A <see cref="BinaryConvolution"/> whose pixels are the rows. Not for several callers at once.
/// </summary>
public sealed class BinaryGemm
{
    readonly BinaryConvolution convolution;

    /// <summary>Packs real weights.</summary>
    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <exception cref="ArgumentException">Sizes and weights do not belong together.</exception>
    public BinaryGemm(ReadOnlySpan<float> weights, int outputs, int inputs) => convolution = new(new(inputs, outputs, 1, 1), weights);

    /// <summary>Takes weights that were packed before.</summary>
    /// <param name="signs">As <see cref="BinaryConvolution.Signs"/> gives them.</param>
    /// <param name="alpha">The factor of each output.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <exception cref="ArgumentException">Sizes, signs and factors do not belong together.</exception>
    public BinaryGemm(ReadOnlySpan<byte> signs, ReadOnlySpan<float> alpha, int outputs, int inputs) => convolution = new(new(inputs, outputs, 1, 1), signs, alpha);

    /// <summary>The factor of each output.</summary>
    public ReadOnlySpan<float> Alpha => convolution.Alpha;

    /// <summary>The signs of the weights, as <see cref="BinaryConvolution.Signs"/>.</summary>
    public byte[] Signs() => convolution.Signs();

    /// <summary>The layer on real inputs.</summary>
    /// <param name="x">[batch, inputs].</param>
    /// <param name="y">[batch, outputs], overwritten.</param>
    /// <param name="batch">Number of rows.</param>
    /// <param name="scaleInput">Whether to multiply by the mean |x| of the row.</param>
    /// <param name="threads">How many threads share the rows.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Multiply(
        ReadOnlySpan<float> x, Span<float> y, int batch, bool scaleInput = true, int threads = 1, InstructionSet? instructions = null) =>
        convolution.Run(x, y, Math.Min(batch, 1), Math.Max(batch, 1), 1, ImageLayout.Nhwc, scaleInput, threads, instructions);

    /// <summary>The signs' product alone, as integers.</summary>
    /// <param name="x">[batch, inputs]; only signs matter.</param>
    /// <param name="dots">[batch, outputs], overwritten.</param>
    /// <param name="batch">Number of rows.</param>
    /// <param name="threads">How many threads share the rows.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Dot(ReadOnlySpan<float> x, Span<int> dots, int batch, int threads = 1, InstructionSet? instructions = null) =>
        convolution.Dot(x, dots, Math.Min(batch, 1), Math.Max(batch, 1), 1, ImageLayout.Nhwc, threads, instructions);
}
