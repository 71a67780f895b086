using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.Ssl;

/// <summary>What is added to the loss of a network that is to become sparse.</summary>
enum Penalty
{
    /// <summary>Filters and channels (Table 1).</summary>
    FilterAndChannel,

    /// <summary>Filter shapes (Table 2).</summary>
    Shape,

    /// <summary>Single weights: the control of Table 4.</summary>
    L1,

    /// <summary>Filters and channels by squared norms: a control, as this is plain weight decay.</summary>
    Squared,
}

/// <summary>A penalty with its strength.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Strength">Its factor, the lambda of the paper.</param>
sealed record Variant(Penalty Kind, double Strength)
{
    internal string Name => Kind switch
    {
        Penalty.FilterAndChannel => $"filters and channels, {Strength}",
        Penalty.Shape => $"filter shapes, {Strength}",
        Penalty.L1 => $"l1, {Strength}",
        _ => $"squared norms, {Strength}",
    };

    internal string Slug => $"{(Kind switch { Penalty.FilterAndChannel => "filters", Penalty.Shape => "shapes", Penalty.L1 => "l1", _ => "squared" })}-{Strength}";

    /// <summary>The penalty on some layers' weights.</summary>
    internal Tensor Of(IEnumerable<Parameter> weights) => Strength * weights.Select(w => Kind switch
    {
        Penalty.FilterAndChannel => GroupLasso.Penalty(w, Structure.Filter) + GroupLasso.Penalty(w, Structure.Channel),
        Penalty.Shape => GroupLasso.Penalty(w, Structure.Shape),
        Penalty.L1 => w.abs().sum(),
        _ => 2 * w.pow(2).sum(),
    }).Aggregate((a, b) => a + b);

    /// <summary>Masks that keep zero what became zero: groups for structures, single weights for l1.</summary>
    internal WeightMasks Masks(IEnumerable<Parameter> weights)
    {
        var masks = new WeightMasks();
        using var scope = NewDisposeScope();
        foreach (var weight in weights)
        {
            masks.Add(weight, Kind == Penalty.L1 ? weight.ne(0) : GroupMask(weight));
        }

        return masks;
    }

    // A weight lives if its filter, its channel and its place of the window all do; channels of zeros are places of zeros.
    static Tensor GroupMask(Tensor weight)
    {
        var filters = GroupLasso.Groups(weight, Structure.Filter).ne(0).any(1).to(float32);
        var places = GroupLasso.Groups(weight, Structure.Shape).ne(0).any(1).to(float32);
        return (filters.unsqueeze(1) * places).view(weight.shape);
    }
}
