using static TorchSharp.torch;

namespace ResearchKit.Papers.Sact;

/// <summary>
/// Adaptive computation time within one block (arXiv:1612.02297): scores add up until they reach 1 - eps, there a place halts, and the
/// outputs of the units up to there are averaged with the halting distribution p. A place is an image (ACT) or a position (SACT).
/// </summary>
/// <param name="epsilon">How far below 1 the sum may stay; 0.01 in the paper.</param>
public sealed class HaltingState(double epsilon = 0.01)
{
    readonly List<Tensor> _masks = [];
    Tensor? _sum, _remainder;

    /// <summary>y = sum of p_l x_l over the units so far.</summary>
    public Tensor Output { get; private set; } = null!;

    /// <summary>
    /// The ponder cost rho = N + R of each place. N is a constant to the gradient, so that d rho / d h_l is -1 for l &lt; N and else 0.
    /// </summary>
    public Tensor Ponder { get; private set; } = null!;

    /// <summary>1 where a place has not halted yet: what the next unit is computed for. No gradient.</summary>
    public Tensor Active { get; private set; } = null!;

    /// <summary>N, the units that were computed for each place.</summary>
    public Tensor Units => _masks.Aggregate((a, b) => a + b);

    /// <summary>For each unit so far, where it was computed: the first everywhere.</summary>
    public IReadOnlyList<Tensor> Masks => _masks;

    /// <summary>Takes the output of a unit and its halting score.</summary>
    /// <param name="x">The unit's output; where a place has halted it counts with 0.</param>
    /// <param name="score">h in [0, 1], one for each place, of a shape that spreads over <paramref name="x"/>; null for the last unit, whose score is 1.</param>
    public void Take(Tensor x, Tensor? score)
    {
        ArgumentNullException.ThrowIfNull(x);
        var h = score ?? ones_like(_sum ?? x.detach());
        Active ??= ones_like(h.detach());
        _remainder ??= ones_like(h.detach());
        _masks.Add(Active);
        _sum = _sum is null ? h.detach() : _sum + h.detach();
        var stops = score is null ? Active : Active * _sum.ge(1 - epsilon).to(h.dtype);
        var goesOn = Active - stops;
        var p = (goesOn * h) + (stops * _remainder);
        Output = Output is null ? p * x : Output + (p * x);
        var cost = Active + (stops * _remainder);
        Ponder = Ponder is null ? cost : Ponder + cost;
        _remainder = _remainder - (goesOn * h);
        Active = goesOn;
    }
}
