using ResearchKit.Formats;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>
/// Rewrites a network with dead filters, channels, filter shapes, neurons, inputs or residual blocks into a smaller dense one that gives the
/// same in evaluation. A dead filter's bias still flows on: into the next layer's biases, or, where that one pads its input with zeros
/// and a constant is none at the border, into one constant channel that stays for all of them.
/// </summary>
public static class Thinning
{
    /// <summary>Thins a network of <see cref="Models"/>; it stays as it is.</summary>
    /// <param name="network">LeNet-300-100, LeNet-5, a perceptron, a CIFAR ResNet or a SqueezeNet.</param>
    /// <returns>A network with weights of its own, in evaluation mode: its training would be another one's.</returns>
    /// <exception cref="NotSupportedException">It is none of these.</exception>
    public static Module<Tensor, Tensor> Of(Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Module<Tensor, Tensor> thin = network switch
        {
            LeNet300100 or Mlp => Perceptron(network),
            LeNet5 => OfLeNet5(network),
            CifarResNet resnet => OfResNet(resnet),
            SqueezeNet squeeze => OfSqueezeNet(squeeze),
            _ => throw new NotSupportedException($"Thinning knows the networks of ResearchKit.Models, not {network.GetName()}."),
        };
        thin.eval();
        return thin;
    }

    static Sequential Perceptron(Module network)
    {
        Linear[] layers = [.. network.modules().OfType<Linear>()];
        ThinStep[] steps = [.. layers.Select((l, k) => new ThinStep(new ThinLayer(l), k < layers.Length - 1))];
        ThinStep.Reduce(steps);
        List<(string, Module<Tensor, Tensor>)> modules = [("flatten", Flatten()), .. Selection(steps[0])];
        foreach (var (k, step) in steps.Index())
        {
            modules.Add(($"ip{k + 1}", step.Layers[0].Build()));
            if (step.IsRectified)
            {
                modules.Add(($"relu{k + 1}", ReLU()));
            }
        }

        return Sequential(modules);
    }

    static Sequential OfLeNet5(Module network)
    {
        var modules = network.named_modules().ToDictionary(m => m.name, m => m.module);
        var (conv1, conv2, ip1, ip2) = (
            new ThinLayer(modules["conv1"]), new ThinLayer(modules["conv2"]), new ThinLayer(modules["ip1"]), new ThinLayer(modules["ip2"]));
        ThinStep.Reduce([new(conv1, false), new(conv2, false, ip1.Weight.shape[1] / conv2.Weight.shape[0]), new(ip1, true), new(ip2, false)]);
        return Sequential(
            ("conv1", conv1.Build()), ("pool1", MaxPool2d(2)), ("conv2", conv2.Build()), ("pool2", MaxPool2d(2)), ("flatten", Flatten()),
            ("ip1", ip1.Build()), ("relu1", ReLU()), ("ip2", ip2.Build()));
    }

    static Sequential OfResNet(CifarResNet network)
    {
        var modules = network.named_children().ToDictionary(m => m.name, m => m.module);
        var (stem, norm, full) = (new ThinLayer(modules["conv1"], (BatchNorm2d)modules["bn1"]), BatchNorm2d(16), new ThinLayer(modules["linear"]));
        norm.to(full.Weight.dtype);
        stem.FillNorm(norm);
        return Sequential([
            ("conv1", stem.Build()), ("bn1", norm), ("relu", ReLU()),
            .. network.Blocks.SelectMany((block, l) => OfBlock(block, $"block{l + 1}")),
            ("pool", AdaptiveAvgPool2d(1)), ("flatten", Flatten()), ("linear", full.Build())]);
    }

    /// <summary>A block with fewer channels between its convolutions; one whose residual is constant is a shift, or nothing at all.</summary>
    static IEnumerable<(string, Module<Tensor, Tensor>)> OfBlock(CifarResNet.BasicBlock block, string name)
    {
        var modules = block.named_children().ToDictionary(m => m.name, m => m.module);
        var (conv1, conv2) = (new ThinLayer(modules["conv1"], (BatchNorm2d)modules["bn1"]), new ThinLayer(modules["conv2"], (BatchNorm2d)modules["bn2"]));
        ThinStep.Reduce([new(conv1, true), new(conv2, false)]);
        long outputs = conv2.Weight.shape[0], inputs = conv1.Weight.shape[1];
        if (conv2.Dead().all().ToBoolean())
        {
            var shift = conv2.Constant();
            // What comes in is behind a ReLU, so that another one changes nothing.
            return conv1.Stride == 1 && shift.eq(0).all().ToBoolean() ? [] : [(name, new Shift(shift, conv1.Stride, outputs - inputs))];
        }

        var thin = new CifarResNet.BasicBlock(inputs, outputs, conv1.Stride, conv1.Weight.shape[0]);
        thin.to(conv1.Weight.dtype);
        var parts = thin.named_children().ToDictionary(m => m.name, m => m.module);
        foreach (var (layer, k) in new[] { (conv1, 1), (conv2, 2) })
        {
            layer.Fill(((Conv2d)parts[$"conv{k}"]).weight, null);
            layer.FillNorm((BatchNorm2d)parts[$"bn{k}"]);
        }

        return [(name, thin)];
    }

    static Sequential OfSqueezeNet(SqueezeNet network)
    {
        (string Name, Module Module)[] features = [.. network.named_modules().Where(m => m.name.StartsWith("features.", StringComparison.Ordinal) && m.name.Count(c => c == '.') == 1)];
        var classifier = new ThinLayer(network.modules().OfType<Conv2d>().Last());
        var steps = new List<ThinStep>();
        foreach (var (_, module) in features)
        {
            if (module is Conv2d)
            {
                steps.Add(new(new ThinLayer(module), true));
            }
            else if (module is SqueezeNet.Fire)
            {
                ThinLayer[] layers = [.. module.children().Select(c => new ThinLayer(c))];
                steps.Add(new(layers[0], true));
                steps.Add(new(layers[1..], true));
            }
        }

        steps.Add(new(classifier, true));
        ThinStep.Reduce(steps);

        var next = new Queue<ThinStep>(steps);
        List<(string, Module<Tensor, Tensor>)> modules = [];
        foreach (var (name, module) in features)
        {
            modules.Add((name.Replace("features.", "", StringComparison.Ordinal), module switch
            {
                Conv2d _ => next.Dequeue().Layers[0].Build(),
                SqueezeNet.Fire => FireOf(next.Dequeue().Layers[0], next.Dequeue().Layers),
                MaxPool2d _ => MaxPool2d(3, stride: 2, ceil_mode: true),
                _ => ReLU(),
            }));
        }

        return Sequential([.. modules, ("conv10", classifier.Build()), ("relu10", ReLU()), ("pool10", AdaptiveAvgPool2d(1)), ("flatten", Flatten())]);
    }

    static SqueezeNet.Fire FireOf(ThinLayer squeeze, ThinLayer[] expand)
    {
        var fire = new SqueezeNet.Fire(squeeze.Weight.shape[1], squeeze.Weight.shape[0], expand[0].Weight.shape[0], expand[1].Weight.shape[0]);
        fire.to(squeeze.Weight.dtype);
        foreach (var (layer, module) in expand.Prepend(squeeze).Zip(fire.children().Cast<Conv2d>()))
        {
            layer.Fill(module.weight, module.bias);
        }

        return fire;
    }

    /// <summary>Takes the inputs that the first layer reads, if it does not read all.</summary>
    static IEnumerable<(string, Module<Tensor, Tensor>)> Selection(ThinStep first)
    {
        var read = first.Reads(1).nonzero().flatten();
        if (read.numel() == first.Layers[0].Weight.shape[1] || read.numel() == 0)
        {
            return [];
        }

        first.Layers[0].KeepColumns(read);
        return [("inputs", new Select(read))];
    }

    /// <summary>Some of the inputs.</summary>
    sealed class Select : Module<Tensor, Tensor>, IOnnxModule
    {
        internal Select(Tensor places)
            : base(nameof(Select)) => register_buffer("places", places.DetachFromDisposeScope());

        public override Tensor forward(Tensor input) => input.index_select(1, get_buffer("places")!);

        string IOnnxModule.ToOnnx(OnnxGraph graph, string x) =>
            graph.Node("Gather", [x, graph.Constant("places", get_buffer("places")!.data<long>().ToArray())], new OnnxAttribute("axis", 1L));
    }

    /// <summary>A residual block whose residual is the same everywhere: ReLU(shortcut + shift).</summary>
    sealed class Shift : Module<Tensor, Tensor>, IOnnxModule
    {
        readonly long _stride, _newChannels;

        internal Shift(Tensor shift, long stride, long newChannels)
            : base(nameof(Shift))
        {
            register_buffer("shift", shift.view(1, -1, 1, 1).DetachFromDisposeScope());
            (_stride, _newChannels) = (stride, newChannels);
        }

        public override Tensor forward(Tensor input) =>
            functional.relu(CifarResNet.BasicBlock.OptionA(input, _stride, _newChannels) + get_buffer("shift")!);

        string IOnnxModule.ToOnnx(OnnxGraph graph, string x) =>
            graph.Relu(graph.Node("Add", [graph.OptionA(x, _stride, _newChannels), graph.Weight("shift", get_buffer("shift")!)]));
    }
}
