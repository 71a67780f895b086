namespace ResearchKit.Papers.DoReFaNet;

/// <summary>Bits of weights, activations and gradients: the triples of arXiv:1606.06160, Table 1. 32 stands for float32.</summary>
/// <param name="Weights">W.</param>
/// <param name="Activations">A.</param>
/// <param name="Gradients">G.</param>
public readonly record struct BitWidths(int Weights, int Activations, int Gradients)
{
    /// <summary>What is not quantised.</summary>
    public const int Float = 32;

    /// <summary>The paper's cost of inference: bit products, W A.</summary>
    public int InferenceCost => Weights * Activations;

    /// <summary>The paper's cost of a training step: W A forward and W G backward.</summary>
    public int TrainingCost => (Weights * Activations) + (Weights * Gradients);

    /// <summary>The paper's size of the weights, W; 32 is the float network's.</summary>
    public int Storage => Weights;

    /// <summary>As the paper writes it, such as (1, 2, 4).</summary>
    public override string ToString() => $"({Weights}, {Activations}, {Gradients})";
}
