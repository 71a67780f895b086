using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.DoReFaNet;

/// <summary>The paper's quantisers of weights and activations (arXiv:1606.06160, Sec. 2.3 to 2.5).</summary>
public static class Quantizers
{
    /// <summary>quantize_k of numbers in [0, 1] (Eq. 5 and Eq. 6).</summary>
    /// <param name="r">In [0, 1].</param>
    /// <param name="bits">k.</param>
    public static Tensor Quantize(Tensor r, int bits) => Codes.apply(r, bits) / Codes.Levels(bits);

    /// <summary>Activations: ReLU for floats, else quantize_k of what is clipped to [0, 1] (Eq. 11).</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="bits">k; 32 for floats.</param>
    public static Tensor Activation(Tensor x, int bits) => bits == BitWidths.Float ? relu(x) : Quantize(x.clamp(0, 1), bits);

    /// <summary><see cref="Activation"/> in ONNX.</summary>
    internal static string ActivationToOnnx(OnnxGraph graph, string x, int bits)
    {
        if (bits == BitWidths.Float)
        {
            return graph.Relu(x);
        }

        x = graph.Node("Mul", [Bounded(graph, x), graph.Number("activation_levels", Codes.Levels(bits))]);
        // 1 / levels is not exact in floats, and the network divides: a difference of a bit, which the next layer's rounding takes back.
        return graph.Node("Mul", [graph.Node("Round", [x]), graph.Number("activation_step", 1f / Codes.Levels(bits))]);
    }

    /// <summary>x in [0, 1] in ONNX.</summary>
    internal static string Bounded(OnnxGraph graph, string x) => graph.Node("Clip", [x, graph.Number("zero", 0), graph.Number("one", 1)]);

    /// <summary>
    /// Weights as whole numbers from -(2^k - 1) to 2^k - 1 in steps of two, which the layer's <see cref="Scale"/> makes the paper's: signs for
    /// one bit (Eq. 7 and Eq. 8), else 2 round((2^k - 1) (tanh(w) / (2 max |tanh(w)|) + 1/2)) - (2^k - 1) (Eq. 9 and Eq. 10). The gradient passes
    /// through tanh by the chain rule; the greatest value is a constant.
    /// </summary>
    /// <param name="weight">All weights of a layer.</param>
    /// <param name="bits">k, less than 32.</param>
    public static Tensor WeightCodes(Tensor weight, int bits)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (bits == 1)
        {
            return LayerSign.apply(weight, Scale(weight, 1));
        }

        var squashed = weight.tanh();
        return (Codes.apply((squashed / (2 * squashed.detach().abs().max())) + 0.5, bits) * 2) - Codes.Levels(bits);
    }

    /// <summary>What makes <see cref="WeightCodes"/> the paper's weights: E = mean |w| over the layer for one bit, else 1 / (2^k - 1). A constant to the gradient.</summary>
    /// <param name="weight">All weights of a layer.</param>
    /// <param name="bits">k, less than 32.</param>
    /// <returns>One number.</returns>
    public static Tensor Scale(Tensor weight, int bits)
    {
        ArgumentNullException.ThrowIfNull(weight);
        using var noGrad = no_grad();
        return bits == 1 ? weight.abs().to(float64).mean().to(weight.dtype) : full([], 1.0 / Codes.Levels(bits), weight.dtype);
    }

    /// <summary>The paper's quantised weights.</summary>
    /// <param name="weight">All weights of a layer.</param>
    /// <param name="bits">k; 32 leaves them as they are.</param>
    public static Tensor Weight(Tensor weight, int bits) => bits == BitWidths.Float ? weight : WeightCodes(weight, bits) * Scale(weight, bits);
}
