using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>Any network of the paper's space (arXiv:1602.07360, Sec. 5.1 and 6): a convolution, fire modules, a 1x1 convolution to one map for each class, their means.</summary>
public sealed class FireNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly Conv2d conv1, conv10;
    readonly BatchNorm2d? norm1;
    readonly List<FireModule> _fires = [];

    /// <summary>Draws initial weights from the global generator: Glorot-uniform, conv10 normal with deviation 0.01, biases 0, as the authors did.</summary>
    /// <param name="plan">Its form.</param>
    /// <exception cref="ArgumentException">The plan makes no network; the message says why.</exception>
    public FireNet(FirePlan plan)
        : base(nameof(FireNet))
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        Plan = plan;
        conv1 = Conv2d(plan.Channels, plan.StemFilters, plan.StemSide, plan.StemStride, plan.StemPadding, bias: !plan.Normalised);
        norm1 = plan.Normalised ? BatchNorm2d(plan.StemFilters) : null;
        Draw(conv1);
        for (int i = 0; i < plan.Modules; i++)
        {
            _fires.Add(new(plan.InputsOf(i), plan.SizeOf(i), plan.Bypass, plan.Normalised));
        }

        conv10 = Conv2d(plan.InputsOf(plan.Modules), plan.Classes, 1, padding: plan.FinalPadding);
        init.normal_(conv10.weight, 0, 0.01);
        init.zeros_(conv10.bias!);
        RegisterComponents();
        foreach (var (i, fire) in _fires.Index())
        {
            register_module(FirePlan.NameOf(i), fire);
        }
    }

    /// <summary>Its form.</summary>
    public FirePlan Plan { get; }

    /// <summary>Logits: the means of the last convolution's maps; where a ReLU follows it, none is negative.</summary>
    /// <param name="input">[N, channels, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = conv1.call(input);
        x = norm1 is null ? functional.relu(x) : NormRelu.Call(norm1, x);
        foreach (var (i, fire) in _fires.Index())
        {
            // Caffe rounds sizes up.
            x = fire.call(Plan.PoolBefore.Contains(i) ? functional.max_pool2d(x, 3, 2, ceil_mode: true) : x);
        }

        x = conv10.call(functional.dropout(x, Plan.Dropout, training));
        return (Plan.FinalRelu ? functional.relu(x) : x).mean([2, 3]);
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        x = graph.Call("conv1", conv1, x);
        x = graph.Relu(norm1 is null ? x : graph.Call("norm1", norm1, x));
        foreach (var (i, fire) in _fires.Index())
        {
            x = graph.Call(FirePlan.NameOf(i), fire, Plan.PoolBefore.Contains(i) ? graph.MaxPool(x, 3, 2, ceil: true) : x);
        }

        x = graph.Call("conv10", conv10, x);
        return graph.MapMeans(Plan.FinalRelu ? graph.Relu(x) : x);
    }

    internal static void Draw(Conv2d convolution)
    {
        init.xavier_uniform_(convolution.weight);
        if (convolution.bias is { } bias)
        {
            init.zeros_(bias);
        }
    }
}
