using System.Security.Cryptography;
using System.Text;
using ResearchKit.Data;
using ResearchKit.Formats;
using ResearchKit.Kernels;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Tests.Experiments;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Modules = TorchSharp.Modules;

namespace ResearchKit.Tests.Contract;

/// <summary>The checks of networks with ten classes and the input that they are made for.</summary>
static class Networks
{
    const int Classes = 10;

    /// <summary>Parameters and MACs are the integers that were counted by hand.</summary>
    internal static void CheckCounts(ModelEntry entry, long parameters, long macs)
    {
        using var model = entry.Create(Classes);
        var summary = ModelSummary.Of(model, entry.InputShape);
        Assert.True(parameters == summary.Parameters, $"{entry.Name}: the summary counts {summary.Parameters} parameters, by hand it is {parameters}.");
        Assert.True(macs == summary.Macs, $"{entry.Name}: the summary counts {summary.Macs} MACs, by hand it is {macs}.");
        Assert.Equal(parameters, model.parameters().Sum(p => p.numel()));
    }

    /// <summary>Saved, loaded into another network of the kind and saved again, the file is the same, and as long as its tensors say.</summary>
    internal static void CheckFile(ModelEntry entry)
    {
        using var folder = new TemporaryFolder();
        string first = folder.File("first"), second = folder.File("second");
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = entry.Create(Classes);
        ModelFile.Save(model, first);
        manual_seed(2);
        using var other = entry.Create(Classes);
        ModelFile.Load(other, first);
        ModelFile.Save(other, second);
        Assert.True(File.ReadAllBytes(first).AsSpan().SequenceEqual(File.ReadAllBytes(second)), $"{entry.Name}: saved, loaded and saved again it has other bytes.");
        var state = model.state_dict();
        long header = BitConverter.ToInt64(File.ReadAllBytes(first), 0);
        Assert.Equal(8 + header + state.Values.Sum(t => t.numel() * t.ElementSize), new FileInfo(first).Length);
        Assert.Equal(state.Keys.Order(StringComparer.Ordinal), SafeTensors.Read(first).Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>A checkpoint after a step, loaded into another network and optimiser and saved again, has the same bytes.</summary>
    internal static void CheckCheckpoint(ModelEntry entry)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = entry.Create(Classes);
        using var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        model.call(randn([2, .. entry.InputShape])).sum().backward();
        optimizer.step();
        Checkpoint.Save(folder.File("first"), model, optimizer, new("a training", 0, 2, 0.5, 3, []));
        manual_seed(2);
        using var other = entry.Create(Classes);
        using var otherOptimizer = optim.SGD(other.parameters(), 0.01, momentum: 0.9);
        var state = Checkpoint.Load(folder.File("first"), other, otherOptimizer, "a training");
        Checkpoint.Save(folder.File("second"), other, otherOptimizer, state);
        Assert.True(File.ReadAllBytes(folder.File("first")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("second"))),
            $"{entry.Name}: a checkpoint saved, loaded and saved again has other bytes.");
    }

    /// <summary>The same seed draws the same weights, another seed others.</summary>
    internal static void CheckSeeds(ModelEntry entry)
    {
        byte[] Weights(int seed)
        {
            manual_seed(seed);
            using var model = entry.Create(Classes);
            return StateOf(model);
        }

        var first = Weights(1);
        Assert.True(first.AsSpan().SequenceEqual(Weights(1)), $"{entry.Name}: the same seed drew other weights.");
        Assert.False(first.AsSpan().SequenceEqual(Weights(2)), $"{entry.Name}: another seed drew the same weights.");
    }

    /// <summary>
    /// What a network computes, and which of its layers, does not depend on labels: with true ones, with shuffled ones, and without any.
    /// </summary>
    /// <param name="entry">The network.</param>
    /// <param name="create">Makes it for the images that it is about to see; the catalog's own needs none of them.</param>
    internal static void CheckLabels(ModelEntry entry, Func<ImageSet, Module<Tensor, Tensor>>? create = null)
    {
        var images = ImagesFor(entry, 12);
        create ??= _ => entry.Create(Classes);
        manual_seed(1);
        using var first = create(images);
        var weights = StateOf(first);
        var (truth, score) = Trace(first, images);

        var shuffled = images with { Labels = [.. images.Labels.Select(l => (byte)((l + 3) % Classes))] };
        manual_seed(1);
        using var second = create(shuffled);
        Assert.Equal(weights, StateOf(second));
        var (other, otherScore) = Trace(second, shuffled);
        Assert.True(truth.SequenceEqual(other), $"{entry.Name}: with other labels its layers compute something else. It has seen them.");
        Assert.NotEqual(score.Loss, otherScore.Loss); // else the labels were not changed, and the check saw nothing

        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        first.eval();
        var alone = new List<string>();
        using (new Listening(first, alone))
        {
            using var batches = new Batches(images, 6, images.ChannelStatistics());
            for (int k = 0; k < batches.Count; k++)
            {
                first.call(batches.Get(0, k).Input);
            }
        }

        Assert.True(truth.SequenceEqual(alone), $"{entry.Name}: without labels its layers compute something else than with them.");
    }

    static (List<string> Trace, Evaluation Score) Trace(Module<Tensor, Tensor> model, ImageSet images)
    {
        var trace = new List<string>();
        using var listening = new Listening(model, trace);
        using var batches = new Batches(images, 6, images.ChannelStatistics());
        return (trace, Evaluation.Of(model, batches));
    }

    /// <summary>
    /// A masked network's file gives its zeros back as zeros and all else to the bit, and its full layers give as CSR what they give dense.
    /// </summary>
    internal static void CheckMasked(ModelEntry entry)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(3);
        using var model = entry.Create(Classes);
        foreach (var (name, weight) in model.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            weight.mul_(rand_like(weight).lt(0.1).to(float32));
        }

        PrunedTensor[] pruned = [.. from p in model.named_parameters()
                                    where p.parameter.dim() > 1
                                    select PrunedTensor.FromDense(p.name, p.parameter.shape, Values(p.parameter), 5)];
        CheckDecoded(entry.Name, model, CompressedModelFile.Read(CompressedModelFile.ToBytes(pruned, huffman: true, out _)));
        foreach (var (name, module) in model.named_modules())
        {
            if (module is not Modules.Linear linear || linear.weight!.numel() > 2_000_000)
            {
                continue;
            }

            var csr = new CsrMatrix(Values(linear.weight), (int)linear.weight.shape[0], (int)linear.weight.shape[1]);
            CheckSparse($"{entry.Name}, {name}", linear.weight, (x, y, batch) => csr.Multiply(x, y, batch));
        }
    }

    /// <summary>A sparse product with a full layer's weights [outputs, inputs] gives for a batch of 7 what the dense one gives.</summary>
    internal static void CheckSparse(string what, Tensor weight, Action<float[], float[], int> multiply)
    {
        const int Batch = 7;
        var x = randn(Batch, weight.shape[1]);
        var sparse = new float[Batch * weight.shape[0]];
        multiply(Values(x), sparse, Batch);
        double error = (nn.functional.linear(x, weight) - tensor(sparse, new long[] { Batch, weight.shape[0] })).abs().max().ToDouble();
        Assert.True(error <= 1e-5, $"{what}: as CSR it gives other numbers, by {error}.");
    }

    /// <summary>Decoded tensors equal a network's weights bit for bit, zeros included.</summary>
    internal static void CheckDecoded(string what, Module model, IReadOnlyList<CompressedTensor> decoded)
    {
        foreach (var tensor in decoded)
        {
            float[] there = tensor.ToDense(), here = Values(model.get_parameter(tensor.Name)!);
            int revived = here.Zip(there).Count(p => p.First == 0 && p.Second != 0);
            Assert.True(revived == 0, $"{what}, {tensor.Name}: {revived} pruned weights are not zero in the decoded file.");
            Assert.Equal(here, there);
        }
    }

    /// <summary>A masked network and what was made of it without the masked parts give the same on 100 inputs.</summary>
    internal static void CheckThinned(NetworkSample sample)
    {
        for (int seed = 0; seed < 100; seed++)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            manual_seed(seed);
            var (masked, thinned, input) = sample.DrawNetworks(new Random(seed));
            masked.eval();
            thinned.eval();
            double error = (masked.call(input) - thinned.call(input)).abs().max().ToDouble();
            Assert.True(error <= 1e-5, $"{sample}, seed {seed}: the network that was made gives other numbers than the masked one, by {error}.");
            Assert.True(thinned.parameters().Sum(p => p.numel()) <= masked.parameters().Sum(p => p.numel()), $"{sample}: the network that was made is larger.");
        }
    }

    /// <summary>Images of the form that a network takes, with labels of ten classes.</summary>
    internal static ImageSet ImagesFor(ModelEntry entry, int count)
    {
        var random = new SplitMix64(5, 0);
        int bytes = (int)entry.InputShape.Aggregate(1L, (a, b) => a * b);
        return new("drawn", count, (int)entry.InputShape[0], (int)entry.InputShape[1], (int)entry.InputShape[2],
            [.. Enumerable.Range(0, count * bytes).Select(_ => (byte)random.NextInt32(256))],
            [.. Enumerable.Range(0, count).Select(k => (byte)(k % Classes))], [.. Enumerable.Range(0, Classes).Select(k => $"{k}")]);
    }

    internal static byte[] StateOf(Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.state_dict().SelectMany(p => p.Value.detach().contiguous().bytes.ToArray())];
    }

    static float[] Values(Tensor tensor)
    {
        using var flat = tensor.detach().flatten();
        return flat.data<float>().ToArray();
    }

    /// <summary>Writes down which layers are called and what they give, as long as it is not disposed.</summary>
    sealed class Listening : IDisposable
    {
        readonly List<Action> _removals = [];

        internal Listening(Module model, List<string> trace)
        {
            foreach (var (name, module) in model.named_modules().Prepend(("the whole", model)))
            {
                if (module is Module<Tensor, Tensor> layer)
                {
                    _removals.Add(layer.register_forward_hook((_, _, output) =>
                    {
                        using var scope = NewDisposeScope();
                        trace.Add($"{name} {Convert.ToHexStringLower(SHA256.HashData(output.contiguous().bytes))}");
                        return output;
                    }).remove);
                }
            }
        }

        public void Dispose() => _removals.ForEach(remove => remove());
    }
}
