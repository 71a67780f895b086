namespace ResearchKit.Papers.BranchyNet;

/// <summary>A network that the paper gives branches, with its rows of Table I.</summary>
/// <param name="Slug">As in names of claims and results.</param>
/// <param name="Trunk">What the paper calls the network without branches.</param>
/// <param name="Create">Makes it with freshly drawn weights.</param>
/// <param name="Thresholds">The authors' list of thresholds for each exit but the last, in nats.</param>
/// <param name="Row">What Table I prints.</param>
sealed record Subject(string Slug, string Trunk, Func<BranchyNetwork> Create, IReadOnlyList<double> Thresholds, TableRow Row)
{
    static readonly double[] s_long = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2, 3, 5, 10];
    static readonly double[] s_short = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 0.75, 1, 5, 10];

    internal static Subject LeNet { get; } = new(
        "b-lenet", "LeNet", () => Architectures.LeNet(), s_long, new(99.20, 99.25, 3.37, 0.62, 1.58, 0.34, [94.3, 5.63]));

    internal static Subject AlexNet { get; } = new(
        "b-alexnet", "AlexNet", () => Architectures.AlexNet(), s_short, new(78.38, 79.19, 9.56, 6.32, 3.15, 1.30, [65.6, 25.2, 9.2]));

    internal static Subject ResNet { get; } = new(
        "b-resnet", "ResNet-110", () => Architectures.ResNet(), s_long, new(80.70, 79.17, 137.20, 73.5, 70.9, 37.2, [41.5, 13.8, 44.7]));
}

/// <summary>Two rows of Table I: a network without and with branches, at batch 1.</summary>
/// <param name="TrunkAccuracy">Per cent.</param>
/// <param name="Accuracy">Per cent, with branches.</param>
/// <param name="TrunkCpu">Milliseconds on the CPU.</param>
/// <param name="Cpu">Milliseconds, with branches.</param>
/// <param name="TrunkGpu">Milliseconds on the GPU.</param>
/// <param name="Gpu">Milliseconds, with branches.</param>
/// <param name="Shares">Per cent of the images that leave at each exit.</param>
sealed record TableRow(double TrunkAccuracy, double Accuracy, double TrunkCpu, double Cpu, double TrunkGpu, double Gpu, double[] Shares);
