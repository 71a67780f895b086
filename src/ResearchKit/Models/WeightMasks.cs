using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>Weights of a network that stay zero while the others train: 0/1 masks over weights and over their gradients.</summary>
public sealed class WeightMasks : IDisposable
{
    readonly List<(Parameter Weight, Tensor Mask)> _masks = [];

    /// <summary>Masks a weight, at once.</summary>
    /// <param name="weight">A parameter.</param>
    /// <param name="mask">0 or 1, of the weight's shape or one that broadcasts to it; a copy is kept.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">The mask does not fit the weight.</exception>
    public Tensor Add(Parameter weight, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.dim() != weight.dim() || mask.shape.Zip(weight.shape).Any(s => s.First != s.Second && s.First != 1))
        {
            throw new ArgumentException($"A mask of [{string.Join(", ", mask.shape)}] does not fit a weight of [{string.Join(", ", weight.shape)}].", nameof(mask));
        }

        using var noGrad = no_grad();
        var copy = mask.to(weight.dtype).expand(weight.shape).contiguous().clone().DetachFromDisposeScope();
        _masks.Add((weight, copy));
        weight.mul_(copy);
        return copy;
    }

    /// <summary>Sets masked weights to zero: after each update, which momentum and weight decay would undo.</summary>
    public void Apply()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (weight, mask) in _masks)
        {
            weight.mul_(mask);
        }
    }

    /// <summary>Sets the gradients of masked weights to zero, so that the optimiser's momentum never holds anything for them.</summary>
    public void MaskGradients()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (weight, mask) in _masks)
        {
            using var gradient = weight.grad;
            gradient?.mul_(mask);
        }
    }

    /// <summary>Lets the masks go.</summary>
    public void Dispose() => _masks.ForEach(m => m.Mask.Dispose());
}
