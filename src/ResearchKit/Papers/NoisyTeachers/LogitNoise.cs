using static TorchSharp.torch;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>
/// The noise of a teacher (arXiv:1610.09650, Eqs. 2-3, Alg. 1): z' = (1 + xi) . z for a share alpha of the cases, with xi ~ N(0, sigma^2) drawn for
/// each class anew in every step. The other cases keep their logits to the bit.
/// </summary>
public sealed record LogitNoise
{
    /// <summary>Noise of one spread.</summary>
    /// <param name="sigma">Standard deviation of xi, 0 or more.</param>
    /// <param name="alpha">Chance of each case to be perturbed, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">Sigma is negative or not finite, or alpha is outside [0, 1].</exception>
    public LogitNoise(double sigma, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sigma);
        ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsFinite(sigma), true, nameof(sigma));
        // Turned round, so that NaN is refused too.
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha is >= 0 and <= 1, true, nameof(alpha));
        (Sigma, Alpha) = (sigma, alpha);
    }

    /// <summary>Standard deviation of xi; with <see cref="SigmaTo"/> the least one.</summary>
    public double Sigma { get; }

    /// <summary>Chance of each case to be perturbed.</summary>
    public double Alpha { get; }

    /// <summary>Null, or the greatest standard deviation: each batch then draws its own between <see cref="Sigma"/> and this one (Sec. 5).</summary>
    public double? SigmaTo { get; init; }

    /// <summary>One xi for all the cases of a batch that are perturbed, as Algorithm 1 reads when taken by the letter, instead of one for each.</summary>
    public bool OnePerBatch { get; init; }

    /// <summary>Draws xi from the global generator, with zeros for cases that are left alone.</summary>
    /// <param name="cases">N.</param>
    /// <param name="classes">C.</param>
    /// <param name="type">Of the result.</param>
    /// <returns>[N, C].</returns>
    public Tensor Draw(long cases, long classes, ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        var chosen = rand([cases, 1], type).lt(Alpha).to(type);
        var sigma = SigmaTo is { } most ? Sigma + ((most - Sigma) * rand([1, 1], type)) : full([1, 1], Sigma, type);
        return (sigma * chosen * randn([OnePerBatch ? 1 : cases, classes], type)).MoveToOuterDisposeScope();
    }

    /// <summary>z' = (1 + xi) . z with a xi drawn now.</summary>
    /// <param name="logits">z, [N, classes]: a teacher's; a student's for the control of Fig. 2.</param>
    /// <returns>[N, classes].</returns>
    public Tensor Perturb(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.dim() != 2)
        {
            throw new ArgumentException($"The logits are [{string.Join(", ", logits.shape)}]; they have to be [N, classes].", nameof(logits));
        }

        return (1 + Draw(logits.shape[0], logits.shape[1], logits.dtype)) * logits;
    }

    /// <summary>
    /// By how much the noise raises the expected loss of Eq. 1: alpha sigma^2 / 2 times the mean of ||z||^2. It holds no weight of the student, so
    /// the expected gradient stays what it is without noise.
    /// </summary>
    /// <param name="logits">z, [N, classes].</param>
    public double ExpectedOffset(Tensor logits)
    {
        using var scope = NewDisposeScope();
        // The mean of sigma^2 when sigma is uniform in [a, b].
        double squared = SigmaTo is { } b ? ((Sigma * Sigma) + (Sigma * b) + (b * b)) / 3 : Sigma * Sigma;
        return Alpha * squared / 2 * logits.square().sum(1).mean().ToDouble();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"sigma {Sigma:0.##}{(SigmaTo is { } most ? $" to {most:0.##}" : "")}, alpha {Alpha:0.##}{(OnePerBatch ? ", one xi for a batch" : "")}";
}
