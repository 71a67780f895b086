using ResearchKit.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Models;

/// <summary>Networks of <see cref="ModelCatalog"/> as ONNX graphs: what they compute in evaluation, on batches of any size.</summary>
public static class OnnxExport
{
    /// <summary>The graph of a network; its initializers have PyTorch's names.</summary>
    /// <param name="model">A network of the catalog, float32. It is not changed.</param>
    /// <param name="inputShape">[C, H, W] of its images.</param>
    /// <param name="name">What the graph is called.</param>
    /// <exception cref="NotSupportedException">The network, or a layer of it, is not one that can be exported.</exception>
    public static OnnxModel Of(Module<Tensor, Tensor> model, IReadOnlyList<long> inputShape, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputShape);
        return new Walk().Of(model, inputShape, name);
    }

    sealed class Walk
    {
        const string Input = "input";
        readonly List<OnnxNode> _nodes = [];
        readonly List<SafeTensor> _initializers = [];
        long _channels;

        internal OnnxModel Of(Module model, IReadOnlyList<long> inputShape, string name)
        {
            _channels = inputShape[0];
            var output = Call(model, "", Input);
            return new(name, Input, inputShape, output, _channels, _nodes, _initializers);
        }

        /// <summary>Appends the nodes of a module, and gives the name of its output.</summary>
        string Call(Module module, string path, string x)
        {
            string At(string child, string input) => Call(Child(module, child), path.Length == 0 ? child : $"{path}.{child}", input);
            switch (module)
            {
                case LeNet300100:
                    x = Relu(At("ip1", Flatten(x)));
                    return At("ip3", Relu(At("ip2", x)));
                case LeNet5:
                    x = MaxPool(At("conv1", x), [2, 2], [2, 2], [0, 0], [1, 1], ceil: false);
                    x = MaxPool(At("conv2", x), [2, 2], [2, 2], [0, 0], [1, 1], ceil: false);
                    return At("ip2", Relu(At("ip1", Flatten(x))));
                case Mlp:
                    x = Flatten(x);
                    foreach (var (k, (child, layer)) in Child(module, "layers").named_children().Index())
                        x = Call(layer, $"layers.{child}", k == 0 ? x : Relu(x));
                    return x;
                case CifarResNet:
                    x = Relu(At("bn1", At("conv1", x)));
                    x = At("layer3", At("layer2", At("layer1", x)));
                    return At("linear", Flatten(Node("GlobalAveragePool", [x])));
                case CifarResNet.BasicBlock:
                    var (first, inputs) = ((Conv2d)Child(module, "conv1"), _channels);
                    var residual = At("bn2", At("conv2", Relu(At("bn1", At("conv1", x)))));
                    return Relu(Node("Add", [residual, OptionA(x, path, first.stride[0], inputs)]));
                case SqueezeNet:
                    return Flatten(At("classifier", At("features", x)));
                case SqueezeNet.Fire:
                    var squeezed = Relu(At("squeeze", x));
                    var squeezedChannels = _channels;
                    var ones = Relu(At("expand1x1", squeezed));
                    var channels = _channels;
                    _channels = squeezedChannels;
                    var threes = Relu(At("expand3x3", squeezed));
                    _channels += channels;
                    return Node("Concat", [ones, threes], new OnnxAttribute("axis", 1L));
                case Modules.Sequential:
                    return module.named_children().Aggregate(x, (y, child) => At(child.name, y));
                case Conv2d { padding.Count: 2 } conv:
                    _channels = conv.out_channels;
                    return Node(
                        "Conv", [x, Weight(path, "weight", conv.weight), .. conv.bias is { } b ? new[] { Weight(path, "bias", b) } : []],
                        [new("group", conv.groups), .. Window([.. conv.kernel_size], [.. conv.stride], [.. conv.padding], [.. conv.dilation])]);
                case Linear linear:
                    _channels = linear.weight.shape[0];
                    var bias = linear.bias is { } own ? Weight(path, "bias", own) : Add<float>($"{path}.bias", [_channels], new float[_channels]);
                    return Node("Gemm", [x, Weight(path, "weight", linear.weight), bias], new OnnxAttribute("transB", 1L));
                case BatchNorm2d { affine: true, track_running_stats: true } norm:
                    return Node(
                        "BatchNormalization",
                        [
                            x, Weight(path, "weight", norm.weight!), Weight(path, "bias", norm.bias!),
                            Weight(path, "running_mean", norm.running_mean!), Weight(path, "running_var", norm.running_var!),
                        ],
                        new OnnxAttribute("epsilon", (float)norm.eps));
                case MaxPool2d pool:
                    return MaxPool(x, [.. pool.kernel_size], [.. pool.stride], [.. pool.padding], [.. pool.dilation], pool.ceil_mode);
                case AdaptiveAvgPool2d pool when pool.output_size.All(side => side == 1):
                    return Node("GlobalAveragePool", [x]);
                case Modules.ReLU:
                    return Relu(x);
                case Modules.Dropout:
                    return x; // It does nothing in evaluation.
                default:
                    throw new NotSupportedException(
                        $"{(path.Length == 0 ? "The network" : $"'{path}'")} is a {module.GetType().Name}, which is not among what is exported as ONNX. "
                        + "Networks of the catalog are; export this one as safetensors.");
            }
        }

        static Module Child(Module module, string name) => module.named_children().Single(c => c.name == name).module;

        string Relu(string x) => Node("Relu", [x]);

        string Flatten(string x) => Node("Flatten", [x], new OnnxAttribute("axis", 1L));

        string MaxPool(string x, long[] kernel, long[] strides, long[] padding, long[] dilations, bool ceil) =>
            Node("MaxPool", [x], [new("ceil_mode", ceil ? 1L : 0L), .. Window(kernel, strides, padding, dilations)]);

        /// <summary>Every so many pixels, and channels of zeros, half of them before and half behind.</summary>
        string OptionA(string x, string path, long stride, long inputs)
        {
            var newChannels = _channels - inputs;
            if (stride == 1 && newChannels == 0)
                return x;
            string Constant(string name, params long[] values) => Add<long>($"{path}.shortcut.{name}", [values.Length], values);
            var sliced = Node("Slice", [x, Constant("starts", 0, 0), Constant("ends", long.MaxValue, long.MaxValue), Constant("axes", 2, 3), Constant("steps", stride, stride)]);
            return Node("Pad", [sliced, Constant("pads", 0, newChannels / 2, 0, 0, 0, newChannels - (newChannels / 2), 0, 0)]);
        }

        static OnnxAttribute[] Window(long[] kernel, long[] strides, long[] padding, long[] dilations) =>
            [new("dilations", dilations), new("kernel_shape", kernel), new("pads", new[] { padding[0], padding[1], padding[0], padding[1] }), new("strides", strides)];

        string Node(string type, string[] inputs, params OnnxAttribute[] attributes)
        {
            var output = $"{type}_{_nodes.Count}";
            _nodes.Add(new(type, inputs, output, attributes));
            return output;
        }

        string Weight(string path, string name, Tensor value)
        {
            if (value.dtype != float32)
                throw new NotSupportedException($"'{path}.{name}' is {value.dtype}; networks are exported as ONNX in float32.");
            using var whole = value.detach();
            using var contiguous = whole.contiguous();
            _initializers.Add(new($"{path}.{name}", "F32", contiguous.shape, contiguous.bytes.ToArray()));
            return _initializers[^1].Name;
        }

        string Add<T>(string name, long[] shape, T[] values) where T : unmanaged
        {
            _initializers.Add(SafeTensor.Of<T>(name, shape, values));
            return name;
        }
    }
}
