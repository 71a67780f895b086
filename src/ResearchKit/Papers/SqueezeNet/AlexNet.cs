using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>
/// The network that SqueezeNet is compared with, as Caffe has it: 227x227 images, two groups in conv2, conv4 and conv5, local response normalisation,
/// 60,965,224 parameters.
/// </summary>
static class AlexNet
{
    internal const long Parameters = 60_965_224;

    /// <summary>One with freshly drawn weights.</summary>
    internal static Sequential Create() => Sequential(
        ("conv1", Conv2d(3, 96, 11, stride: 4)), ("relu1", ReLU()), ("norm1", LocalResponseNorm(5)), ("pool1", MaxPool2d(3, stride: 2)),
        ("conv2", Conv2d(96, 256, 5, padding: 2, groups: 2)), ("relu2", ReLU()), ("norm2", LocalResponseNorm(5)), ("pool2", MaxPool2d(3, stride: 2)),
        ("conv3", Conv2d(256, 384, 3, padding: 1)), ("relu3", ReLU()),
        ("conv4", Conv2d(384, 384, 3, padding: 1, groups: 2)), ("relu4", ReLU()),
        ("conv5", Conv2d(384, 256, 3, padding: 1, groups: 2)), ("relu5", ReLU()), ("pool5", MaxPool2d(3, stride: 2)),
        ("flatten", Flatten()),
        ("fc6", Linear(9216, 4096)), ("relu6", ReLU()), ("fc7", Linear(4096, 4096)), ("relu7", ReLU()), ("fc8", Linear(4096, 1000)));
}
