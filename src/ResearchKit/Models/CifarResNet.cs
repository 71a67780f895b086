using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Models;

/// <summary>
/// Residual networks for 32x32 images (arXiv:1512.03385, Sec. 4.2): depth 6n+2, widths 16, 32, 64, parameter-free shortcuts
/// (option A). ResNet-20 has 269,722 parameters with ten classes.
/// </summary>
public sealed class CifarResNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d conv1;
    readonly BatchNorm2d bn1;
    readonly Sequential layer1, layer2, layer3;
    readonly Linear linear;

    /// <summary>Draws He-normal initial weights (arXiv:1502.01852) from the global generator.</summary>
    /// <param name="depth">20, 32, 44, 56, 110: any 6n+2.</param>
    /// <param name="classes">The number of outputs.</param>
    /// <exception cref="ArgumentException">The depth is not 6n+2.</exception>
    public CifarResNet(int depth, int classes = 10)
        : base($"ResNet{depth}")
    {
        if (depth < 8 || (depth - 2) % 6 != 0)
        {
            throw new ArgumentException($"A CIFAR ResNet has a depth of 6n+2 (20, 32, 44, 56, 110), not {depth}.", nameof(depth));
        }

        int blocks = (depth - 2) / 6;
        conv1 = Conv2d(3, 16, 3, padding: 1, bias: false);
        bn1 = BatchNorm2d(16);
        layer1 = Stage(16, 16, blocks, stride: 1);
        layer2 = Stage(16, 32, blocks, stride: 2);
        layer3 = Stage(32, 64, blocks, stride: 2);
        linear = Linear(64, classes);
        RegisterComponents();
        foreach (var (_, parameter) in named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal) && p.parameter.dim() > 1))
        {
            init.kaiming_normal_(parameter);
        }
    }

    /// <summary>The residual blocks, from the first to the last.</summary>
    public IReadOnlyList<BasicBlock> Blocks => [.. new[] { layer1, layer2, layer3 }.SelectMany(stage => stage.children()).Cast<BasicBlock>()];

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, 3, 32, 32].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input) => Head(layer3.call(layer2.call(layer1.call(Stem(input)))));

    /// <summary>What comes before the blocks: convolution, norm, ReLU.</summary>
    /// <param name="input">Images [N, 3, 32, 32].</param>
    /// <returns>[N, 16, 32, 32].</returns>
    public Tensor Stem(Tensor input) => NormRelu.Call(bn1, conv1.call(input));

    /// <summary>What comes after the blocks: mean over places, full layer.</summary>
    /// <param name="x">[N, 64, 8, 8].</param>
    /// <returns>Logits [N, classes].</returns>
    public Tensor Head(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return linear.call(x.mean([2, 3]));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => ToOnnx(graph, x, _ => 1);

    /// <summary>Its nodes, residuals multiplied by a factor of their block, counted from 0.</summary>
    internal string ToOnnx(OnnxGraph graph, string x, Func<int, double> factor)
    {
        x = graph.Relu(graph.Call("bn1", bn1, graph.Call("conv1", conv1, x)));
        int l = 0;
        foreach (var (name, stage) in new[] { ("layer1", layer1), ("layer2", layer2), ("layer3", layer3) })
        {
            foreach (var (child, block) in stage.named_children())
            {
                x = graph.Within($"{name}.{child}", () => ((BasicBlock)block).ToOnnx(graph, x, factor(l++)));
            }
        }

        return graph.Call("linear", linear, graph.MapMeans(x));
    }

    static Sequential Stage(long inputs, long outputs, int blocks, long stride) => Sequential(
        Enumerable.Range(0, blocks).Select(k => (Module<Tensor, Tensor>)new BasicBlock(k == 0 ? inputs : outputs, outputs, k == 0 ? stride : 1)).ToArray());

    /// <summary>Two 3x3 convolutions and a shortcut that strides and pads with zero channels where shapes change (option A).</summary>
    public sealed class BasicBlock : Module<Tensor, Tensor>, IOnnxModule
    {
        readonly Conv2d conv1, conv2;
        readonly BatchNorm2d bn1, bn2;
        readonly long _stride;
        readonly long _newChannels;

        internal BasicBlock(long inputs, long outputs, long stride, long? inner = null)
            : base(nameof(BasicBlock))
        {
            conv1 = Conv2d(inputs, inner ?? outputs, 3, stride: stride, padding: 1, bias: false);
            bn1 = BatchNorm2d(inner ?? outputs);
            conv2 = Conv2d(inner ?? outputs, outputs, 3, padding: 1, bias: false);
            bn2 = BatchNorm2d(outputs);
            _stride = stride;
            _newChannels = outputs - inputs;
            RegisterComponents();
        }

        /// <summary>ReLU(shortcut + residual).</summary>
        /// <param name="input">[N, inputs, H, W].</param>
        /// <returns>[N, outputs, H / stride, W / stride].</returns>
        public override Tensor forward(Tensor input)
        {
            var x = NormRelu.Call(bn1, conv1.call(input));
            return NormRelu.Call(bn2, conv2.call(x), Shortcut(input));
        }

        /// <summary>The residual branch alone, before it is added: convolution, norm, ReLU, convolution, norm.</summary>
        /// <param name="input">[N, inputs, H, W].</param>
        /// <returns>[N, outputs, H / stride, W / stride].</returns>
        public Tensor Residual(Tensor input) => bn2.call(conv2.call(NormRelu.Call(bn1, conv1.call(input))));

        /// <summary>The shortcut alone.</summary>
        /// <param name="input">[N, inputs, H, W].</param>
        /// <returns>[N, outputs, H / stride, W / stride].</returns>
        public Tensor Shortcut(Tensor input) => OptionA(input, _stride, _newChannels);

        string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => ToOnnx(graph, x, 1);

        internal string ToOnnx(OnnxGraph graph, string x, double factor)
        {
            var residual = graph.Relu(graph.Call("bn1", bn1, graph.Call("conv1", conv1, x)));
            residual = graph.Call("bn2", bn2, graph.Call("conv2", conv2, residual));
            residual = factor == 1 ? residual : graph.Node("Mul", [residual, graph.Number("factor", (float)factor)]);
            return graph.Relu(graph.Node("Add", [residual, graph.OptionA(x, _stride, _newChannels)]));
        }

        /// <summary>A shortcut that takes every so many pixels and adds channels of zeros, half of them before and half behind.</summary>
        /// <param name="input">[N, C, H, W].</param>
        /// <param name="stride">Step in both directions.</param>
        /// <param name="newChannels">Channels to add.</param>
        /// <returns>[N, C + newChannels, H / stride, W / stride].</returns>
        internal static Tensor OptionA(Tensor input, long stride, long newChannels)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (stride == 1 && newChannels == 0)
            {
                return input;
            }

            var x = input[TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)];
            return pad(x, [0, 0, 0, 0, newChannels / 2, newChannels - (newChannels / 2)]);
        }
    }
}
