using System.Runtime.InteropServices;
using System.Text.Json;
using ResearchKit.Formats;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Training;

/// <summary>
/// The full state of a training: weights and buffers, optimiser, generator, position, metrics. One safetensors file with a
/// checksum over all of it, replaced atomically: after a crash either the old or the new one is there.
/// </summary>
static class Checkpoint
{
    const string OptimizerKey = "training.optimizer", GeneratorKey = "training.generator", StateKey = "training";

    /// <summary>What is not a tensor.</summary>
    /// <param name="Signature">Plan, data and seed that the training belongs to.</param>
    /// <param name="Epoch">Counted from 0: the one to go on with.</param>
    /// <param name="Batch">Counted from 0: the one to go on with.</param>
    /// <param name="LossSum">Sum of loss x images over the epoch so far.</param>
    /// <param name="Wrong">Wrong images of the epoch so far.</param>
    /// <param name="History">The epochs that have ended.</param>
    internal sealed record State(string Signature, int Epoch, int Batch, double LossSum, long Wrong, IReadOnlyList<EpochResult> History);

    /// <summary>Strict, as what follows a load relies on it.</summary>
    static readonly JsonSerializerOptions s_json =
        new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    internal static void Save(string path, Module model, optim.Optimizer optimizer, State state) =>
        Save(path, model, optimizer, state, new LinuxFileCalls());

    internal static void Save(string path, Module model, optim.Optimizer optimizer, State state, IFileCalls calls)
    {
        var tensors = ModelFile.TensorsOf(model);
        using (var stream = new MemoryStream())
        {
            using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            {
                optimizer.save_state_dict(writer);
            }

            var bytes = stream.ToArray();
            tensors.Add(SafeTensor.Of<byte>(OptimizerKey, [bytes.Length], bytes));
        }

        using (var generator = get_rng_state())
        {
            tensors.Add(SafeTensor.Of<byte>(GeneratorKey, generator.shape, generator.bytes));
        }

        var metadata = new Dictionary<string, string> { [StateKey] = JsonSerializer.Serialize(state) };
        AtomicFile.Write(path, stream => SafeTensors.WriteChecked(stream, tensors, metadata), calls);
    }

    /// <summary>Sets model, optimiser and generator to the checkpoint's state.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or belongs to another training; nothing was changed.</exception>
    internal static State Load(string path, Module model, optim.Optimizer optimizer, string signature) =>
        Load(File.ReadAllBytes(path), path, model, optimizer, signature);

    /// <summary>Loads from memory; <paramref name="path"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Load(string, Module, optim.Optimizer, string)"/>
    internal static State Load(ReadOnlyMemory<byte> bytes, string path, Module model, optim.Optimizer optimizer, string signature)
    {
        var file = SafeTensors.ParseChecked(bytes, path);
        var state = StateOf(file, path);
        if (state.Signature != signature)
        {
            throw new InvalidDataException(
                $"{path} belongs to another training.{Environment.NewLine}  there: {state.Signature}{Environment.NewLine}  here:  {signature}" +
                $"{Environment.NewLine}Delete it to start anew, or give this training another folder.");
        }

        ModelFile.Check(model, file, path);
        using var before = get_rng_state();
        try
        {
            using var generator = tensor(file[GeneratorKey].ToArray<byte>());
            set_rng_state(generator);
            using var reader = new BinaryReader(new MemoryStream(file[OptimizerKey].ToArray<byte>()));
            optimizer.load_state_dict(reader);
        }
        catch (Exception e) when (e is ArgumentException or ExternalException or IOException or InvalidDataException or FormatException)
        {
            set_rng_state(before);
            throw new InvalidDataException($"{path} does not fit this training's optimiser or generator: {e.Message} Delete it to start anew.", e);
        }

        ModelFile.Restore(model, file, path);
        return state;
    }

    static State StateOf(SafeTensorFile file, string path)
    {
        if (!file.Metadata.TryGetValue(StateKey, out var json))
        {
            throw new InvalidDataException($"{path} holds weights but no training state: it is no checkpoint.");
        }

        try
        {
            using (var document = JsonDocument.Parse(json))
            {
                JsonNulls.Refuse(document.RootElement);
            }

            if (JsonSerializer.Deserialize<State>(json, s_json) is { } state && state.Epoch == state.History.Count && state.Batch >= 0)
            {
                return state;
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: its training state cannot be read: {e.Message} Delete it to start anew.", e);
        }

        throw new InvalidDataException($"{path}: its training state contradicts itself: {json}. Delete it to start anew.");
    }
}

/// <summary>Weights and buffers of a network as a safetensors file with a checksum.</summary>
public static class ModelFile
{
    /// <summary>Writes them atomically.</summary>
    public static void Save(Module model, string path)
    {
        var tensors = TensorsOf(model);
        AtomicFile.Write(path, stream => SafeTensors.WriteChecked(stream, tensors));
    }

    /// <summary>Reads them into a network of the same names and shapes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or names or shapes differ; the network is unchanged.</exception>
    public static void Load(Module model, string path) => Restore(model, SafeTensors.ReadChecked(path), path);

    internal static List<SafeTensor> TensorsOf(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var tensors = new List<SafeTensor>();
        foreach (var (name, value) in model.state_dict())
        {
            using var whole = value.detach();
            using var contiguous = whole.contiguous();
            tensors.Add(new SafeTensor(name, DTypeOf(contiguous.dtype), contiguous.shape, contiguous.bytes.ToArray()));
        }

        return tensors;
    }

    /// <exception cref="InvalidDataException">A tensor that the network needs is missing or has another shape or type.</exception>
    internal static void Check(Module model, SafeTensorFile file, string path)
    {
        foreach (var (name, target) in model.state_dict())
        {
            var stored = file.Tensors.FirstOrDefault(t => t.Name == name)
                ?? throw new InvalidDataException($"{path} has no tensor '{name}', which {model.GetName()} needs.");
            if (!stored.Shape.SequenceEqual(target.shape) || stored.DType != DTypeOf(target.dtype))
            {
                throw new InvalidDataException(
                    $"{path}: tensor '{name}' is {stored.DType} [{string.Join(", ", stored.Shape)}], but {model.GetName()} has " +
                    $"{DTypeOf(target.dtype)} [{string.Join(", ", target.shape)}].");
            }
        }
    }

    internal static void Restore(Module model, SafeTensorFile file, string path)
    {
        Check(model, file, path);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, target) in model.state_dict())
        {
            using var values = empty(target.shape, target.dtype);
            MemoryMarshal.AsMemory(file[name].Data).Span.CopyTo(values.bytes);
            target.copy_(values);
        }
    }

    internal static string DTypeOf(ScalarType type) => DTypes.FirstOrDefault(t => t.Type == type).Name
        ?? throw new NotSupportedException($"Weights of type {type} are not stored.");

    internal static ScalarType ScalarTypeOf(string dtype) => DTypes.Single(t => t.Name == dtype).Type;

    static readonly (string Name, ScalarType Type)[] DTypes =
    [
        ("F64", ScalarType.Float64), ("F32", ScalarType.Float32), ("F16", ScalarType.Float16), ("BF16", ScalarType.BFloat16), ("I64", ScalarType.Int64),
        ("I32", ScalarType.Int32), ("I16", ScalarType.Int16), ("I8", ScalarType.Int8), ("U8", ScalarType.Byte), ("BOOL", ScalarType.Bool),
    ];
}
