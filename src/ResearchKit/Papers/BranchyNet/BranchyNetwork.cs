using System.Runtime.InteropServices;
using ResearchKit.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>
/// A trunk with side branches (arXiv:1709.01686, Sec. III-A): exits are numbered from the one nearest to the input, and the last is the
/// trunk's own classifier. Called as a network it is the trunk alone.
/// </summary>
public sealed class BranchyNetwork : Module<Tensor, Tensor>, IOnnxModule
{
    readonly ModuleList<Module<Tensor, Tensor>> trunk, branches;

    /// <summary>Puts segments and branches together.</summary>
    /// <param name="name">Such as <c>B-LeNet</c>.</param>
    /// <param name="trunk">Segments of the trunk; each but the last ends where a branch begins, the last gives logits.</param>
    /// <param name="branches">What each branch makes of the output of its segment: logits [N, classes].</param>
    /// <exception cref="ArgumentException">There is not one segment more than branches.</exception>
    public BranchyNetwork(string name, Module<Tensor, Tensor>[] trunk, Module<Tensor, Tensor>[] branches)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        ArgumentNullException.ThrowIfNull(branches);
        if (trunk.Length != branches.Length + 1)
        {
            throw new ArgumentException($"{name}: {branches.Length} branches divide a trunk into {branches.Length + 1} segments, not {trunk.Length}.", nameof(trunk));
        }

        this.trunk = ModuleList(trunk);
        this.branches = ModuleList(branches);
        RegisterComponents();
    }

    /// <summary>The number of exits, the trunk's own among them.</summary>
    public int ExitCount => trunk.Count;

    /// <summary>The segments of the trunk.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Trunk => [.. trunk];

    /// <summary>The side branches.</summary>
    public IReadOnlyList<Module<Tensor, Tensor>> Branches => [.. branches];

    /// <summary>The trunk's logits; no branch is computed.</summary>
    /// <param name="input">Images [N, C, H, W].</param>
    /// <returns>[N, classes].</returns>
    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var segment in trunk)
        {
            x = segment.call(x);
        }

        return x;
    }

    string IOnnxModule.ToOnnx(OnnxGraph graph, string x) => trunk.Index().Aggregate(x, (y, segment) => graph.Call($"trunk.{segment.Index}", segment.Item, y));

    /// <summary>The logits of all exits, the one nearest to the input first: what is trained jointly.</summary>
    /// <param name="input">Images [N, C, H, W].</param>
    /// <returns>As many tensors [N, classes] as there are exits.</returns>
    public IReadOnlyList<Tensor> Exits(Tensor input)
    {
        var (x, exits) = (input, new List<Tensor>());
        for (int n = 0; n < branches.Count; n++)
        {
            x = trunk[n].call(x);
            exits.Add(branches[n].call(x));
        }

        return [.. exits, trunk[^1].call(x)];
    }

    /// <summary>
    /// Classifies one image and leaves at the first exit that is sure enough (Sec. III-C, Fig. 2): neither the rest of the trunk nor later
    /// branches are computed. Call it in evaluation mode and without gradients.
    /// </summary>
    /// <param name="image">[1, C, H, W].</param>
    /// <param name="thresholds">For each exit but the last the entropy in nats below which it answers.</param>
    /// <returns>The class, and the exit taken, counted from 0.</returns>
    /// <exception cref="ArgumentException">It is not one image, or there is not one threshold for each branch.</exception>
    public (int Answer, int Exit) Classify(Tensor image, ReadOnlySpan<double> thresholds)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.shape[0] != 1 || thresholds.Length != branches.Count)
        {
            throw new ArgumentException($"{GetName()} classifies one image by {branches.Count} thresholds, not {image.shape[0]} by {thresholds.Length}.", nameof(image));
        }

        var x = image;
        for (int n = 0; ; n++)
        {
            var next = trunk[n].call(x);
            if (n > 0)
            {
                x.Dispose();
            }

            x = next;
            using var logits = n < branches.Count ? branches[n].call(x) : x;
            var values = MemoryMarshal.Cast<byte, float>(logits.bytes);
            if (n == branches.Count)
            {
                return (Confidence.Likeliest(values), n);
            }

            if (Confidence.Entropy(values) < thresholds[n])
            {
                x.Dispose();
                return (Confidence.Likeliest(values), n);
            }
        }
    }
}
