using ResearchKit.Formats;
using ResearchKit.Tests.Formats;
using ResearchKit.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

/// <summary>A network of eight weights with an optimiser that remembers, whose checkpoints are small.</summary>
sealed class TinyTraining : IDisposable
{
    const string Signature = "tiny, 4 batches", Path = "/disk/checkpoint.safetensors";
    readonly nn.Module<Tensor, Tensor> model;
    readonly optim.Optimizer optimizer;
    int batch;

    public TinyTraining(int seed)
    {
        manual_seed(seed);
        model = nn.Sequential(nn.Linear(3, 2));
        optimizer = optim.Adam(model.parameters(), 0.1);
    }

    public void Step(int count)
    {
        for (; count > 0; count--, batch++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            model.call(randn(4, 3)).square().mean().backward();
            optimizer.step();
        }
    }

    public void Save(IFileCalls calls) => Checkpoint.Save(Path, model, optimizer, new(Signature, 0, batch, 1.5 * batch, batch, []), calls);

    public byte[] Bytes()
    {
        var disk = new DiskModel();
        Save(disk);
        return disk.Read(Path);
    }

    public static string File => Path;

    public void Load(byte[] bytes) => batch = Checkpoint.Load(bytes, Path, model, optimizer, Signature).Batch;

    /// <summary>Weights, what the optimiser remembers, and the generator.</summary>
    public byte[] Everything()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (var value in model.state_dict().Values)
            writer.Write(value.detach().contiguous().bytes);
        optimizer.save_state_dict(writer);
        writer.Write(get_rng_state().bytes);
        writer.Flush();
        return stream.ToArray();
    }

    public void Dispose()
    {
        model.Dispose();
        optimizer.Dispose();
    }
}
