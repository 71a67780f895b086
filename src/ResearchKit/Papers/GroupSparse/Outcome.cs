using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Papers.GroupSparse;

/// <summary>A network after training with a penalty, thresholded and thinned.</summary>
/// <param name="Penalty">Which.</param>
/// <param name="Strength">Its factor.</param>
/// <param name="Validation">Thinned, on the validation images.</param>
/// <param name="Test">Thinned, on the test images.</param>
/// <param name="Units">Units with an outgoing weight: inputs, then each hidden layer; and of how many.</param>
/// <param name="Zeros">Share of zeros among the weights of each layer.</param>
/// <param name="Inputs">For each input whether anything leaves it.</param>
/// <param name="Parameters">Of the thinned network, and of the whole.</param>
/// <param name="Latency">Whole against thinned, or null where it was not timed.</param>
sealed record Outcome(
    Penalty Penalty, double Strength, Evaluation Validation, Evaluation Test, (int Left, int All)[] Units, double[] Zeros, bool[] Inputs, (long Thinned, long All) Parameters,
    PairedLatency? Latency)
{
    internal int HiddenLeft => Units.Skip(1).Sum(u => u.Left);

    /// <summary>Share of zeros among all weights, in per cent, for a network whose layers have the given sizes.</summary>
    internal double Sparsity(IReadOnlyList<int> sizes) =>
        100 * Zeros.Select((z, k) => z * sizes[k] * sizes[k + 1]).Sum() / Zeros.Select((_, k) => (double)sizes[k] * sizes[k + 1]).Sum();

    internal static (int Left, int All)[] UnitsOf(Mlp net) => [.. net.modules().OfType<Linear>().Select(l =>
    {
        bool[] alive = Alive(l);
        return (alive.Count(a => a), alive.Length);
    })];

    /// <summary>For each unit that a layer reads whether any weight leaves it.</summary>
    internal static bool[] Alive(Linear layer)
    {
        using var scope = NewDisposeScope();
        return layer.weight.ne(0).any(0).data<bool>().ToArray();
    }
}
