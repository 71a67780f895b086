namespace ResearchKit.Training;

/// <summary>Which rule updates the weights.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,

    /// <summary>Adam (arXiv:1412.6980).</summary>
    Adam,

    /// <summary>Gradients over a running root mean square of theirs, which forgets 1 % in a step; without momentum.</summary>
    RmsProp,
}

/// <summary>How a network is trained.</summary>
public sealed record TrainingPlan
{
    /// <summary>Passes over the training images.</summary>
    public required int Epochs { get; init; }

    /// <summary>The highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The rate's course.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>The update rule.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Momentum of SGD.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Nesterov's variant of momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>L2 penalty's factor, added to the gradient.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether biases and batch-norm parameters (all with one dimension) decay too, as they did in Caffe and Torch7.</summary>
    public bool DecayBiasAndNorm { get; init; } = true;

    /// <summary>Share of the target spread evenly over all classes (arXiv:1512.00567, Sec. 7).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Stop when the validation error has not fallen for so many epochs; 0 never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>Everything that decides the outcome, as one line: a checkpoint belongs to a plan.</summary>
    internal string Signature() => string.Join("; ", [
        $"{Epochs} epochs", $"{Optimizer}", $"rate {LearningRate:R}", $"{Schedule}", $"momentum {Momentum:R}{(Nesterov ? " Nesterov" : "")}",
        $"decay {WeightDecay:R}{(DecayBiasAndNorm ? "" : " of weights")}", $"smoothing {LabelSmoothing:R}", $"patience {Patience}"]);
}
