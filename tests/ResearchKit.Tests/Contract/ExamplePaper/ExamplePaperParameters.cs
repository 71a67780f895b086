namespace ResearchKit.Papers.ExamplePaper;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record ExamplePaperParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Epochs of training.</summary>
    public int Epochs { get; init; } = 12;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The highest learning rate, chosen on the validation split.</summary>
    public double Rate { get; init; } = 0.05;
}
