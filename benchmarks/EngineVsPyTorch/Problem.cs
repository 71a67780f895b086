using System.Text.Json;
using ResearchKit.Models;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Benchmarks.EngineVsPyTorch;

/// <summary>A network, its initial weights and some batches, the same for all contestants; also as files, for Python.</summary>
sealed class Problem : IDisposable
{
    const int BatchCount = 4;
    readonly ModelEntry _entry;
    readonly Module<Tensor, Tensor> _initial;

    internal Problem(string model, int batchSize)
    {
        (Name, BatchSize) = (model, batchSize);
        _entry = ModelCatalog.All.Single(m => m.Name == model);
        manual_seed(1);
        _initial = _entry.Create(10);
        // Normal noise with class means: the loss has something to fall by.
        var batches = new List<(Tensor, Tensor)>();
        var means = randn([10, .. _entry.InputShape]);
        for (int k = 0; k < BatchCount; k++)
        {
            var target = randint(0, 10, [batchSize], dtype: int64);
            var input = means.index_select(0, target) * 0.5 + randn([batchSize, .. _entry.InputShape]);
            // Copied into place: contiguous() would leave a single channel's stride as it is, and libtorch would see no channels last.
            var rows = input.permute(0, 2, 3, 1);
            batches.Add((empty(rows.shape).copy_(rows).permute(0, 3, 1, 2), target));
        }

        Batches = batches;
        Folder = Directory.CreateTempSubdirectory("engine-vs-pytorch").FullName;
        Write();
    }

    internal string Name { get; }

    internal int BatchSize { get; }

    internal string Folder { get; }

    /// <summary>Channels last, as the kit's own batches are.</summary>
    internal IReadOnlyList<(Tensor Input, Tensor Target)> Batches { get; }

    /// <summary>Floating point operations of a step: a multiplication and an addition a MAC, forward and twice backward.</summary>
    internal double FlopPerStep => 6.0 * Measuring.ModelSummary.Of(_initial, _entry.InputShape).Macs * BatchSize;

    internal Module<Tensor, Tensor> CreateModel()
    {
        var model = _entry.Create(10);
        using var noGrad = no_grad();
        foreach (var (name, parameter) in model.named_parameters())
        {
            parameter.copy_(_initial.get_parameter(name)!);
        }

        return model;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _initial.Dispose();
    }

    void Write()
    {
        int count = 0;
        object Entry(Tensor values, string type)
        {
            var file = $"{count++}.bin";
            using var contiguous = values.detach().contiguous();
            File.WriteAllBytes(Path.Combine(Folder, file), contiguous.bytes);
            return new { file, type, shape = values.shape };
        }

        var weights = _initial.named_parameters().ToDictionary(p => p.name, p => Entry(p.parameter, "<f4"));
        var batches = Batches.Select(b => new { input = Entry(b.Input, "<f4"), target = Entry(b.Target, "<i8") }).ToArray();
        File.WriteAllText(Path.Combine(Folder, "meta.json"), JsonSerializer.Serialize(new { weights, batches }));
    }
}
