using ResearchKit.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Models;

/// <summary>
/// Networks as ONNX graphs: what they compute in evaluation, on batches of any size. Layers of libtorch are known here, others are
/// <see cref="IOnnxModule"/>. What computes differently from image to image has no graph.
/// </summary>
public sealed class OnnxGraph
{
    const string Input = "input";
    readonly List<OnnxNode> _nodes = [];
    readonly List<SafeTensor> _initializers = [];
    readonly Dictionary<string, SafeTensor> _named = [];
    readonly Stack<string> _path = [];
    long _outputs;

    OnnxGraph(long channels) => _outputs = channels;

    /// <summary>The graph of a network; its initializers have PyTorch's names.</summary>
    /// <param name="model">In float32; it ends with a full layer or a convolution to the classes. It is not changed.</param>
    /// <param name="inputShape">[C, H, W] of its images.</param>
    /// <param name="name">What the graph is called.</param>
    /// <exception cref="NotSupportedException">The network, or a layer of it, is not one that can be exported.</exception>
    public static OnnxModel Of(Module<Tensor, Tensor> model, IReadOnlyList<long> inputShape, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputShape);
        var graph = new OnnxGraph(inputShape[0]);
        var output = graph.Append(model, Input);
        return new(name, Input, inputShape, output, graph._outputs, graph._nodes, graph._initializers);
    }

    /// <summary>Appends a part of the module whose nodes are being appended.</summary>
    /// <param name="name">The part's name in it, such as <c>conv1</c> or <c>layers.0</c>.</param>
    /// <param name="module">The part.</param>
    /// <param name="x">What comes in.</param>
    public string Call(string name, Module module, string x)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Within(name, () => Append(module, x));
    }

    /// <summary>Appends what is a part of the module whose nodes are being appended, under the part's name.</summary>
    internal string Within(string name, Func<string> append)
    {
        _path.Push(Path(name));
        var y = append();
        _path.Pop();
        return y;
    }

    /// <summary>Appends a node, and gives the name of its output.</summary>
    public string Node(string type, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        var output = $"{type}_{_nodes.Count}";
        _nodes.Add(new(type, inputs, output, attributes));
        return output;
    }

    /// <summary>A weight, buffer or constant of the module whose nodes are being appended.</summary>
    /// <param name="name">Its name in the module.</param>
    /// <param name="value">float32.</param>
    public string Weight(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.dtype != float32)
            throw new NotSupportedException($"'{Path(name)}' is {value.dtype}; networks are exported as ONNX in float32.");
        using var whole = value.detach();
        using var contiguous = whole.contiguous();
        return Add(new(Path(name), "F32", contiguous.shape, contiguous.bytes.ToArray()));
    }

    /// <summary>Integers that an operator takes as an input.</summary>
    public string Constant(string name, params ReadOnlySpan<long> values) => Add(SafeTensor.Of<long>(Path(name), [values.Length], values));

    /// <summary>A number that an operator takes as an input.</summary>
    public string Number(string name, float value) => Add(SafeTensor.Of<float>(Path(name), [], [value]));

    /// <summary>max(x, 0).</summary>
    public string Relu(string x) => Node("Relu", [x]);

    /// <summary>[N, ...] to [N, features].</summary>
    public string Flatten(string x) => Node("Flatten", [x], new OnnxAttribute("axis", 1L));

    /// <summary>The mean of each map: [N, C, H, W] to [N, C].</summary>
    public string MapMeans(string x) => Flatten(Node("GlobalAveragePool", [x]));

    /// <summary>Maxima of square windows.</summary>
    public string MaxPool(string x, long size, long stride, long padding = 0, bool ceil = false) =>
        MaxPool(x, [size, size], [stride, stride], [padding, padding], [1, 1], ceil);

    /// <summary>What <see cref="Pooling.Of"/> computes.</summary>
    public string Pool(Pooling pooling, string x) =>
        pooling.Size == 0 ? x
        : pooling.Mean ? MeanPool(x, pooling.Size, pooling.Stride, pooling.Padding)
        : MaxPool(x, pooling.Size, pooling.Stride, pooling.Padding);

    /// <summary>Means of square windows; padding counts as zeros.</summary>
    public string MeanPool(string x, long size, long stride, long padding) => Node(
        "AveragePool", [x], new("count_include_pad", 1L), new("kernel_shape", Square(size)), new("pads", new[] { padding, padding, padding, padding }), new("strides", Square(stride)));

    /// <summary>A convolution with square steps and padding.</summary>
    /// <param name="inputs">x, the filters, and biases if there are any.</param>
    /// <param name="kernel">[rows, columns] of the filters.</param>
    /// <param name="stride">Step of the window.</param>
    /// <param name="padding">Zeros on each side.</param>
    public string Conv(IReadOnlyList<string> inputs, IReadOnlyList<long> kernel, long stride, long padding) =>
        Node("Conv", inputs, [new("group", 1L), .. Window([.. kernel], Square(stride), Square(padding), Square(1))]);

    /// <summary>Some of the channels or features that lie one behind the other.</summary>
    /// <param name="name">Of the slice in the module.</param>
    /// <param name="x">[N, channels, ...].</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    public string SliceChannels(string name, string x, long first, long count) =>
        Node("Slice", [x, Constant($"{name}.starts", first), Constant($"{name}.ends", first + count), Constant($"{name}.axes", 1), Constant($"{name}.steps", 1)]);

    /// <summary>What <see cref="CifarResNet.BasicBlock.OptionA"/> computes: every so many pixels, and channels of zeros around.</summary>
    internal string OptionA(string x, long stride, long newChannels)
    {
        if (stride == 1 && newChannels == 0)
            return x;
        var pixels = Node(
            "Slice", [x, Constant("shortcut.starts", 0, 0), Constant("shortcut.ends", long.MaxValue, long.MaxValue), Constant("shortcut.axes", 2, 3), Constant("shortcut.steps", stride, stride)]);
        return Node("Pad", [pixels, Constant("shortcut.pads", 0, newChannels / 2, 0, 0, 0, newChannels - (newChannels / 2), 0, 0)]);
    }

    string Append(Module module, string x)
    {
        switch (module)
        {
            case IOnnxModule known:
                return known.ToOnnx(this, x);
            case Modules.Sequential:
                return module.named_children().Aggregate(x, (y, child) => Call(child.name, child.module, y));
            case Conv2d { padding.Count: 2 } conv:
                _outputs = conv.out_channels;
                return Node(
                    "Conv", [x, Weight("weight", conv.weight), .. conv.bias is { } b ? new[] { Weight("bias", b) } : []],
                    [new("group", conv.groups), .. Window([.. conv.kernel_size], [.. conv.stride], [.. conv.padding], [.. conv.dilation])]);
            case Linear linear:
                _outputs = linear.weight.shape[0];
                var bias = linear.bias is { } own ? Weight("bias", own) : Add(SafeTensor.Of<float>(Path("bias"), [_outputs], new float[_outputs]));
                return Node("Gemm", [x, Weight("weight", linear.weight), bias], new OnnxAttribute("transB", 1L));
            case BatchNorm2d { affine: true, track_running_stats: true } norm:
                return Node(
                    "BatchNormalization",
                    [x, Weight("weight", norm.weight!), Weight("bias", norm.bias!), Weight("running_mean", norm.running_mean!), Weight("running_var", norm.running_var!)],
                    new OnnxAttribute("epsilon", (float)norm.eps));
            case LocalResponseNorm norm:
                return Node("LRN", [x], new("alpha", (float)norm.alpha), new("beta", (float)norm.beta), new("bias", (float)norm.k), new("size", norm.size));
            case MaxPool2d pool:
                return MaxPool(x, [.. pool.kernel_size], [.. pool.stride], [.. pool.padding], [.. pool.dilation], pool.ceil_mode);
            case AdaptiveAvgPool2d pool when pool.output_size.All(side => side == 1):
                return Node("GlobalAveragePool", [x]);
            case Modules.Flatten { start_dim: 1, end_dim: -1 }:
                return Flatten(x);
            case Modules.ReLU:
                return Relu(x);
            case Modules.Dropout or Modules.Identity:
                return x; // Dropout does nothing in evaluation.
            default:
                throw new NotSupportedException(
                    $"{(_path.Count == 0 ? "The network" : $"'{_path.Peek()}'")} is a {module.GetType().Name}, which has no ONNX graph: layers of your own have one "
                    + $"when they are an {nameof(IOnnxModule)}, and what computes differently from image to image has none. Export it as safetensors.");
        }
    }

    string Path(string name) => _path.Count == 0 ? name : $"{_path.Peek()}.{name}";

    string Add(SafeTensor tensor)
    {
        // A module that is called twice names its weights once.
        if (_named.TryAdd(tensor.Name, tensor))
            _initializers.Add(tensor);
        else if (!_named[tensor.Name].Data.Span.SequenceEqual(tensor.Data.Span))
            throw new InvalidOperationException($"'{tensor.Name}' is given twice with different values.");
        return tensor.Name;
    }

    string MaxPool(string x, long[] kernel, long[] strides, long[] padding, long[] dilations, bool ceil) =>
        Node("MaxPool", [x], [new("ceil_mode", ceil ? 1L : 0L), .. Window(kernel, strides, padding, dilations)]);

    static OnnxAttribute[] Window(long[] kernel, long[] strides, long[] padding, long[] dilations) =>
        [new("dilations", dilations), new("kernel_shape", kernel), new("pads", new[] { padding[0], padding[1], padding[0], padding[1] }), new("strides", strides)];

    static long[] Square(long side) => [side, side];
}
