using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Papers.XnorNet;

/// <summary>
/// sign(x), and 1 for 0; the gradient passes where |x| is below 1 (arXiv:1603.05279, Sec. 3.2, with the hard-tanh estimator of the authors'
/// code: the factor r in the printed one is a slip).
/// </summary>
public sealed class InputSign : autograd.SingleTensorFunction<InputSign>
{
    /// <inheritdoc/>
    public override string Name => nameof(InputSign);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(vars);
        var x = (Tensor)vars[0];
        ctx.save_for_backward([x]);
        return Of(x);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        ArgumentNullException.ThrowIfNull(grad_output);
        using var scope = NewDisposeScope();
        return [(grad_output * ctx.get_saved_variables()[0].abs().lt(1)).MoveToOuterDisposeScope()];
    }

    /// <summary>The same in ONNX, whose Sign gives 0 for 0.</summary>
    internal static string ToOnnx(OnnxGraph graph, string x) =>
        graph.Node("Sign", [graph.Node("Add", [graph.Node("Sign", [x]), graph.Number("half", 0.5f)])]);

    /// <summary>1 where x is 0 or more, else -1: libtorch's sign has three values.</summary>
    internal static Tensor Of(Tensor x)
    {
        using var positive = x.ge(0);
        return positive.to(x.dtype).mul_(2).sub_(1);
    }
}
