namespace ResearchKit.Formats;

/// <summary>A network as a graph of ONNX operators (github.com/onnx/onnx, opset 13), from one input to one output.</summary>
/// <param name="Name">Of the graph.</param>
/// <param name="Input">What the images are called.</param>
/// <param name="InputShape">[C, H, W]; before it goes the batch, whose size is left open.</param>
/// <param name="Output">What the logits are called; a node makes it.</param>
/// <param name="Outputs">The number of logits: the output is [N, outputs].</param>
/// <param name="Nodes">In the order of computing: each takes what was made before it.</param>
/// <param name="Initializers">Weights and other constants, F32 or I64.</param>
public sealed record OnnxModel(
    string Name, string Input, IReadOnlyList<long> InputShape, string Output, long Outputs, IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<SafeTensor> Initializers);

/// <summary>An operator with what it takes and what it makes.</summary>
/// <param name="Operator">Such as <c>Conv</c>.</param>
/// <param name="Inputs">Names of the graph's input, of initializers, and of other nodes' outputs.</param>
/// <param name="Output">A name that nothing else has.</param>
/// <param name="Attributes">The operator's settings: all that the kit knows of, none left to its default.</param>
public sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<OnnxAttribute> Attributes)
{
    /// <summary>The integer of that name.</summary>
    public long Integer(string name) => (long)Find(name);

    /// <summary>The integers of that name.</summary>
    public long[] Integers(string name) => [.. (IReadOnlyList<long>)Find(name)];

    /// <summary>The number of that name.</summary>
    public float Number(string name) => (float)Find(name);

    object Find(string name) => Attributes.Single(a => a.Name == name).Value;
}

/// <summary>A setting of an operator.</summary>
/// <param name="Name">Such as <c>strides</c>.</param>
/// <param name="Value">A <see cref="long"/>, a <see cref="float"/> or a list of <see cref="long"/>.</param>
public sealed record OnnxAttribute(string Name, object Value);
