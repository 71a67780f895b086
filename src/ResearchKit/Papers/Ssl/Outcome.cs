using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Ssl;

/// <summary>What is left of LeNet after a penalty, and how it does.</summary>
/// <param name="Name">Of the penalty.</param>
/// <param name="Sparse">On the test images, after the sparse phase.</param>
/// <param name="Tuned">On the test images, after fine-tuning.</param>
/// <param name="Thinned">On the test images, by the thinned network.</param>
/// <param name="Validation">On the validation images, after fine-tuning.</param>
/// <param name="Layers">What is left of conv1 and conv2.</param>
/// <param name="Parameters">Of the thinned network.</param>
sealed record Outcome(string Name, Evaluation Sparse, Evaluation Tuned, Evaluation Thinned, Evaluation Validation, Survivors[] Layers, long Parameters);

/// <summary>What is left of a convolution.</summary>
/// <param name="Filters">Filters with a weight, and all.</param>
/// <param name="Channels">Channels that any filter reads, and all.</param>
/// <param name="Columns">Places of the window that any filter reads, and all.</param>
/// <param name="Zeros">Share of zeros among the weights.</param>
sealed record Survivors((int Left, int All) Filters, (int Left, int All) Channels, (int Left, int All) Columns, double Zeros)
{
    /// <summary>Operations of the product without rows and columns of zeros, over all.</summary>
    internal double Flops => (double)Filters.Left * Columns.Left / (Filters.All * Columns.All);

    internal static Survivors Of(Conv2d layer)
    {
        (int, int) Count(Structure structure)
        {
            bool[] groups = GroupLasso.SurvivorsOf(layer.weight, structure);
            return (groups.Count(g => g), groups.Length);
        }

        return new(Count(Structure.Filter), Count(Structure.Channel), Count(Structure.Shape), 1 - ((double)layer.weight.count_nonzero().ToInt64() / layer.weight.numel()));
    }
}
