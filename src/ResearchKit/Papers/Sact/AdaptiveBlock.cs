using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// Residual units of one resolution with a halting state of their own (arXiv:1612.02297): every unit but the last has a halting branch.
/// Where a position has halted its features stay as they are, and its neighbours go on reading them. In training all is computed and
/// multiplied by the mask; <see cref="ActiveNetwork"/> computes active positions only.
/// </summary>
public sealed class AdaptiveBlock : Module<Tensor, Tensor>
{
    readonly ModuleList<PreActivationUnit> units;
    readonly ModuleList<HaltingScore> scores;
    readonly double _epsilon;

    /// <summary>Draws initial weights from the global generator, the units' first, so that they do not depend on the adaptivity.</summary>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="count">Units.</param>
    /// <param name="stride">Of the first unit.</param>
    /// <param name="adaptivity">Where computation adapts.</param>
    /// <param name="bias">The halting branches' first bias.</param>
    /// <param name="epsilon">How far below 1 the sum of scores may stay.</param>
    public AdaptiveBlock(long inputs, long outputs, int count, long stride, Adaptivity adaptivity, double bias = -3, double epsilon = 0.01)
        : base(nameof(AdaptiveBlock))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        units = ModuleList([.. Enumerable.Range(0, count).Select(k => new PreActivationUnit(k == 0 ? inputs : outputs, outputs, k == 0 ? stride : 1))]);
        scores = ModuleList([.. Enumerable.Range(0, adaptivity == Adaptivity.None ? 0 : count - 1).Select(_ => new HaltingScore(outputs, adaptivity, bias))]);
        _epsilon = epsilon;
        RegisterComponents();
    }

    /// <summary>Units.</summary>
    public int UnitCount => units.Count;

    internal IReadOnlyList<PreActivationUnit> Units => [.. units];

    internal IReadOnlyList<HaltingScore> Scores => [.. scores];

    internal double Epsilon => _epsilon;

    /// <summary>What halted where at the last call; null where nothing adapts.</summary>
    public HaltingState? Halting { get; private set; }

    /// <summary>Puts the halting state of an earlier call back.</summary>
    internal void Restore(HaltingState state) => Halting = state;

    /// <summary>The average of the units' outputs that their halting distribution gives.</summary>
    /// <param name="input">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, H / stride, W / stride].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = units[0].call(input);
        Halting = scores.Count == 0 ? null : new(_epsilon);
        Halting?.Take(x, scores[0].call(x));
        for (int k = 1; k < units.Count; k++)
        {
            x = Halting is null ? units[k].call(x) : x + (Halting.Active * units[k].Residual(x));
            Halting?.Take(x, k < scores.Count ? scores[k].call(x) : null);
        }

        return Halting?.Output ?? x;
    }
}
