using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// The networks as the authors' released code has them. Pooling rounds its output's size up, as Chainer's does; without that no full layer
/// would fit. Where trunk and branch begin with the same pooling and ReLU, these are done once, at the end of the segment before.
/// </summary>
public static class Architectures
{
    /// <summary>B-LeNet for 28x28 digits: 67,824 parameters in the trunk, 6,870 in the branch.</summary>
    /// <param name="classes">The number of outputs.</param>
    public static BranchyNetwork LeNet(int classes = 10) => new(
        "B-LeNet",
        [
            Sequential(Conv2d(1, 5, 5, padding: 3), Pool(2), ReLU()), // 30, 15
            Sequential(
                Conv2d(5, 10, 5, padding: 3), Pool(2), ReLU(), // 17, 9
                Conv2d(10, 20, 5, padding: 3), Pool(2), ReLU(), // 11, 6
                Flatten(), Linear(20 * 6 * 6, 84), Linear(84, classes)),
        ],
        [
            Sequential(Conv2d(5, 10, 3, padding: 1), Pool(2), ReLU(), Flatten(), Linear(10 * 8 * 8, classes)),
        ]);

    /// <summary>B-AlexNet for 32x32 images: 544,074 parameters in the trunk, 32,842 and 28,970 in the branches.</summary>
    /// <param name="classes">The number of outputs.</param>
    public static BranchyNetwork AlexNet(int classes = 10) => new(
        "B-AlexNet",
        [
            Sequential(
                Conv2d(3, 32, 5, padding: 2), ReLU(), Pool(3), Norm(), // 32, 16
                Conv2d(32, 64, 5, padding: 2), ReLU(), Pool(3), Norm()), // 16, 8
            Sequential(Conv2d(64, 96, 3, padding: 1), ReLU()),
            Sequential(
                Conv2d(96, 96, 3, padding: 1), ReLU(), Conv2d(96, 64, 3, padding: 1), ReLU(), Pool(3), // 8, 4
                Flatten(), Linear(64 * 4 * 4, 256), ReLU(), Dropout(0.5), Linear(256, 128), ReLU(), Dropout(0.5), Linear(128, classes)),
        ],
        [
            Sequential(
                Conv2d(64, 32, 3, padding: 1), ReLU(), Conv2d(32, 32, 3, padding: 1), ReLU(), Pool(3), // 8, 4
                Flatten(), Linear(32 * 4 * 4, classes)),
            Sequential(
                Pool(3), Norm(), Conv2d(96, 32, 3, padding: 1), ReLU(), Pool(3), // 4, 2
                Flatten(), Linear(32 * 2 * 2, classes)),
        ]);

    /// <summary>B-ResNet for 32x32 images: as coded, behind the stem and behind the residual blocks of width 16. The stem does not pad.</summary>
    /// <param name="depth">110 in the paper: any 6n+2.</param>
    /// <param name="classes">The number of outputs.</param>
    public static BranchyNetwork ResNet(int depth = 110, int classes = 10)
    {
        int blocks = (depth - 2) / 6;
        return new(
            $"B-ResNet-{depth}",
            [
                Sequential(Conv2d(3, 16, 3, bias: false), BatchNorm2d(16), ReLU()), // 30
                Blocks(16, 16, blocks, 1),
                Sequential(
                    Blocks(16, 32, blocks, 2), Blocks(32, 64, blocks, 2), AvgPool2d(6, stride: 1), // 15, 8, 3
                    Flatten(), Linear(64 * 3 * 3, classes)),
            ],
            [
                Sequential(
                    Conv2d(16, 64, 5, padding: 2), ReLU(), Norm(), Conv2d(64, 32, 3, padding: 1), ReLU(), Conv2d(32, 32, 3, padding: 1), ReLU(),
                    Flatten(), Linear(32 * 30 * 30, classes)),
                Sequential(new CifarResNet.BasicBlock(16, 16, 1), Flatten(), Linear(16 * 30 * 30, classes)),
            ]);
    }

    static Module<Tensor, Tensor> Blocks(long inputs, long outputs, int count, long stride) => Sequential(
        Enumerable.Range(0, count).Select(k => (Module<Tensor, Tensor>)new CifarResNet.BasicBlock(k == 0 ? inputs : outputs, outputs, k == 0 ? stride : 1)));

    static Module<Tensor, Tensor> Pool(long window) => MaxPool2d(window, stride: 2, ceil_mode: true);

    // Chainer adds 2 and takes alpha for each of the n channels, PyTorch for their mean.
    static Module<Tensor, Tensor> Norm() => LocalResponseNorm(3, alpha: 3 * 5e-5, beta: 0.75, k: 2);
}
