using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Models;

/// <summary>What pools the maps of a layer.</summary>
/// <param name="Size">Side of the window; 0 for no pooling.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Padding">Pixels around the map.</param>
/// <param name="Mean">The mean instead of the maximum.</param>
public readonly record struct Pooling(long Size, long Stride, long Padding = 0, bool Mean = false)
{
    /// <summary>Pools.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, H', W'].</returns>
    internal Tensor Of(Tensor x) => Size == 0 ? x : Mean ? avg_pool2d(x, Size, Stride, Padding) : max_pool2d(x, Size, Stride, Padding);
}

/// <summary>A convolution of a network in words.</summary>
/// <param name="Filters">Output channels.</param>
/// <param name="Kernel">Side of a filter.</param>
/// <param name="Padding">Pixels around the input.</param>
/// <param name="Pooling">What follows.</param>
/// <param name="Dropout">Share of the inputs dropped in training.</param>
public sealed record LayerPlan(long Filters, long Kernel, long Padding = 0, Pooling Pooling = default, double Dropout = 0);

/// <summary>
/// A network in words: a first convolution, inner ones, which papers on low precision change, and a 1x1 convolution to the classes, whose maps
/// are averaged. A full layer is a convolution that covers the map.
/// </summary>
/// <param name="Name">As in names of results.</param>
/// <param name="Channels">Of the images.</param>
/// <param name="First">The first layer.</param>
/// <param name="Inner">All but the first and the last one.</param>
public sealed record NetworkPlan(string Name, long Channels, LayerPlan First, IReadOnlyList<LayerPlan> Inner)
{
    /// <summary>LeNet-5 for 28x28 images, as in the well-known PyTorch reimplementation: 20 and 50 maps, 500 units.</summary>
    public static NetworkPlan LeNet5 { get; } = new("lenet-5", 1, new(20, 5, 0, new(2, 2)), [new(50, 5, 0, new(2, 2)), new(500, 4)]);

    /// <summary>Network in network for 32x32 images (arXiv:1312.4400), as in that reimplementation.</summary>
    public static NetworkPlan Nin { get; } = new("nin", 3, new(192, 5, 2),
        [new(160, 1), new(96, 1, 0, new(3, 2, 1)), new(192, 5, 2, Dropout: 0.5), new(192, 1), new(192, 1, 0, new(3, 2, 1, Mean: true)), new(192, 3, 1, Dropout: 0.5), new(192, 1)]);

    /// <summary>
    /// Model A of arXiv:1606.06160, Sec. 3.1, for 32x32 images: seven convolutions, of which the last covers the map. Ours pads the first one, as
    /// its images have 40x40 pixels.
    /// </summary>
    public static NetworkPlan ModelA { get; } = new("model-a", 3, new(48, 5, 2, new(2, 2)),
        [new(64, 3, 1), new(64, 3, 1, new(2, 2)), new(128, 3), new(128, 3, 1), new(128, 3), new(512, 4, Dropout: 0.5)]);

    /// <summary>A small one for 32x32 images that trains in a minute: 3x3 and 1x1 filters in turn, pooled early.</summary>
    public static NetworkPlan SmallNin { get; } = new("small-nin", 3, new(32, 3, 1, new(2, 2)), [new(64, 3, 1), new(64, 1, 0, new(2, 2)), new(128, 3, 1), new(128, 1)]);

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<NetworkPlan> All { get; } = [LeNet5, Nin, ModelA, SmallNin];

    /// <summary>The same with a share of all channels, rounded down, but at least one.</summary>
    /// <param name="share">Such as 0.125.</param>
    public NetworkPlan Narrowed(double share)
    {
        LayerPlan Of(LayerPlan layer) => layer with { Filters = Math.Max(1, (long)(layer.Filters * share)) };
        return this with { Name = $"{Name}, {100 * share:0.#} %", First = Of(First), Inner = [.. Inner.Select(Of)] };
    }
}
