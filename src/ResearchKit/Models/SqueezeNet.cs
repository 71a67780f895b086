using ResearchKit.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>Which SqueezeNet.</summary>
public enum SqueezeNetVersion
{
    /// <summary>The paper's Table 1: 1,248,424 parameters with 1,000 classes.</summary>
    V1_0,

    /// <summary>The authors' later one: a first convolution of 64 filters of 3x3, and earlier pooling; 1,235,496 parameters.</summary>
    V1_1,
}

/// <summary>
/// SqueezeNet (arXiv:1602.07360, Table 1): fire modules, no full layers, the mean of the last convolution's maps as logits. Layers are
/// numbered as in torchvision, so that its weights load by name: with v1.0, fire2 is <c>features.3</c> and conv10 is <c>classifier.1</c>.
/// </summary>
public sealed class SqueezeNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Sequential features, classifier;

    /// <summary>Draws initial weights from the global generator: Glorot-uniform, conv10 normal with deviation 0.01, biases 0, as the authors did.</summary>
    /// <param name="version">v1.0 or v1.1.</param>
    /// <param name="classes">The number of outputs.</param>
    /// <param name="finalPadding">Padding of conv10: 1 in the authors' v1.0, whose border then sees the biases alone; elsewhere 0.</param>
    public SqueezeNet(SqueezeNetVersion version = SqueezeNetVersion.V1_0, int classes = 1000, long finalPadding = 0)
        : base(version == SqueezeNetVersion.V1_0 ? "SqueezeNet 1.0" : "SqueezeNet 1.1")
    {
        features = version == SqueezeNetVersion.V1_0
            ? Sequential(
                Conv2d(3, 96, 7, stride: 2), ReLU(), Pool(),
                new Fire(96, 16, 64, 64), new Fire(128, 16, 64, 64), new Fire(128, 32, 128, 128), Pool(),
                new Fire(256, 32, 128, 128), new Fire(256, 48, 192, 192), new Fire(384, 48, 192, 192), new Fire(384, 64, 256, 256), Pool(),
                new Fire(512, 64, 256, 256))
            : Sequential(
                Conv2d(3, 64, 3, stride: 2), ReLU(), Pool(),
                new Fire(64, 16, 64, 64), new Fire(128, 16, 64, 64), Pool(),
                new Fire(128, 32, 128, 128), new Fire(256, 32, 128, 128), Pool(),
                new Fire(256, 48, 192, 192), new Fire(384, 48, 192, 192), new Fire(384, 64, 256, 256), new Fire(512, 64, 256, 256));
        classifier = Sequential(Dropout(0.5), Conv2d(512, classes, 1, padding: finalPadding), ReLU(), AdaptiveAvgPool2d(1));
        RegisterComponents();
        foreach (var (name, parameter) in named_parameters())
        {
            if (parameter.dim() == 1)
            {
                init.zeros_(parameter);
            }
            else if (name.StartsWith("classifier", StringComparison.Ordinal))
            {
                init.normal_(parameter, 0, 0.01);
            }
            else
            {
                init.xavier_uniform_(parameter);
            }
        }
    }

    /// <summary>Logits, none of them negative, as a ReLU follows the last convolution.</summary>
    /// <param name="input">Images [N, 3, H, W], 227x227 in the paper.</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input) => classifier.call(features.call(input)).flatten(1);

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) =>
        graph.Flatten(graph.Call("classifier", classifier, graph.Call("features", features, x)));

    // Caffe rounds sizes up.
    static MaxPool2d Pool() => MaxPool2d(3, stride: 2, ceil_mode: true);

    /// <summary>A fire module (arXiv:1602.07360, Sec. 3.2): few 1x1 filters squeeze, 1x1 and 3x3 filters side by side expand.</summary>
    public sealed class Fire : Module<Tensor, Tensor>, IOnnxModule
    {
        readonly Conv2d squeeze, expand1x1, expand3x3;

        internal Fire(long inputs, long squeezed, long expanded1x1, long expanded3x3)
            : base(nameof(Fire))
        {
            squeeze = Conv2d(inputs, squeezed, 1);
            expand1x1 = Conv2d(squeezed, expanded1x1, 1);
            expand3x3 = Conv2d(squeezed, expanded3x3, 3, padding: 1);
            RegisterComponents();
        }

        /// <summary>The channels of the 1x1 filters, then those of the 3x3 filters.</summary>
        /// <param name="input">[N, inputs, H, W].</param>
        /// <returns>[N, expanded1x1 + expanded3x3, H, W].</returns>
        public override Tensor forward(Tensor input)
        {
            var x = functional.relu(squeeze.call(input));
            return cat([functional.relu(expand1x1.call(x)), functional.relu(expand3x3.call(x))], 1);
        }

        string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
        {
            x = graph.Relu(graph.Call("squeeze", squeeze, x));
            return graph.Node(
                "Concat", [graph.Relu(graph.Call("expand1x1", expand1x1, x)), graph.Relu(graph.Call("expand3x3", expand3x3, x))], new OnnxAttribute("axis", 1L));
        }
    }
}
