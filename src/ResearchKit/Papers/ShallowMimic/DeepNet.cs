using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>
/// The teacher: three convolutions, each with ReLU and pooling, a full layer with dropout (arXiv:1312.6184, Table 2: 128c-p-128c-p-128c-p-1000fc). Ours
/// is narrower and has 3x3 filters.
/// </summary>
public sealed class DeepNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d conv1, conv2, conv3;
    readonly Linear fc, output;
    readonly double _dropout;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="channels">Of the images.</param>
    /// <param name="side">Of the images, 8 pixels or more.</param>
    /// <param name="classes">Outputs.</param>
    /// <param name="width">Maps of the first two convolutions; the third has twice as many, the full layer eight times.</param>
    /// <param name="dropout">Share of the full layer's units dropped in training.</param>
    public DeepNet(long channels, long side, int classes, long width, double dropout)
        : base(nameof(DeepNet))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 8);
        conv1 = Conv2d(channels, width, 3, padding: 1);
        conv2 = Conv2d(width, width, 3, padding: 1);
        conv3 = Conv2d(width, 2 * width, 3, padding: 1);
        fc = Linear(2 * width * (side / 8) * (side / 8), 8 * width);
        output = Linear(8 * width, classes);
        _dropout = dropout;
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var conv in new[] { conv1, conv2, conv3 })
        {
            x = max_pool2d(relu(conv.call(x)), 2);
        }

        return output.call(dropout(relu(fc.call(x.flatten(1))), _dropout, training));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        foreach (var (name, conv) in new[] { ("conv1", conv1), ("conv2", conv2), ("conv3", conv3) })
        {
            x = graph.MaxPool(graph.Relu(graph.Call(name, conv, x)), 2, 2);
        }

        return graph.Call("output", output, graph.Relu(graph.Call("fc", fc, graph.Flatten(x))));
    }
}
