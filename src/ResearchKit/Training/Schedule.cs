namespace ResearchKit.Training;

/// <summary>
/// The learning rate's course as a factor of the plan's rate. A pure function of the progress, so that a resumed run needs no state.
/// </summary>
/// <param name="Name">For the record, such as <c>cosine</c>.</param>
/// <param name="Factor">From the progress in [0, 1) of all training steps to the factor.</param>
public sealed record Schedule(string Name, Func<double, double> Factor)
{
    /// <summary>The same rate throughout.</summary>
    public static Schedule Constant { get; } = new("constant", _ => 1);

    /// <summary>Half a cosine from 1 to 0 (arXiv:1608.03983, Eq. 5, without restarts).</summary>
    public static Schedule Cosine { get; } = new("cosine", p => 0.5 * (1 + Math.Cos(Math.PI * p)));

    /// <summary>A straight line from 1 to 0.</summary>
    public static Schedule Linear { get; } = new("linear", p => 1 - p);

    /// <summary>Multiplied by <paramref name="factor"/> at each of the given shares of the training.</summary>
    public static Schedule Step(double factor, params double[] at) =>
        new($"step({factor} at {string.Join(", ", at)})", p => Math.Pow(factor, at.Count(a => p >= a)));

    /// <summary>Cosine rise from 1/25 to 1 in the first <paramref name="rise"/> of the training, cosine fall to 1/250,000 (arXiv:1708.07120).</summary>
    public static Schedule OneCycle(double rise = 0.3) => new(
        $"one-cycle({rise})",
        p => p < rise ? Between(1.0 / 25, 1, p / rise) : Between(1, 1.0 / 250_000, (p - rise) / (1 - rise)));

    /// <summary>The schedule of a name that a user typed: constant, cosine, linear, one-cycle, or step (x0.1 at 50 % and 75 %).</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Schedule Parse(string name) => name switch
    {
        "constant" => Constant,
        "cosine" => Cosine,
        "linear" => Linear,
        "one-cycle" => OneCycle(),
        "step" => Step(0.1, 0.5, 0.75),
        _ => throw new ArgumentException($"There is no schedule '{name}': constant, cosine, linear, one-cycle and step are known.", nameof(name)),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;

    static double Between(double from, double to, double share) => from + ((to - from) * 0.5 * (1 - Math.Cos(Math.PI * share)));
}
