using static TorchSharp.torch;

namespace ResearchKit.Papers.Distillation;

/// <summary>Errors by class.</summary>
/// <param name="Wrong">Images of each class that are taken for another.</param>
/// <param name="Images">Images of each class.</param>
sealed record ClassErrors(int[] Wrong, int[] Images)
{
    /// <summary>All errors.</summary>
    internal int Total => Wrong.Sum();

    /// <summary>All errors in per cent.</summary>
    internal double Percent => 100.0 * Total / Images.Sum();

    /// <summary>Counts them.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">[N].</param>
    internal static ClassErrors Of(Tensor logits, int[] labels)
    {
        using var likeliest = logits.argmax(1);
        var (wrong, images) = (new int[logits.shape[1]], new int[logits.shape[1]]);
        foreach (var (answer, label) in likeliest.data<long>().ToArray().Zip(labels))
        {
            images[label]++;
            wrong[label] += answer == label ? 0 : 1;
        }

        return new(wrong, images);
    }
}
