using System.Runtime.InteropServices;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.SqueezeNet;

/// <summary>A network's whole state as a file of shared values (arXiv:1510.00149): codes and gaps by Huffman's code, the rest as float32.</summary>
static class Compression
{
    /// <summary>Numbers that evaluation uses: weights and running statistics, without the counters of normalisation.</summary>
    internal static long Numbers(Module model) => State(model).Sum(s => s.Value.numel());

    /// <summary>Clusters the non-zero weights of the named layers, puts the shared values in their place, and writes the network.</summary>
    internal static StorageReport Write(Module model, string path, IReadOnlyDictionary<string, int> codeBits, int indexBits)
    {
        using var sharing = new WeightSharing(model, codeBits, KMeansStart.Linear);
        return Write(model, path, sharing, indexBits);
    }

    /// <summary>Writes a network whose weights are shared, and compares what comes back bit for bit.</summary>
    internal static StorageReport Write(Module model, string path, WeightSharing sharing, int indexBits)
    {
        var shared = sharing.ToTensors(indexBits);
        var names = shared.Select(t => t.Name).ToHashSet();
        var state = State(model).ToDictionary(s => s.Key, s => (s.Value.shape, Values: Values(s.Value)));
        var storage = CompressedModelFile.Write(
            path, [.. shared, .. state.Where(s => !names.Contains(s.Key)).Select(s => new DenseTensor(s.Key, s.Value.shape, s.Value.Values))], huffman: true);
        foreach (var tensor in CompressedModelFile.Read(path))
        {
            if (!MemoryMarshal.AsBytes(state[tensor.Name].Values.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(tensor.ToDense().AsSpan())))
            {
                throw new InvalidOperationException($"{path}: {tensor.Name} did not come back as it was written.");
            }
        }

        return storage;
    }

    static IEnumerable<KeyValuePair<string, Tensor>> State(Module model) => model.state_dict().Where(s => s.Value.is_floating_point());

    static float[] Values(Tensor parameter)
    {
        using var flat = parameter.detach().flatten();
        return flat.data<float>().ToArray();
    }
}
