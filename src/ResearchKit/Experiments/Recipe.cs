namespace ResearchKit.Experiments;

/// <summary>What a paper is called and where it stands.</summary>
/// <param name="Title">Full title.</param>
/// <param name="Authors">Authors as the paper lists them.</param>
/// <param name="Venue">Venue and year, such as <c>ICLR 2016</c>.</param>
/// <param name="ArXiv">The arXiv number, such as <c>1510.00149</c>.</param>
public sealed record Paper(string Title, string Authors, string Venue, string ArXiv);

/// <summary>A reproducible experiment: one for each paper. Found by its type; no list has to be edited.</summary>
public abstract class Recipe
{
    /// <summary>The slug by which it is called, such as <c>deep-compression</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The paper.</summary>
    public abstract Paper Paper { get; }

    /// <summary>The idea in one sentence.</summary>
    public abstract string Idea { get; }

    /// <summary>The family of techniques that the paper belongs to, as in the project's README, such as <c>distillation</c>.</summary>
    public virtual string Technique => "other";

    /// <summary>What the paper claims.</summary>
    public abstract IReadOnlyList<Claim> Claims { get; }

    /// <summary>What one seed costs at a scale on two cores, in words, such as <c>about 4 minutes, MNIST</c>.</summary>
    public abstract string Budget(Scale scale);

    /// <summary>The parameters of a scale, as a record with settable properties: what <c>--set name=value</c> changes.</summary>
    public abstract object Parameters(Scale scale);

    /// <summary>Runs the experiment for one seed and reports into <paramref name="run"/>.</summary>
    /// <param name="parameters">The record that <see cref="Parameters"/> gave, with the user's changes.</param>
    /// <param name="run">Seed, data, store, progress; takes the results.</param>
    public abstract void Run(object parameters, Experiment run);
}

/// <summary>A recipe whose parameters are the record <typeparamref name="TParameters"/>.</summary>
/// <typeparam name="TParameters">A record with init properties of simple types.</typeparam>
public abstract class Recipe<TParameters> : Recipe
    where TParameters : class
{
    /// <inheritdoc cref="Recipe.Parameters"/>
    public abstract TParameters ParametersOf(Scale scale);

    /// <inheritdoc cref="Recipe.Run"/>
    public abstract void Run(TParameters parameters, Experiment run);

    /// <inheritdoc/>
    public sealed override object Parameters(Scale scale) => ParametersOf(scale);

    /// <inheritdoc/>
    public sealed override void Run(object parameters, Experiment run) => Run((TParameters)parameters, run);
}
