using System.Runtime.InteropServices;
using ResearchKit.Data;
using ResearchKit.Experiments;
using ResearchKit.Formats;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Papers.DeepCompression;

/// <summary>Stage 3: the compressed network as a file, and the network that comes back from it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Storage">What each part of it takes.</param>
/// <param name="Tensors">What was written.</param>
sealed record CompressedFile(string Path, StorageReport Storage, IReadOnlyList<CompressedTensor> Tensors)
{
    /// <summary>Rows of the weights, without the biases, which the paper does not count.</summary>
    internal IEnumerable<TensorStorage> Weights => Storage.Tensors.Where(t => t.Name.EndsWith(".weight", StringComparison.Ordinal));

    /// <summary>The paper's size without Huffman coding, in bits.</summary>
    internal long PaperBits => Weights.Sum(w => w.PaperBits);

    /// <summary>The paper's size with Huffman coding, in bits.</summary>
    internal long PaperHuffmanBits => Weights.Sum(w => w.PaperHuffmanBits);

    /// <summary>Writes shared weights and float32 biases, reads the file again and compares bit for bit.</summary>
    internal static CompressedFile Write(Module model, WeightSharing sharing, Subject subject, bool huffman, Experiment run)
    {
        IReadOnlyList<CompressedTensor> tensors =
        [
            .. sharing.ToTensors(subject.Printed.Layers[0].IndexBits),
            .. model.named_parameters().Where(p => p.name.EndsWith(".bias", StringComparison.Ordinal))
                .Select(p => new DenseTensor(p.name, p.parameter.shape, Values(p.parameter))),
        ];
        var path = System.IO.Path.Combine(run.Folder, $"{subject.Slug}{(huffman ? "" : "-fixed-width")}.rkdc");
        var storage = CompressedModelFile.Write(path, tensors, huffman);
        if (storage.TotalBytes != new FileInfo(path).Length)
        {
            throw new InvalidOperationException($"{path} has {new FileInfo(path).Length} bytes, but its parts add up to {storage.TotalBytes}.");
        }

        foreach (var tensor in CompressedModelFile.Read(path))
        {
            var expected = Values(model.get_parameter(tensor.Name)!);
            if (!MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(tensor.ToDense().AsSpan())))
            {
                throw new InvalidOperationException($"{path}: {tensor.Name} did not come back as it was written.");
            }
        }

        return new(path, storage, tensors);
    }

    /// <summary>Evaluates a network whose weights come from the file alone.</summary>
    internal static Evaluation EvaluateDecoded(string path, Subject subject, Batches test, Experiment run)
    {
        using var model = subject.Create();
        using (no_grad())
        {
            foreach (var decoded in CompressedModelFile.Read(path))
            {
                using var values = tensor(decoded.ToDense(), decoded.Shape);
                model.get_parameter(decoded.Name)!.copy_(values);
            }
        }

        return Evaluation.Of(model, test, run.Cancellation);
    }

    static float[] Values(Tensor parameter)
    {
        using var flat = parameter.detach().flatten();
        return flat.data<float>().ToArray();
    }
}
