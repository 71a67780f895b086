using ResearchKit.Models;
using ResearchKit.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.ShallowMimic;

/// <summary>What a shallow net looks like.</summary>
/// <param name="Channels">Of the images.</param>
/// <param name="Side">Of the images, in pixels.</param>
/// <param name="Classes">Outputs.</param>
/// <param name="Units">Non-linear hidden units, H.</param>
/// <param name="Bottleneck">Linear units in front of them, k; 0 for none.</param>
/// <param name="Maps">Maps of one layer of 5x5 filters, pooled 3x3 with stride 2, in front of all; 0 for none.</param>
/// <param name="Dropout">Share of the hidden units dropped in training.</param>
public sealed record ShallowPlan(long Channels, long Side, int Classes, long Units, long Bottleneck = 0, long Maps = 0, double Dropout = 0)
{
    /// <summary>Numbers that come into the fully connected part, D: pixels, or those of the pooled maps.</summary>
    public long Inputs => Maps == 0 ? Channels * Side * Side : Maps * Pooled * Pooled;

    /// <summary>Weights, as the paper counts them: without biases.</summary>
    public long Weights => (Maps * Channels * 25) + (Bottleneck == 0 ? Inputs * Units : Bottleneck * (Inputs + Units)) + (Units * Classes);

    long Pooled => ((Side - 3) / 2) + 1;

    /// <summary>Such as <c>16c-p-200L-2000</c>, the paper's way to write it.</summary>
    public override string ToString() => $"{(Maps > 0 ? $"{Maps}c-p-" : "")}{(Bottleneck > 0 ? $"{Bottleneck}L-" : "")}{Units}";
}

/// <summary>
/// A net with a single non-linear hidden layer, g(x) = beta f(W x) (arXiv:1312.6184, Eq. 1), where W may be a product U V through a few linear
/// units (Eq. 2), and with one layer of convolution in front of it at most.
/// </summary>
public sealed class ShallowNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d? conv;
    readonly Linear? bottleneck;
    readonly Linear hidden, output;
    readonly LogitScaling? _scaling;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="plan">Its layers.</param>
    /// <param name="scaling">Where it learns standardised logits: what turns them back. The net gives logits as the teacher has them.</param>
    public ShallowNet(ShallowPlan plan, LogitScaling? scaling = null)
        : base(nameof(ShallowNet))
    {
        ArgumentNullException.ThrowIfNull(plan);
        (Plan, _scaling) = (plan, scaling);
        conv = plan.Maps > 0 ? Conv2d(plan.Channels, plan.Maps, 5, padding: 2) : null;
        bottleneck = plan.Bottleneck > 0 ? Linear(plan.Inputs, plan.Bottleneck, hasBias: false) : null;
        hidden = Linear(plan.Bottleneck > 0 ? plan.Bottleneck : plan.Inputs, plan.Units);
        output = Linear(plan.Units, plan.Classes);
        RegisterComponents();
    }

    /// <summary>Its layers.</summary>
    public ShallowPlan Plan { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = conv is null ? input : max_pool2d(relu(conv.call(input)), 3, 2);
        x = x.flatten(1);
        x = bottleneck is null ? x : bottleneck.call(x); // linear: no depth comes of it
        x = output.call(dropout(relu(hidden.call(x)), Plan.Dropout, training));
        return _scaling is null ? x : _scaling.Restore(x);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        x = graph.Flatten(conv is null ? x : graph.MaxPool(graph.Relu(graph.Call("conv", conv, x)), 3, 2));
        x = bottleneck is null ? x : graph.Call("bottleneck", bottleneck, x);
        x = graph.Call("output", output, graph.Relu(graph.Call("hidden", hidden, x)));
        return _scaling is null ? x
            : graph.Node("Add", [graph.Node("Mul", [x, graph.Weight("spread", _scaling.Spread)]), graph.Weight("mean", _scaling.Mean)]);
    }

    /// <summary>The same net with U V multiplied out into one matrix W: what a bottleneck learns, a layer without it could have.</summary>
    /// <exception cref="InvalidOperationException">There is no bottleneck.</exception>
    public ShallowNet Collapse()
    {
        if (bottleneck is null)
        {
            throw new InvalidOperationException("The net has no linear bottleneck to multiply out.");
        }

        var whole = new ShallowNet(Plan with { Bottleneck = 0 }, _scaling);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        whole.to(hidden.weight.dtype);
        whole.hidden.weight.copy_(hidden.weight.matmul(bottleneck.weight));
        whole.hidden.bias!.copy_(hidden.bias!);
        whole.output.load_state_dict(output.state_dict());
        if (conv is not null)
        {
            whole.conv!.load_state_dict(conv.state_dict());
        }

        whole.train(training);
        return whole;
    }
}
