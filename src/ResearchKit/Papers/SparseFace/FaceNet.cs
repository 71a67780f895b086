using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.SparseFace;

/// <summary>
/// The paper's network in small (arXiv:1512.01891, Table 1): convolutions of 3x3 with pooling, two locally connected layers, a full layer
/// whose outputs are the feature of a face, and a layer that tells people apart, which is used in training only.
/// </summary>
public sealed class FaceNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly ModuleList<Conv2d> convolutions;
    readonly LocallyConnected2d local5a, local5b;
    readonly Linear f, identity;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="channels">Of the images.</param>
    /// <param name="height">Rows of the images.</param>
    /// <param name="width">Columns of the images.</param>
    /// <param name="widths">Filters of each convolution; a pooling of 2x2 follows each.</param>
    /// <param name="local">Filters at each place of the locally connected layers.</param>
    /// <param name="features">Units of the full layer.</param>
    /// <param name="people">Classes.</param>
    /// <exception cref="ArgumentException">Nothing is left of the image for the locally connected layers.</exception>
    public FaceNet(long channels, long height, long width, IReadOnlyList<int> widths, long local, long features, long people)
        : base($"FaceNet {channels}x{height}x{width}, {string.Join('-', widths ?? [])}, {local}, {features}")
    {
        ArgumentNullException.ThrowIfNull(widths);
        convolutions = ModuleList([.. widths.Select((w, k) => Conv2d(k == 0 ? channels : widths[k - 1], w, 3, padding: 1))]);
        long h = height >> widths.Count, w = width >> widths.Count;
        if (widths.Count == 0 || h < 5 || w < 5)
        {
            throw new ArgumentException($"Of {height} x {width} pixels {widths.Count} poolings leave {h} x {w}; two locally connected layers need 5 x 5.", nameof(widths));
        }

        local5a = new(widths[^1], local, h, w, 3);
        local5b = new(local, local, h - 2, w - 2, 3);
        f = Linear(local * (h - 4) * (w - 4), features);
        identity = Linear(features, people);
        RegisterComponents();
    }

    /// <summary>The layers that are made sparse, from the top down, as the paper goes.</summary>
    internal IReadOnlyList<(string Name, Module<Tensor, Tensor> Layer)> Layers =>
        [("f", f), ("5b", local5b), ("5a", local5a), ("4", convolutions[^1])];

    /// <summary>Logits of people.</summary>
    /// <param name="input">[N, channels, height, width].</param>
    /// <returns>[N, people].</returns>
    public override Tensor forward(Tensor input) => identity.call(Features(input));

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        foreach (var (k, convolution) in convolutions.Index())
        {
            x = graph.MaxPool(graph.Relu(graph.Call($"convolutions.{k}", convolution, x)), 2, 2);
        }

        x = graph.Relu(graph.Call("local5b", local5b, graph.Relu(graph.Call("local5a", local5a, x))));
        return graph.Call("identity", identity, graph.Relu(graph.Call("f", f, graph.Flatten(x))));
    }

    /// <summary>What a face is told by.</summary>
    /// <param name="input">[N, channels, height, width].</param>
    /// <returns>[N, features], none negative.</returns>
    internal Tensor Features(Tensor input)
    {
        var x = input;
        foreach (var convolution in convolutions)
        {
            x = max_pool2d(relu(convolution.call(x)), 2);
        }

        x = relu(local5b.call(relu(local5a.call(x))));
        return relu(f.call(x.flatten(1)));
    }
}
