namespace ResearchKit.Tests.Contract;

/// <summary>
/// Parameters and multiply-accumulates of networks of the catalog with ten classes, counted by hand. Found by its type: every network of the
/// catalog needs one.
/// </summary>
public abstract class ModelCounts
{
    /// <summary>For each network all trainable numbers, and the products of convolutions and full layers for one image.</summary>
    public abstract IEnumerable<(string Model, long Parameters, long Macs)> Counts { get; }
}
