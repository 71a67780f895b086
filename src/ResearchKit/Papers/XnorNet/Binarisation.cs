namespace ResearchKit.Papers.XnorNet;

/// <summary>What of a convolution is binary.</summary>
public enum Binarisation
{
    /// <summary>Nothing: the float twin.</summary>
    None,

    /// <summary>The weights: Binary-Weight-Networks (arXiv:1603.05279, Sec. 3.1).</summary>
    Weights,

    /// <summary>Weights and inputs: XNOR-Networks (arXiv:1603.05279, Sec. 3.2).</summary>
    WeightsAndInputs,
}

/// <summary>What the signs of a filter are multiplied by.</summary>
public enum FilterScale
{
    /// <summary>Alpha, the mean magnitude of the filter's weights (arXiv:1603.05279, Eq. 6).</summary>
    MeanMagnitude,

    /// <summary>1, as in BinaryConnect (arXiv:1511.00363) and BNN (arXiv:1602.02830).</summary>
    One,

    /// <summary>A parameter of its own for each filter: the other row of arXiv:1603.05279, Table 3a.</summary>
    Learned,
}

/// <summary>How the gradient of a binary weight becomes that of the real one.</summary>
public enum WeightGradient
{
    /// <summary>As the paper prints and the authors' code computes it, entry by entry (arXiv:1603.05279, Sec. 3.1).</summary>
    Printed,

    /// <summary>By the chain rule: alpha depends on all weights of its filter.</summary>
    Exact,
}

/// <summary>How a layer is binarised. The defaults are the paper's XNOR-Net.</summary>
public sealed record BinaryOptions
{
    /// <summary>What is binary.</summary>
    public Binarisation Binarisation { get; init; } = Binarisation.WeightsAndInputs;

    /// <summary>What a filter's signs are multiplied by.</summary>
    public FilterScale Scale { get; init; } = FilterScale.MeanMagnitude;

    /// <summary>Whether sums are multiplied by K, the mean magnitude of the input in their window (arXiv:1603.05279, Eq. 11).</summary>
    public bool InputScale { get; init; } = true;

    /// <summary>The gradient of the weights.</summary>
    public WeightGradient Gradient { get; init; } = WeightGradient.Printed;

    /// <summary>Whether the gradient that comes back into the convolution is binarised too (arXiv:1603.05279, Sec. 3.2).</summary>
    public bool BinaryGradient { get; init; }
}
