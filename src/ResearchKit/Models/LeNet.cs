using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Models;

/// <summary>
/// LeNet-300-100 (LeCun et al. 1998): two hidden layers on 28x28 digits, 266,200 weights and 410 biases. Layers are named as in
/// arXiv:1510.00149, Table 2.
/// </summary>
public sealed class LeNet300100 : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Linear ip1, ip2, ip3;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="classes">The number of outputs.</param>
    public LeNet300100(int classes = 10)
        : base(nameof(LeNet300100))
    {
        ip1 = Linear(28 * 28, 300);
        ip2 = Linear(300, 100);
        ip3 = Linear(100, classes);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 1, 28, 28].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = relu(ip1.call(input.flatten(1)));
        return ip3.call(relu(ip2.call(x)));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) =>
        graph.Call("ip3", ip3, graph.Relu(graph.Call("ip2", ip2, graph.Relu(graph.Call("ip1", ip1, graph.Flatten(x))))));
}

/// <summary>
/// LeNet-5 as Caffe has it and Deep Compression counts it: 430,500 weights and 580 biases, no ReLU behind the convolutions. Layers
/// are named as in arXiv:1510.00149, Table 3.
/// </summary>
public sealed class LeNet5 : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d conv1, conv2;
    readonly Linear ip1, ip2;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="classes">The number of outputs.</param>
    public LeNet5(int classes = 10)
        : base(nameof(LeNet5))
    {
        conv1 = Conv2d(1, 20, 5);
        conv2 = Conv2d(20, 50, 5);
        ip1 = Linear(50 * 4 * 4, 500);
        ip2 = Linear(500, classes);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 1, 28, 28].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = max_pool2d(conv1.call(input), 2);
        x = max_pool2d(conv2.call(x), 2);
        return ip2.call(relu(ip1.call(x.flatten(1))));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        x = graph.MaxPool(graph.Call("conv1", conv1, x), 2, 2);
        x = graph.MaxPool(graph.Call("conv2", conv2, x), 2, 2);
        return graph.Call("ip2", ip2, graph.Relu(graph.Call("ip1", ip1, graph.Flatten(x))));
    }
}

/// <summary>A multi-layer perceptron with ReLU between its layers.</summary>
public sealed class Mlp : Module<Tensor, Tensor>, IOnnxModule
{
    readonly ModuleList<Linear> layers;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="widths">Inputs, hidden widths, outputs: <c>[784, 1200, 1200, 10]</c>.</param>
    public Mlp(params long[] widths)
        : base(nameof(Mlp))
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentOutOfRangeException.ThrowIfLessThan(widths.Length, 2, nameof(widths));
        layers = ModuleList([.. widths.Zip(widths.Skip(1), (inputs, outputs) => Linear(inputs, outputs))]);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">[N, ...], flattened to [N, inputs].</param>
    /// <returns>[N, outputs].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = input.flatten(1);
        for (int k = 0; k < layers.Count - 1; k++)
        {
            x = relu(layers[k].call(x));
        }

        return layers[^1].call(x);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        x = graph.Flatten(x);
        foreach (var (k, layer) in layers.Index())
        {
            x = graph.Call($"layers.{k}", layer, k == 0 ? x : graph.Relu(x));
        }

        return x;
    }
}
