using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.D2nn;

/// <summary>The paper's four kinds of graphs at a scale for grey 28x28 images, which are halved first. Their layers are ours.</summary>
public static class Architectures
{
    static readonly long[] s_shape = [1, 28, 28];

    const int StemChannels = 4, HighChannels = 24, Side = 7;
    const string Stem = "stem", Low = "low", High = "high", Control = "control", Logits = "logits";

    /// <summary>High-low capacity: behind a shared stem one controller chooses between a full layer and two convolutions.</summary>
    /// <param name="classes">The number of outputs.</param>
    public static DynamicNetwork HighLow(int classes = 10) => new(
        "high-low", s_shape,
        StemNode(),
        ControlNode(Control, Stem),
        LowNode(Low, classes, new ControlEdge(Control, 0)),
        HighNode(High, classes, new ControlEdge(Control, 1)),
        Join(Low, High));

    /// <summary>Cascade for two classes: two controllers, each of which may stop with "negative"; a dummy node answers for it.</summary>
    public static DynamicNetwork Cascade() => new(
        "cascade", s_shape,
        StemNode(),
        ControlNode("control 1", Stem),
        Negative("negative 1", "control 1"),
        new GraphNode("middle", Convolution(StemChannels, 8), new DataEdge(Stem)) { Controls = [new("control 1", 1)] },
        ControlNode("control 2", "middle", 8),
        Negative("negative 2", "control 2", "middle"),
        new GraphNode(High, Sequential(Conv2d(8, HighChannels, 3, padding: 1), ReLU(), Flatten(), Linear(HighChannels * Side * Side, 2)), new DataEdge("middle"))
        {
            Controls = [new("control 2", 1)],
        },
        Join("negative 1", "negative 2", High));

    /// <summary>Chain: two stages one after the other, each with a light and a heavy variant of its layers.</summary>
    /// <param name="classes">The number of outputs.</param>
    public static DynamicNetwork Chain(int classes = 10) => new(
        "chain", s_shape,
        StemNode(),
        ControlNode("control 1", Stem),
        new GraphNode("light 1", Sequential(Conv2d(StemChannels, 8, 1), ReLU()), new DataEdge(Stem)) { Controls = [new("control 1", 0)] },
        new GraphNode("heavy 1", Sequential(Conv2d(StemChannels, 16, 3, padding: 1), ReLU(), Conv2d(16, 8, 3, padding: 1), ReLU()), new DataEdge(Stem)) { Controls = [new("control 1", 1)] },
        new GraphNode("between", Sequential(Identity()), new DataEdge("light 1", 0), new DataEdge("heavy 1", 0)),
        ControlNode("control 2", "between", 8),
        new GraphNode("light 2", Sequential(Flatten(), Linear(8 * Side * Side, classes)), new DataEdge("between")) { Controls = [new("control 2", 0)] },
        new GraphNode("heavy 2", Sequential(Conv2d(8, HighChannels, 3, padding: 1), ReLU(), Flatten(), Linear(HighChannels * Side * Side, classes)), new DataEdge("between"))
        {
            Controls = [new("control 2", 1)],
        },
        Join("light 2", "heavy 2"));

    /// <summary>Hierarchy: a controller sends each image to one of two experts, or to both, whose logits are then added up.</summary>
    /// <param name="classes">The number of outputs.</param>
    public static DynamicNetwork Hierarchy(int classes = 10) => new(
        "hierarchy", s_shape,
        StemNode(),
        ControlNode(Control, Stem, actions: 3),
        new GraphNode("expert 1", Expert(classes), new DataEdge(Stem)) { Controls = [new(Control, 0), new(Control, 2)] },
        new GraphNode("expert 2", Expert(classes), new DataEdge(Stem)) { Controls = [new(Control, 1), new(Control, 2)] },
        Join("expert 1", "expert 2"));

    /// <summary>The stem with one of the two paths of <see cref="HighLow"/>, without a controller: a static network.</summary>
    /// <param name="high">Which path.</param>
    /// <param name="classes">The number of outputs.</param>
    public static DynamicNetwork Static(bool high, int classes = 10) => new(
        high ? "static, high" : "static, low", s_shape, StemNode(), high ? HighNode(High, classes) : LowNode(Low, classes), Join(high ? High : Low));

    static GraphNode StemNode() => new(Stem, Sequential(AvgPool2d(2), Conv2d(1, StemChannels, 3, stride: 2, padding: 1), ReLU()), new DataEdge(DynamicNetwork.Input));

    static GraphNode ControlNode(string name, string from, int channels = StemChannels, int actions = 2) =>
        new(name, Sequential(Flatten(), Linear(channels * Side * Side, 32), ReLU(), Linear(32, actions)), new DataEdge(from)) { IsControl = true };

    static GraphNode LowNode(string name, int classes, params ControlEdge[] controls) =>
        new(name, Sequential(Flatten(), Linear(StemChannels * Side * Side, classes)), new DataEdge(Stem)) { Controls = controls };

    static GraphNode HighNode(string name, int classes, params ControlEdge[] controls) => new(
        name,
        Sequential(
            Conv2d(StemChannels, HighChannels, 3, padding: 1), ReLU(), Conv2d(HighChannels, HighChannels, 3, padding: 1), ReLU(),
            Flatten(), Linear(HighChannels * Side * Side, classes)),
        new DataEdge(Stem))
    { Controls = controls };

    static GraphNode Negative(string name, string controller, string from = Stem) => new(name, Sequential(new ConstantLogits(5, -5)), new DataEdge(from)) { Controls = [new(controller, 0)] };

    static Sequential Convolution(int inputs, int outputs) => Sequential(Conv2d(inputs, outputs, 3, padding: 1), ReLU());

    static Sequential Expert(int classes) => Sequential(Conv2d(StemChannels, 12, 3, padding: 1), ReLU(), Conv2d(12, 12, 3, padding: 1), ReLU(), Flatten(), Linear(12 * Side * Side, classes));

    /// <summary>Adds up the logits of those that ran.</summary>
    static GraphNode Join(params string[] from) => new(Logits, Sequential(Identity()), [.. from.Select(f => new DataEdge(f, 0))]);
}
