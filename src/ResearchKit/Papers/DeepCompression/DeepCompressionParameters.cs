namespace ResearchKit.Papers.DeepCompression;

/// <summary>What can be set with <c>--set name=value</c>.</summary>
public sealed record DeepCompressionParameters
{
    /// <summary>The data set: 28x28 grey digits, or the drawn shapes.</summary>
    public string Data { get; init; } = "mnist";

    /// <summary>Epochs of dense training.</summary>
    public int DenseEpochs { get; init; } = 12;

    /// <summary>Epochs of retraining after pruning.</summary>
    public int RetrainEpochs { get; init; } = 12;

    /// <summary>Epochs of centroid training.</summary>
    public int CentroidEpochs { get; init; } = 2;

    /// <summary>Images in a batch.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Learning rate of LeNet-300-100's dense training; retraining has a tenth of it (arXiv:1506.02626, Sec. 4.1).</summary>
    public double LeNet300100Rate { get; init; } = 0.1;

    /// <summary>Learning rate of LeNet-5's dense training; retraining has a tenth of it.</summary>
    public double LeNet5Rate { get; init; } = 0.05;

    /// <summary>Learning rate of the shared values; their gradients are sums over thousands of weights.</summary>
    public double CentroidRate { get; init; } = 1e-4;

    /// <summary>L2 penalty of dense training and retraining; L2 was found the best (arXiv:1506.02626, Fig. 5).</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Paired rounds of each timing; 0 leaves the timings out.</summary>
    public int TimingRounds { get; init; } = 15;

    /// <summary>Whether the authors' compressed SqueezeNet is decoded and scored, where it and the images are at hand; about ten seconds.</summary>
    public bool ReleasedAccuracy { get; init; } = true;
}
