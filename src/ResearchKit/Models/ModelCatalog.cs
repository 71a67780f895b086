using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>A named network and the input that it is made for.</summary>
/// <param name="Name">Such as <c>resnet-20</c>.</param>
/// <param name="Description">One line for a listing.</param>
/// <param name="InputShape">[C, H, W].</param>
/// <param name="Create">Makes one with freshly drawn weights for a number of classes.</param>
public sealed record ModelEntry(string Name, string Description, long[] InputShape, Func<int, Module<Tensor, Tensor>> Create);

/// <summary>The networks that go by a name on the command line.</summary>
public static class ModelCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("lenet-300-100", "784-300-100-10 perceptron of LeCun et al. 1998", [1, 28, 28], classes => new LeNet300100(classes)),
        new("lenet-5", "two convolutions and two full layers, as in Caffe", [1, 28, 28], classes => new LeNet5(classes)),
        new("mlp-800-800", "784-800-800-10 perceptron", [1, 28, 28], classes => new Mlp(784, 800, 800, classes)),
        new("mlp-1200-1200", "784-1200-1200-10 perceptron", [1, 28, 28], classes => new Mlp(784, 1200, 1200, classes)),
        .. new[] { 20, 32, 44, 56, 110 }.Select(depth => new ModelEntry(
            $"resnet-{depth}", $"residual network of {depth} layers for 32x32 images", [3, 32, 32], classes => new CifarResNet(depth, classes))),
    ];
}
