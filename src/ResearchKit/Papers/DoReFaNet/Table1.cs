namespace ResearchKit.Papers.DoReFaNet;

/// <summary>The rows of arXiv:1606.06160, Table 1, as printed: widths, costs, and accuracy of model A on SVHN.</summary>
static class Table1
{
    /// <summary>A row.</summary>
    internal sealed record Row(BitWidths Bits, int? TrainingCost, int? InferenceCost, double Accuracy);

    internal static IReadOnlyList<Row> Rows { get; } =
    [
        new(new(1, 1, 2), 3, 1, 0.934), new(new(1, 1, 4), 5, 1, 0.968), new(new(1, 1, 8), 9, 1, 0.970), new(new(1, 1, 32), null, null, 0.971),
        new(new(1, 2, 2), 4, 2, 0.909), new(new(1, 2, 3), 5, 2, 0.968), new(new(1, 2, 4), 6, 2, 0.975), new(new(2, 1, 2), 6, 2, 0.927),
        new(new(2, 1, 4), 10, 2, 0.969), new(new(1, 2, 8), 10, 2, 0.975), new(new(1, 2, 32), null, null, 0.976), new(new(1, 3, 3), 6, 3, 0.968),
        new(new(1, 3, 4), 7, 3, 0.974), new(new(1, 3, 6), 9, 3, 0.977), new(new(1, 4, 2), 6, 4, 0.815), new(new(1, 4, 4), 8, 4, 0.975),
        new(new(1, 4, 8), 12, 4, 0.977), new(new(2, 2, 2), 8, 4, 0.900), new(new(32, 32, 32), null, null, 0.975),
    ];

    internal static double? Accuracy(BitWidths bits) => Rows.FirstOrDefault(r => r.Bits == bits)?.Accuracy;

    /// <summary>The rows with costs, of which the paper prints 16.</summary>
    internal static int CostsThatAgree() => Rows.Count(r => r.TrainingCost == r.Bits.TrainingCost && r.InferenceCost == r.Bits.InferenceCost);
}
