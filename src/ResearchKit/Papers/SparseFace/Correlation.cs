using ResearchKit.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SparseFace;

/// <summary>How strongly each connection's two neurons go together over images (arXiv:1512.01891, Eq. 1).</summary>
public static class Correlation
{
    /// <summary>Pearson's correlation of each output with each input that it is connected to; 0 where either never changes.</summary>
    /// <param name="outputs">[N, places, filters]: activations over N images.</param>
    /// <param name="inputs">[N, places, fan]: what each place is connected to.</param>
    /// <returns>[places, filters, fan].</returns>
    public static Tensor Between(Tensor outputs, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        static Tensor Standardised(Tensor x)
        {
            var centred = x - x.mean([0], keepdim: true);
            var size = centred.square().sum([0], keepdim: true).sqrt();
            return where(size.gt(1e-6 * Math.Sqrt(x.shape[0])), centred / size, zeros_like(centred));
        }

        var (a, b) = (Standardised(outputs), Standardised(inputs));
        return a.permute(1, 2, 0).bmm(b.permute(1, 0, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The criterion in the shape of a layer's weight. A full layer has one place; a convolution sums magnitudes over the places that share a
    /// weight; a locally connected layer shares none.
    /// </summary>
    /// <param name="net">The network, which is left in evaluation mode.</param>
    /// <param name="layer">One of its layers.</param>
    /// <param name="batches">The images.</param>
    /// <param name="count">Batches at most.</param>
    /// <param name="seen">What the next layer sees of the layer's output; without it the output behind a ReLU.</param>
    public static Tensor Of(Module<Tensor, Tensor> net, Module<Tensor, Tensor> layer, Batches batches, int count, Func<Tensor, Tensor>? seen = null)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(batches);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (inputs, outputs) = (new List<Tensor>(), new List<Tensor>());
        var hook = layer.register_forward_hook((_, input, output) =>
        {
            inputs.Add(Windows(layer, input));
            var next = seen is null ? functional.relu(output) : seen(output);
            outputs.Add(next.dim() == 2 ? next.unsqueeze(1) : next.flatten(2).transpose(1, 2)); // [N, places, filters]
            return output;
        });
        net.eval();
        for (int index = 0; index < Math.Min(count, batches.Count); index++)
        {
            net.call(batches.Get(0, index).Input);
        }

        hook.remove();
        var r = Between(cat(outputs, 0), cat(inputs, 0));
        return (layer switch
        {
            Conv2d conv => r.abs().sum(0).view(conv.weight.shape),
            Linear linear => r.view(linear.weight.shape),
            _ => r,
        }).MoveToOuterDisposeScope();
    }

    /// <summary>What each place of a layer's output is connected to: [N, places, fan].</summary>
    static Tensor Windows(Module layer, Tensor input) => layer switch
    {
        Linear _ => input.unsqueeze(1),
        Conv2d conv => functional.unfold(input, conv.kernel_size[0], padding: conv.padding[0], stride: conv.stride[0]).transpose(1, 2),
        _ => functional.unfold(input, 3).transpose(1, 2),
    };
}
