using ResearchKit.Formats;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public sealed class WeightsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("weights-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static Dictionary<string, byte[]> State(Module model) => model.state_dict().ToDictionary(s => s.Key, s => s.Value.bytes.ToArray());

    static CifarResNet Network(int seed)
    {
        manual_seed(seed);
        return new CifarResNet(8);
    }

    [Theory]
    [InlineData("a.safetensors", "safetensors")]
    [InlineData("a.dat", "TorchSharp")]
    public void What_is_saved_is_loaded_whatever_the_name(string name, string format)
    {
        using CifarResNet saved = Network(1), loaded = Network(2);
        var path = Path.Combine(_folder, name);
        Weights.Save(saved, path);
        var renamed = Path.Combine(_folder, "weights.pth");
        File.Move(path, renamed);
        Assert.NotEqual(State(saved), State(loaded));
        Assert.Equal(format, Weights.Load(loaded, renamed).Format);
        Assert.Equal(State(saved), State(loaded));
    }

    [Theory]
    [InlineData("network.zip.pth")]
    [InlineData("network.older.pth")]
    public void A_wrapped_file_of_DataParallel_is_loaded_by_its_names(string file)
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(Conv2d(1, 2, 3), BatchNorm2d(2), Flatten(), Linear(2 * 26 * 26, 3));
        Assert.Equal("PyTorch", Weights.Load(model, Path.Combine(AppContext.BaseDirectory, "PyTorchGolden", file)).Format);
        foreach (var (name, value) in model.state_dict())
        {
            var expected = arange(value.numel()).mul(7919).remainder(1000).to(float32).div(1000).to(value.dtype);
            Assert.True(value.flatten().eq(expected).all().ToBoolean(), name);
        }
    }

    [Fact]
    public void A_compressed_model_is_loaded_decoded()
    {
        using var scope = NewDisposeScope();
        using var model = new LeNet300100();
        CompressedTensor[] tensors = [.. model.state_dict().Select(s =>
            (CompressedTensor)new DenseTensor(s.Key, s.Value.shape, Enumerable.Range(0, (int)s.Value.numel()).Select(i => i % 7f).ToArray()))];
        var path = Write("a", CompressedModelFile.ToBytes(tensors, true, out _));
        Assert.Equal("compressed model", Weights.Load(model, path).Format);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 0], model.get_parameter("ip1.weight")!.flatten().narrow(0, 0, 8).data<float>().ToArray());
    }

    [Fact]
    public void Half_and_double_precision_are_converted()
    {
        using var scope = NewDisposeScope();
        using var model = Linear(2, 1);
        var stream = new MemoryStream();
        SafeTensors.Write(stream, [new("weight", "BF16", [1, 2], new byte[] { 0x80, 0x3f, 0x00, 0xc0 }), SafeTensor.Of<double>("bias", [1], [0.5])]);
        Weights.Load(model, Write("a", stream.ToArray()));
        Assert.Equal([1, -2], model.weight.data<float>().ToArray());
        Assert.Equal([0.5f], model.bias!.data<float>().ToArray());

        SafeTensors.Write(stream = new MemoryStream(), [SafeTensor.Of<Half>("weight", [1, 2], [(Half)3, (Half)4]), SafeTensor.Of<long>("bias", [1], [5])]);
        var message = Assert.Throws<InvalidDataException>(() => Weights.Load(model, Write("b", stream.ToArray()))).Message;
        Assert.Contains("Different: bias is I64 [1] there and F32 [1] here.", message);
        Assert.Equal([1, -2], model.weight.data<float>().ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_listed_and_changes_nothing()
    {
        using var model = Network(3);
        var before = State(model);
        var tensors = ModelFile.TensorsOf(model);
        string Refusal(IEnumerable<SafeTensor> changed)
        {
            using var stream = new MemoryStream();
            SafeTensors.Write(stream, [.. changed]);
            var message = Assert.Throws<InvalidDataException>(() => Weights.Load(model, Write("a", stream.ToArray()))).Message;
            Assert.Contains(Path.Combine(_folder, "a"), message);
            Assert.Contains("left as it was", message);
            Assert.Equal(before, State(model));
            return message;
        }

        // The first are other numbers, so that loading them before the check would show.
        IEnumerable<SafeTensor> Other() => tensors.Select(t => t with { Data = new byte[t.Data.Length] });
        var mixed = Refusal(Other().Where(t => t.Name != "bn1.weight").Append(SafeTensor.Of<float>("extra", [1], [1]))
            .Select(t => t.Name == "linear.bias" ? SafeTensor.Of("linear.bias", [100], new float[100]) : t));
        Assert.Contains("Missing: bn1.weight.", mixed);
        Assert.Contains("Unexpected: extra.", mixed);
        Assert.Contains("Different: linear.bias is F32 [100] there and F32 [10] here.", mixed);
        Assert.Contains(" and 32 more.", Refusal([]));
    }

    [Fact]
    public void Counters_that_old_files_lack_may_be_missing()
    {
        using CifarResNet saved = Network(4), loaded = Network(5);
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, [.. ModelFile.TensorsOf(saved).Where(t => !t.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))]);
        Weights.Load(loaded, Write("a", stream.ToArray()));
        Assert.Equal(State(saved), State(loaded));
    }

    [Theory]
    [InlineData("", "of no format that is read")]
    [InlineData("hello, world", "of no format that is read")]
    [InlineData("PK\u0003\u0004 and no more", "zip archive is damaged")]
    [InlineData("\u0002\0\0\0\0\0\0\0{\"", "not a valid safetensors file")]
    public void Other_files_are_refused(string content, string reason)
    {
        using var model = Linear(2, 1);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Weights.Load(model, Write("a", System.Text.Encoding.Latin1.GetBytes(content)))).Message);
    }

    [Fact]
    public void A_changed_bit_under_a_checksum_is_found()
    {
        using var model = Network(6);
        var path = Path.Combine(_folder, "a.safetensors");
        Weights.Save(model, path);
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("is damaged", Assert.Throws<InvalidDataException>(() => Weights.Load(model, path)).Message);
    }

    [Fact]
    public void Names_of_no_known_ending_are_not_written() =>
        Assert.Contains(".safetensors or .dat", Assert.Throws<ArgumentException>(() => Weights.Save(Network(7), Path.Combine(_folder, "a.pth"))).Message);

    [Theory]
    [InlineData(20, "12fca82f")]
    [InlineData(56, "4bfd9763")]
    public void Published_residual_networks_fit_the_kits_own(int depth, string hash)
    {
        var path = RealWeights.Path($"resnet-cifar10/resnet{depth}-{hash}.th");
        using var model = new CifarResNet(depth);
        var file = Weights.Load(model, path);
        Assert.Equal("PyTorch", file.Format);
        Assert.StartsWith(hash, file.Sha256);
        Assert.Equal(Normalisation.ImageNet, PublishedWeights.Find(file.Sha256)!.Normalisation);
        Assert.Contains("does not fit", Assert.Throws<InvalidDataException>(() => Weights.Load(Network(8), path)).Message);
    }
}
