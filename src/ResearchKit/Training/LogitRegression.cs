using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>Training a student on the logits of a teacher, before the softmax, and on nothing else.</summary>
public static class LogitRegression
{
    /// <summary>Half the squared distance of the logits, summed over classes and averaged over cases: 1/(2T) sum |g - z|^2 (arXiv:1312.6184, Eq. 1).</summary>
    /// <param name="student">g, [N, classes].</param>
    /// <param name="teacher">z, [N, classes].</param>
    /// <returns>A single number. Its gradient is (g - z) / N.</returns>
    /// <exception cref="ArgumentException">The shapes differ: broadcasting would compare a case with others' targets.</exception>
    public static Tensor Loss(Tensor student, Tensor teacher)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(teacher);
        if (!student.shape.SequenceEqual(teacher.shape) || student.dim() != 2)
        {
            throw new ArgumentException(
                $"The student's logits are [{string.Join(", ", student.shape)}], the teacher's [{string.Join(", ", teacher.shape)}]; both have to be [N, classes].", nameof(teacher));
        }

        return (student - teacher).square().sum() / (2 * student.shape[0]);
    }
}

/// <summary>Mean and spread of each logit over a training set, so that all classes weigh alike in a regression.</summary>
/// <param name="Mean">[classes].</param>
/// <param name="Spread">Standard deviations, [classes], more than 0.</param>
public sealed record LogitScaling(Tensor Mean, Tensor Spread)
{
    /// <summary>Takes them from the logits of a set.</summary>
    /// <param name="logits">[N, classes].</param>
    public static LogitScaling Of(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        return new(logits.mean([0]), logits.std(0, unbiased: false).clamp_min(1e-6));
    }

    /// <summary>Logits of mean 0 and spread 1 in each class.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <returns>[N, classes].</returns>
    public Tensor Standardise(Tensor logits) => (logits - Mean) / Spread;

    /// <summary>The logits that they are of: needed before the largest is looked for, as classes differ in scale.</summary>
    /// <param name="standardised">[N, classes].</param>
    /// <returns>[N, classes].</returns>
    public Tensor Restore(Tensor standardised) => (standardised * Spread) + Mean;
}
