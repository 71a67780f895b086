using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.Distillation;

/// <summary>Softened distributions and what it means to match them (arXiv:1503.02531, Sec. 2).</summary>
public static class SoftTargets
{
    /// <summary>q_i = exp(z_i / T) / sum_j exp(z_j / T) (Eq. 1).</summary>
    /// <param name="logits">z, [N, classes].</param>
    /// <param name="temperature">T; 1 is the usual softmax, a higher one is softer.</param>
    /// <returns>[N, classes].</returns>
    public static Tensor Soften(Tensor logits, double temperature)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scaled = logits / temperature;
        return functional.softmax(scaled, 1);
    }

    /// <summary>
    /// Cross-entropy of the student's with the teacher's distribution, both at the same temperature, in nats: the mean over the cases
    /// of the sum over the classes.
    /// </summary>
    /// <param name="student">z, [N, classes].</param>
    /// <param name="teacher">v, [N, classes], without gradient.</param>
    /// <param name="temperature">T.</param>
    public static Tensor CrossEntropy(Tensor student, Tensor teacher, double temperature)
    {
        ArgumentNullException.ThrowIfNull(student);
        using var scaled = student / temperature;
        using var soft = Soften(teacher, temperature);
        return functional.cross_entropy(scaled, soft);
    }

    /// <summary>dC/dz_i = (q_i - p_i) / T for each case (Eq. 2).</summary>
    /// <returns>[N, classes].</returns>
    public static Tensor Gradient(Tensor student, Tensor teacher, double temperature)
    {
        using var q = Soften(student, temperature);
        using var p = Soften(teacher, temperature);
        using var difference = q - p;
        return difference / temperature;
    }

    /// <summary>
    /// (z_i - v_i) / (N T^2), N being the number of classes: what Eq. 2 becomes where T is large against the logits and both sides are
    /// zero-meaned for each case (Eq. 4). It is the gradient of matching logits, (z_i - v_i)^2 / 2, over N T^2.
    /// </summary>
    /// <param name="student">z, [N, classes], as it is: its means are taken away here.</param>
    /// <param name="teacher">v, likewise.</param>
    /// <param name="temperature">T.</param>
    /// <returns>[N, classes].</returns>
    public static Tensor LogitMatchingGradient(Tensor student, Tensor teacher, double temperature)
    {
        using var scope = NewDisposeScope();
        var difference = ZeroMeaned(student) - ZeroMeaned(teacher);
        return (difference / (student.shape[1] * temperature * temperature)).MoveToOuterDisposeScope();
    }

    /// <summary>Logits less their mean over the classes, which no softmax sees.</summary>
    public static Tensor ZeroMeaned(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var mean = logits.mean([1], keepdim: true);
        return logits - mean;
    }
}
