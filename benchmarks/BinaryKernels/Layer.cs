using ResearchKit.Kernels;

namespace ResearchKit.Benchmarks.BinaryKernels;

/// <summary>A convolution and the square image it is applied to.</summary>
sealed record Layer(string Name, ConvolutionGeometry Geometry, int Size)
{
    /// <summary>Square filters that keep the size, or lower it by their stride.</summary>
    internal static Layer Same(string name, int channels, int filters, int kernel, int size, int stride = 1) =>
        new(name, new(channels, filters, kernel, kernel, stride, kernel / 2), size);

    internal int Inputs(int batch) => batch * Geometry.Channels * Size * Size;

    internal int OutputSize => Geometry.OutputHeight(Size);

    internal int Outputs(int batch) => batch * Geometry.Filters * OutputSize * OutputSize;

    internal double Operations(int batch) => 2.0 * Geometry.Macs(batch, Size, Size);

    internal string Shape =>
        $"{Geometry.Channels}→{Geometry.Filters}, {Geometry.KernelHeight}x{Geometry.KernelWidth}{(Geometry.Stride > 1 ? $"/{Geometry.Stride}" : "")}, {Size}x{Size}";

    /// <summary>The layer of the paper's speed-up: c = 256, 3 x 3, 14 x 14 (arXiv:1603.05279, Sec. 4.1).</summary>
    internal static Layer Paper => Same("paper", 256, 256, 3, 14);

    /// <summary>The axis of channels of the paper's figure 4b.</summary>
    internal static IEnumerable<Layer> Channels => new[] { 16, 32, 64, 128, 256, 512, 1024 }.Select(c => Same($"c = {c}", c, c, 3, 14));

    /// <summary>The axis of filter sizes of the paper's figure 4c.</summary>
    internal static IEnumerable<Layer> Kernels => new[] { 1, 3, 5, 7, 9, 11 }.Select(k => Same($"filter {k}x{k}", 256, 256, k, 14));

    /// <summary>What the papers binarise: everything but the first and last layer.</summary>
    internal static IEnumerable<Layer> Networks =>
    [
        Same("AlexNet conv2", 96, 256, 5, 27), Same("AlexNet conv3", 256, 384, 3, 13), Same("AlexNet conv4", 384, 384, 3, 13),
        Same("AlexNet conv5", 384, 256, 3, 13), new("AlexNet fc6", new(256, 4096, 6, 6), 6), new("AlexNet fc7", new(4096, 4096, 1, 1), 1),
        Same("ResNet-18 conv2_x", 64, 64, 3, 56), Same("ResNet-18 conv3_1", 64, 128, 3, 56, 2), Same("ResNet-18 conv3_x", 128, 128, 3, 28),
        Same("ResNet-18 conv4_1", 128, 256, 3, 28, 2), Same("ResNet-18 conv4_x", 256, 256, 3, 14), Same("ResNet-18 conv5_1", 256, 512, 3, 14, 2),
        Same("ResNet-18 conv5_x", 512, 512, 3, 7),
        Same("NiN cccp1", 192, 160, 1, 32), Same("NiN cccp2", 160, 96, 1, 32), Same("NiN conv2", 96, 192, 5, 16),
        Same("NiN cccp3", 192, 192, 1, 16), Same("NiN conv3", 192, 192, 3, 8), Same("NiN cccp5", 192, 192, 1, 8),
    ];
}
