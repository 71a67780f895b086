using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.Distillation;

/// <summary>
/// A student that never saw a class has learned too low a bias for it (or too high a one for the few classes that it saw). One number,
/// added to the biases of those classes, mends that without any training (arXiv:1503.02531, Sec. 3).
/// </summary>
static class BiasCorrection
{
    /// <summary>Errors on labelled images for each offset of the given classes' biases.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">[N].</param>
    /// <param name="classes">Whose biases move.</param>
    /// <param name="offsets">What is added to them.</param>
    internal static int[] Errors(Tensor logits, int[] labels, int[] classes, IReadOnlyList<double> offsets) =>
        [.. offsets.Select(offset =>
        {
            using var moved = Moved(logits, classes, offset);
            return ClassErrors.Of(moved, labels).Total;
        })];

    /// <summary>The offset with the fewest errors; of several, the middle one.</summary>
    internal static double Best(IReadOnlyList<double> offsets, IReadOnlyList<int> errors)
    {
        double[] best = [.. offsets.Where((_, k) => errors[k] == errors.Min())];
        return best[best.Length / 2];
    }

    /// <summary>Logits with an offset added to some classes.</summary>
    /// <returns>[N, classes].</returns>
    internal static Tensor Moved(Tensor logits, int[] classes, double offset)
    {
        using var vector = Offset(logits.shape[1], classes, offset);
        return logits + vector;
    }

    /// <summary>Adds an offset to the network's own output biases.</summary>
    internal static void Apply(Module model, int[] classes, double offset)
    {
        using var noGrad = no_grad();
        var bias = model.named_parameters().Last(p => p.name.EndsWith(".bias", StringComparison.Ordinal)).parameter;
        using var vector = Offset(bias.numel(), classes, offset);
        bias.add_(vector);
    }

    static Tensor Offset(long count, int[] classes, double offset)
    {
        var values = new float[count];
        foreach (int c in classes)
        {
            values[c] = (float)offset;
        }

        return tensor(values);
    }
}
