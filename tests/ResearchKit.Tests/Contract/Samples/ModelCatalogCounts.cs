namespace ResearchKit.Tests.Contract.Samples;

/// <summary>LeNets and perceptrons: weights and biases layer by layer.</summary>
sealed class PerceptronCounts : ModelCounts
{
    public override IEnumerable<(string Model, long Parameters, long Macs)> Counts =>
    [
        // arXiv:1510.00149, Tables 2 and 3, count the weights.
        ("lenet-300-100", 266_200 + 410, 784 * 300 + 300 * 100 + 100 * 10),
        ("lenet-5", 430_500 + 580, 24 * 24 * 20 * 25 + 8 * 8 * 50 * 20 * 25 + 800 * 500 + 500 * 10),
        ("mlp-800-800", 1_276_810, 784 * 800 + 800 * 800 + 800 * 10),
        ("mlp-1200-1200", 2_395_210, 784 * 1200 + 1200 * 1200 + 1200 * 10),
    ];
}

/// <summary>Residual networks with option A (arXiv:1512.03385, Sec. 4.2): 2n+1 convolutions of 3x3 at each width, the first of 3 channels.</summary>
sealed class CifarResNetCounts : ModelCounts
{
    public override IEnumerable<(string Model, long Parameters, long Macs)> Counts =>
    [
        ("resnet-20", 269_722, 40_551_040),
        ("resnet-32", 464_154, 68_862_592),
        ("resnet-44", 658_586, 97_174_144),
        ("resnet-56", 853_018, 125_485_696),
        ("resnet-110", 1_727_962, 252_887_680),
    ];
}
