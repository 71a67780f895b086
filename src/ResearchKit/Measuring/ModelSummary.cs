using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Measuring;

/// <summary>One layer of a summary.</summary>
/// <param name="Name">Its dotted name in the network.</param>
/// <param name="Kind">Its class.</param>
/// <param name="OutputShape">Of one image, without the batch dimension.</param>
/// <param name="Weights">Entries of its weight, without the bias.</param>
/// <param name="Parameters">All trainable numbers.</param>
/// <param name="Zeros">Entries of its weight that are exactly zero.</param>
/// <param name="Macs">Multiply-accumulates for one image, as if dense; biases, normalisation and activations do not count.</param>
public sealed record LayerSummary(string Name, string Kind, long[] OutputShape, long Weights, long Parameters, long Zeros, long Macs);

/// <summary>Layers, shapes, parameters, MACs and sparsity of a network.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Layers">Every module without children, in the order in which one image passes them.</param>
public sealed record ModelSummary(string Name, IReadOnlyList<LayerSummary> Layers)
{
    /// <summary>All trainable numbers.</summary>
    public long Parameters => Layers.Sum(l => l.Parameters);

    /// <summary>Multiply-accumulates for one image, as if dense.</summary>
    public long Macs => Layers.Sum(l => l.Macs);

    /// <summary>Share of the weights (biases apart) that are exactly zero.</summary>
    public double Sparsity => Layers.Sum(l => l.Weights) is var weights and > 0 ? (double)Layers.Sum(l => l.Zeros) / weights : 0;

    /// <summary>Sends one image of zeros through the network and notes what each layer gives.</summary>
    /// <param name="model">The network; left in the mode that it was in.</param>
    /// <param name="inputShape">[C, H, W].</param>
    public static ModelSummary Of(Module<Tensor, Tensor> model, params long[] inputShape)
    {
        ArgumentNullException.ThrowIfNull(model);
        var layers = new List<LayerSummary>();
        var removals = new List<Action>();
        bool training = model.training;
        model.eval();
        try
        {
            foreach (var (name, module) in model.named_modules())
            {
                if (module is Module<Tensor, Tensor> leaf && !module.children().Any())
                {
                    removals.Add(leaf.register_forward_hook((_, _, output) =>
                    {
                        layers.Add(Describe(name, leaf, output));
                        return output;
                    }).remove);
                }
            }

            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            model.call(zeros([1, .. inputShape]));
        }
        finally
        {
            removals.ForEach(remove => remove());
            model.train(training);
        }

        return new ModelSummary(model.GetName(), layers);
    }

    static LayerSummary Describe(string name, Module<Tensor, Tensor> module, Tensor output)
    {
        var shape = output.shape[1..];
        var weight = module.get_parameter("weight");
        long weights = weight is null || weight.dim() < 2 ? 0 : weight.numel();
        long zeros = weights == 0 ? 0 : weights - weight!.count_nonzero().ToInt64();
        // Each output of a convolution takes one product for each entry of its filter, in each of its places.
        long macs = module switch
        {
            Modules.Conv2d or ShapedConv2d => weights * shape[1] * shape[2],
            Modules.Linear => weights,
            _ => 0,
        };
        return new(name, module.GetName(), shape, weights, module.parameters().Sum(p => p.numel()), zeros, macs);
    }
}
