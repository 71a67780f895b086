using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Training;

/// <summary>
/// Pruning by magnitude: all weights of a layer whose magnitude is below the layer's threshold are removed, and the survivors are retrained from
/// where they stand (arXiv:1510.00149, Sec. 2; arXiv:1506.02626, Sec. 3).
/// </summary>
public sealed class Pruning : IDisposable
{
    readonly WeightMasks _masks = new();
    readonly Dictionary<string, Tensor> _maskOf = [];
    readonly Dictionary<string, double> _thresholds = [];

    /// <summary>Prunes each named layer to its density, at once.</summary>
    /// <param name="model">The trained network.</param>
    /// <param name="densities">Share of the weights to keep, by layer name such as <c>ip1</c>; other layers stay whole.</param>
    /// <exception cref="ArgumentException">The network has no such layer, or a density is not in (0, 1].</exception>
    public Pruning(Module model, IReadOnlyDictionary<string, double> densities)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(densities);
        foreach (var (layer, density) in densities)
        {
            if (density is not (> 0 and <= 1))
            {
                throw new ArgumentException($"Layer {layer}: a density of {density} is not in (0, 1].", nameof(densities));
            }

            var weight = model.get_parameter(layer + ".weight")
                ?? throw new ArgumentException($"{model.GetName()} has no layer '{layer}'.", nameof(densities));
            var (mask, threshold) = Threshold(weight, density);
            _maskOf.Add(layer, _masks.Add(weight, mask));
            mask.Dispose();
            _thresholds.Add(layer, threshold);
        }
    }

    /// <summary>
    /// By layer: the threshold in units of the standard deviation of the layer's weights before pruning, which is the paper's
    /// "quality parameter" (arXiv:1506.02626, Sec. 3).
    /// </summary>
    public IReadOnlyDictionary<string, double> Thresholds => _thresholds;

    /// <summary>The 0/1 mask of a layer, in the weight's shape.</summary>
    public Tensor Mask(string layer) => _maskOf[layer];

    /// <summary>Sets pruned weights to zero: after each update, which momentum and weight decay would undo.</summary>
    public void Apply() => _masks.Apply();

    /// <summary>Sets the gradients of pruned weights to zero, so that the optimiser's momentum never holds anything for them.</summary>
    public void MaskGradients() => _masks.MaskGradients();

    /// <summary>Lets the masks go.</summary>
    public void Dispose() => _masks.Dispose();

    static (Tensor Mask, double Threshold) Threshold(Tensor weight, double density)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var magnitude = weight.abs();
        long kept = Math.Max(1, (long)Math.Round(density * weight.numel()));
        long pruned = weight.numel() - kept;
        if (pruned == 0)
        {
            return (ones_like(magnitude).MoveToOuterDisposeScope(), 0);
        }

        var threshold = magnitude.flatten().kthvalue(pruned, 0).values;
        var mask = magnitude.gt(threshold).to(float32).MoveToOuterDisposeScope();
        return (mask, (threshold / weight.std()).ToDouble());
    }
}
