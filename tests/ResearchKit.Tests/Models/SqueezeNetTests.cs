using System.Text.Json;
using ResearchKit.Data;
using ResearchKit.Formats;
using ResearchKit.Measuring;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class SqueezeNetTests
{
    // Parameters: arXiv:1602.07360, Table 1, and the same count for v1.1. MACs by hand: outputs x filter size, with Caffe's sizes rounded up.
    [Theory]
    [InlineData("squeezenet-1.0-caffe", 227, 1_248_424, 861_339_936)]
    [InlineData("squeezenet-1.0", 227, 1_248_424, 832_667_936)]
    [InlineData("squeezenet-1.1-caffe", 227, 1_235_496, 387_747_520)]
    [InlineData("squeezenet-1.1", 224, 1_235_496, 349_151_936)]
    public void Both_versions_have_the_parameters_and_macs_that_their_descriptions_imply(string name, long side, long parameters, long macs)
    {
        var entry = ModelCatalog.All.Single(m => m.Name == name);
        using var model = entry.Create(entry.Classes);
        var summary = ModelSummary.Of(model, 3, side, side);
        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(macs, summary.Macs);
    }

    // Table 1's column of parameters, biases included.
    [Theory]
    [InlineData("features.0", 14_208)]
    [InlineData("features.3", 11_920)]
    [InlineData("features.4", 12_432)]
    [InlineData("features.5", 45_344)]
    [InlineData("features.7", 49_440)]
    [InlineData("features.8", 104_880)]
    [InlineData("features.9", 111_024)]
    [InlineData("features.10", 188_992)]
    [InlineData("features.12", 197_184)]
    [InlineData("classifier.1", 513_000)]
    public void Each_module_has_the_parameters_of_table_1(string module, long parameters)
    {
        using var model = new SqueezeNet();
        Assert.Equal(parameters, model.named_modules().Single(m => m.name == module).module.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Names_are_those_of_torchvision()
    {
        using var model = new SqueezeNet(SqueezeNetVersion.V1_1);
        Assert.Equal(
            ["features.0.weight", "features.0.bias", "features.3.squeeze.weight", "features.3.squeeze.bias", "features.3.expand1x1.weight"],
            model.state_dict().Keys.Take(5));
        Assert.Equal(["classifier.1.weight", "classifier.1.bias"], model.state_dict().Keys.TakeLast(2));
        Assert.Equal(52, model.state_dict().Count);
    }

    [Fact]
    public void Maps_shrink_as_in_table_1_and_the_1x1_channels_come_first()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        manual_seed(1);
        using var model = new SqueezeNet(finalPadding: 1);
        var shapes = ModelSummary.Of(model, 3, 227, 227).Layers.ToDictionary(l => l.Name, l => l.OutputShape);
        Assert.Equal([96, 111, 111], shapes["features.0"]);
        Assert.Equal([96, 55, 55], shapes["features.2"]);
        Assert.Equal([128, 55, 55], shapes["features.5.expand3x3"]);
        Assert.Equal([256, 27, 27], shapes["features.6"]);
        Assert.Equal([512, 13, 13], shapes["features.11"]);
        Assert.Equal([1000, 15, 15], shapes["classifier.1"]);

        var fire = (SqueezeNet.Fire)model.named_modules().Single(m => m.name == "features.3").module;
        fire.get_parameter("expand3x3.weight")!.zero_();
        var y = fire.call(rand([1, 96, 4, 4]));
        Assert.True(y.narrow(1, 64, 64).eq(0).all().ToBoolean());
        Assert.False(y.narrow(1, 0, 64).eq(0).all().ToBoolean());
    }

    static readonly Dictionary<string, string> Blobs = new()
    {
        ["conv1"] = "features.1",
        ["pool1"] = "features.2",
        ["fire2/concat"] = "features.3",
        ["fire3/concat"] = "features.4",
        ["fire4/concat"] = "features.5",
        ["pool4"] = "features.6",
        ["fire5/concat"] = "features.7",
        ["fire6/concat"] = "features.8",
        ["fire7/concat"] = "features.9",
        ["fire8/concat"] = "features.10",
        ["pool8"] = "features.11",
        ["fire9/concat"] = "features.12",
        ["conv_final"] = "classifier.2",
        ["pool_final"] = "classifier.3",
    };

    // Blue, green, red in one plane after the other, of 227 x 227; a mean less for each.
    static byte[] Pixels(string input) => input == "lcg_noise"
        ? [.. Enumerable.Range(0, 3 * 227 * 227).Select(i => (byte)((((i * 1103515245L) + 12345) % (1L << 31)) >> 16))]
        : [.. Enumerable.Range(0, 3 * 227 * 227).Select(i => (byte)(i / 227 % 227 * (i / (227 * 227) + 1) + 2 * (i % 227)))];

    [Theory]
    [InlineData("lcg_noise")]
    [InlineData("ramp")]
    public void The_released_network_gives_the_activations_that_were_computed_elsewhere(string input)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var entry = ModelCatalog.All.Single(m => m.Name == "squeezenet-1.0-caffe");
        using var model = entry.Create(1000);
        var file = Weights.Load(model, RealWeights.Path("squeezenet-deep-compression/compressed_SqueezeNet.net"));
        Assert.Equal("Deep Compression release", file.Format);
        Assert.Equal(Normalisation.Caffe, PublishedWeights.Find(file.Sha256)!.Normalisation);
        using var golden = JsonDocument.Parse(File.ReadAllText(RealWeights.Path("squeezenet-deep-compression/golden_forward.json")));
        var expected = golden.RootElement.GetProperty(input);

        // The images come as red, green, blue; the normalisation turns them round.
        var planes = Pixels(input);
        byte[] rgb = [.. planes[(2 * 227 * 227)..], .. planes[(227 * 227)..(2 * 227 * 227)], .. planes[..(227 * 227)]];
        var images = Normalisation.Caffe.Arrange(new ImageSet(input, 1, 3, 227, 227, rgb, [0], ["?"]));
        using var batches = new Batches(images, 1, Normalisation.Caffe.Statistics);
        var (batch, _) = batches.Get(0, 0);
        Assert.Equal(expected.GetProperty("input_first8").EnumerateArray().Select(v => v.GetSingle()), batch.contiguous().flatten().narrow(0, 0, 8).data<float>().ToArray());
        Assert.Equal(expected.GetProperty("input_sum").GetDouble(), batch.to(float64).sum().ToDouble(), 1);

        var outputs = new Dictionary<string, Tensor>();
        foreach (var (name, module) in model.named_modules())
        {
            if (module is nn.Module<Tensor, Tensor> layer)
                layer.register_forward_hook((_, _, output) => outputs[name] = output.detach().clone());
        }
        model.eval();
        var logits = model.call(batch);
        foreach (var blob in expected.GetProperty("blobs").EnumerateObject())
        {
            using var values = outputs[Blobs[blob.Name]].contiguous().flatten().to(float64);
            void Close(double theirs, double ours) => Assert.True(Math.Abs(theirs - ours) <= 1e-3 * Math.Abs(theirs) + 1e-3, $"{blob.Name}: {theirs} and {ours}");
            Close(blob.Value.GetProperty("mean").GetDouble(), values.mean().ToDouble());
            Close(blob.Value.GetProperty("max").GetDouble(), values.max().ToDouble());
            foreach (var probe in blob.Value.GetProperty("probes").EnumerateArray())
                Close(probe[1].GetDouble(), values[probe[0].GetInt64()].ToDouble());
        }

        var first = logits.flatten().narrow(0, 0, 10).data<float>().ToArray();
        foreach (var (theirs, ours) in expected.GetProperty("pool_final_first10").EnumerateArray().Select(v => v.GetDouble()).Zip(first))
            Assert.Equal(theirs, ours, 4);
        var top = logits.softmax(1).topk(5, 1);
        Assert.Equal(expected.GetProperty("top5").EnumerateArray().Select(t => t[0].GetInt64()), top.indexes.flatten().data<long>().ToArray());
        Assert.Equal(expected.GetProperty("top5")[0][2].GetDouble(), top.values[0, 0].ToDouble(), 4);
    }
}
