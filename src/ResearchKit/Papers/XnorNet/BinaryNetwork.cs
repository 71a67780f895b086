using ResearchKit.Formats;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.XnorNet;

/// <summary>The order of a block's layers (arXiv:1603.05279, Sec. 3.2 and Table 3b).</summary>
public enum BlockOrder
{
    /// <summary>Normalisation, sign, convolution, pooling: the paper's.</summary>
    NormalisedFirst,

    /// <summary>Convolution, normalisation, activation, pooling: the usual one, in which signs are pooled.</summary>
    ConvolvedFirst,
}

/// <summary>
/// A network whose first and last layers are real, and whose inner ones are binarised as asked (arXiv:1603.05279, Sec. 4.1). Each
/// convolution is followed by a ReLU, which the paper allows in an XNOR block too.
/// </summary>
public sealed class BinaryNetwork : Module<Tensor, Tensor>, IOnnxModule
{
    readonly NetworkPlan _plan;
    readonly BlockOrder _order;
    readonly Binarisation _binarisation;
    readonly Conv2d first, last;
    readonly BatchNorm2d firstNorm;
    readonly BatchNorm2d? lastNorm;
    readonly ModuleList<Module<Tensor, Tensor>> convolutions;
    readonly ModuleList<BatchNorm2d> norms;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="plan">Layers.</param>
    /// <param name="options">How the inner ones are binarised.</param>
    /// <param name="order">Where normalisation stands in an XNOR network; the others have it behind the convolution.</param>
    /// <param name="classes">The number of outputs.</param>
    public BinaryNetwork(NetworkPlan plan, BinaryOptions options, BlockOrder order = BlockOrder.NormalisedFirst, int classes = 10)
        : base(Named(plan, options))
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        (_plan, _binarisation) = (plan, options.Binarisation);
        _order = _binarisation == Binarisation.WeightsAndInputs ? order : BlockOrder.ConvolvedFirst;
        first = Conv2d(plan.Channels, plan.First.Filters, plan.First.Kernel, padding: plan.First.Padding);
        firstNorm = BatchNorm2d(plan.First.Filters, eps: 1e-4);
        convolutions = new();
        norms = new();
        long channels = plan.First.Filters;
        foreach (var layer in plan.Inner)
        {
            convolutions.Add(_binarisation == Binarisation.None
                ? Conv2d(channels, layer.Filters, layer.Kernel, padding: layer.Padding)
                : new BinaryConv2d(channels, layer.Filters, layer.Kernel, layer.Padding, options: options, signsInput: _order == BlockOrder.NormalisedFirst));
            norms.Add(BatchNorm2d(_order == BlockOrder.NormalisedFirst ? channels : layer.Filters, eps: 1e-4));
            channels = layer.Filters;
        }

        // As in the authors' AlexNet: what goes to the real layer is normalised too.
        lastNorm = _order == BlockOrder.NormalisedFirst ? BatchNorm2d(channels, eps: 1e-4) : null;
        last = Conv2d(channels, classes, 1);
        RegisterComponents();
    }

    /// <summary>The binary layers.</summary>
    public IEnumerable<BinaryConv2d> BinaryLayers => convolutions.OfType<BinaryConv2d>();

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        // Signs are pooled in the usual order: that is what the paper warns of.
        bool poolsSigns = _binarisation == Binarisation.WeightsAndInputs && _order == BlockOrder.ConvolvedFirst;
        var x = first.call(input);
        x = poolsSigns ? InputSign.apply(firstNorm.call(x)) : NormRelu.Call(firstNorm, x);
        x = _plan.First.Pooling.Of(x);
        for (int k = 0; k < convolutions.Count; k++)
        {
            var layer = _plan.Inner[k];
            if (_order == BlockOrder.NormalisedFirst)
            {
                x = convolutions[k].call(Drop(norms[k].call(x), layer));
                x = k < convolutions.Count - 1 ? relu(x) : NormRelu.Call(lastNorm!, x);
            }
            else
            {
                x = convolutions[k].call(Drop(x, layer));
                // The last activation goes to a real layer and stays real.
                x = poolsSigns && k < convolutions.Count - 1 ? InputSign.apply(norms[k].call(x)) : NormRelu.Call(norms[k], x);
            }

            x = layer.Pooling.Of(x);
        }

        return last.call(x).mean([2, 3]);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        bool poolsSigns = _binarisation == Binarisation.WeightsAndInputs && _order == BlockOrder.ConvolvedFirst;
        x = graph.Call("firstNorm", firstNorm, graph.Call("first", first, x));
        x = graph.Pool(_plan.First.Pooling, poolsSigns ? InputSign.ToOnnx(graph, x) : graph.Relu(x));
        for (int k = 0; k < convolutions.Count; k++)
        {
            string Convolved(string input) => graph.Call($"convolutions.{k}", convolutions[k], input);
            string Normalised(string input) => graph.Call($"norms.{k}", norms[k], input);
            bool isLast = k == convolutions.Count - 1;
            x = _order == BlockOrder.NormalisedFirst ? Convolved(Normalised(x)) : Normalised(Convolved(x));
            x = _order == BlockOrder.NormalisedFirst && isLast ? graph.Call("lastNorm", lastNorm!, x) : x;
            x = graph.Pool(_plan.Inner[k].Pooling, poolsSigns && !isLast ? InputSign.ToOnnx(graph, x) : graph.Relu(x));
        }

        return graph.MapMeans(graph.Call("last", last, x));
    }

    /// <summary>Switches all binary layers to bits: see <see cref="BinaryConv2d.Pack"/>.</summary>
    public void Pack()
    {
        eval();
        foreach (var layer in BinaryLayers)
        {
            layer.Pack();
        }
    }

    /// <summary>The network as it is stored: binary layers as bits, all else as float32.</summary>
    public IReadOnlyList<CompressedTensor> ToTensors()
    {
        var binary = convolutions.Select((c, k) => (Name: $"convolutions.{k}.weight", Layer: c as BinaryConv2d)).Where(c => c.Layer is not null).ToDictionary(c => c.Name, c => c.Layer!);
        return [.. state_dict().Where(t => t.Value.is_floating_point()).Select(CompressedTensor (t) => binary.TryGetValue(t.Key, out var layer)
            ? layer.ToTensor(t.Key)
            : new DenseTensor(t.Key, t.Value.shape, t.Value.detach().flatten().data<float>().ToArray()))];
    }

    Tensor Drop(Tensor x, LayerPlan layer) => layer.Dropout == 0 ? x : dropout(x, layer.Dropout, training);

    static string Named(NetworkPlan? plan, BinaryOptions? options) => $"{plan?.Name} {options}";
}
