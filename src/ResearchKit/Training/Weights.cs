using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ResearchKit.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Training;

/// <summary>What weights were loaded from.</summary>
/// <param name="Format">The format that the content showed: <c>PyTorch</c>, <c>safetensors</c>, <c>TorchSharp</c>, <c>compressed model</c>
/// or <c>Deep Compression release</c>.</param>
/// <param name="Sha256">Of the whole file, in hexadecimal digits.</param>
public sealed record WeightsFile(string Format, string Sha256);

/// <summary>A network's weights and buffers in files of every format that the kit reads.</summary>
public static class Weights
{
    /// <summary>Under which keys programs put the state_dict when they save other things beside it.</summary>
    static readonly string[] Wrappers = ["state_dict", "model_state_dict", "model"];

    /// <summary>What DataParallel puts before each name.</summary>
    const string Parallel = "module.";

    /// <summary>A counter that files from before PyTorch 0.4.1 lack and that evaluation does not use.</summary>
    const string Counter = "num_batches_tracked";

    /// <summary>
    /// Loads a file into a network. The format is recognised by the content, not by the file's name; a dictionary around the state_dict and
    /// DataParallel's <c>module.</c> are taken off; floating-point numbers are converted to the network's precision.
    /// </summary>
    /// <param name="model">The network; unchanged if the file does not fit.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of no known format, asks for anything but tensors, or has other names or
    /// shapes than the network; the message lists them.</exception>
    public static WeightsFile Load(Module model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var bytes = File.ReadAllBytes(path);
        var (format, tensors) = Parse(bytes, model, path);
        Restore(model, tensors, path);
        return new(format, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Writes weights and buffers atomically, in the format that the name ends with: <c>.safetensors</c> or TorchSharp's <c>.dat</c>.</summary>
    /// <exception cref="ArgumentException">The name has another ending.</exception>
    public static void Save(Module model, string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".safetensors":
                ModelFile.Save(model, path);
                break;
            case ".dat":
                var tensors = ModelFile.TensorsOf(model);
                AtomicFile.Write(path, stream => TorchSharpFile.Write(stream, tensors));
                break;
            default:
                throw new ArgumentException($"'{path}': weights are written as .safetensors or .dat; give the file one of these endings.", nameof(path));
        }
    }

    static (string Format, IReadOnlyList<SafeTensor> Tensors) Parse(byte[] bytes, Module model, string path)
    {
        if (PyTorchFile.Recognises(bytes))
            return ("PyTorch", StateDict(PyTorchFile.Parse(bytes, path)));
        if (SafeTensors.Recognises(bytes))
            return ("safetensors", SafeTensors.ParseAny(bytes, path).Tensors);
        if (CompressedModelFile.Recognises(bytes))
            return ("compressed model", Dense(CompressedModelFile.Read(bytes, path)));
        if (DeepCompressionFile.Recognises(bytes, Layers(model)))
            return ("Deep Compression release", Dense(DeepCompressionFile.Parse(bytes, Layers(model), path)));
        try
        {
            // Nothing marks these files, so they come last.
            return ("TorchSharp", TorchSharpFile.Parse(bytes, path));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}' is of no format that is read: PyTorch, safetensors, the kit's compressed model, TorchSharp, or a "
                + $"released Deep Compression file of {model.GetName()}. The last guess was TorchSharp: {e.Message}", e);
        }
    }

    /// <summary>The layers of a network as a released Deep Compression file would hold them, or none where a layer has no biases.</summary>
    public static IReadOnlyList<DeepCompressionLayer> Layers(Module model)
    {
        var layers = new List<DeepCompressionLayer>();
        foreach (var (name, module) in model.named_modules())
        {
            if (module is not (Modules.Conv2d or Modules.Linear))
                continue;
            if (module.get_parameter("bias") is null)
                return [];
            layers.Add(new(name, module.get_parameter("weight")!.shape, module is Modules.Conv2d ? 8 : 4));
        }
        return layers;
    }

    static IReadOnlyList<SafeTensor> StateDict(PyTorchFile file)
    {
        var wrapped = file.Root is PyTorchDictionary root
            ? Wrappers.Select(key => root.TryGet(key, out var part) ? part as PyTorchDictionary : null).FirstOrDefault(part => part is not null)
            : null;
        var tensors = file.Tensors(wrapped);
        return tensors.All(t => t.Name.StartsWith(Parallel, StringComparison.Ordinal))
            ? [.. tensors.Select(t => t with { Name = t.Name[Parallel.Length..] })]
            : tensors;
    }

    static IReadOnlyList<SafeTensor> Dense(IReadOnlyList<CompressedTensor> tensors) =>
        [.. tensors.Select(t => SafeTensor.Of<float>(t.Name, t.Shape, t.ToDense()))];

    static void Restore(Module model, IReadOnlyList<SafeTensor> tensors, string path)
    {
        var targets = model.state_dict();
        var stored = tensors.ToDictionary(t => t.Name);
        string[] missing = [.. targets.Keys.Where(n => !stored.ContainsKey(n) && !n.EndsWith(Counter, StringComparison.Ordinal))];
        string[] unexpected = [.. stored.Keys.Where(n => !targets.ContainsKey(n))];
        string[] different = [.. targets.Where(t => stored.TryGetValue(t.Key, out var s) && !Fits(s, t.Value)).Select(t =>
            $"{t.Key} is {Text(stored[t.Key].DType, stored[t.Key].Shape)} there and {Text(ModelFile.DTypeOf(t.Value.dtype), t.Value.shape)} here")];
        if (missing.Length + unexpected.Length + different.Length > 0)
        {
            throw new InvalidDataException($"'{path}' does not fit {model.GetName()}, which was left as it was. " + string.Join(" ",
                new[] { List("Missing", missing), List("Unexpected", unexpected), List("Different", different) }.Where(l => l.Length > 0)));
        }

        using var noGrad = no_grad();
        foreach (var (name, target) in targets.Where(t => stored.ContainsKey(t.Key)))
        {
            using var values = empty(target.shape, ModelFile.ScalarTypeOf(stored[name].DType));
            MemoryMarshal.AsMemory(stored[name].Data).Span.CopyTo(values.bytes);
            target.copy_(values);
        }
    }

    static bool Fits(SafeTensor stored, Tensor target) =>
        stored.Shape.AsSpan().SequenceEqual(target.shape)
        && (stored.DType == ModelFile.DTypeOf(target.dtype) || (stored.DType is "F64" or "F32" or "F16" or "BF16" && target.is_floating_point()));

    static string Text(string dtype, long[] shape) => $"{dtype} [{string.Join(", ", shape)}]";

    static string List(string what, string[] names)
    {
        const int shown = 5;
        var more = names.Length > shown ? $" and {names.Length - shown} more" : "";
        return names.Length == 0 ? "" : $"{what}: {string.Join(", ", names.Take(shown))}{more}.";
    }
}
