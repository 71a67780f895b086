using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.Distillation;

/// <summary>
/// The cumbersome model: two hidden layers of rectified linear units with dropout of pixels and of units (arXiv:1503.02531, Sec. 3;
/// arXiv:1207.0580). 784-1200-1200-10 has 2,395,210 parameters.
/// </summary>
public sealed class Teacher : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Linear fc1, fc2, fc3;
    readonly double _inputDropout, _hiddenDropout;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="inputs">Pixels.</param>
    /// <param name="units">Units of each hidden layer.</param>
    /// <param name="classes">The number of outputs.</param>
    /// <param name="inputDropout">Share of pixels dropped in training.</param>
    /// <param name="hiddenDropout">Share of hidden units dropped in training.</param>
    public Teacher(long inputs, long units, int classes, double inputDropout, double hiddenDropout)
        : base(nameof(Teacher))
    {
        fc1 = Linear(inputs, units);
        fc2 = Linear(units, units);
        fc3 = Linear(units, classes);
        (_inputDropout, _hiddenDropout) = (inputDropout, hiddenDropout);
        RegisterComponents();
    }

    /// <summary>Logits.</summary>
    /// <param name="input">Images [N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = dropout(input.flatten(1), _inputDropout, training);
        x = dropout(relu(fc1.call(x)), _hiddenDropout, training);
        x = dropout(relu(fc2.call(x)), _hiddenDropout, training);
        return fc3.call(x);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) =>
        graph.Call("fc3", fc3, graph.Relu(graph.Call("fc2", fc2, graph.Relu(graph.Call("fc1", fc1, graph.Flatten(x))))));

    /// <summary>
    /// Shortens the vector of weights into each hidden unit to a greatest length, after each update: the weight constraint of
    /// arXiv:1207.0580, App. A. Biases and output units are free.
    /// </summary>
    /// <param name="limit">The greatest length.</param>
    public void ConstrainWeights(double limit)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var weight in new[] { fc1.weight, fc2.weight })
        {
            var length = weight.norm(1, keepdim: true);
            weight.mul_((limit / length).clamp_max(1));
        }
    }
}
