namespace ResearchKit.Papers.SqueezeNet;

/// <summary>A row of the paper's Table 1.</summary>
/// <param name="Name">Of the module.</param>
/// <param name="Parameters">Printed, biases included.</param>
/// <param name="Squeeze">Per cent of the squeeze layer's weights that pruning keeps; of all weights in conv1 and conv10.</param>
/// <param name="Expand1x1">The same of the 1x1 filters that expand.</param>
/// <param name="Expand3x3">The same of the 3x3 filters.</param>
/// <param name="Pruned">Printed parameters after pruning.</param>
public sealed record Table1Row(string Name, long Parameters, int Squeeze, int Expand1x1, int Expand3x3, long Pruned);

/// <summary>The paper's Table 1 (arXiv:1602.07360): what it prints, and what follows from it.</summary>
public static class Table1
{
    /// <summary>The printed total.</summary>
    public const long Parameters = 1_248_424;

    /// <summary>The printed total after pruning.</summary>
    public const long Pruned = 421_098;

    /// <summary>The rows. fire8's density of 3x3 filters is printed as 33 %; its own last column, and the released file, have 30 %.</summary>
    public static IReadOnlyList<Table1Row> Rows { get; } =
    [
        new("conv1", 14_208, 100, 100, 100, 14_208),
        new("fire2", 11_920, 100, 100, 33, 5_746),
        new("fire3", 12_432, 100, 100, 33, 6_258),
        new("fire4", 45_344, 100, 100, 33, 20_646),
        new("fire5", 49_440, 100, 100, 33, 24_742),
        new("fire6", 104_880, 100, 50, 33, 44_700),
        new("fire7", 111_024, 50, 100, 33, 46_236),
        new("fire8", 188_992, 100, 50, 30, 77_581),
        new("fire9", 197_184, 50, 100, 30, 77_581),
        new("conv10", 513_000, 20, 20, 20, 103_400),
    ];

    /// <summary>Per cent of a layer's weights that Table 1 keeps; a shortcut, which it does not have, is kept whole.</summary>
    /// <param name="layer">Such as <c>fire2.expand3x3</c>.</param>
    public static int DensityOf(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var parts = layer.Split('.');
        var row = Rows.FirstOrDefault(r => r.Name == parts[0]) ?? throw new ArgumentException($"Table 1 has no layer '{layer}'.", nameof(layer));
        return parts.Length == 1 ? row.Squeeze : parts[1] switch
        {
            "squeeze" => row.Squeeze,
            "expand1x1" => row.Expand1x1,
            "expand3x3" => row.Expand3x3,
            "shortcut" => 100,
            _ => throw new ArgumentException($"A fire module has no layer '{parts[1]}'.", nameof(layer)),
        };
    }

    /// <summary>Parameters of a module, biases included.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="module">Such as <c>fire2</c>.</param>
    public static long Count(FirePlan plan, string module) => LayersOf(plan, module).Sum(l => l.Weights + l.Biases);

    /// <summary>Parameters of a module after pruning: all biases, and each layer's share of its weights, rounded up.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="module">Such as <c>fire2</c>.</param>
    public static long CountPruned(FirePlan plan, string module) =>
        LayersOf(plan, module).Sum(l => (((l.Weights * DensityOf(l.Name)) + 99) / 100) + l.Biases);

    static IEnumerable<PlannedLayer> LayersOf(FirePlan plan, string module)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Layers.Where(l => l.Name.Split('.')[0] == module);
    }
}
