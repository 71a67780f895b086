using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.FitNets;

/// <summary>
/// A student up to its guided layer, with the regressor that maps that layer to the teacher's hint (arXiv:1412.6550, Sec. 2.2). Trained in the first
/// stage; afterwards the regressor is dropped.
/// </summary>
public sealed class HintedStudent : Module<Tensor, Tensor>
{
    readonly MaxoutNet student;
    readonly MaxoutConv2d regressor;

    /// <summary>Draws the regressor's weights evenly from (-range, range).</summary>
    /// <param name="student">Whose layers up to the middle are trained; a part of this, and disposed of with it.</param>
    /// <param name="hint">Maps of the teacher's hint layer, and their side.</param>
    /// <param name="range">Of the initial weights.</param>
    /// <exception cref="ArgumentException">The guided maps are smaller than the hint: an unpadded convolution cannot map one to the other.</exception>
    public HintedStudent(MaxoutNet student, (long Maps, long Side) hint, double range)
        : base(nameof(HintedStudent))
    {
        ArgumentNullException.ThrowIfNull(student);
        var (maps, side) = student.MiddleShape;
        if (side < hint.Side)
        {
            throw new ArgumentException($"The guided maps have {side}x{side} pixels, the hint has {hint.Side}x{hint.Side}: choose an earlier guided layer, whose maps are larger.", nameof(student));
        }

        this.student = student;
        // N_g - k + 1 = N_h, without padding, and maxout as in the hint layer.
        regressor = new MaxoutConv2d(maps, hint.Maps, side - hint.Side + 1, 0, range);
        RegisterComponents();
    }

    /// <summary>r(v_g(x)), flattened.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, maps x side x side] of the hint.</returns>
    public override Tensor forward(Tensor input) => regressor.call(student.UpToMiddle(input)).flatten(1);
}

/// <summary>What the two stages minimise.</summary>
public static class Losses
{
    /// <summary>Half the squared distance of guided layer and hint, summed over the maps and averaged over cases (Eq. 3).</summary>
    /// <param name="guided">r(v_g(x)), [N, features].</param>
    /// <param name="hint">u_h(x), [N, features].</param>
    public static Tensor Hint(Tensor guided, Tensor hint)
    {
        ArgumentNullException.ThrowIfNull(guided);
        ArgumentNullException.ThrowIfNull(hint);
        return (guided - hint).square().sum() / (2 * guided.shape[0]);
    }

    /// <summary>H(y, P_S) + lambda H(P_T^tau, P_S^tau), with P^tau = softmax(a / tau) (Eq. 1 and Eq. 2). There is no factor tau^2.</summary>
    /// <param name="student">a_S, [N, classes].</param>
    /// <param name="teacher">a_T, [N, classes].</param>
    /// <param name="labels">y, int64 [N].</param>
    /// <param name="tau">The relaxation.</param>
    /// <param name="lambda">The weight of the teacher's opinion.</param>
    public static Tensor Distillation(Tensor student, Tensor teacher, Tensor labels, double tau, double lambda)
    {
        ArgumentNullException.ThrowIfNull(student);
        ArgumentNullException.ThrowIfNull(teacher);
        return functional.cross_entropy(student, labels) + (lambda * functional.cross_entropy(student / tau, functional.softmax(teacher / tau, 1)));
    }

    /// <summary>Lambda falls along a line from its first value to 1, by which time it stays there (Sec. 2.4).</summary>
    /// <param name="first">The paper has 4.</param>
    /// <param name="progress">Share of the time of annealing that is over; 1 or more is the end.</param>
    public static double Lambda(double first, double progress) => first + ((1 - first) * Math.Clamp(progress, 0, 1));
}
