namespace ResearchKit.Models;

/// <summary>A layer or network that says in ONNX's operators what it computes in evaluation.</summary>
public interface IOnnxModule
{
    /// <summary>Appends its nodes; its parts are called through the graph, under the names that they have in it.</summary>
    /// <param name="graph">Appended to.</param>
    /// <param name="x">The name of what comes in.</param>
    /// <returns>The name of what comes out.</returns>
    string ToOnnx(OnnxGraph graph, string x);
}
