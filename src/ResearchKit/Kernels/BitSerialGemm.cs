namespace ResearchKit.Kernels;

/// <summary>
/// Rows of unsigned codes times a packed matrix of unsigned codes, bit by bit (arXiv:1606.06160, Eq. 3). A
/// <see cref="BitSerialConvolution"/> whose pixels are the rows. Not for several callers at once.
/// </summary>
public sealed class BitSerialGemm
{
    readonly BitSerialConvolution convolution;

    /// <summary>Packs the codes of weights.</summary>
    /// <param name="codes">[outputs, inputs], each below 2^weightBits.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="weightBits">Bits of a weight, 1 to 8.</param>
    /// <param name="activationBits">Bits of an activation, 1 to 8.</param>
    /// <exception cref="ArgumentException">Sizes and codes do not belong together, a code has too many bits, or sums could exceed 31 bits.</exception>
    public BitSerialGemm(ReadOnlySpan<byte> codes, int outputs, int inputs, int weightBits, int activationBits) =>
        convolution = new(new(inputs, outputs, 1, 1), codes, weightBits, activationBits);

    /// <summary>The product of codes.</summary>
    /// <param name="x">[batch, inputs], each below 2^activationBits; higher bits are not looked at.</param>
    /// <param name="sums">[batch, outputs], overwritten.</param>
    /// <param name="batch">Number of rows.</param>
    /// <param name="threads">How many threads share the rows.</param>
    /// <param name="instructions">The vector instructions to use; by default the best of this processor.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Multiply(ReadOnlySpan<byte> x, Span<int> sums, int batch, int threads = 1, InstructionSet? instructions = null) =>
        convolution.Run(x, sums, Math.Min(batch, 1), Math.Max(batch, 1), 1, ImageLayout.Nhwc, threads, instructions);
}
