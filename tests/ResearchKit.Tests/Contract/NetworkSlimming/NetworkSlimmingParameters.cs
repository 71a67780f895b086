namespace ResearchKit.Papers.NetworkSlimming;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record NetworkSlimmingParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Channels of each convolution before slimming.</summary>
    public long[] Widths { get; init; } = [32, 64, 64];

    /// <summary>Epochs of training with the penalty, and of fine-tuning.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The highest learning rate, chosen on the validation split.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>The factor of the penalty (Eq. 1); the paper has 1e-4 for VGGNet.</summary>
    public double Strength { get; init; } = 1e-4;

    /// <summary>The share of the channels to take out.</summary>
    public double Share { get; init; } = 0.7;
}
