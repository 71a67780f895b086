using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>
/// A network of few bits (arXiv:1606.06160, Alg. 1). Weights of the first and last layer are real; outputs of the first layer are quantised, and
/// inputs of the last one only bounded, as in the authors' code (Sec. 2.7). A block is convolution, gradient quantiser, normalisation, pooling,
/// activation; pooling before the activation gives what it gives behind it (Eq. 15).
/// </summary>
public sealed class DoReFaNetwork : Module<Tensor, Tensor>, IOnnxModule
{
    readonly NetworkPlan _plan;
    readonly BitWidths _bits;
    readonly Conv2d first, last;
    readonly ModuleList<DoReFaConv2d> convolutions;
    readonly ModuleList<BatchNorm2d> norms;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="plan">Layers.</param>
    /// <param name="bits">Of the inner layers.</param>
    /// <param name="noise">Whether gradients are quantised with noise, as the paper has it.</param>
    /// <param name="classes">The number of outputs.</param>
    public DoReFaNetwork(NetworkPlan plan, BitWidths bits, bool noise = true, int classes = 10)
        : base($"{plan?.Name} {bits}{(noise ? "" : " without noise")}")
    {
        ArgumentNullException.ThrowIfNull(plan);
        (_plan, _bits) = (plan, bits);
        first = Conv2d(plan.Channels, plan.First.Filters, plan.First.Kernel, padding: plan.First.Padding);
        convolutions = new();
        norms = new();
        long channels = plan.First.Filters;
        foreach (var layer in plan.Inner)
        {
            convolutions.Add(new DoReFaConv2d(channels, layer.Filters, layer.Kernel, layer.Padding, bits, noise));
            norms.Add(BatchNorm2d(layer.Filters, eps: 1e-4));
            channels = layer.Filters;
        }

        last = Conv2d(channels, classes, 1);
        RegisterComponents();
    }

    /// <summary>The layers of few bits.</summary>
    public IEnumerable<DoReFaConv2d> QuantizedLayers => convolutions;

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = Quantizers.Activation(_plan.First.Pooling.Of(first.call(input)), _bits.Activations);
        for (int k = 0; k < convolutions.Count; k++)
        {
            var layer = _plan.Inner[k];
            x = layer.Dropout == 0 ? x : dropout(x, layer.Dropout, training);
            x = layer.Pooling.Of(norms[k].call(convolutions[k].call(x)));
            bool isLast = k == convolutions.Count - 1;
            x = isLast && _bits.Activations != BitWidths.Float ? x.clamp(0, 1) : Quantizers.Activation(x, _bits.Activations);
        }

        return last.call(x).mean([2, 3]);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        x = Quantizers.ActivationToOnnx(graph, graph.Pool(_plan.First.Pooling, graph.Call("first", first, x)), _bits.Activations);
        for (int k = 0; k < convolutions.Count; k++)
        {
            x = graph.Call($"norms.{k}", norms[k], graph.Call($"convolutions.{k}", convolutions[k], x));
            x = graph.Pool(_plan.Inner[k].Pooling, x);
            x = k == convolutions.Count - 1 && _bits.Activations != BitWidths.Float ? Quantizers.Bounded(graph, x) : Quantizers.ActivationToOnnx(graph, x, _bits.Activations);
        }

        return graph.MapMeans(graph.Call("last", last, x));
    }

    /// <summary>Switches all layers of few bits to bits: see <see cref="DoReFaConv2d.Pack"/>.</summary>
    public void Pack()
    {
        eval();
        foreach (var layer in convolutions)
        {
            layer.Pack();
        }
    }
}
