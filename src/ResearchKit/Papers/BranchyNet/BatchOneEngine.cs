using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Papers.BranchyNet;

/// <summary>A way to classify single images: what is timed.</summary>
/// <param name="Name">As in tables.</param>
/// <param name="Trunk">Classifies an image by the trunk alone.</param>
/// <param name="Branchy">Classifies an image with early exits, branches, softmax and entropy included.</param>
/// <param name="TrunkUpTo">Computes so many segments of the trunk for an image, and nothing else.</param>
sealed record BatchOneEngine(string Name, Action<int> Trunk, Func<int, double[], (int Answer, int Exit)> Branchy, Action<int, int> TrunkUpTo)
{
    /// <summary>libtorch's operators.</summary>
    /// <param name="network">In evaluation mode.</param>
    /// <param name="images">Each [1, C, H, W], alive as long as the engine is used.</param>
    internal static BatchOneEngine Libtorch(BranchyNetwork network, Tensor[] images)
    {
        var trunk = network.Trunk;
        void UpTo(int image, int count)
        {
            var x = images[image];
            for (int n = 0; n < count; n++)
            {
                var next = trunk[n].call(x);
                if (n > 0)
                {
                    x.Dispose();
                }

                x = next;
            }

            if (count == trunk.Count)
            {
                Confidence.Likeliest(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(x.bytes));
            }

            x.Dispose();
        }

        return new("libtorch's operators", image => UpTo(image, trunk.Count), (image, thresholds) => network.Classify(images[image], thresholds), UpTo);
    }

    /// <summary>The kernels for small images.</summary>
    /// <param name="network">With layers that <see cref="SmallNetwork"/> takes.</param>
    /// <param name="images">Each [1, C, H, W].</param>
    internal static BatchOneEngine Small(BranchyNetwork network, Tensor[] images)
    {
        var shape = images[0].shape;
        var small = new SmallNetwork(network, (int)shape[1], (int)shape[2], (int)shape[3]);
        float[][] pixels = [.. images.Select(SmallConvolution.ValuesOf)];
        return new(
            "kernels for small images", image => Confidence.Likeliest(small.Trunk(pixels[image])),
            (image, thresholds) => small.Classify(pixels[image], thresholds), (image, count) => small.Trunk(pixels[image], count));
    }

    /// <summary>The first images of a set, drawn once for all timings, one tensor each.</summary>
    internal static (int[] Members, Tensor[] Images) Draw(ImageSet images, ChannelStatistics statistics, int count, int seed)
    {
        int[] members = [.. SplitMix64.Permutation(images.Count, (ulong)seed, 1).Take(count)];
        using var batches = new Batches(images.Select(members, images.Name), 1, statistics);
        return (members, [.. Enumerable.Range(0, members.Length).Select(k => batches.Get(0, k).Input)]);
    }
}
