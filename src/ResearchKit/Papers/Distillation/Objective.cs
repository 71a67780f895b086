using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.Distillation;

/// <summary>
/// What a student minimises: a weighted average of two cross-entropies, (1 - h) T^2 H(p^T, q^T) + h H(y, q^1) (arXiv:1503.02531,
/// Sec. 2). T^2 keeps their balance when the temperature changes, as soft gradients fall with 1/T^2.
/// </summary>
public sealed record Objective
{
    /// <summary>Labels only.</summary>
    public static Objective Hard { get; } = new(1, 1);

    /// <summary>An average of both targets.</summary>
    /// <param name="temperature">T of teacher and student in the soft term; the hard term has 1, as has the test.</param>
    /// <param name="hardWeight">h, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A temperature that is not positive, or a weight outside [0, 1].</exception>
    public Objective(double temperature, double hardWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(hardWeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hardWeight, 1);
        (Temperature, HardWeight) = (temperature, hardWeight);
    }

    /// <summary>T.</summary>
    public double Temperature { get; }

    /// <summary>h.</summary>
    public double HardWeight { get; }

    /// <summary>True if a teacher is needed.</summary>
    public bool IsSoft => HardWeight < 1;

    /// <summary>
    /// The loss of a batch, less the entropy of the teacher's soft targets. That is a constant, so gradients are those of the
    /// cross-entropies, but a student that agrees with its teacher has a soft term of 0 at each temperature. A target without weight is
    /// not looked at.
    /// </summary>
    /// <param name="student">z, [N, classes].</param>
    /// <param name="teacher">v, [N, classes]; null where only labels count.</param>
    /// <param name="labels">y, int64 [N].</param>
    public Tensor Of(Tensor student, Tensor? teacher, Tensor labels)
    {
        if (!IsSoft)
        {
            return functional.cross_entropy(student, labels);
        }

        ArgumentNullException.ThrowIfNull(teacher);
        var entropy = SoftTargets.CrossEntropy(teacher, teacher, Temperature);
        var soft = (1 - HardWeight) * Temperature * Temperature * (SoftTargets.CrossEntropy(student, teacher, Temperature) - entropy);
        return HardWeight == 0 ? soft : soft + (HardWeight * functional.cross_entropy(student, labels));
    }

    /// <inheritdoc/>
    public override string ToString() => IsSoft ? $"soft targets at T = {Temperature}, hard weight {HardWeight}" : "hard labels";
}
