using ResearchKit.Models;

namespace ResearchKit.Papers.NoisyTeachers;

/// <summary>A network of the paper in words: convolutions with stride 1, each with ReLU and perhaps pooling, and a hidden full layer.</summary>
/// <param name="Name">As in names of results.</param>
/// <param name="Convolutions">In their order.</param>
/// <param name="Units">Of the full layer; 0 for none, when a 1x1 convolution to the classes is averaged over the map.</param>
/// <param name="Dropout">Share of the full layer's units dropped in training.</param>
public sealed record NetPlan(string Name, IReadOnlyList<LayerPlan> Convolutions, long Units, double Dropout = 0)
{
    static readonly Pooling s_two = new(2, 2);

    /// <summary>The teacher on CIFAR-10 (arXiv:1610.09650, Sec. 4): network in network.</summary>
    public static NetPlan NetworkInNetwork { get; } = new("network in network", [NetworkPlan.Nin.First, .. NetworkPlan.Nin.Inner], 0);

    /// <summary>The student on CIFAR-10, of Tables 4 and 5.</summary>
    public static NetPlan Student { get; } = new("student", [new(64, 5, 2, s_two), new(128, 5, 2, s_two)], 1024);

    /// <summary>Student1 of Table 6.</summary>
    public static NetPlan Student1 { get; } = Pattern("student1", 64, 112, 128);

    /// <summary>Student2 of Table 6.</summary>
    public static NetPlan Student2 { get; } = Pattern("student2", 32, 32, 64);

    /// <summary>Student3 of Table 6.</summary>
    public static NetPlan Student3 { get; } = Pattern("student3", 16, 32, 64);

    /// <summary>Those on CIFAR-10, by name.</summary>
    internal static IReadOnlyList<NetPlan> Students { get; } = [Student, Student1, Student2, Student3];

    /// <summary>A teacher that trains in minutes: 3x3 filters, twice as many behind each pooling, and dropout.</summary>
    /// <param name="width">Maps of the first convolution.</param>
    public static NetPlan SmallTeacher(long width) =>
        new($"teacher of width {width}", [new(width, 3, 1, s_two), new(2 * width, 3, 1, s_two), new(4 * width, 3, 1, s_two)], 8 * width, 0.5);

    /// <summary>What each layer multiplies for one image: convolutions, the full layer, the classes.</summary>
    /// <param name="channels">Of the image.</param>
    /// <param name="side">Of the image.</param>
    /// <param name="classes">Outputs.</param>
    public IReadOnlyList<long> Multiplications(long channels = 3, long side = 32, long classes = 10)
    {
        var layers = new List<long>();
        foreach (var layer in Convolutions)
        {
            side = side + (2 * layer.Padding) - layer.Kernel + 1;
            layers.Add(side * side * layer.Kernel * layer.Kernel * channels * layer.Filters);
            (channels, side) = (layer.Filters, Pooled(layer, side));
        }

        return Units == 0 ? [.. layers, side * side * channels * classes] : [.. layers, side * side * channels * Units, Units * classes];
    }

    /// <summary>Numbers that come out of the convolutions.</summary>
    internal long Features(long side)
    {
        foreach (var layer in Convolutions)
        {
            side = Pooled(layer, side + (2 * layer.Padding) - layer.Kernel + 1);
        }

        return Convolutions[^1].Filters * side * side;
    }

    /// <summary>As the paper writes it.</summary>
    public override string ToString() => string.Join("-",
        [.. Convolutions.Select(c => $"C{c.Kernel}@{c.Filters}{(c.Pooling.Size == 0 ? "" : c.Pooling.Mean ? $"-AP{c.Pooling.Size}" : $"-MP{c.Pooling.Size}")}"), Units == 0 ? "C1" : $"FC{Units}"]);

    static NetPlan Pattern(string name, long first, long second, long third) =>
        new(name, [new(first, 5, 2, s_two), new(second, 5, 2, s_two), new(third, 3, 1, s_two)], 1024);

    static long Pooled(LayerPlan layer, long side) =>
        layer.Pooling.Size == 0 ? side : ((side + (2 * layer.Pooling.Padding) - layer.Pooling.Size) / layer.Pooling.Stride) + 1;
}
