using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>A network that the paper compresses and that is small enough to be trained here.</summary>
/// <param name="Slug">As in names of results.</param>
/// <param name="Printed">The paper's table of it.</param>
/// <param name="Create">Makes it with freshly drawn weights.</param>
sealed record Subject(string Slug, PrintedNetwork Printed, Func<Module<Tensor, Tensor>> Create)
{
    internal static Subject LeNet300100 { get; } = new("lenet-300-100", StorageArithmetic.LeNet300100, () => new LeNet300100());

    internal static Subject LeNet5 { get; } = new("lenet-5", StorageArithmetic.LeNet5, () => new LeNet5());

    /// <summary>Share of the weights to keep, by layer: the paper's own, which it found by sensitivity analysis.</summary>
    internal IReadOnlyDictionary<string, double> Densities { get; } = Printed.Layers.ToDictionary(l => l.Layer, l => l.Density);

    /// <summary>Width of the codes, by layer.</summary>
    internal IReadOnlyDictionary<string, int> CodeBits { get; } = Printed.Layers.ToDictionary(l => l.Layer, l => l.CodeBits);

    internal string DensityText => string.Join(", ", Printed.Layers.Select(l => $"{l.Layer} {l.Density:P0}"));

    internal string CodeBitsText => string.Join(", ", Printed.Layers.Select(l => $"{l.Layer} {l.CodeBits} bits"));

    /// <summary>All weights as float32; the paper does not count biases.</summary>
    internal long DenseBits => 32 * Printed.Layers.Sum(l => l.Weights);
}
