using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Settings of a group of parameters; what is null is taken from the optimiser.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }
    public double InitialLearningRate { get; set; }

    /// <summary>The settings as numbers by name, for the optimiser's state.</summary>
    internal virtual IEnumerable<(string Name, Func<double> Read, Action<double> Write)> Numbers()
    {
        yield return ("lr", () => LearningRate!.Value, v => LearningRate = v);
        yield return ("initial_lr", () => InitialLearningRate, v => InitialLearningRate = v);
    }

    /// <summary>Takes from <paramref name="defaults"/> what is not set.</summary>
    internal virtual void Complete(OptimizerOptions defaults) => LearningRate ??= defaults.LearningRate;
}

/// <summary>Parameters with settings of their own.</summary>
public class ParamGroup : ILearningRateController
{
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    public OptimizerOptions? Options { get; set; }

    public double LearningRate
    {
        get => Options!.LearningRate!.Value;
        set => Options!.LearningRate = value;
    }

    public double InitialLearningRate
    {
        get => Options!.InitialLearningRate;
        set => Options!.InitialLearningRate = value;
    }
}

/// <summary>Parameters with settings of a certain optimiser.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options;
    }

    public new TOptions Options
    {
        get => (TOptions)base.Options!;
        set => base.Options = value;
    }
}
