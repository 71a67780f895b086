using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>The network of a plan: teachers and students on CIFAR-10 (arXiv:1610.09650, Sec. 4).</summary>
public sealed class PlannedNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly ModuleList<Conv2d> convolutions = [];
    readonly Linear? full, output;
    readonly Conv2d? classes;

    /// <summary>Draws PyTorch's default initial weights from the global generator.</summary>
    /// <param name="plan">Its layers.</param>
    /// <param name="channels">Of the images.</param>
    /// <param name="side">Of the images.</param>
    /// <param name="outputs">The number of classes.</param>
    public PlannedNet(NetPlan plan, long channels, long side, long outputs)
        : base(nameof(PlannedNet))
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        foreach (var layer in plan.Convolutions)
        {
            convolutions.Add(Conv2d(channels, layer.Filters, layer.Kernel, padding: layer.Padding));
            channels = layer.Filters;
        }

        if (plan.Units > 0)
        {
            full = Linear(plan.Features(side), plan.Units);
            output = Linear(plan.Units, outputs);
        }
        else
        {
            classes = Conv2d(channels, outputs, 1);
        }

        RegisterComponents();
    }

    /// <summary>What it was made of.</summary>
    public NetPlan Plan { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var (conv, layer) in convolutions.Zip(Plan.Convolutions))
        {
            x = layer.Dropout > 0 ? dropout(x, layer.Dropout, training) : x;
            x = layer.Pooling.Of(relu(conv.call(x)));
        }

        return classes is not null
            ? classes.call(x).mean([2, 3])
            : output!.call(dropout(relu(full!.call(x.flatten(1))), Plan.Dropout, training));
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        foreach (var (k, layer) in Plan.Convolutions.Index())
        {
            x = graph.Pool(layer.Pooling, graph.Relu(graph.Call($"convolutions.{k}", convolutions[k], x)));
        }

        return classes is not null
            ? graph.MapMeans(graph.Call("classes", classes, x))
            : graph.Call("output", output!, graph.Relu(graph.Call("full", full!, graph.Flatten(x))));
    }
}
