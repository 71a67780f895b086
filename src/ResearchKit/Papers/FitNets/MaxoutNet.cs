using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace ResearchKit.Papers.FitNets;

/// <summary>A maxout convolution and the pooling after it.</summary>
/// <param name="Maps">Output maps.</param>
/// <param name="Kernel">Side of a filter.</param>
/// <param name="Padding">Pixels around the input.</param>
/// <param name="Pool">Side of the pooling window; 0 for none.</param>
/// <param name="Stride">Its step. A window may reach over the edge.</param>
public readonly record struct MaxoutLayer(long Maps, long Kernel, long Padding, long Pool = 0, long Stride = 0);

/// <summary>A network of maxout layers and a softmax.</summary>
/// <param name="Name">As the paper calls it.</param>
/// <param name="Channels">Of the images.</param>
/// <param name="Side">Of the images, in pixels.</param>
/// <param name="Layers">The convolutions.</param>
/// <param name="Middle">The hint layer of a teacher, or the guided one of a student, counted from 1.</param>
/// <param name="Units">Of the full maxout layer; 0 for none.</param>
/// <param name="Pieces">Linear pieces of its units.</param>
public sealed record MaxoutPlan(string Name, long Channels, long Side, IReadOnlyList<MaxoutLayer> Layers, int Middle, long Units = 0, long Pieces = 2)
{
    /// <summary>The teacher on MNIST (App. A.2): 48-48-24 maps.</summary>
    public static MaxoutPlan MnistTeacher { get; } = new("teacher on MNIST", 1, 28, [new(48, 8, 0, 4, 2), new(48, 8, 3, 4, 2), new(24, 5, 3, 2, 2)], 2);

    /// <summary>The student on MNIST (App. A.2): twice as deep, a twelfth of the parameters.</summary>
    public static MaxoutPlan MnistStudent { get; } = new("FitNet on MNIST", 1, 28,
        [new(16, 5, 0), new(16, 3, 0, 4, 2), new(16, 5, 3), new(16, 3, 0, 4, 2), new(12, 3, 3), new(12, 3, 0, 2, 2)], 4);

    /// <summary>The teacher on CIFAR-10 (App. A.1.1).</summary>
    public static MaxoutPlan CifarTeacher { get; } = new("teacher on CIFAR-10", 3, 32, [new(96, 8, 4, 4, 2), new(192, 8, 3, 4, 2), new(192, 5, 3, 2, 2)], 2, 500);

    /// <summary>FitNets 1 to 4 on CIFAR-10 (Table 7).</summary>
    public static IReadOnlyList<MaxoutPlan> FitNets { get; } =
    [
        Thin("FitNet 1", 6, [16, 16, 16], [32, 32, 32], [48, 48, 64]),
        Thin("FitNet 2", 6, [16, 32, 32], [48, 64, 80], [96, 96, 128]),
        Thin("FitNet 3", 8, [32, 48, 64, 64], [80, 80, 80, 80], [128, 128, 128]),
        Thin("FitNet 4", 11, [32, 32, 32, 48, 48], [80, 80, 80, 80, 80, 80], [128, 128, 128, 128, 128, 128]),
    ];

    /// <summary>A teacher for CIFAR-10 that a processor can train: as the paper's, with half of the maps and 3x3 filters. Its hint is 96 maps of 7x7.</summary>
    public static MaxoutPlan SmallTeacher { get; } = new("small teacher", 3, 32, [new(48, 3, 1, 4, 2), new(96, 3, 1, 4, 2), new(96, 3, 1, 2, 2)], 2, 250);

    /// <summary>Thin nets of 5, 7, 9 and 11 layers with about 30 million multiplications (Table 6); the last is FitNet 1.</summary>
    public static IReadOnlyDictionary<int, MaxoutPlan> Depths { get; } = new Dictionary<int, MaxoutPlan>
    {
        [5] = Thin("5 layers", 2, [64], [64], [64]),
        [7] = Thin("7 layers", 4, [16, 32], [32, 64], [64]),
        [9] = Thin("9 layers", 5, [16, 32], [32, 32, 32], [48, 64]),
        [11] = FitNets[0],
    };

    /// <summary>The same layers with a part of the maps and units.</summary>
    /// <param name="divisor">1 is the same net.</param>
    public MaxoutPlan Narrowed(long divisor) =>
        this with { Layers = [.. Layers.Select(l => l with { Maps = Math.Max(1, l.Maps / divisor) })], Units = Units / divisor };

    static MaxoutPlan Thin(string name, int middle, long[] first, long[] second, long[] third) => new(
        name, 3, 32, [.. Group(first, 2), .. Group(second, 2), .. Group(third, 8)], middle, 500);

    // 3x3 filters; the last one's maps are pooled.
    static IEnumerable<MaxoutLayer> Group(long[] maps, long pool) =>
        maps.Select((m, k) => k == maps.Length - 1 ? new MaxoutLayer(m, 3, 1, pool, pool) : new(m, 3, 1));
}

/// <summary>A network of maxout convolutions (arXiv:1412.6550, App. A), whose layers up to the middle can be run alone.</summary>
public sealed class MaxoutNet : Module<Tensor, Tensor>, IOnnxModule
{
    readonly ModuleList<MaxoutConv2d> convolutions = [];
    readonly MaxoutLinear? full;
    readonly Linear output;

    /// <summary>Draws weights evenly from (-range, range); biases are 0.</summary>
    /// <param name="plan">Its layers.</param>
    /// <param name="range">Of the initial weights; the paper has 0.005.</param>
    /// <param name="classes">Outputs.</param>
    public MaxoutNet(MaxoutPlan plan, double range, int classes = 10)
        : base(nameof(MaxoutNet))
    {
        ArgumentNullException.ThrowIfNull(plan);
        Plan = plan;
        var (channels, side) = (plan.Channels, plan.Side);
        foreach (var layer in plan.Layers)
        {
            convolutions.Add(new MaxoutConv2d(channels, layer.Maps, layer.Kernel, layer.Padding, range));
            (channels, side) = (layer.Maps, After(layer, side));
            MiddleShape = convolutions.Count == plan.Middle ? (channels, side) : MiddleShape;
        }

        full = plan.Units > 0 ? new MaxoutLinear(channels * side * side, plan.Units, range, plan.Pieces) : null;
        output = Linear(plan.Units > 0 ? plan.Units : channels * side * side, classes);
        init.uniform_(output.weight, -range, range);
        init.zeros_(output.bias!);
        RegisterComponents();
    }

    /// <summary>Its layers.</summary>
    public MaxoutPlan Plan { get; }

    /// <summary>Maps of the hint or guided layer, and their side, behind its pooling.</summary>
    public (long Maps, long Side) MiddleShape { get; }

    /// <summary>Logits.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = Through(input, 0, convolutions.Count).flatten(1);
        return output.call(full is null ? x : full.call(x));
    }

    /// <summary>What the hint or guided layer gives, behind its pooling: u_h or v_g of Eq. 3.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, maps, side, side].</returns>
    public Tensor UpToMiddle(Tensor input) => Through(input, 0, Plan.Middle);

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x)
    {
        foreach (var (k, layer) in Plan.Layers.Index())
        {
            x = graph.Call($"convolutions.{k}", convolutions[k], x);
            x = layer.Pool > 0 ? graph.MaxPool(x, layer.Pool, layer.Stride, ceil: true) : x;
        }

        x = graph.Flatten(x);
        return graph.Call("output", output, full is null ? x : graph.Call("full", full, x));
    }

    Tensor Through(Tensor x, int first, int count)
    {
        for (int k = first; k < count; k++)
        {
            x = convolutions[k].call(x);
            var layer = Plan.Layers[k];
            x = layer.Pool > 0 ? max_pool2d(x, layer.Pool, layer.Stride, ceil_mode: true) : x;
        }

        return x;
    }

    static long After(MaxoutLayer layer, long side)
    {
        long convolved = side + (2 * layer.Padding) - layer.Kernel + 1;
        return layer.Pool == 0 ? convolved : ((convolved - layer.Pool + layer.Stride - 1) / layer.Stride) + 1;
    }
}
