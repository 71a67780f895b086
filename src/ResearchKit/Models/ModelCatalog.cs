using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>A named network and the input that it is made for.</summary>
/// <param name="Name">Such as <c>resnet-20</c>.</param>
/// <param name="Description">One line for a listing.</param>
/// <param name="InputShape">[C, H, W].</param>
/// <param name="Create">Makes one with freshly drawn weights for a number of classes.</param>
public sealed record ModelEntry(string Name, string Description, long[] InputShape, Func<int, Module<Tensor, Tensor>> Create)
{
    /// <summary>The number of classes that it is usually made for.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>What its published weights expect; null for the statistics of the training images.</summary>
    public Normalisation? Normalisation { get; init; }
}

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
        SqueezeNet("squeezenet-1.0", "SqueezeNet 1.0 as torchvision has it", 224, SqueezeNetVersion.V1_0, Normalisation.ImageNet),
        SqueezeNet("squeezenet-1.1", "SqueezeNet 1.1 as torchvision has it", 224, SqueezeNetVersion.V1_1, Normalisation.ImageNet),
        SqueezeNet("squeezenet-1.0-caffe", "SqueezeNet 1.0 as its authors have it", 227, SqueezeNetVersion.V1_0, Normalisation.Caffe, finalPadding: 1),
        SqueezeNet("squeezenet-1.1-caffe", "SqueezeNet 1.1 as its authors have it", 227, SqueezeNetVersion.V1_1, Normalisation.Caffe),
    ];

    static ModelEntry SqueezeNet(string name, string description, long side, SqueezeNetVersion version, Normalisation normalisation, long finalPadding = 0) =>
        new(name, description, [3, side, side], classes => new SqueezeNet(version, classes, finalPadding)) { Classes = 1000, Normalisation = normalisation };
}
